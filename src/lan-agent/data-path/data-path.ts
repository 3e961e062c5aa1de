import { type Refusal, type Result, ok } from "@/kernel/result"
import { type Endpoint, frameKinds } from "@/lan/protocol"
import type { SignalView } from "@/lan/signals"
import type { Path, PathView } from "../path-finder"
import { PeerLinks } from "../peer-links"
import { RelayClient } from "../relay-client"
import type { TunnelTraffic } from "../tunnel/tunnel"
import type { DataPathOptions, DataPathPeer, PeerNews, PeerState } from "./data-path-types"
import { frameSocketTo } from "./frame-socket"
import { PeerRoute } from "./peer-route"
import { PeerTunnel } from "./peer-tunnel"
import { ProxyPort } from "./proxy-port"
import { Punches } from "./punches"
import { RelayLine, type RelayPlace } from "./relay-line"
import { SharedFastPath } from "./shared-fast-path"

/** [LANU-75] Between two looks at WireGuard's counters, ms: while a handshake is awaited, for how long, and else. */
const awaitingEveryMs = 25
const awaitingForMs = 10_000
const everyMs = 1_000

/** Of no relay, and of one that is only to be had by WebSocket: its frames need an address; no datagram is ever sent there. */
const noAddress: Endpoint = { address: "0.0.0.0", port: 0 }

/**
 * Carries the packets between WireGuard and the peers: through the agent at first, by the relay or directly, and past it
 * through the kernel as soon as a direct path is confirmed and WireGuard has met the peer.
 */
export class DataPath {
  readonly #routes = new Map<string, PeerRoute>()
  /** Outlives a peer's route, so that orders of its next one wait for those of the last. */
  readonly #tunnels = new Map<string, PeerTunnel>()
  readonly #fastPath: SharedFastPath | null
  readonly #line: RelayLine
  readonly #relay: RelayClient
  #relayAt: Endpoint
  readonly #links: PeerLinks
  readonly #punches: Punches
  #lives = 0
  #looking: NodeJS.Timeout | undefined
  #isLooking = false
  #isClosed = false

  constructor(readonly options: DataPathOptions) {
    const { socket, fastPath, own } = options
    this.#fastPath = fastPath && new SharedFastPath(fastPath)
    this.#relayAt = options.relay ?? noAddress
    this.#line = this.#relayLine()
    this.#relay = new RelayClient(this.#line, this.#relayAt)
    this.#links = new PeerLinks(socket.transport, this.#relay, own, {
      packetArrived: (peerId, packet) => this.#routes.get(peerId)?.port?.deliver(packet),
      pathTaken: (peerId, path) => this.#pathTaken(peerId, path),
      statusChanged: (peerId) => this.#changed(peerId),
    })
    this.#punches = new Punches({
      punch: (peerId) => this.#links.punch(peerId),
      sendSignal: (peerId, signal) => options.listener.sendSignal(peerId, signal),
    })
    socket.onDatagram((datagram, from) => this.#arrived(datagram, from))
    this.#lookIn(everyMs)
  }

  /** Begins to look for a way. A known peer with the same nonce is only updated, one with another begins anew. */
  addPeer(peer: DataPathPeer): Result<void, Refusal<"weak_key">> {
    const known = this.#routes.get(peer.peerId)
    if (known && isSameRun(known.peer, peer)) {
      this.updatePeer(peer.peerId, { candidates: peer.candidates, relayTicket: peer.relayTicket ?? undefined, expected: peer.expected })
      return ok(undefined)
    }
    if (known) this.#trying(this.removePeer(peer.peerId))
    const route = this.#newRoute(peer)
    this.#routes.set(peer.peerId, route)
    const added = this.#links.add(peer)
    if (!added.ok) {
      this.#routes.delete(peer.peerId)
      return added
    }
    if (peer.expected) this.#links.update(peer.peerId, { expected: peer.expected })
    this.#trying(this.#openPort(route))
    this.#plan(route)
    return added
  }

  /** The peer has other candidates, there is a newer ticket for the relay, or more is known of its router. */
  updatePeer(peerId: string, news: PeerNews) {
    const route = this.#routes.get(peerId)
    if (!route) return
    this.#links.update(peerId, route.learn(news))
    this.#plan(route)
  }

  /** [LANU-55] Nothing of the peer passes from now on. Resolves when WireGuard has dropped its key, rejects when it would not. */
  async removePeer(peerId: string): Promise<void> {
    this.#links.remove(peerId)
    this.#punches.forget(peerId)
    const route = this.#routes.get(peerId)
    this.#routes.delete(peerId)
    await route?.end()
    if (!this.#routes.has(peerId)) this.#tunnels.delete(peerId)
  }

  /** A moment to try, as it came through the control plane. */
  signalArrived({ from, sent_at, body }: SignalView) {
    if (body.kind !== "punch" || !this.#routes.has(from)) return
    this.#punches.asked(from, Date.parse(body.at) - Date.parse(sent_at), this.#nowMs())
  }

  /** The PC woke up, or has another address. */
  networkChanged() {
    this.#line.networkChanged()
    this.#links.networkChanged()
    for (const route of this.#routes.values()) {
      this.#punches.forget(route.peer.peerId)
      this.#plan(route)
    }
  }

  /** The party's relay is elsewhere now; new tickets come by `updatePeer`. */
  moveRelay({ relay, relayUrl = null }: Pick<DataPathOptions, "relay" | "relayUrl">) {
    this.#relayAt = relay ?? noAddress
    this.#line.moveTo(placeOf(this.#relayAt, relayUrl))
    this.#relay.moveTo(this.#relayAt)
    this.#links.relayChanged()
  }

  peers(): PeerState[] {
    return [...this.#routes.values()].map((route) => this.#stateOf(route))
  }

  /** Takes all peers from WireGuard and the kernel, as far as these are still there. Tunnel, fast path and socket stay their owner's. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#looking)
    const removed = [...this.#routes.keys()].map((peerId) => this.removePeer(peerId))
    this.#links.close()
    this.#line.close()
    this.#punches.close()
    await Promise.allSettled(removed)
  }

  #relayLine(): RelayLine {
    const { socket, relayUrl = null, isUdpDoubted = false } = this.options
    return new RelayLine({
      udp: socket.transport,
      place: placeOf(this.#relayAt, relayUrl),
      isUdpDoubted,
      frameArrived: (frame) => void this.#links.receive(frame, this.#relayAt),
      lineChanged: () => this.#links.relayChanged(),
    })
  }

  #arrived(datagram: Buffer, from: Endpoint) {
    const isRelays = datagram[0]! > frameKinds.probe
    if (isRelays && this.#line.heardByUdp(datagram, from)) return
    this.#links.receive(datagram, from)
  }

  #newRoute(peer: DataPathPeer): PeerRoute {
    const changed = () => this.#tunnelChanged(peer.peerId)
    const tunnel = this.#tunnels.get(peer.peerId) ?? new PeerTunnel(this.options.tunnel, this.#fastPath, changed)
    this.#tunnels.set(peer.peerId, tunnel)
    // Each route has room for the lives of its repeated greetings.
    this.#lives += 100
    return new PeerRoute(peer, tunnel, this.options.own.publicKey < peer.publicKey, this.#lives)
  }

  async #openPort(route: PeerRoute) {
    const { peerId } = route.peer
    const port = await ProxyPort.open(this.options.tunnel.listenPort, (packet) => {
      if (route.mayLeave(packet, this.#nowMs())) this.#links.send(peerId, packet)
    })
    if (route.isGone) return port.close()
    route.port = port
    await route.settle(this.#nowMs())
  }

  #pathTaken(peerId: string, path: Path) {
    const route = this.#routes.get(peerId)
    if (!route) return
    route.path = path
    route.traffic.beginAnew()
    this.#settle(route)
    this.#plan(route)
  }

  #tunnelChanged(peerId: string) {
    const route = this.#routes.get(peerId)
    if (!route) return
    if (route.configured(this.#nowMs())) {
      this.#links.tunnelConfigured(peerId)
      this.#lookIn(awaitingEveryMs)
    }
    this.#changed(peerId)
  }

  #changed(peerId: string) {
    const route = this.#routes.get(peerId)
    if (!route) return
    this.options.listener.peerChanged(peerId, this.#stateOf(route))
    this.#plan(route)
  }

  #plan(route: PeerRoute) {
    this.#punches.plan(route.peer.peerId, this.#viewOf(route), route)
  }

  #settle(route: PeerRoute) {
    this.#trying(
      route.settle(this.#nowMs()).catch((error: unknown) => {
        // Whatever was refused, the way through the agent is the simpler one.
        route.goWithoutFastPath(this.#nowMs())
        throw error
      }),
    )
  }

  #lookIn(ms: number) {
    clearTimeout(this.#looking)
    if (!this.#isClosed && !this.#isLooking) this.#looking = setTimeout(() => this.#trying(this.#look()), ms)
  }

  async #look() {
    this.#isLooking = true
    // What WireGuard says now is about the lives it had when it was asked.
    const lives = new Map([...this.#routes].map(([peerId, route]) => [peerId, route.tunnel.knownLife]))
    try {
      const traffic = await this.options.tunnel.traffic()
      for (const [peerId, route] of this.#routes) {
        const ofPeer = traffic.get(route.peer.publicKey)
        if (ofPeer && route.isConfigured && lives.get(peerId) === route.life) this.#lookAt(route, ofPeer)
      }
    } finally {
      this.#isLooking = false
      this.#lookIn(this.#isHandshakeAwaited() ? awaitingEveryMs : everyMs)
    }
  }

  #lookAt(route: PeerRoute, traffic: TunnelTraffic) {
    const { peerId } = route.peer
    const nowMs = this.#nowMs()
    const look = route.look(traffic, nowMs)
    if (look.isBusy) this.#links.trafficSeen(peerId)
    if (traffic.lastHandshakeAtMs !== null && !route.hasHandshake) {
      route.hasHandshake = true
      this.#links.handshakeFinished(peerId)
      return this.#settle(route)
    }
    if (route.greetsAgain(nowMs, this.#viewOf(route).roundTripMs)) return this.#settle(route)
    if (look.isOneWay && route.tunnel.handedOverTo) {
      route.goWithoutFastPath(nowMs)
      return this.#settle(route)
    }
    this.#trying(route.tunnel.recall(traffic.endpoint).then(() => route.settle(nowMs)))
  }

  #isHandshakeAwaited(): boolean {
    const nowMs = this.#nowMs()
    return [...this.#routes.values()].some((route) => {
      const awaitedMs = route.awaitedMs(nowMs)
      return awaitedMs !== null && awaitedMs < awaitingForMs
    })
  }

  #stateOf(route: PeerRoute): PeerState {
    const { receivedBytes, sentBytes, lastHandshakeAtMs } = route.traffic
    return {
      peerId: route.peer.peerId,
      virtualIp: route.peer.virtualIp,
      view: this.#viewOf(route),
      isHandedOver: route.tunnel.handedOverTo !== null,
      receivedBytes,
      sentBytes,
      lastHandshakeAtMs,
    }
  }

  #viewOf(route: PeerRoute): PathView {
    return this.#links.viewOf(route.peer.peerId) ?? { status: "connecting", connectionType: "connecting", path: null, roundTripMs: null }
  }

  #nowMs(): number {
    return this.options.socket.transport.nowMs()
  }

  /** Orders are given one after another elsewhere; here only their failure is of interest. */
  #trying(order: Promise<void>) {
    order.catch((error: unknown) => {
      if (!this.#isClosed) this.options.listener.troubled(error)
    })
  }
}

function placeOf(relay: Endpoint, relayUrl: string | null): RelayPlace {
  return { relay, openSocket: relayUrl ? frameSocketTo(relayUrl) : null }
}

function isSameRun(a: DataPathPeer, b: DataPathPeer): boolean {
  return a.nonce === b.nonce && a.publicKey === b.publicKey && a.virtualIp === b.virtualIp
}
