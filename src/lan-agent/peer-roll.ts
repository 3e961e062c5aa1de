import type { PeerInfo } from "@/lan/peer-view"
import { expectedPath } from "@/lan/compatibility"
import type { NatType } from "@/lan/nat-behaviour"
import type { Endpoint } from "@/lan/protocol"
import type { RelayTicket } from "@/lan/relay/ticket"
import type { RelayTicketInfo } from "@/lan/relay-tickets"
import type { DataDoor } from "./agent-doors"

type Ticket = { readonly ticket: RelayTicket; readonly takenAtMs: number }
type Entry = { info: PeerInfo; ticket: Ticket | null; isLinked: boolean }

/** A ticket is good for an hour; after so long the next one is passed on, ms. */
const freshTicketMs = 30 * 60 * 1000

/** [LANA-40] Who is in the network as this PC knows it, kept the same in the data path. */
export class PeerRoll {
  readonly #entries = new Map<string, Entry>()
  /** Per peer one thing at a time: a key that goes out must not come back in by a slower addition. */
  readonly #work = new Map<string, Promise<void>>()
  /** Counts who left: an answer asked for before that may name somebody who is out by now. */
  departures = 0
  #ownNat: NatType = "unknown"

  constructor(
    readonly data: DataDoor,
    readonly ownPeerId: string,
    readonly nowMs: () => number,
    readonly failed: (error: unknown) => void,
  ) {}

  infos(): PeerInfo[] {
    return [...this.#entries.values()].map(({ info }) => info)
  }

  has(peerId: string): boolean {
    return this.#entries.has(peerId)
  }

  /** Whether somebody has no ticket for the relay, or one that soon runs out. */
  needsTickets(): boolean {
    const nowMs = this.nowMs()
    return [...this.#entries.values()].some(({ ticket }) => !ticket || nowMs - ticket.takenAtMs > freshTicketMs)
  }

  /** The whole network, as the party says it is for this PC. @returns who went. */
  set(infos: readonly PeerInfo[]): string[] {
    const living = new Set(infos.map(({ id }) => id))
    const gone = [...this.#entries.keys()].filter((id) => !living.has(id))
    void this.remove(gone)
    for (const info of infos) this.put(info)
    return gone
  }

  /** A peer as this PC may see it. */
  put(info: PeerInfo): void {
    if (info.id === this.ownPeerId) return
    const entry = this.#entries.get(info.id)
    if (!entry) {
      const added: Entry = { info, ticket: null, isLinked: false }
      this.#entries.set(info.id, added)
      this.#link(added)
      return
    }
    const before = entry.info
    entry.info = info
    const isOther = before.probe_nonce !== info.probe_nonce || before.public_key !== info.public_key || before.virtual_ip !== info.virtual_ip
    if (isOther || !entry.isLinked) {
      this.#link(entry)
      return
    }
    const candidates = JSON.stringify(before.candidates) === JSON.stringify(info.candidates) ? {} : { candidates: endpointsOf(info) }
    const expected = before.nat_type === info.nat_type ? {} : { expected: this.#expectedOf(info) }
    const news = { ...candidates, ...expected }
    if (Object.keys(news).length > 0) void this.#after(info.id, () => this.data.updatePeer(info.id, news))
  }

  /** What this PC's own router does is known by now. */
  learnOwnNat(nat: NatType): void {
    if (nat === this.#ownNat) return
    this.#ownNat = nat
    for (const { info, isLinked } of this.#entries.values()) {
      if (isLinked) void this.#after(info.id, () => this.data.updatePeer(info.id, { expected: this.#expectedOf(info) }))
    }
  }

  #expectedOf(info: PeerInfo) {
    return expectedPath(this.#ownNat, info.nat_type)
  }

  /** A peer as everybody may see it: what only this PC knows of it stays. */
  hear(info: PeerInfo): void {
    const known = this.#entries.get(info.id)?.info
    if (!known || known.probe_nonce !== info.probe_nonce || known.virtual_ip !== info.virtual_ip) return this.put(info)
    const { name, endpoint, nat_type } = info
    this.put({ ...known, name, endpoint, nat_type })
  }

  /** Another PC's offer for this one alone. */
  offered(peerId: string, offer: { candidates: PeerInfo["candidates"]; probe_nonce: string }): void {
    const known = this.#entries.get(peerId)?.info
    if (known) this.put({ ...known, ...offer })
  }

  /** [LANA-42] Their keys are out when the promise is done. */
  async remove(peerIds: readonly string[]): Promise<void> {
    const here = peerIds.filter((id) => this.#entries.delete(id))
    if (here.length > 0) this.departures += 1
    await Promise.all(here.map((id) => this.#after(id, () => this.data.removePeer(id))))
  }

  /** @param isAnew whether they count though there are fresh ones: the relay may not know those any more. */
  takeTickets(infos: readonly RelayTicketInfo[], isAnew = false): void {
    const nowMs = this.nowMs()
    for (const { peer_id, ticket, key } of infos) {
      const entry = this.#entries.get(peer_id)
      if (!entry || (!isAnew && entry.ticket && nowMs - entry.ticket.takenAtMs < freshTicketMs)) continue
      const relayTicket = { ticket: Buffer.from(ticket, "base64url"), key: Buffer.from(key, "base64url") }
      entry.ticket = { ticket: relayTicket, takenAtMs: nowMs }
      if (entry.isLinked) void this.#after(peer_id, () => this.data.updatePeer(peer_id, { relayTicket }))
    }
  }

  /** When everything begun so far is done. */
  async settled(): Promise<void> {
    await Promise.all(this.#work.values())
  }

  /** A peer is tried once it has said under which nonce; before that its probes could not be told from a stranger's. */
  #link(entry: Entry): void {
    const { id, probe_nonce: nonce, public_key: publicKey, virtual_ip: virtualIp } = entry.info
    if (nonce === null) return
    const peer = { peerId: id, publicKey, virtualIp, nonce, candidates: endpointsOf(entry.info), relayTicket: entry.ticket?.ticket ?? null, expected: this.#expectedOf(entry.info) }
    entry.isLinked = true
    void this.#after(id, () => (this.#entries.get(id) === entry ? this.data.addPeer(peer) : undefined))
  }

  #after(peerId: string, work: () => void | Promise<void>): Promise<void> {
    const before = this.#work.get(peerId)
    const run = async () => {
      await before
      try {
        await work()
      } catch (error) {
        this.failed(error)
      }
    }
    const next = run().finally(() => {
      if (this.#work.get(peerId) === next) this.#work.delete(peerId)
    })
    this.#work.set(peerId, next)
    return next
  }
}

function endpointsOf(info: PeerInfo): Endpoint[] {
  return info.candidates.map(({ endpoint }) => endpoint)
}
