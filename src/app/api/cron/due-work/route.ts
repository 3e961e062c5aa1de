import { timingSafeEqual } from "node:crypto"
import { createDueWork } from "@/server/due-work"
import { runtime } from "@/server/runtime"

/** Due work where no process lives long enough to do it every second. Called by a scheduler that knows the secret. */
export async function GET(request: Request): Promise<Response> {
  const parts = runtime()
  const expected = Buffer.from(`Bearer ${parts.env.CRON_SECRET ?? ""}`)
  const given = Buffer.from(request.headers.get("authorization") ?? "")
  const isAllowed =
    parts.env.CRON_SECRET !== undefined && given.length === expected.length && timingSafeEqual(given, expected)
  if (!isAllowed) return Response.json({ error: "Not found." }, { status: 404 })
  await createDueWork(parts).doDue()
  return Response.json({ ok: true })
}
