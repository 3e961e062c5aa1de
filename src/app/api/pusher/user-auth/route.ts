import { signInAs } from "@/realtime/sign-in"
import { authenticateUser } from "@/server/channel-access"
import { readBody } from "@/server/read-body"
import { claimsOfRequest } from "@/server/request"
import { runtime } from "@/server/runtime"

// A socket's id, and for whom it signs in.
const largestFormBytes = 4 * 1024

/** What `pusher-js` asks to sign in on hosted Pusher: form in, signature out, 403 for somebody nobody knows [PTY-24]. */
export async function POST(request: Request): Promise<Response> {
  const parts = runtime()
  const body = await readBody(request, largestFormBytes)
  const form = new URLSearchParams(new TextDecoder().decode(body))
  const signed = await authenticateUser(parts, await claimsOfRequest(parts), form.get("socket_id") ?? "", signInAs(form.get("as")))
  return signed ? Response.json(signed) : Response.json({ error: "This browser is nobody here." }, { status: 403 })
}
