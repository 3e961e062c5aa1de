import type { KeyObject } from "node:crypto"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import type { ExpectedPath } from "@/lan/compatibility"
import { type ProbeKeys, ReplayWindow, openProbe, probeKeys, sealProbe } from "@/lan/probe-frame"
import { type Endpoint, datagramKind, endpointText } from "@/lan/protocol"
import type { RelayTicket } from "@/lan/relay/ticket"
import { KeyedBuckets } from "@/lan/token-bucket"
import { type Path, type PathEvent, PathFinder, type PathView } from "./path-finder"
import type { RelayClient, RelaySession } from "./relay-client"
import type { Transport } from "./stun-client"

/** Who this agent is, for one run of it in one network. */
export type OwnIdentity = { privateKey: KeyObject; publicKey: string; networkId: string; nonce: string }

/** What the control plane says of a peer. A peer whose agent started anew has another nonce and is added anew. */
export type LinkedPeer = {
  peerId: string
  publicKey: string
  nonce: string
  candidates: readonly Endpoint[]
  relayTicket: RelayTicket | null
}

export type LinkListener = {
  /** A WireGuard datagram of the peer. */
  packetArrived(peerId: string, packet: Buffer): void
  /** From now on `send` takes this way. The first time, WireGuard is to be configured, then `tunnelConfigured` called. */
  pathTaken(peerId: string, path: Path): void
  statusChanged(peerId: string, view: PathView): void
}

type Link = {
  readonly peerId: string
  readonly keys: ProbeKeys
  readonly window: ReplayWindow
  readonly finder: PathFinder
  ticket: RelayTicket | null
  session: RelaySession | null
  path: Path | null
  view: PathView
  wake: NodeJS.Timeout | undefined
  /** The newest attempt to bind; what an older one ends with is old news. */
  bindAttempt: number
  isBinding: boolean
  nextBind: NodeJS.Timeout | undefined
}

/** Binding again keeps the session alive, and finds a relay that was restarted, ms. */
const bindEveryMs = 15_000
/** [LANU-73] A session lasts a minute without a datagram. */
const quietBindEveryMs = 45_000
/** After an attempt that failed, which itself lasts 3 s. */
const bindAgainMs = 1_000
/** [LANU-5] Each probe of a stranger costs an HMAC per peer. */
const strangersProbes = { perSecond: 500, burst: 2_000 }
const mostStrangers = 1_024
const mostPlaces = 1_024

/** All ways from this PC to its peers, on one socket: probes, relay sessions, and the WireGuard packets between them. */
export class PeerLinks {
  readonly #links = new Map<string, Link>()
  /** Whose WireGuard packets come from where: only places that an authentic probe came from. */
  readonly #peerAt = new Map<string, string>()
  readonly #strangers = new KeyedBuckets(strangersProbes, mostStrangers)

  constructor(
    readonly transport: Transport,
    readonly relay: RelayClient | null,
    readonly own: OwnIdentity,
    readonly listener: LinkListener,
  ) {}

  /** Begins to look for a way to a peer; an earlier link to it ends. */
  add(peer: LinkedPeer): Result<void, Refusal<"weak_key">> {
    this.remove(peer.peerId)
    const keys = probeKeys({ ...this.own, peerPublicKey: peer.publicKey, peerNonce: peer.nonce })
    if (!keys.ok) return refuse("weak_key")
    const finder = new PathFinder(this.own.publicKey < peer.publicKey)
    const link: Link = {
      peerId: peer.peerId,
      keys: keys.value,
      window: new ReplayWindow(),
      finder,
      ticket: peer.relayTicket,
      session: null,
      path: null,
      view: finder.view(),
      wake: undefined,
      bindAttempt: 0,
      isBinding: false,
      nextBind: undefined,
    }
    this.#links.set(peer.peerId, link)
    this.#tell(link, { type: "started", candidates: peer.candidates, hasRelay: false })
    void this.#bind(link)
    return ok(undefined)
  }

  /** The peer has other candidates, or there is a newer ticket for the relay. */
  update(peerId: string, news: { candidates?: readonly Endpoint[]; relayTicket?: RelayTicket; expected?: ExpectedPath }) {
    const link = this.#links.get(peerId)
    if (!link) return
    if (news.expected) this.#tell(link, { type: "path_expected", expected: news.expected })
    if (news.candidates) this.#tell(link, { type: "started", candidates: news.candidates, hasRelay: link.session !== null })
    if (!news.relayTicket) return
    link.ticket = news.relayTicket
    void this.#bind(link)
  }

  /** A peer that left or was kicked: from now on nothing of it is heard and nothing sent to it. */
  remove(peerId: string) {
    const link = this.#links.get(peerId)
    if (!link) return
    clearTimeout(link.wake)
    clearTimeout(link.nextBind)
    this.#links.delete(peerId)
    if (link.session) this.relay?.forget(link.session)
    for (const [place, peer] of this.#peerAt) if (peer === peerId) this.#peerAt.delete(place)
  }

  /** Shows the links a datagram. `false`: it is not theirs. */
  receive(datagram: Buffer, from: Endpoint): boolean {
    switch (datagramKind(datagram)) {
      case "relay":
        return this.#receiveRelayed(datagram, from)
      case "probe":
        return this.#receiveProbe(datagram, from)
      case "wireguard":
        return this.#receivePacket(datagram, this.#peerAt.get(endpointText(from)))
      case "stun":
      case "unknown":
        return false
    }
  }

  /** Sends a WireGuard packet the way that is in use; `false` when there is none. */
  send(peerId: string, packet: Buffer): boolean {
    const link = this.#links.get(peerId)
    return link?.path ? this.#sendOn(link, link.path, packet) : false
  }

  tunnelConfigured(peerId: string) {
    this.#tellPeer(peerId, { type: "tunnel_configured" })
  }

  handshakeFinished(peerId: string) {
    this.#tellPeer(peerId, { type: "handshake_finished" })
  }

  /** WireGuard carried something to or from the peer just now. */
  trafficSeen(peerId: string) {
    this.#tellPeer(peerId, { type: "traffic_seen" })
  }

  /** [LANU-74] */
  punch(peerId: string) {
    this.#tellPeer(peerId, { type: "punch" })
  }

  /** The PC woke up, or has another address. */
  networkChanged() {
    for (const link of this.#links.values()) this.#tell(link, { type: "network_changed" })
    this.relayChanged()
  }

  /** The relay sees another address of ours, so that its sessions have to move. */
  relayChanged() {
    for (const link of this.#links.values()) void this.#bind(link)
  }

  viewOf(peerId: string): PathView | null {
    return this.#links.get(peerId)?.finder.view() ?? null
  }

  close() {
    for (const peerId of [...this.#links.keys()]) this.remove(peerId)
    this.relay?.close()
  }

  #receiveRelayed(datagram: Buffer, from: Endpoint): boolean {
    const delivery = this.relay?.receive(datagram, from)
    const link = delivery && this.#links.get(delivery.session.peerId)
    if (!delivery || !link) return true
    if (datagramKind(delivery.payload) === "probe") this.#hear(link, delivery.payload, { kind: "relayed" })
    else if (datagramKind(delivery.payload) === "wireguard") this.#receivePacket(delivery.payload, link.peerId)
    return true
  }

  #receiveProbe(datagram: Buffer, from: Endpoint): boolean {
    const place = endpointText(from)
    const known = this.#links.get(this.#peerAt.get(place) ?? "")
    const path: Path = { kind: "direct", endpoint: { address: from.address, port: from.port } }
    if (known && this.#hear(known, datagram, path)) return true
    if (!this.#strangers.take(from.address, this.transport.nowMs())) return true
    for (const link of this.#links.values()) {
      if (link === known || !this.#hear(link, datagram, path)) continue
      this.#remember(place, link.peerId)
      break
    }
    return true
  }

  /** A member that comes from ever new places fills no memory either. */
  #remember(place: string, peerId: string) {
    const [oldest] = this.#peerAt.keys()
    if (this.#peerAt.size >= mostPlaces && oldest !== undefined) this.#peerAt.delete(oldest)
    this.#peerAt.set(place, peerId)
  }

  /** Whether the probe is the peer's, and new. */
  #hear(link: Link, datagram: Buffer, path: Path): boolean {
    const probe = openProbe(link.keys.receive, datagram)
    if (!probe.ok || !link.window.accepts(probe.value.sequence)) return false
    this.#tell(link, { type: "probe_heard", path, probe: probe.value })
    return true
  }

  #receivePacket(packet: Buffer, peerId: string | undefined): boolean {
    if (peerId !== undefined) this.listener.packetArrived(peerId, packet)
    return true
  }

  /** [LANU-56] */
  async #bind(link: Link) {
    if (!this.relay || !link.ticket) return
    clearTimeout(link.nextBind)
    link.bindAttempt += 1
    link.isBinding = true
    const attempt = link.bindAttempt
    const bound = await this.relay.bind(link.ticket)
    if (this.#links.get(link.peerId) !== link || link.bindAttempt !== attempt) return
    link.isBinding = false
    const hadSession = link.session !== null
    link.session = bound.ok ? bound.value : null
    link.nextBind = setTimeout(() => void this.#bind(link), bound.ok ? this.#bindEveryMs(link) : bindAgainMs)
    if (bound.ok !== hadSession) this.#tell(link, { type: "relay_changed", hasRelay: bound.ok })
  }

  #bindEveryMs(link: Link): number {
    return link.finder.isQuiet(this.transport.nowMs()) ? quietBindEveryMs : bindEveryMs
  }

  /** [LANU-56] The relay carried the traffic and fell silent: perhaps it began anew and knows no sessions. */
  #doubtRelay(link: Link, before: PathView) {
    const isSilent = link.view.path?.kind === "relayed" && before.status === "connected" && link.view.status !== "connected"
    if (isSilent && !link.isBinding) void this.#bind(link)
  }

  #tellPeer(peerId: string, event: PathEvent) {
    const link = this.#links.get(peerId)
    if (link) this.#tell(link, event)
  }

  #tell(link: Link, event: PathEvent) {
    const nowMs = this.transport.nowMs()
    const effects = link.finder.handle(event, nowMs)
    clearTimeout(link.wake)
    link.wake = setTimeout(() => this.#tell(link, { type: "time_passed" }), Math.max(1, link.finder.wakeAtMs(nowMs) - nowMs))
    this.#showStatus(link)
    for (const effect of effects) {
      if (effect.type === "send_probe") {
        this.#sendOn(link, effect.path, sealProbe(link.keys.send, effect.probe))
      } else {
        link.path = effect.path
        this.listener.pathTaken(link.peerId, effect.path)
      }
    }
  }

  #showStatus(link: Link) {
    const before = link.view
    link.view = link.finder.view()
    const isSame = before.status === link.view.status && before.connectionType === link.view.connectionType
    if (isSame) return
    this.#doubtRelay(link, before)
    this.listener.statusChanged(link.peerId, link.view)
  }

  #sendOn(link: Link, path: Path, payload: Buffer): boolean {
    if (path.kind === "direct") {
      this.transport.send(payload, path.endpoint)
      return true
    }
    if (!this.relay || !link.session) return false
    this.relay.send(link.session, payload)
    return true
  }
}
