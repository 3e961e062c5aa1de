import { createEnv } from "@t3-oss/env-core"
import { z } from "zod"

const isSet = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1")

const ipAndPort = String.raw`(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}`

const settings = {
  DATABASE_URL: z.url(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).default(10),
  /** Seals the cookies. Changing it signs everybody out. */
  SESSION_SECRET: z.string().min(32),
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: z.string().min(1),
  PUSHER_CLUSTER: z.string().min(1).optional(),
  PUSHER_HOST: z.string().min(1).optional(),
  PUSHER_PORT: z.coerce.number().int().optional(),
  /** The Pusher server is our own, on the page's own host and port. */
  PUSHER_IS_LOCAL: isSet,
  /** Where guests reach us, for QR codes: `http://192.168.1.20:3000`. */
  PARTY_URL: z.url({ protocol: /^https?$/, error: "It looks like https://party.example." }).optional(),
  /** Where guests' PCs reach the LAN's relay, by UDP: `198.51.100.1:3478`, `[2001:db8::1]:3478`. */
  LAN_RELAY: z
    .string()
    .regex(new RegExp(`^${ipAndPort}$`, "i"), "LAN_RELAY is an IP address and a port.")
    .optional(),
  /** What the relay and we share, when the relay is not to know SESSION_SECRET; that is what it follows from otherwise. */
  LAN_RELAY_SECRET: z.string().min(32).optional(),
  /** Where guests' PCs learn their address by STUN, the first to be asked first: `198.51.100.1:3478,198.51.100.1:3479`. */
  LAN_STUN: z
    .string()
    .regex(new RegExp(`^${ipAndPort}(,${ipAndPort}){0,7}$`, "i"), "LAN_STUN is a list of IP addresses with ports.")
    .optional(),
  /** How many proxies in front of us add to X-Forwarded-For. With none, the server we run in writes it. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  /** This process looks every second for work that is due. */
  PARTY_OS_TICKER: isSet,
  /** The bearer token of the cron route; without it the route does not exist. */
  CRON_SECRET: z.string().min(16).optional(),
  /** The bearer token of `/api/metrics`; without it the route does not exist and nothing is counted. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Anybody may start a party from the landing page. */
  ALLOW_NEW_PARTIES: isSet,
  /** What they have to type for that; without it nothing. */
  NEW_PARTY_PASSCODE: z.string().min(8).optional(),
  /** After how many days a party that is made in the cloud is deleted, unless its host chooses another date; 0 is never. */
  PARTY_LIFETIME_DAYS: z.coerce.number().int().min(0).max(730).default(90),
  /** Lets a Gemini model write words; without it the shipped decks are played. */
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().min(1).optional(),
  /** Which Gemini model writes. */
  GEMINI_MODEL: z.string().min(1).default("gemini-3.5-flash-lite"),
  /** Which Gemini model compares the meaning of phrases; without it, and without a key, only their words are compared. */
  GEMINI_EMBEDDING_MODEL: z.string().min(1).optional(),
  /** Another address than Google's own, up to and with the version: `https://gateway.example/v1beta`. */
  GEMINI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where log lines go; standard error without it. */
  PARTY_LOG_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
}

/** The environment, parsed once and typed. A wrong value stops the start with its name. */
export function readEnv(source: Record<string, string | undefined>) {
  return createEnv({ server: settings, runtimeEnv: source, emptyStringAsUndefined: true })
}

/** Which of the variables that are set are wrong, and why, in words that do not repeat their values. Says nothing about missing ones. */
export function wrongSettings(source: Readonly<Record<string, string | undefined>>): { variable: string; reason: string }[] {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""))
  const parsed = z.object(settings).partial().safeParse(given)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), reason: message }))
}

export type Env = ReturnType<typeof readEnv>
