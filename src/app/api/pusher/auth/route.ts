import { authorizeChannel } from "@/server/channel-access"
import { readBody } from "@/server/read-body"
import { claimsOfRequest } from "@/server/request"
import { runtime } from "@/server/runtime"

// A socket's id and a channel's name.
const largestFormBytes = 4 * 1024

/** What `pusher-js` asks before it subscribes: form in, signature out, 403 for everything that is not yours. */
export async function POST(request: Request): Promise<Response> {
  const parts = runtime()
  const body = await readBody(request, largestFormBytes)
  const form = new URLSearchParams(new TextDecoder().decode(body))
  const socketId = form.get("socket_id") ?? ""
  const channel = form.get("channel_name") ?? ""
  const signed = await authorizeChannel(parts, await claimsOfRequest(parts), socketId, channel)
  return signed ? Response.json(signed) : Response.json({ error: "This channel is not yours." }, { status: 403 })
}
