import { randomUUID } from "node:crypto"
import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { proveKey, publicKeyOf } from "@/lan/key-proof"
import type { NatBehaviour } from "@/lan/nat-behaviour"
import { partyInfo, peerInfo } from "@/lan/peer-view"
import { endpointSchema, type Candidate, type ConnectionType, type Endpoint } from "@/lan/protocol"
import { relayTicketInfo } from "@/lan/relay-tickets"
import { signalView, type SignalBodyInput } from "@/lan/signals"
import { pause, type AgentClock } from "./agent-clock"
import { boundedJson } from "./bounded-body"

// What the party's control plane answers, as far as the agent needs it. Fields that a newer party adds are no mistake.

/** [LAN-80] Whatever a party says: not so often that it is a flood, and often enough to be heard of. */
const heartbeatMs = z.int().transform((ms) => Math.min(Math.max(ms, 1_000), 60_000))

const challenge = z.object({ server_public_key: z.string(), nonce: z.string(), stun: z.array(endpointSchema).optional() })
const joined = z.object({ token: z.string(), token_expires_at: z.iso.datetime(), network: partyInfo, peer: peerInfo, heartbeat_ms: heartbeatMs })
const returned = z.object({ network: partyInfo, peer: peerInfo, heartbeat_ms: heartbeatMs })
const status = z.object({ network: partyInfo, peer: peerInfo })
const peers = z.object({ peers: z.array(peerInfo) })
const beat = z.object({
  now: z.iso.datetime(),
  heartbeat_ms: heartbeatMs,
  channel_epoch: z.int(),
  token_expires_at: z.iso.datetime(),
  peer_ids: z.array(z.string()),
})
const renewed = z.object({ token: z.string(), token_expires_at: z.iso.datetime() })
const realtime = z.object({
  key: z.string(),
  cluster: z.string().nullable(),
  auth_endpoint: z.string().startsWith("/"),
  channels: z.object({ network: z.string(), peer: z.string() }),
})
const relay = z.object({
  relay: endpointSchema.nullable(),
  relay_url: z.string().nullable().optional(),
  stun: z.array(endpointSchema).optional(),
  tickets: z.array(relayTicketInfo),
  now: z.iso.datetime(),
})
const signals = z.object({ signals: z.array(signalView) })
const nothing = z.object({})
const failure = z.object({ success: z.literal(false), code: z.string(), error: z.string() })

export type Challenge = z.infer<typeof challenge>
export type Joined = z.infer<typeof joined>
export type Returned = z.infer<typeof returned>
export type Beat = z.infer<typeof beat>
export type Realtime = z.infer<typeof realtime>
export type RelayOffer = z.infer<typeof relay>

/** Where this PC can be reached; what is left out stays as it was. */
export type Whereabouts = {
  readonly endpoint?: Endpoint | null
  readonly candidates?: readonly Candidate[]
  readonly probe_nonce?: string
  readonly nat?: NatBehaviour
}
export type LinkReport = { readonly peer_id: string; readonly connection_type: ConnectionType; readonly latency_ms: number | null }

/** The party's own code and sentence, or one of ours: it cannot be reached, or what answers is no party. */
export type PartyRefusal = Refusal
export type Answer<T> = Promise<Result<T, PartyRefusal>>

/** What a PC asks the party for [LANA-20]. A `Refusal`'s detail `said` is the party's own sentence. */
export type ControlPlane = {
  challenge(): Answer<Challenge>
  /** Proves the key and redeems the invitation. */
  join(order: { challenge: Challenge; privateKey: Buffer; invitation: string; name?: string | undefined; password?: string | undefined; whereabouts: Whereabouts }): Answer<Joined>
  comeBack(whereabouts: Whereabouts): Answer<Returned>
  status(): Answer<z.infer<typeof status>>
  peers(): Answer<z.infer<typeof peers>>
  heartbeat(said: Whereabouts & { links?: readonly LinkReport[] }): Answer<Beat>
  signal(to: string, sequence: number, body: SignalBodyInput): Answer<unknown>
  signals(after: number): Answer<z.infer<typeof signals>>
  renew(): Answer<z.infer<typeof renewed>>
  relay(): Answer<RelayOffer>
  realtime(): Answer<Realtime>
  leave(): Answer<unknown>
}

/** Who asks: null before the PC is in. */
export type Credentials = { readonly networkId: string; readonly token: string }

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

type Line = {
  readonly party: string
  readonly fetch: Fetch
  readonly clock: AgentClock
  /** Read for every request, for a token is renewed. */
  readonly credentials: () => Credentials | null
}

type Ask = { readonly path: string; readonly body?: object; readonly tries?: number; readonly isAnonymous?: boolean; readonly isRepeatable?: boolean }

const requestMs = 10_000
/** [LANA-21] So often a question is asked in all; the pauses double. */
const defaultTries = 3
const firstPauseMs = 250

/** Codes that pass by themselves. */
const passing: readonly string[] = ["party_unreachable", "party_busy", "party_broken"]

/** Whether to ask again later is all there is to do. */
export function isPassing(refusal: Refusal): boolean {
  return passing.includes(refusal.code)
}

/** [LANA-21] [LANA-28] The party's control plane by HTTP: asked again when it does not answer, and believed within bounds. */
export function controlPlane(line: Line): ControlPlane {
  const get = <S extends z.ZodType>(path: string, shape: S, more: Partial<Ask> = {}) => asked(line, { path, ...more }, shape)
  const post = <S extends z.ZodType>(path: string, body: object, shape: S, more: Partial<Ask> = {}) => asked(line, { path, body, ...more }, shape)
  const inNetwork = (rest: string) => `/${line.credentials()?.networkId ?? "none"}/${rest}`
  return {
    challenge: () => get("/challenge", challenge, { isAnonymous: true }),
    join({ challenge: { server_public_key, nonce }, privateKey, invitation, name, password, whereabouts }) {
      const publicKey = publicKeyOf(privateKey)
      const proof = proveKey(privateKey, server_public_key, { nonce, invitation, publicKey })
      const typed = { ...(name === undefined ? {} : { name }), ...(password === undefined ? {} : { password }) }
      // Its answer holds the only copy of the token: asked a second time, the line would be used already.
      return post("/join", { invitation, public_key: publicKey, nonce, proof, ...typed, ...whereabouts }, joined, { isAnonymous: true, isRepeatable: false })
    },
    comeBack: (whereabouts) => post(inNetwork("return"), whereabouts, returned),
    status: () => get(inNetwork("status"), status),
    peers: () => get(inNetwork("peers"), peers),
    heartbeat: (said) => post(inNetwork("heartbeat"), said, beat, { tries: 1 }),
    signal: (to, sequence, body) => post(inNetwork("signals"), { to, sequence, body }, nothing),
    signals: (after) => get(inNetwork(`signals?after=${after}`), signals),
    renew: () => post(inNetwork("token"), {}, renewed, { tries: 1 }),
    relay: () => get(inNetwork("relay"), relay),
    realtime: () => get(inNetwork("realtime"), realtime),
    leave: () => post(inNetwork("leave"), {}, nothing, { tries: 2 }),
  }
}

async function asked<S extends z.ZodType>(line: Line, ask: Ask, shape: S): Answer<z.infer<S>> {
  const key = randomUUID()
  const tries = ask.tries ?? defaultTries
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(line, ask, shape, key)
    if (answer.ok || attempt >= tries || !mayRepeat(ask, answer.refusal)) return answer
    await pause(line.clock, firstPauseMs * 2 ** (attempt - 1))
  }
}

/** [LANA-21] What may have been done is not done twice; a party that refused the connection has done nothing. */
function mayRepeat(ask: Ask, refusal: Refusal): boolean {
  if (ask.isRepeatable !== false) return isPassing(refusal)
  return refusal.code === "party_busy" || (refusal.code === "party_unreachable" && refusal.detail?.connected === "no")
}

async function once<S extends z.ZodType>({ party, fetch, credentials }: Line, ask: Ask, shape: S, key: string): Answer<z.infer<S>> {
  const token = ask.isAnonymous ? undefined : credentials()?.token
  const headers: Record<string, string> = {
    accept: "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(ask.body === undefined ? {} : { "content-type": "application/json", "idempotency-key": key }),
  }
  const init = ask.body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(ask.body) }
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${party}/api/v1/lan${ask.path}`, { ...init, signal: AbortSignal.timeout(requestMs) })
    body = await boundedJson(response)
  } catch (error) {
    return refuse("party_unreachable", { why: causeOf(error), connected: wasConnected(error) ? "yes" : "no" })
  }
  if (!response.ok) return refusalOf(response.status, body)
  const parsed = shape.safeParse(body)
  return parsed.success ? ok(parsed.data) : refuse("not_a_party")
}

function refusalOf(status: number, body: unknown): Result<never, PartyRefusal> {
  const said = failure.safeParse(body)
  if (said.success) return refuse(status >= 500 && said.data.code !== "party_busy" ? "party_broken" : said.data.code, { said: said.data.error, code: said.data.code })
  return status >= 500 ? refuse("party_broken", { status }) : refuse("not_a_party", { status })
}

/** Errors of `fetch` keep what happened in `cause`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error && "code" in cause) return String(cause.code)
  return error.name === "TimeoutError" ? "no answer" : error.message
}

const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"])

function wasConnected(error: unknown): boolean {
  return !neverConnected.has(causeOf(error))
}
