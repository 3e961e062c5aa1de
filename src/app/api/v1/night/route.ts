import { after } from "next/server"
import type { Surface } from "@/live/night-view"
import { replyTo } from "@/server/answer"
import { doDueAfterAnswer } from "@/server/due-on-request"
import { nightFor } from "@/server/night-view"
import { claimsOfRequest } from "@/server/request"
import { runQuery } from "@/server/run-query"
import { runtime } from "@/server/runtime"

const surfaces: readonly Surface[] = ["guest", "host", "tv"]

/**
 * The snapshot, for `?as=guest|host|tv`. With the version a screen has in `If-None-Match`: 304 when nothing happened since.
 * `Retry-After` says how many seconds a screen is to wait that asks because nothing else brings it the night.
 */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams.get("as")
  const surface = surfaces.find((known) => known === asked) ?? "guest"
  const knownVersion = /^"(\d{1,9})"$/.exec(request.headers.get("if-none-match") ?? "")?.[1]
  const parts = runtime()
  const { answer, status, headers: ofRefusal } = await replyTo(parts.log, "night", async () =>
    runQuery(parts, nightFor(surface), await claimsOfRequest(parts), { knownVersion }),
  )
  // What every screen asks when a deadline has passed.
  after(() => doDueAfterAnswer(parts))
  // Who is refused costs little, and is not to make everybody else wait.
  const pauseS = answer.success ? parts.nightQuestions.asked() : 0
  const headers = { "cache-control": "no-store", ...(pauseS > 0 ? { "retry-after": `${pauseS}` } : {}) }
  if (!answer.success) return Response.json(answer, { status, headers: { ...ofRefusal, ...headers } })
  const tagged = { ...headers, etag: `"${answer.version}"` }
  return answer.night === null
    ? new Response(null, { status: 304, headers: tagged })
    : Response.json(answer, { headers: tagged })
}
