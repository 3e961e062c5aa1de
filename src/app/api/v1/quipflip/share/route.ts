import { sessionInput } from "@/games/quipflip/input"
import { sessionResults } from "@/games/quipflip/session-queries"
import { ok } from "@/kernel/result"
import { query } from "@/party/command"
import { replyTo } from "@/server/answer"
import { claimsOfRequest } from "@/server/request"
import { runQuery } from "@/server/run-query"
import { runtime } from "@/server/runtime"
import { drawPicture } from "./draw-picture"
import { drawnOnce } from "./drawn-once"

/** What stands in the picture; for whoever may see the results. */
const pictured = query({
  name: "sharePicture",
  who: "anyone",
  input: sessionInput,
  async run(context, input) {
    const told = await sessionResults.run(context, input)
    return told.ok ? ok({ results: told.value.results, partyName: context.party.name }) : told
  },
})

const picture = drawnOnce(drawPicture)

/** The results of `?sessionId=` as a picture to pass on; a refusal as JSON. */
export async function GET(request: Request): Promise<Response> {
  const parts = runtime()
  const input = Object.fromEntries(new URL(request.url).searchParams)
  const { answer, status } = await replyTo(parts.log, "sharePicture", async () => {
    const told = await runQuery(parts, pictured, await claimsOfRequest(parts), input)
    return told.ok ? ok({ png: await picture(told.value.partyName, told.value.results) }) : told
  })
  if (!answer.success) return Response.json(answer, { status, headers: { "cache-control": "no-store" } })
  // Results never change, and the next to use this browser may be of another party.
  return new Response(answer.png, { headers: { "content-type": "image/png", "cache-control": "private, max-age=3600" } })
}
