import { connectionFor } from "@/db/client"
import { bad, good, warning, type Finding } from "./finding"
import type { Probes } from "./probes"

const slowMs = 20
const clockOddMs = 2_000
const clockWrongMs = 60_000
const pusherNames = ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET"] as const

export async function checkDatabase(probes: Probes): Promise<Finding[]> {
  const url = probes.env.DATABASE_URL
  if (!url) return []
  const name = "DATABASE_URL"
  const place = placeOf(url)
  if (!place) return [bad(name, "is no address of a Postgres", "It looks like postgres://user:password@host:5432/database")]
  const facts = await probes.database(url)
  if (!facts.ok) return [noDatabase(place.host, withoutSecrets(facts.words, url))]
  const findings = [latency(place.host, facts.latencyMs), ahead(facts.clockAheadMs)]
  if (facts.migration === "newest") findings.push(good("migrations", "all applied"))
  else findings.push(warning("migrations", facts.migration === "none" ? "the database is empty" : "some are missing", "npm run migrate; npm run party does it by itself"))
  if (!place.isLocal && connectionFor(url) === "pg" && !place.isEncrypted) {
    findings.push(warning("encryption", "what goes to the database can be read on the way", "Add ?sslmode=verify-full to DATABASE_URL, unless the network is your own"))
  }
  return findings
}

/** What the driver or Postgres said, what that means, and what to do. */
const databaseTroubles: readonly (readonly [sign: RegExp, means: string, todo: string])[] = [
  [/password authentication failed|role .* does not exist/i, "does not know this user and password", "Copy both again; in an address a sign like @ / : # ? is written as %40 %2F %3A %23 %3F"],
  [/no pg_hba\.conf entry|not allowed/i, "does not let this machine in", "Let its address in at the server (pg_hba.conf) or the provider (allow list)"],
  [/database .* does not exist/i, "has no such database", "Make it, or mend the name at the end of the address"],
  [/insecure|SSL off|encrypt/i, "wants an encrypted line", "Add ?sslmode=verify-full to the address"],
  [/does not support SSL/i, "speaks unencrypted only", "Take sslmode out of the address if the network is your own, else switch TLS on at the server"],
  [/certificate/i, "shows a certificate that nobody here vouches for", "Name its authority: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem"],
  [/too many (clients|connections)|remaining connection slots/i, "has no connection left", "Set DATABASE_CONNECTIONS lower, or take the pooler's address"],
  [/ENOTFOUND|EAI_AGAIN/, "is not found under that name", "Copy the host again, and see that this machine is online"],
  [/ECONNREFUSED/, "is not running there", "Start it, or mend host and port of the address"],
]

function noDatabase(host: string, words: string): Finding {
  const known = databaseTroubles.find(([sign]) => sign.test(words))
  const means = known?.[1] ?? "does not answer"
  const todo = known?.[2] ?? "Check host and port, and whether a firewall or an allow list keeps this machine out"
  return bad("DATABASE_URL", `the database at ${host} ${means}: ${words}`, todo)
}

function latency(host: string, ms: number): Finding {
  const says = `${host} answers in ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
  if (ms <= slowMs) return good("DATABASE_URL", says)
  return warning("DATABASE_URL", says, `A bet takes eight such round trips, about ${Math.round((8 * ms) / 10) * 10} ms: run the app in the database's own region`)
}

function ahead(ms: number): Finding {
  const off = Math.abs(ms)
  const says = `${(off / 1000).toFixed(1)} s ${ms > 0 ? "behind" : "ahead of"} the database's`
  if (off <= clockOddMs) return good("clock and database", "agree")
  if (off <= clockWrongMs) return warning("clock and database", `ours is ${says}`, "Let the system set its clock from the internet: deadlines are counted by it")
  return bad("clock and database", `ours is ${says}`, "Set this machine's clock, best by letting the system set it from the internet")
}

export async function checkPusher(probes: Probes): Promise<Finding[]> {
  const { env } = probes
  const name = "Pusher"
  const missing = pusherNames.filter((variable) => !env[variable])
  if (missing.length === pusherNames.length) return [good(name, "the party brings its own")]
  if (missing.length > 0) return [bad(name, `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`, "Set all three from the app's page at pusher.com, or none: then the party brings its own")]
  if (!env.PUSHER_CLUSTER && !env.PUSHER_HOST) return [bad(name, "PUSHER_CLUSTER is missing, and pages may not connect without it", "Set it to the app's cluster, like eu or us2")]
  const answer = await probes.pusher()
  if (answer === "accepted") return [good(name, "accepts our keys")]
  if (answer === "refused") return [bad(name, "refuses our keys", "Copy PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER again; a clock that is minutes off is refused too")]
  return [bad(name, `cannot be reached: ${answer.trouble}`, "Check PUSHER_CLUSTER (or PUSHER_HOST), and whether this machine may connect outwards")]
}

/** What several processes in the cloud need to agree on; at home it is drawn. */
export async function checkSecrets({ env }: Probes): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [variable, least] of [["SESSION_SECRET", 32], ["LAN_RELAY_SECRET", 32], ["CRON_SECRET", 16], ["METRICS_TOKEN", 16], ["NEW_PARTY_PASSCODE", 8]] as const) {
    const length = env[variable]?.length
    if (length && length < least) findings.push(bad(variable, `has ${length} characters, and needs ${least} or more`, `Draw one: openssl rand -base64 ${least}`))
  }
  const isCloud = env.DATABASE_URL && pusherNames.every((variable) => env[variable])
  if (isCloud && !env.SESSION_SECRET) findings.push(noSecret(env.PARTY_URL))
  if (env.ALLOW_NEW_PARTIES === "1" && !env.NEW_PARTY_PASSCODE) findings.push(warning("ALLOW_NEW_PARTIES", "anybody who finds the page may start a party", "Set NEW_PARTY_PASSCODE, if that is not meant"))
  return findings
}

// At home one is drawn; who has a public address is not at home.
function noSecret(partyUrl: string | undefined): Finding {
  const todo = "Draw one for all processes together: openssl rand -base64 32"
  if (partyUrl?.startsWith("https:")) return bad("SESSION_SECRET", "is not set: in the cloud no process starts without it", todo)
  return warning("SESSION_SECRET", "is not set: npm run party draws one, the cloud needs one", todo)
}

export async function checkGoogleKey({ env }: Probes): Promise<Finding[]> {
  const name = "Gemini"
  const key = env.GOOGLE_GENERATIVE_AI_API_KEY
  if (!key) return [good(name, "no key: the decks that come along are played")]
  if (/\s|["']/.test(key)) return [bad(name, "GOOGLE_GENERATIVE_AI_API_KEY has a space or a quote in it", "Copy the key again, without anything around it")]
  if (/^AIza[\w-]{35}$/.test(key) || env.GEMINI_BASE_URL) return [good(name, "there is a key")]
  return [warning(name, "GOOGLE_GENERATIVE_AI_API_KEY does not look like a key of Google's AI Studio (AIza and 35 more characters)", "If words are not written, copy it again; the decks are played meanwhile")]
}

function placeOf(url: string): { host: string; isLocal: boolean; isEncrypted: boolean } | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, hostname, searchParams } = new URL(url)
  if (!/^postgres(ql)?:$/.test(protocol) || !hostname) return undefined
  const isLocal = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|[^.]+$)/.test(hostname)
  return { host, isLocal, isEncrypted: /^(require|verify-ca|verify-full|no-verify)$/.test(searchParams.get("sslmode") ?? "") || searchParams.get("ssl") === "true" }
}

// A driver may repeat what it was given.
function withoutSecrets(words: string, url: string): string {
  const { password } = new URL(url)
  const secrets = [url, password, plain(password)].filter(Boolean)
  return secrets.reduce((text, secret) => text.replaceAll(secret, "…"), words).slice(0, 300)
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
