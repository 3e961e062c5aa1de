import { createHash, timingSafeEqual } from "node:crypto"

/** Whether a request shows this very bearer token. Nothing shows a token that is not set. */
export function showsBearer(request: Request, token: string | undefined): boolean {
  if (token === undefined) return false
  return timingSafeEqual(digest(`Bearer ${token}`), digest(request.headers.get("authorization") ?? ""))
}

// Of one length, whatever was sent.
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
