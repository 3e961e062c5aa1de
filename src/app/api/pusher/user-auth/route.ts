import { signInAs } from "@/realtime/sign-in"
import { authenticateUser } from "@/server/channel-access"
import { signing } from "@/server/signing"

/** What `pusher-js` asks to sign in on hosted Pusher: form in, signature out, 403 for somebody nobody knows [PTY-24]. */
export async function POST(request: Request): Promise<Response> {
  return signing(request, "signIn", "This browser is nobody here.", ({ parts, claims, form }) =>
    authenticateUser(parts, claims, form.get("socket_id") ?? "", signInAs(form.get("as"))),
  )
}
