import type { TunnelTraffic } from "../tunnel/tunnel"

/** What WireGuard says by itself between two looks: keepalives both ways, or a handshake with its confirmation. */
const keepaliveBytes = 64
const handshakeBytes = 304
/** [LANU-75] WireGuard answers whatever it gets within 10 s; who sends for longer and hears nothing sends into the void. */
const oneWayMs = 12_000

export type Look = {
  /** Something of people's own was carried. */
  isBusy: boolean
  /** Packets have been going out for 12 s and nothing came in. */
  isOneWay: boolean
}

/** Makes of WireGuard's counters of one peer what the paths have to know. */
export class TrafficWatch {
  #last: TunnelTraffic = { lastHandshakeAtMs: null, receivedBytes: 0, sentBytes: 0, endpoint: null }
  #sendingSinceMs: number | null = null
  receivedBytes = 0
  sentBytes = 0

  get lastHandshakeAtMs() {
    return this.#last.lastHandshakeAtMs
  }

  look(now: TunnelTraffic, nowMs: number): Look {
    const received = growth(this.#last.receivedBytes, now.receivedBytes)
    const sent = growth(this.#last.sentBytes, now.sentBytes)
    const ownBytes = now.lastHandshakeAtMs === this.#last.lastHandshakeAtMs ? keepaliveBytes : handshakeBytes
    this.#last = now
    this.receivedBytes += received
    this.sentBytes += sent
    if (received > 0) this.#sendingSinceMs = null
    else if (sent > 0) this.#sendingSinceMs ??= nowMs
    const isOneWay = sent > 0 && this.#sendingSinceMs !== null && nowMs - this.#sendingSinceMs >= oneWayMs
    return { isBusy: received + sent > ownBytes, isOneWay }
  }

  /** The packets go another way now: what was observed before says nothing about it. */
  beginAnew() {
    this.#sendingSinceMs = null
  }
}

/** WireGuard counts from zero again when it was given the peer anew. */
function growth(before: number, now: number): number {
  return now >= before ? now - before : now
}
