import { CannotStart } from "./cannot-start"

/** What the environment asks for. Everything has a default: a party needs no set-up. */
export type Settings = {
  /** 0 means any free port. */
  readonly port: number
  /** A port somebody asked for is never exchanged for another one. */
  readonly isPortGiven: boolean
  /** The name or address guests reach this machine by, when the one we would choose is wrong. */
  readonly host: string | undefined
  readonly databaseUrl: string | undefined
  readonly isPusherHosted: boolean
  readonly partyName: string
  /** How many proxies in front of us tell the truth about whom they see, each behind the other. */
  readonly trustedProxies: number
}

type Environment = Readonly<Record<string, string | undefined>>

const defaultPort = 3000
const pusherNames = ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET"] as const

/** Reads the settings; an empty variable counts as absent. Throws CannotStart for what cannot be meant. */
export function readSettings(env: Environment): Settings {
  return {
    port: env.PORT ? portOf(env.PORT) : defaultPort,
    isPortGiven: Boolean(env.PORT),
    host: env.PARTY_HOST ? hostOf(env.PARTY_HOST) : undefined,
    databaseUrl: env.DATABASE_URL || undefined,
    isPusherHosted: isPusherHosted(env),
    partyName: env.PARTY_NAME?.trim() || "Party night",
    trustedProxies: env.TRUST_PROXY ? proxiesOf(env.TRUST_PROXY) : 0,
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new CannotStart(`PORT is "${text}", but a port is a number from 1 to 65535 (or 0 for any free one).`)
}

function proxiesOf(text: string): number {
  if (/^\d$/.test(text)) return Number(text)
  throw new CannotStart(`TRUST_PROXY is "${text}", but it is the number of proxies in front, 0 to 9.`)
}

function hostOf(text: string): string {
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)) return text
  throw new CannotStart(`PARTY_HOST is "${text}", but it should be a plain name or IPv4 address, like 192.168.1.20 or party.local.`)
}

function isPusherHosted(env: Environment): boolean {
  const missing = pusherNames.filter((name) => !env[name])
  if (missing.length === 0) return true
  if (missing.length === pusherNames.length) return false
  throw new CannotStart(`Hosted Pusher needs ${missing.join(" and ")} too; without any PUSHER_ keys the party brings its own.`)
}
