import { randomBytes } from "node:crypto"
import { NextResponse, type NextRequest } from "next/server"
import { contentPolicy } from "./server/content-policy"

const nonceBytes = 16

/** Gives each page its policy with a nonce of its own (docs/decisions/013). Next puts the nonce on every script it writes. */
export function proxy(request: NextRequest): NextResponse {
  // A form that was sent to a page is none of ours: ours call actions, which do not come by here.
  if (request.method !== "GET" && request.method !== "HEAD") return new NextResponse(null, { status: 405, headers: { allow: "GET, HEAD" } })
  const nonce = randomBytes(nonceBytes).toString("base64")
  const policy = contentPolicy({
    nonce,
    host: request.headers.get("host"),
    cluster: process.env.PUSHER_IS_LOCAL === "1" ? null : (process.env.PUSHER_CLUSTER ?? null),
    isDevelopment: process.env.NODE_ENV === "development",
  })
  const headers = new Headers(request.headers)
  // What a client sends by these names never reaches a page.
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  return response
}

export const config = {
  matcher: [
    {
      // Pages, also those that are not there. Everything else gets the policy of next.config.ts, which allows nothing.
      source: "/((?!api/|_next/|icon\\.svg$|favicon\\.ico$|manifest\\.webmanifest$).*)",
      // An action's answer is data for a page that is there already; its body need not be read twice.
      missing: [{ type: "header", key: "next-action" }],
    },
  ],
}
