import type { Secrets } from "./secrets"

export type Wiring = {
  readonly secrets: Secrets
  readonly databaseUrl: string
  readonly isPusherHosted: boolean
  readonly port: number
  readonly partyUrl: string
  readonly logFile: string
  /** Where this party's own relay and STUN server are, if it runs them. */
  readonly lan: { readonly relayAt: string | undefined; readonly stunAt: string | undefined }
}

/**
 * What the app has to find in the environment before its first module loads. Never replaces what the host has set, apart
 * from what only this process can know.
 */
export function appEnvironment(env: Readonly<Record<string, string | undefined>>, wiring: Wiring): Record<string, string> {
  return {
    DATABASE_URL: wiring.databaseUrl,
    SESSION_SECRET: env.SESSION_SECRET || wiring.secrets.sessionSecret,
    PARTY_URL: wiring.partyUrl,
    PARTY_OS_TICKER: "1",
    LOG_LEVEL: env.LOG_LEVEL || "warn",
    PARTY_LOG_FILE: wiring.logFile,
    ...(wiring.lan.relayAt ? { LAN_RELAY: wiring.lan.relayAt } : {}),
    ...(wiring.lan.stunAt ? { LAN_STUN: wiring.lan.stunAt } : {}),
    ...(wiring.isPusherHosted ? {} : localPusher(wiring)),
  }
}

// The app speaks to the local server as to any other: over HTTP, with Pusher's own client.
function localPusher({ secrets, port }: Wiring): Record<string, string> {
  return {
    PUSHER_APP_ID: secrets.pusher.appId,
    PUSHER_KEY: secrets.pusher.key,
    PUSHER_SECRET: secrets.pusher.secret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(port),
    PUSHER_IS_LOCAL: "1",
  }
}
