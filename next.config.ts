import type { NextConfig } from "next"

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The database drivers and the logger load files at run time; bundling them breaks that.
  serverExternalPackages: ["pg", "pino", "ws", "@neondatabase/serverless", "rate-limiter-flexible", "pusher"],
}

export default config
