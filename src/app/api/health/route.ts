import { sql } from "drizzle-orm"
import { runtime } from "@/server/runtime"

export const dynamic = "force-dynamic"

/** Whether this process can serve: 200 when the database answers, 503 when it does not. */
export async function GET(): Promise<Response> {
  const { db, log } = runtime()
  try {
    await db.execute(sql`select 1`)
    return Response.json({ ok: true })
  } catch (error) {
    log.error({ err: error }, "the database does not answer")
    return Response.json({ ok: false }, { status: 503 })
  }
}
