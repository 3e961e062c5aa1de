import { showsBearer } from "@/server/bearer"
import { createDueWork } from "@/server/due-work"
import { runtime } from "@/server/runtime"

/** Due work where no process lives long enough to do it every second. Called by a scheduler that knows the secret. */
export async function GET(request: Request): Promise<Response> {
  const parts = runtime()
  if (!showsBearer(request, parts.env.CRON_SECRET)) return Response.json({ error: "Not found." }, { status: 404 })
  await createDueWork(parts).doDue()
  return Response.json({ ok: true })
}
