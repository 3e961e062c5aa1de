import { randomBytes } from "node:crypto"
import { readEnv, type Env } from "@/server/env"

export type PusherAccount = { readonly appId: string; readonly key: string; readonly secret: string }

/** Seals the cookies of the guests and hosts of one benchmark. */
export const benchSecret = randomBytes(32).toString("base64url")

export const benchPusher: PusherAccount = { appId: "1", key: "bench-key", secret: randomBytes(24).toString("base64url") }

/** The environment of a runtime in this process, next to the app's or alone. */
export function benchEnv(facts: { databaseUrl: string; pusher: PusherAccount; pusherPort: number }): Env {
  return readEnv({
    DATABASE_URL: facts.databaseUrl,
    SESSION_SECRET: benchSecret,
    PUSHER_APP_ID: facts.pusher.appId,
    PUSHER_KEY: facts.pusher.key,
    PUSHER_SECRET: facts.pusher.secret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(facts.pusherPort),
    LOG_LEVEL: "silent",
  })
}
