import { showsBearer } from "@/server/bearer"
import { metricFacts } from "@/server/metric-facts"
import { runtime } from "@/server/runtime"

export const dynamic = "force-dynamic"

/** What this process counted, for Prometheus. Without METRICS_TOKEN, or without showing it, there is no such page. */
export async function GET(request: Request): Promise<Response> {
  const parts = runtime()
  const { readableMetrics, env } = parts
  if (!readableMetrics || !showsBearer(request, env.METRICS_TOKEN)) return Response.json({ error: "Not found." }, { status: 404 })
  const { contentType, text } = await readableMetrics.read(await metricFacts(parts))
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } })
}
