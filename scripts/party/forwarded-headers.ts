import type { IncomingMessage } from "node:http"
import { clientAddress } from "@/kernel/client-address"

const CLAIMS = ["forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-prefix"]

/**
 * Leaves in `x-forwarded-for` the one address the request comes from: what the proxies in front vouch for, or, without any,
 * the other end of the line. Guests who reach us directly and send `x-forwarded-for` want to dodge a rate limit, and those who
 * send `x-forwarded-host` want links to lead elsewhere.
 */
export function settleForwarded({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">, trustedProxies: number): void {
  if (trustedProxies === 0) for (const name of CLAIMS) delete headers[name]
  headers["x-forwarded-for"] = clientAddress({ forwarded: headers["x-forwarded-for"]?.toString(), seen: socket.remoteAddress, trustedProxies })
}
