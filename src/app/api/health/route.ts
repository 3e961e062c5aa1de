import { readinessOf, type Readiness } from "@/server/readiness"
import { runtime, type Runtime } from "@/server/runtime"

export const dynamic = "force-dynamic"

/** Whether this process can serve: 200 when all is there, 503 and what is missing otherwise. Words only, never a value. */
export async function GET(): Promise<Response> {
  const readiness = await readinessOfThisProcess()
  return Response.json(readiness, { status: readiness.ok ? 200 : 503, headers: { "cache-control": "no-store" } })
}

async function readinessOfThisProcess(): Promise<Readiness | { ok: false; checks: { configuration: "invalid" } }> {
  let parts: Runtime
  try {
    parts = runtime()
  } catch {
    // Which variable is wrong was written to the log by whoever read it; it is nobody's business out here.
    return { ok: false, checks: { configuration: "invalid" } }
  }
  return readinessOf(parts)
}
