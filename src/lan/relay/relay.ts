import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { addressOwner } from "@/kernel/client-address"
import { type Endpoint, frameKinds } from "../protocol"
import { KeyedBuckets, type RateLimit, type TokenBucket, fullBucket, take } from "../token-bucket"
import {
  bindBytes,
  cookieBytes,
  cookieFrame,
  dataHeaderBytes,
  markBytes,
  mostDataBytes,
  nonceBytes,
  proofMark,
  proveBytes,
  type RelayRefusalReason,
  refusedFrame,
  sessionBytes,
  sessionFrame,
} from "./frames"
import { type RelayClaims, readTicket, ticketKey } from "./ticket"

export type RelayLimits = {
  /** Of one session, in one direction. */
  sessionBytes: RateLimit
  sessionPackets: RateLimit
  networkBytes: RateLimit
  /** Bind and prove frames of one IP address. */
  binds: RateLimit
  mostSessions: number
  mostSessionsPerNetwork: number
  /** Without a datagram for so long a session ends, ms. */
  idleMs: number
}

export const relayLimits: RelayLimits = {
  sessionBytes: { perSecond: 30_000_000, burst: 4_000_000 },
  sessionPackets: { perSecond: 40_000, burst: 8_000 },
  networkBytes: { perSecond: 120_000_000, burst: 16_000_000 },
  binds: { perSecond: 100, burst: 500 },
  mostSessions: 8_192,
  mostSessionsPerNetwork: 2_048,
  idleMs: 60_000,
}

/** Why a datagram went no further. */
export const dropReasons = [
  "malformed",
  "oversized",
  "too_many_binds",
  "wrong_cookie",
  "refused",
  "unknown_session",
  "wrong_source",
  "wrong_destination",
  "peer_absent",
  "too_fast",
  "slow_reader",
] as const
export type DropReason = (typeof dropReasons)[number]

export type Drops = Record<DropReason, number>

export type NetworkLoad = { sessions: number; forwardedPackets: number; forwardedBytes: number; droppedPackets: number }

export type RelayCounts = { networks: ReadonlyMap<string, NetworkLoad>; drops: Readonly<Drops> }
/** `websockets`: so many peers are connected by WebSocket now. */
export type RelayLoad = RelayCounts & { websockets: number }

type Network = { load: NetworkLoad; bytes: TokenBucket }

type Session = {
  readonly id: Buffer
  claims: RelayClaims
  readonly endpoint: Endpoint
  readonly network: Network
  /** Of the session of the other peer with this one. */
  readonly partnerPair: string
  readonly bytes: TokenBucket
  readonly packets: TokenBucket
  usedAtMs: number
}

export type Outgoing = { datagram: Buffer; to: Endpoint }

/** A cookie holds for this period and the next, ms. */
const cookiePeriodMs = 30_000
/** [LANU-54] A ticket for longer is refused, so that a revocation need not be remembered for ever. */
export const longestTicketMs = 24 * 60 * 60 * 1000
const mostBinders = 4_096

/**
 * The relay without its socket: it is shown each datagram and says what to send where. `nowMs` is UTC.
 * [LANU-51] Until a sender has proven its address nothing is kept of it, and nothing it is sent is longer than what it sent.
 */
export class Relay {
  readonly #sessions = new Map<string, Session>()
  readonly #pairs = new Map<string, Session>()
  readonly #networks = new Map<string, Network>()
  /** Until when a peer (or a whole network) is out, ms. */
  readonly #revoked = new Map<string, number>()
  readonly #drops = Object.fromEntries(dropReasons.map((reason) => [reason, 0])) as Drops
  readonly #binders: KeyedBuckets
  readonly #cookieSecret = randomBytes(32)

  constructor(
    readonly secret: Buffer,
    readonly limits: RelayLimits = relayLimits,
  ) {
    this.#binders = new KeyedBuckets(limits.binds, mostBinders)
  }

  /** The datagram to send on, if any. A data frame is rewritten in place: its buffer must not be used again. */
  receive(datagram: Buffer, from: Endpoint, nowMs: number): Outgoing | null {
    if (datagram.length > mostDataBytes) return this.#drop("oversized")
    if (datagram[0] === frameKinds.relayData) return this.#forward(datagram, from, nowMs)
    const answer = this.#answer(datagram, from, nowMs)
    return answer && { datagram: answer, to: from }
  }

  load(): RelayCounts {
    return { networks: new Map([...this.#networks].map(([id, { load }]) => [id, { ...load }])), drops: { ...this.#drops } }
  }

  /** Counts a datagram that the way to its receiver did not take. */
  lose(reason: DropReason) {
    this.#drops[reason] += 1
  }

  /** Ends what came from an endpoint that is no more. */
  leave(endpoint: Endpoint) {
    for (const session of [...this.#sessions.values()]) if (isFrom(session, endpoint)) this.#end(session)
  }

  /** [LANU-55] A kicked peer: its sessions end now, and its tickets open no other. */
  revokePeer(networkId: string, peerId: string, nowMs: number) {
    this.#revoke(peerKey(networkId, peerId), nowMs)
    for (const session of [...this.#sessions.values()]) {
      const { claims } = session
      if (claims.networkId === networkId && (claims.selfId === peerId || claims.peerId === peerId)) this.#end(session)
    }
  }

  /** [LANU-55] A network that has ended. */
  endNetwork(networkId: string, nowMs: number) {
    this.#revoke(networkId, nowMs)
    for (const session of [...this.#sessions.values()]) if (session.claims.networkId === networkId) this.#end(session)
    this.#networks.delete(networkId)
  }

  /** [LANU-54] Ends what is over. To be called every few seconds. */
  sweep(nowMs: number) {
    for (const session of [...this.#sessions.values()]) if (this.#isOver(session, nowMs)) this.#end(session)
    for (const [key, untilMs] of this.#revoked) if (untilMs <= nowMs) this.#revoked.delete(key)
    for (const [id, { load, bytes }] of this.#networks) {
      if (load.sessions === 0 && nowMs - bytes.filledAtMs > longestTicketMs) this.#networks.delete(id)
    }
  }

  #answer(datagram: Buffer, from: Endpoint, nowMs: number): Buffer | null {
    const isBind = datagram[0] === frameKinds.relayBind && datagram.length === bindBytes
    const isProve = datagram[0] === frameKinds.relayProve && datagram.length === proveBytes
    if (!isBind && !isProve) return this.#drop("malformed")
    if (!this.#binders.take(addressOwner(from.address), nowMs)) return this.#drop("too_many_binds")
    const nonce = datagram.subarray(1, 1 + nonceBytes)
    if (isBind) {
      const ticket = datagram.subarray(1 + nonceBytes)
      return readTicket(ticket) ? cookieFrame(nonce, this.#cookie(from, ticket, nowMs)) : this.#drop("malformed")
    }
    const cookie = datagram.subarray(1 + nonceBytes, 1 + nonceBytes + cookieBytes)
    const ticket = datagram.subarray(1 + nonceBytes + cookieBytes, proveBytes - markBytes)
    if (!this.#isOurCookie(cookie, from, ticket, nowMs)) return this.#drop("wrong_cookie")
    return this.#admit(nonce, cookie, ticket, datagram.subarray(proveBytes - markBytes), from, nowMs)
  }

  /** [LANU-52] The sender gets what is sent to its address; now it has to hold the ticket's key. */
  #admit(nonce: Buffer, cookie: Buffer, ticket: Buffer, proof: Buffer, from: Endpoint, nowMs: number): Buffer {
    const claims = readTicket(ticket)
    const key = ticketKey(this.secret, ticket)
    const isProven = claims !== null && timingSafeEqual(proof, proofMark(key, cookie, ticket))
    const reason = isProven ? this.#refusalOf(claims, nowMs) : "wrong_proof"
    if (reason !== null || claims === null) {
      this.#drops.refused += 1
      return refusedFrame(nonce, reason ?? "wrong_proof")
    }
    return sessionFrame(nonce, this.#open(claims, { address: from.address, port: from.port }, nowMs).id, key)
  }

  #refusalOf(claims: RelayClaims, nowMs: number): RelayRefusalReason | null {
    const leftMs = claims.expiresAt * 1000 - nowMs
    if (leftMs <= 0 || leftMs > longestTicketMs) return "expired"
    const { networkId, selfId, peerId } = claims
    if ([networkId, peerKey(networkId, selfId), peerKey(networkId, peerId)].some((key) => this.#revoked.has(key))) return "revoked"
    if (this.#pairs.has(pairKey(claims))) return null
    if (this.#isFull(networkId)) this.sweep(nowMs)
    return this.#isFull(networkId) ? "full" : null
  }

  #isFull(networkId: string): boolean {
    const inNetwork = this.#networks.get(networkId)?.load.sessions ?? 0
    return this.#sessions.size >= this.limits.mostSessions || inNetwork >= this.limits.mostSessionsPerNetwork
  }

  /** [LANU-52] From the same address it is the same session, for as long as the newest ticket says; from another one the old session ends. */
  #open(claims: RelayClaims, endpoint: Endpoint, nowMs: number): Session {
    const pair = pairKey(claims)
    const known = this.#pairs.get(pair)
    if (known && isFrom(known, endpoint) && !this.#isOver(known, nowMs)) {
      if (claims.expiresAt > known.claims.expiresAt) known.claims = claims
      known.usedAtMs = nowMs
      return known
    }
    if (known) this.#end(known)

    const network = this.#networks.get(claims.networkId) ?? this.#newNetwork(claims.networkId, nowMs)
    const session: Session = {
      id: randomBytes(sessionBytes),
      claims,
      endpoint,
      network,
      partnerPair: pairKey({ networkId: claims.networkId, selfId: claims.peerId, peerId: claims.selfId }),
      bytes: fullBucket(this.limits.sessionBytes, nowMs),
      packets: fullBucket(this.limits.sessionPackets, nowMs),
      usedAtMs: nowMs,
    }
    this.#sessions.set(session.id.toString("latin1"), session)
    this.#pairs.set(pair, session)
    network.load.sessions += 1
    return session
  }

  /** [LANU-53] Only from the session's own address, only to the other of its pair, only while both are here, and not too fast. */
  #forward(datagram: Buffer, from: Endpoint, nowMs: number): Outgoing | null {
    if (datagram.length < dataHeaderBytes) return this.#drop("malformed")
    const session = this.#sessions.get(datagram.toString("latin1", 1, 1 + sessionBytes))
    if (!session || this.#isOver(session, nowMs)) return this.#drop("unknown_session")
    if (!isFrom(session, from)) return this.#drop("wrong_source", session)
    if (datagram.readUInt16BE(1 + sessionBytes) !== session.claims.peerIndex) return this.#drop("wrong_destination", session)
    session.usedAtMs = nowMs
    // An empty frame only keeps the session and the router's door open.
    if (datagram.length === dataHeaderBytes) return null

    const partner = this.#pairs.get(session.partnerPair)
    if (!partner || this.#isOver(partner, nowMs)) return this.#drop("peer_absent", session)
    if (!this.#mayPass(session, datagram.length, nowMs)) return this.#drop("too_fast", session)
    partner.id.copy(datagram, 1)
    datagram.writeUInt16BE(session.claims.selfIndex, 1 + sessionBytes)
    session.network.load.forwardedPackets += 1
    session.network.load.forwardedBytes += datagram.length
    return { datagram, to: partner.endpoint }
  }

  #mayPass({ packets, bytes, network }: Session, length: number, nowMs: number): boolean {
    return (
      take(packets, this.limits.sessionPackets, 1, nowMs) &&
      take(bytes, this.limits.sessionBytes, length, nowMs) &&
      take(network.bytes, this.limits.networkBytes, length, nowMs)
    )
  }

  #isOver({ claims, usedAtMs }: Session, nowMs: number): boolean {
    return nowMs >= claims.expiresAt * 1000 || nowMs - usedAtMs >= this.limits.idleMs
  }

  #end(session: Session) {
    this.#sessions.delete(session.id.toString("latin1"))
    this.#pairs.delete(pairKey(session.claims))
    session.network.load.sessions -= 1
  }

  #newNetwork(networkId: string, nowMs: number): Network {
    const load = { sessions: 0, forwardedPackets: 0, forwardedBytes: 0, droppedPackets: 0 }
    const network = { load, bytes: fullBucket(this.limits.networkBytes, nowMs) }
    this.#networks.set(networkId, network)
    return network
  }

  #revoke(key: string, nowMs: number) {
    this.#revoked.set(key, nowMs + longestTicketMs)
  }

  #drop(reason: DropReason, session?: Session): null {
    this.#drops[reason] += 1
    if (session) session.network.load.droppedPackets += 1
    return null
  }

  #cookie(from: Endpoint, ticket: Buffer, nowMs: number, periodsAgo = 0): Buffer {
    const period = Math.floor(nowMs / cookiePeriodMs) - periodsAgo
    const mac = createHmac("sha256", this.#cookieSecret).update(`${period} ${from.port} ${from.address} `).update(ticket)
    return mac.digest().subarray(0, cookieBytes)
  }

  #isOurCookie(cookie: Buffer, from: Endpoint, ticket: Buffer, nowMs: number): boolean {
    return [0, 1].some((periodsAgo) => timingSafeEqual(cookie, this.#cookie(from, ticket, nowMs, periodsAgo)))
  }
}

function isFrom({ endpoint }: Session, from: Endpoint): boolean {
  return endpoint.port === from.port && endpoint.address === from.address
}

function pairKey({ networkId, selfId, peerId }: Pick<RelayClaims, "networkId" | "selfId" | "peerId">): string {
  return `${networkId} ${selfId} ${peerId}`
}

function peerKey(networkId: string, peerId: string): string {
  return `${networkId} ${peerId}`
}
