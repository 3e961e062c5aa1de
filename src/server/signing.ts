import "server-only"
import { ok } from "@/kernel/result"
import { replyTo } from "./answer"
import type { Claims } from "./identity"
import { readBody } from "./read-body"
import { claimsOfRequest } from "./request"
import { runtime, type Runtime } from "./runtime"

// A socket's id and a channel's name.
const largestFormBytes = 4 * 1024

/** Who asks for a signature, and what their form says. */
export type Asked = { readonly parts: Runtime; readonly claims: Claims; readonly form: URLSearchParams }

/**
 * A door that `pusher-js` itself asks: form in, the signature out as it is, 403 with `no` where there is none, and like every
 * other door's answer where the database is away [PTY-23] or a bug shows.
 */
export async function signing(
  request: Request,
  what: string,
  no: string,
  sign: (asked: Asked) => Promise<object | null>,
): Promise<Response> {
  const parts = runtime()
  const { answer, status, headers } = await replyTo(parts.log, what, async () => {
    const body = await readBody(request, largestFormBytes)
    const form = new URLSearchParams(new TextDecoder().decode(body))
    return ok({ signed: await sign({ parts, claims: await claimsOfRequest(parts), form }) })
  })
  if (!answer.success) return Response.json(answer, { status, headers })
  return answer.signed ? Response.json(answer.signed) : Response.json({ error: no }, { status: 403 })
}
