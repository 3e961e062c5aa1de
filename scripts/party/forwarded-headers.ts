import type { IncomingMessage } from "node:http"

const CLAIMS = ["forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-prefix"]

/**
 * Replaces what a request claims about its origin by what we see of it. Guests reach us directly, so a guest who sends
 * `x-forwarded-for` wants to dodge a rate limit, and one who sends `x-forwarded-host` wants links to lead elsewhere.
 */
export function overwriteForwarded(request: Pick<IncomingMessage, "headers" | "socket">): void {
  for (const name of CLAIMS) delete request.headers[name]
  request.headers["x-forwarded-for"] = plainAddress(request.socket.remoteAddress)
}

/** An IPv4 address that arrived through an IPv6 socket, as IPv4: one guest, one name. "unknown" once the socket is gone. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "unknown"
}
