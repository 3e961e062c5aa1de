import { type RateLimit, type TokenBucket, KeyedBuckets, fullBucket, take } from "@/lan/token-bucket"
import { readDiscoveryFrame, writeDiscoveryFrame } from "./discovery-frame"
import { frameFor, packetInFrame } from "./ethernet"
import { type UdpPacket, isMulticast, readUdpPacket, withTimeToLiveOne } from "./ipv4-udp"
import { RecentFrames } from "./recent-frames"

/** [LAND-30] In no second more than 200: what is saved up, and what is added within that second. */
const discoveryLimit: RateLimit = { perSecond: 150, burst: 50 }

/** Above the 65 023 PCs that a LAN can have, nobody is remembered. */
const mostSenders = 65_023

/** Why a packet goes no further. */
export type DropReason =
  | "not_udp"
  | "not_ours"
  | "not_to_everybody"
  | "game_not_chosen"
  | "too_many"
  | "not_from_a_peer"
  | "not_a_frame"
  | "source_forged"
  | "seen_before"

export type DiscoveryCounts = {
  /** Packets of this PC's games that went to the others; each counts once, however many others there are. */
  sent: number
  /** Packets of others that this PC's games got to hear. */
  received: number
  dropped: Readonly<Record<DropReason, number>>
}

export type ExchangePlan = {
  virtualIp: string
  /** The LAN's own broadcast address. */
  broadcastAddress: string
  udpPorts: ReadonlySet<number>
  /** 32 random bits. */
  session: number
  /** A monotonic clock. */
  nowMs: number
}

/**
 * Decides which packets to everybody pass between this PC's games and the other PCs [LAND-20 … LAND-32]. Does nothing itself:
 * takes bytes, returns bytes.
 */
export class Exchange {
  readonly #plan: ExchangePlan
  readonly #outgoing: TokenBucket
  readonly #incoming = new KeyedBuckets(discoveryLimit, mostSenders)
  readonly #recent = new RecentFrames()
  readonly #counts = {
    sent: 0,
    received: 0,
    dropped: {
      not_udp: 0,
      not_ours: 0,
      not_to_everybody: 0,
      game_not_chosen: 0,
      too_many: 0,
      not_from_a_peer: 0,
      not_a_frame: 0,
      source_forged: 0,
      seen_before: 0,
    } satisfies Record<DropReason, number>,
  }
  #count = 0

  constructor(plan: ExchangePlan) {
    this.#plan = plan
    this.#outgoing = fullBucket(discoveryLimit, plan.nowMs)
  }

  /** From an Ethernet frame that this PC sends into the LAN: the datagram for every peer's agent, or `null`. */
  outgoing(ethernetFrame: Buffer, nowMs: number): Buffer | null {
    const packet = readUdpPacket(packetInFrame(ethernetFrame) ?? Buffer.alloc(0))
    if (!packet) return this.#drop("not_udp")
    if (packet.source !== this.#plan.virtualIp) return this.#drop("not_ours")
    const objection = this.#objection(packet)
    if (objection) return this.#drop(objection)
    if (!take(this.#outgoing, discoveryLimit, 1, nowMs)) return this.#drop("too_many")
    this.#counts.sent += 1
    this.#count = (this.#count + 1) >>> 0
    return writeDiscoveryFrame({ session: this.#plan.session, count: this.#count, packet: packet.bytes })
  }

  /** From a datagram of an agent: the Ethernet frame for this PC's games, or `null`. */
  incoming(datagram: Buffer, sender: { address: string; isPeer: boolean }, nowMs: number): Buffer | null {
    if (!sender.isPeer) return this.#drop("not_from_a_peer")
    if (!this.#incoming.take(sender.address, nowMs)) return this.#drop("too_many")
    const frame = readDiscoveryFrame(datagram)
    if (!frame) return this.#drop("not_a_frame")
    const packet = readUdpPacket(frame.packet)
    if (!packet) return this.#drop("not_udp")
    if (packet.source !== sender.address) return this.#drop("source_forged")
    const objection = this.#objection(packet)
    if (objection) return this.#drop(objection)
    if (!this.#recent.isFirst(sender.address, frame.session, frame.count, nowMs)) return this.#drop("seen_before")
    this.#counts.received += 1
    return frameFor(withTimeToLiveOne(packet), packet.source, packet.destination)
  }

  counts(): DiscoveryCounts {
    return { ...this.#counts, dropped: { ...this.#counts.dropped } }
  }

  #objection(packet: UdpPacket): DropReason | null {
    const { destination } = packet
    const isToEverybody = destination === "255.255.255.255" || destination === this.#plan.broadcastAddress || isMulticast(destination)
    if (!isToEverybody) return "not_to_everybody"
    return this.#plan.udpPorts.has(packet.destinationPort) ? null : "game_not_chosen"
  }

  #drop(reason: DropReason): null {
    this.#counts.dropped[reason] += 1
    return null
  }
}
