import { authorizeChannel } from "@/server/channel-access"
import { signing } from "@/server/signing"

/** What `pusher-js` asks before it subscribes: form in, signature out, 403 for everything that is not yours. */
export async function POST(request: Request): Promise<Response> {
  return signing(request, "signChannel", "This channel is not yours.", ({ parts, claims, form }) =>
    authorizeChannel(parts, claims, form.get("socket_id") ?? "", form.get("channel_name") ?? ""),
  )
}
