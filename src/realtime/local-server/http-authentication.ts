import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { queryValue, type Query } from "./http-query"
import { httpText, isSameText, md5Hex, sign, type AppCredentials } from "./signature"

export type SignedCall = {
  readonly method: string
  /** As it stands in the request line, still percent-encoded. */
  readonly path: string
  readonly query: Query
}

export type AuthenticationRefusal = Refusal<
  "unknown_key" | "bad_auth_version" | "bad_timestamp" | "stale_timestamp" | "bad_signature"
>

/** Whether a call comes from somebody who knows the secret, judged before its body is read (PSH-40, PSH-41). */
export function authenticateCall(
  app: AppCredentials,
  call: SignedCall,
  { nowMs, maxClockSkewSeconds }: { nowMs: number; maxClockSkewSeconds: number },
): Result<null, AuthenticationRefusal> {
  if (!isSameText(queryValue(call.query, "auth_key") ?? "", app.key)) return refuse("unknown_key")
  if (queryValue(call.query, "auth_version") !== "1.0") return refuse("bad_auth_version")
  const timestamp = queryValue(call.query, "auth_timestamp") ?? ""
  if (!/^\d{1,12}$/.test(timestamp)) return refuse("bad_timestamp")
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > maxClockSkewSeconds) return refuse("stale_timestamp")
  return isSigned(app, call) ? ok(null) : refuse("bad_signature")
}

/** Whether the body is the one that was signed; an empty one needs no digest (PSH-41). */
export function isSignedBody(query: Query, body: Buffer): boolean {
  const digest = queryValue(query, "body_md5")
  if (digest === null) return body.length === 0
  return isSameText(digest, md5Hex(body))
}

// Publishers sign the path as they wrote it; what their HTTP client then percent-encodes arrives encoded.
function isSigned(app: AppCredentials, { method, path, query }: SignedCall): boolean {
  const signature = queryValue(query, "auth_signature") ?? ""
  const isSignatureOf = (signedPath: string) => isSameText(signature, sign(app.secret, httpText(method, signedPath, query)))
  return isSignatureOf(path) || isSignatureOf(decodePath(path))
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
