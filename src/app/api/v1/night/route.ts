import { ok } from "@/kernel/result"
import type { Surface } from "@/live/night-view"
import { responding } from "@/server/endpoint"
import { nightFor } from "@/server/night-view"
import { claimsOfRequest } from "@/server/request"
import { runQuery } from "@/server/run-query"

const surfaces: readonly Surface[] = ["guest", "host", "tv"]

/** The snapshot, for `?as=guest|host|tv`. With the version a screen has in `If-None-Match`: 304 when nothing happened since. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams.get("as")
  const surface = surfaces.find((known) => known === asked) ?? "guest"
  let tag = ""
  const response = await responding("night", async (parts) => {
    const result = await runQuery(parts, nightFor(surface), await claimsOfRequest(parts), {})
    if (!result.ok) return result
    tag = `"${result.value.night.version}"`
    return ok(result.value)
  })
  if (!tag) return response
  if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304, headers: { etag: tag } })
  response.headers.set("etag", tag)
  return response
}
