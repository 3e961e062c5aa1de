import type { ExpectedPath } from "@/lan/compatibility"
import { type Endpoint, endpointText } from "@/lan/protocol"
import type { Path } from "../path-finder"
import type { TunnelTraffic } from "../tunnel/tunnel"
import type { DataPathPeer, PeerNews } from "./data-path-types"
import type { PeerTunnel } from "./peer-tunnel"
import type { ProxyPort } from "./proxy-port"
import { type Look, TrafficWatch } from "./traffic-watch"

/** All times in ms. */
const routeTimes = {
  /** A handshake that was lost is begun anew after this, doubling; WireGuard itself would wait 5 s. */
  greetAgainMs: 500,
  mostGreetings: 3,
  /** [LANU-72] The responder leaves the first handshake to the initiator for so long. */
  initiatorsTurnMs: 2_500,
  /** The kernel's way proved deaf, or could not be had: not tried again for so long. */
  withoutFastPathMs: 10 * 60_000,
} as const

/** The first byte of WireGuard's first message. */
const handshakeInitiation = 1

/** How one peer's packets go, from when it was added until it is removed. */
export class PeerRoute {
  readonly traffic = new TrafficWatch()
  expected: ExpectedPath
  port: ProxyPort | null = null
  path: Path | null = null
  hasHandshake = false
  #places: string
  #ticket: Buffer | null
  #life = 1
  #isGone = false
  #configuredAtMs: number | null = null
  #greetings = 0
  #withoutFastPathUntilMs = -Infinity

  constructor(
    readonly peer: DataPathPeer,
    readonly tunnel: PeerTunnel,
    readonly isInitiator: boolean,
    firstLife: number,
  ) {
    this.expected = peer.expected ?? "uncertain"
    this.#life = firstLife
    this.#places = placesOf(peer.candidates)
    this.#ticket = peer.relayTicket?.ticket ?? null
  }

  /** [LANU-75] @returns what of it is news: to be told the same again and again costs no probe. */
  learn({ candidates, relayTicket, expected }: PeerNews): PeerNews {
    const places = candidates && placesOf(candidates)
    const news: PeerNews = {}
    if (places !== undefined && places !== this.#places) news.candidates = candidates
    if (relayTicket && !this.#ticket?.equals(relayTicket.ticket)) news.relayTicket = relayTicket
    if (expected && expected !== this.expected) news.expected = expected
    this.#places = places ?? this.#places
    this.#ticket = relayTicket?.ticket ?? this.#ticket
    this.expected = expected ?? this.expected
    return news
  }

  get life() {
    return this.#life
  }

  get isConfigured() {
    return this.tunnel.knownLife === this.#life
  }

  /** WireGuard has just been given the peer for this life. @returns whether it was news. */
  configured(nowMs: number): boolean {
    if (!this.isConfigured || this.#configuredAtMs !== null) return false
    this.#configuredAtMs = nowMs
    return true
  }

  /** Since when a handshake is awaited, ms; `null` when none is. */
  awaitedMs(nowMs: number): number | null {
    return this.#configuredAtMs === null || this.hasHandshake || this.#isGone ? null : nowMs - this.#configuredAtMs
  }

  /** Brings WireGuard and the kernel to the path in use. */
  settle(nowMs: number): Promise<void> {
    const { port, path, peer } = this
    if (this.#isGone || !port || !path) return Promise.resolve()
    return this.tunnel.want({
      publicKey: peer.publicKey,
      virtualIp: peer.virtualIp,
      proxy: port.endpoint,
      direct: this.#directEndpoint(path, nowMs),
      life: this.#life,
      isGreeting: this.isInitiator && !this.hasHandshake,
    })
  }

  /** The first handshake was perhaps lost. @returns whether it is time for another. */
  greetsAgain(nowMs: number, roundTripMs: number | null): boolean {
    const awaitedMs = this.awaitedMs(nowMs)
    if (awaitedMs === null || !this.isInitiator || this.#greetings >= routeTimes.mostGreetings) return false
    const patienceMs = routeTimes.greetAgainMs * 2 ** this.#greetings + 3 * (roundTripMs ?? 0)
    if (awaitedMs < patienceMs) return false
    this.#greetings += 1
    this.#life += 1
    this.#configuredAtMs = null
    return true
  }

  /**
   * [LANU-72] Two first handshakes that cross each other both come to nothing, and WireGuard waits 5 s for the next: so the
   * responder's is kept back, though its PC has something to send already.
   */
  mayLeave(packet: Buffer, nowMs: number): boolean {
    if (this.hasHandshake || this.isInitiator || packet[0] !== handshakeInitiation) return true
    return (this.awaitedMs(nowMs) ?? 0) >= routeTimes.initiatorsTurnMs
  }

  look(traffic: TunnelTraffic, nowMs: number): Look {
    return this.traffic.look(traffic, nowMs)
  }

  goWithoutFastPath(nowMs: number) {
    this.#withoutFastPathUntilMs = nowMs + routeTimes.withoutFastPathMs
    this.traffic.beginAnew()
  }

  /** Nothing of the peer passes the agent from now on; resolves when WireGuard has dropped it. */
  async end(): Promise<void> {
    this.#isGone = true
    try {
      await this.tunnel.want(null)
    } finally {
      this.port?.close()
    }
  }

  get isGone() {
    return this.#isGone
  }

  /** [LANU-75] The kernel takes over when WireGuard has met the peer on a path that is confirmed. */
  #directEndpoint(path: Path, nowMs: number): Endpoint | null {
    return path.kind === "direct" && this.hasHandshake && nowMs >= this.#withoutFastPathUntilMs ? path.endpoint : null
  }
}

function placesOf(candidates: readonly Endpoint[]): string {
  return candidates.map(endpointText).sort().join(" ")
}
