import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { PeerInfo } from "@/lan/peer-view"
import { natTypeOf, type NatType } from "@/lan/nat-behaviour"
import { isSameEndpoint, type Candidate } from "@/lan/protocol"
import type { SignalBodyInput } from "@/lan/signals"
import type { AgentDoors, DataDoor, DataOrder, DiscoveryDoor, LiveDoor, LiveNews, TunnelDoor } from "./agent-doors"
import type { AgentEnd, AgentNews, AgentState, AgentStatus, PeerLine, Trouble } from "./agent-news"
import { agentTimes, backoffMs } from "./agent-times"
import { arrive, seatOf, whereaboutsOf, type Arrival, type JoinOrder } from "./arrival"
import type { Beat, ControlPlane, Credentials, Realtime, RelayOffer, Whereabouts } from "./control-plane"
import { goodbyeOf, isAway, isOver } from "./goodbyes"
import type { Identity } from "./identity-file"
import { LinkReports } from "./link-reports"
import { PeerRoll } from "./peer-roll"

/** Everything that stands while the PC is in; it is taken down as one. */
type Session = {
  readonly arrival: Arrival
  readonly tunnel: TunnelDoor
  readonly data: DataDoor
  readonly roll: PeerRoll
  offer: RelayOffer | null
  discovery: DiscoveryDoor | null
}

export type AgentOrder = JoinOrder & { readonly games: readonly string[] }

/**
 * [LANA-30] The agent of one PC in one network: joining → connected ⇄ degraded → failed or ended. It is told of time and world
 * through its doors and says what happens through `tell`.
 */
export class LanAgent {
  readonly #party: ControlPlane
  readonly #reports = new LinkReports()
  readonly #troubles = new Set<Trouble>()
  readonly #ended: Promise<AgentEnd>
  #finish!: (end: AgentEnd) => void
  #end: AgentEnd | null = null
  #state: AgentState = "joining"
  #told = ""
  #credentials: Credentials | null = null
  #identity: Identity | null = null
  #session: Session | null = null
  #live: LiveDoor | null = null
  #isLineUp = false
  #networkName: string | null = null
  #peerName: string | null = null
  #epoch = 0
  #nat: NatType = "unknown"
  #lastSignal = 0
  #sequence = 0
  /** Signals one after the other, for one that overtakes another makes it old. */
  #signalling: Promise<void> = Promise.resolve()
  #heartbeatMs = 0
  #beatAtMs = 0
  #beatDueAtMs = Infinity
  #isBeating = false
  #failures = 0
  /** What the party has not heard yet of where this PC is. */
  #unsaid: Whereabouts = {}
  #cancelBeat: () => void = () => {}
  #cancelTick: () => void = () => {}
  #refreshing: Promise<void> | null = null
  #refreshAgain = false
  #refreshedAtMs = 0
  /** The party was away: its relay may be elsewhere now, and know no tickets of before. */
  #isRelayDoubted = false
  #isAskingWhere = false
  /** The interface and all on it, while they are made anew. */
  #rebuilding: Promise<void> | null = null
  /** What is kept on disk, one writing after the other. */
  #keeping: Promise<void> = Promise.resolve()
  readonly #offeredAtMs = new Map<string, number>()
  /** Who left while there was no interface. */
  readonly #goneMeanwhile = new Set<string>()

  constructor(
    readonly doors: AgentDoors,
    readonly order: AgentOrder,
    readonly tell: (news: AgentNews) => void,
  ) {
    this.#party = doors.controlPlane(() => this.#credentials)
    this.#ended = new Promise((resolve) => (this.#finish = resolve))
  }

  /** Joins, stays, and resolves when this PC is out and everything of it is taken down. */
  async run(): Promise<AgentEnd> {
    const end = await this.#join().catch((error: unknown) => accident(error))
    this.#end ??= end ?? (await this.#ended)
    await this.#takeDown(this.#end)
    return this.#end
  }

  /** [LANA-50] Leaves: the party hears of it, and the same line works no more. */
  leave(): void {
    this.#finishWith({ kind: "left" })
  }

  /** [LANA-53] What nobody foresaw: everything is taken down, and the same line brings this PC back. */
  break(error: unknown): void {
    this.#finishWith(accident(error))
  }

  /** [LANA-51] Stops and stays a member until it is silent for too long: for a PC that is shut down. */
  stop(): void {
    this.#finishWith({ kind: "stopped" })
  }

  status(): AgentStatus {
    const place = this.#session?.arrival.identity.membership ?? null
    return {
      state: this.#state,
      troubles: [...this.#troubles],
      party: this.order.party,
      networkId: place?.networkId ?? null,
      networkName: this.#networkName,
      peerId: place?.peerId ?? null,
      name: this.#peerName,
      virtualIp: place?.virtualIp ?? null,
      isHost: place?.isHost ?? false,
      carrier: this.#session?.tunnel.carrier ?? null,
      interfaceName: this.#session?.tunnel.interfaceName ?? null,
      relay: this.#session?.offer?.relay ?? null,
      peers: this.#peerLines(),
    }
  }

  // ── Coming in ────────────────────────────────────────────────────────────────────────────────────────────────

  async #join(): Promise<AgentEnd | null> {
    const { party } = this.order
    const way = {
      doors: this.doors,
      order: this.order,
      party: this.#party,
      become: (credentials: Credentials | null) => void (this.#credentials = credentials),
      found: () => this.tell({ type: "party_found", party }),
      isToldToGo: () => this.#end !== null,
    }
    const arrived = await arrive(way)
    if (!arrived.ok) return goodbyeOf(arrived.refusal) ?? { kind: "failed", refusal: arrived.refusal }
    this.#identity = arrived.value.identity
    this.#credentials = arrived.value.identity.membership
    this.#sequence = arrived.value.identity.membership.signalSequence
    if (this.#end) {
      // Told to go while it was coming.
      await Promise.allSettled([arrived.value.tunnel.close(), arrived.value.socket.close()])
      return null
    }
    await this.#settle(arrived.value)
    if (this.#end) return null
    this.#schedule(this.#heartbeatMs)
    this.#tick()
    void this.#learnNat(arrived.value)
    return null
  }

  /** Builds everything on an arrival. */
  async #settle(arrival: Arrival): Promise<void> {
    const { identity, network, peer, tunnel, socket, nonce, stun, candidates } = arrival
    const { virtualIp, networkName, isHost, networkId } = identity.membership
    this.#networkName = networkName
    this.#peerName = peer.name
    this.#epoch = network.channel_epoch
    this.#heartbeatMs = arrival.heartbeatMs
    this.#beatAtMs = this.doors.clock.nowMs()
    this.tell({ type: "address", virtualIp, networkName, name: peer.name, isHost, isReturn: arrival.isReturn })
    if (!this.#live) this.#followEpoch(network.channel_epoch)
    const offer = arrival.relay
    const data = await this.#carry({
      ...{ socket, tunnel, networkId, nonce, stun, candidates, relay: offer },
      privateKey: Buffer.from(identity.privateKey, "base64"),
      peerChanged: () => this.#pathsChanged(),
      sendSignal: (peerId, body) => this.#signal(peerId, body),
      troubled: (error) => this.#warn("peer_failed", error),
      networkChanged: () => {
        // It may have been taken out while it slept, and the line belongs to where it was.
        this.#live?.renew()
        this.#schedule(0)
        void this.#learnNat(arrival)
      },
      candidatesChanged: (candidates) => this.#moved(candidates),
    })
    const failed = (error: unknown) => this.#warn("peer_failed", error)
    const roll = new PeerRoll(data, peer.id, () => this.doors.clock.nowMs(), failed)
    const session: Session = { arrival, tunnel, data, roll, offer, discovery: null }
    this.#session = session
    roll.learnOwnNat(this.#nat)
    this.#reports.forgetAll()
    void tunnel.gone.then((why) => this.#tunnelGone(session, why)).catch((error: unknown) => this.break(error))
    roll.set(othersOf(network.peers, peer.id).filter(({ id }) => !this.#goneMeanwhile.has(id)))
    this.#goneMeanwhile.clear()
    if (offer) roll.takeTickets(offer.tickets)
    this.#enter()
    this.tell({ type: "ready", interfaceName: tunnel.interfaceName, carrier: tunnel.carrier })
    void this.#carryDiscovery(session)
    // Somebody may have come between the answer to the join and the first word on the channel.
    this.#refresh()
  }

  async #carry(order: DataOrder): Promise<DataDoor> {
    try {
      return await this.doors.openData(order)
    } catch (error) {
      await Promise.all([order.tunnel.close(), order.socket.close()])
      throw error
    }
  }

  async #carryDiscovery(session: Session): Promise<void> {
    if (this.order.games.length === 0) return
    const peers = () => session.roll.infos().map((info) => info.virtual_ip)
    const { virtualIp } = session.arrival.identity.membership
    const order = { virtualIp, interfaceName: session.tunnel.interfaceName, games: this.order.games, peers }
    const opened = await this.doors.openDiscovery(order).catch((error: unknown) => refuse("games_not_carried", { why: wordsOf(error) }))
    if (!opened.ok) return this.tell({ type: "warning", refusal: opened.refusal })
    if (this.#session === session && !this.#end) session.discovery = opened.value
    else await opened.value.close()
  }

  /** [LANA-23] Eight tenths of a second that nobody waits for; the party hears of it at once. */
  async #learnNat({ socket, stun }: Arrival): Promise<void> {
    const nat = stun ? await socket.natBehaviour(stun) : null
    if (nat === null || this.#end) return
    this.#nat = natTypeOf(nat)
    this.#session?.roll.learnOwnNat(this.#nat)
    this.#say({ nat })
  }

  // ── Hearing ──────────────────────────────────────────────────────────────────────────────────────────────────

  #listen(realtime: Realtime): void {
    if (this.#end) return
    if (this.#live) return this.#live.follow(realtime)
    const token = () => this.#credentials?.token ?? ""
    this.#live = this.doors.openLive({ realtime, token, hear: (news) => this.#hear(news) })
  }

  /** [LANA-42] */
  #hear(news: LiveNews): void {
    if (this.#end) return
    const session = this.#session
    switch (news.type) {
      case "peer_joined":
      case "peer_changed":
        // At once, by what everybody may know; then what only this PC may know, and the ticket for the relay.
        if (news.peer.id === session?.arrival.peer.id) return
        session?.roll.hear(news.peer)
        return this.#refresh()
      case "peers_left":
        return this.#departed(news.peerIds, news.epoch)
      case "network_changed":
        this.#networkName = news.name
        return
      case "network_ended":
        return this.#finishWith({ kind: "network_ended", reason: news.reason })
      case "kicked":
        return this.#finishWith({ kind: "kicked" })
      case "signal":
        this.#lastSignal = Math.max(this.#lastSignal, news.signal.id)
        if (news.signal.body.kind === "offer") session?.roll.offered(news.signal.from, news.signal.body)
        else session?.data.signalArrived(news.signal)
        return
      case "missed":
        return this.#refresh()
      case "line":
        this.#isLineUp = news.isUp
        if (news.isUp) return this.#refresh()
        return this.#schedule(agentTimes.deafBeatMs)
    }
  }

  #departed(peerIds: readonly string[], epoch: number): void {
    for (const id of peerIds) {
      this.#reports.forget(id)
      this.#offeredAtMs.delete(id)
    }
    const session = this.#session
    if (session) void session.roll.remove(peerIds).then(() => this.#pathsChanged())
    else for (const id of peerIds) this.#goneMeanwhile.add(id)
    // Silence took this PC out while it slept; the next heartbeat learns that and comes back.
    if (session && peerIds.includes(session.arrival.peer.id)) return this.#schedule(0)
    this.#followEpoch(epoch)
  }

  /** [LANA-41] After a kick the network speaks elsewhere. */
  #followEpoch(epoch: number): void {
    if (this.#isAskingWhere || (epoch === this.#epoch && this.#live)) return
    this.#isAskingWhere = true
    void this.#party.realtime().then((realtime) => {
      this.#isAskingWhere = false
      if (!realtime.ok) return this.#refused(realtime.refusal)
      // Was it another one by then, the next heartbeat shows it.
      this.#epoch = epoch
      this.#listen(realtime.value)
    })
  }

  // ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** [LANA-40] Asks who is in, and for tickets; what is asked while an answer is on its way is asked once more after it. */
  #refresh(): void {
    if (this.#end) return
    if (this.#refreshing) {
      this.#refreshAgain = true
      return
    }
    this.#refreshing = this.#ask().finally(() => {
      this.#refreshing = null
      if (!this.#refreshAgain) return
      this.#refreshAgain = false
      this.#refresh()
    })
  }

  async #ask(): Promise<void> {
    const session = this.#session
    if (!session) return
    const { roll } = session
    const { departures } = roll
    this.#refreshedAtMs = this.doors.clock.nowMs()
    const [peers, missed] = await Promise.all([this.#party.peers(), this.#party.signals(this.#lastSignal)])
    if (this.#session !== session || this.#end) return
    if (!peers.ok) return this.#refused(peers.refusal)
    if (departures !== roll.departures) {
      // Who left meanwhile may be in this answer still.
      this.#refreshAgain = true
      return
    }
    roll.set(peers.value.peers)
    if (missed.ok) for (const signal of missed.value.signals) this.#hear({ type: "signal", signal })
    if (this.#isRelayDoubted || roll.needsTickets()) await this.#fetchTickets(session)
    this.#pathsChanged()
  }

  /** [LANA-24] */
  async #fetchTickets(session: Session): Promise<void> {
    const relay = await this.#party.relay()
    if (this.#session !== session || this.#end || !relay.ok) return
    if (!isSameRelay(session.offer, relay.value)) session.data.moveRelay(relay.value)
    session.offer = relay.value
    session.roll.takeTickets(relay.value.tickets, this.#isRelayDoubted)
    this.#isRelayDoubted = false
  }

  // ── The heartbeat ────────────────────────────────────────────────────────────────────────────────────────────

  /** The next heartbeat comes then, or sooner when it is due sooner already. */
  #schedule(inMs: number): void {
    const dueAtMs = this.doors.clock.nowMs() + inMs
    if (this.#end || dueAtMs >= this.#beatDueAtMs) return
    this.#cancelBeat()
    this.#beatDueAtMs = dueAtMs
    this.#cancelBeat = this.doors.clock.after(inMs, () => {
      this.#beatDueAtMs = Infinity
      void this.#beat()
    })
  }

  /** Says it with the next heartbeat, which is now. */
  #say(whereabouts: Whereabouts): void {
    this.#unsaid = { ...this.#unsaid, ...whereabouts }
    this.#schedule(0)
  }

  async #beat(): Promise<void> {
    const session = this.#session
    if (!session || this.#end) return
    if (this.#isBeating) return this.#schedule(agentTimes.reportEveryMs)
    this.#isBeating = true
    const said = this.#unsaid
    const links = this.#reports.news(session.data.peers())
    this.#beatAtMs = this.doors.clock.nowMs()
    this.#unsaid = {}
    try {
      const answer = await this.#party.heartbeat({ ...said, ...(links.length > 0 ? { links } : {}) })
      if (this.#end) return
      if (answer.ok) {
        this.#reports.told(links)
        await this.#beatAnswered(session, answer.value)
      } else {
        this.#unsaid = { ...said, ...this.#unsaid }
        await this.#beatRefused(answer.refusal)
      }
    } finally {
      this.#isBeating = false
    }
  }

  async #beatAnswered({ roll, arrival }: Session, beat: Beat): Promise<void> {
    const wasAway = this.#troubles.delete("party_away")
    this.#isRelayDoubted ||= wasAway
    this.#failures = 0
    this.#heartbeatMs = beat.heartbeat_ms
    this.#schedule(Object.keys(this.#unsaid).length > 0 ? 0 : this.#isLineUp ? beat.heartbeat_ms : Math.min(agentTimes.deafBeatMs, beat.heartbeat_ms))
    this.#showState()
    if (beat.channel_epoch !== this.#epoch || !this.#live) this.#followEpoch(beat.channel_epoch)
    const others = beat.peer_ids.filter((id) => id !== arrival.peer.id)
    const isSame = others.length === roll.infos().length && others.every((id) => roll.has(id))
    const isOld = this.doors.clock.nowMs() - this.#refreshedAtMs > agentTimes.refreshEveryMs
    if (!isSame || wasAway || isOld) this.#refresh()
    await this.#renewInTime(beat)
  }

  /** [LANA-32] A party that is away changes nothing for the paths that stand. */
  async #beatRefused(refusal: Refusal): Promise<void> {
    if (refusal.code === "lan_silent") return this.#comeBack()
    this.#refused(refusal)
    if (this.#end) return
    this.#failures += 1
    this.#schedule(backoffMs(this.#failures))
  }

  /** [LANA-25] By the party's clock: the one of this PC may be wrong by days. */
  async #renewInTime({ now, token_expires_at: expiresAt }: Beat): Promise<void> {
    if (Date.parse(expiresAt) - Date.parse(now) > agentTimes.renewBeforeMs) return
    const renewed = await this.#party.renew()
    if (!renewed.ok) return this.#refused(renewed.refusal)
    await this.#keep({ token: renewed.value.token, tokenExpiresAt: renewed.value.token_expires_at })
  }

  async #keep(change: Partial<Identity["membership"]>): Promise<void> {
    if (!this.#identity) return
    this.#identity = { ...this.#identity, membership: { ...this.#identity.membership, ...change } }
    this.#credentials = this.#identity.membership
    const identity = this.#identity
    const written = this.#keeping.then(() => this.doors.identity.write(identity))
    this.#keeping = written.catch((error: unknown) => this.#warn("identity_not_kept", error))
    await this.#keeping
  }

  /** Whatever is learned after this is not kept. */
  async #forget(): Promise<void> {
    this.#identity = null
    await this.#keeping
    await this.doors.identity.remove()
  }

  /** What the party says when it does not do what was asked. */
  #refused(refusal: Refusal): void {
    if (isAway(refusal)) {
      this.#troubles.add("party_away")
      return this.#showState()
    }
    const goodbye = goodbyeOf(refusal)
    if (goodbye) return this.#finishWith(goodbye)
    if (refusal.code === "lan_silent") return this.#schedule(0)
    this.tell({ type: "warning", refusal })
  }

  // ── What changes under way ───────────────────────────────────────────────────────────────────────────────────

  /** [LANA-26] The PC slept for so long that it was taken out. */
  async #comeBack(): Promise<void> {
    const asleep = this.#session
    if (!asleep || !this.#identity) return
    const { socket, stun, nonce } = asleep.arrival
    const whereabouts = { ...(await whereaboutsOf(socket, stun)), probe_nonce: nonce }
    const returned = await this.#party.comeBack(whereabouts)
    if (this.#end) return
    if (!returned.ok) {
      this.#refused(returned.refusal)
      if (!this.#end && !isAway(returned.refusal)) return this.#finishWith({ kind: "failed", refusal: returned.refusal })
      this.#failures += 1
      return this.#schedule(backoffMs(this.#failures))
    }
    this.#failures = 0
    const seat = seatOf(this.#identity, returned.value, true)
    await this.#keep(seat.identity.membership)
    this.#schedule(this.#heartbeatMs)
    // Its interface may have gone meanwhile, and be made anew.
    await this.#rebuilding
    const session = this.#session
    if (!session || this.#end) return
    if (returned.value.peer.virtual_ip !== session.arrival.identity.membership.virtualIp) return this.#rebuild(session, { ...session.arrival, ...seat })
    session.roll.set(othersOf(returned.value.network.peers, session.arrival.peer.id))
    this.#followEpoch(returned.value.network.channel_epoch)
    this.#refresh()
  }

  async #tunnelGone(session: Session, why: string): Promise<void> {
    if (this.#session !== session || this.#end || !this.#identity) return
    this.#troubles.add("tunnel_gone")
    this.#showState()
    this.#warn("tunnel_gone", why)
    // Who is in by now, not who was when this PC came.
    const peers = Object.fromEntries(session.roll.infos().map((info) => [info.id, info]))
    const network = { ...session.arrival.network, peers, channel_epoch: this.#epoch }
    await this.#rebuild(session, { ...session.arrival, identity: this.#identity, network })
  }

  /** Everything anew but the membership: the interface has gone, or has another address. */
  async #rebuild(session: Session, arrival: Arrival): Promise<void> {
    this.#rebuilding = this.#buildAnew(session, arrival)
    try {
      await this.#rebuilding
    } finally {
      this.#rebuilding = null
    }
  }

  async #buildAnew(session: Session, arrival: Arrival): Promise<void> {
    this.#session = null
    await this.#close(session)
    const { virtualIp } = arrival.identity.membership
    const prepared = this.doors.prepareTunnel()
    const tunnel = await prepared.open({ virtualIp, privateKey: Buffer.from(arrival.identity.privateKey, "base64") })
    if (!tunnel.ok) return this.#finishWith({ kind: "failed", refusal: tunnel.refusal })
    const nonce = this.doors.drawNonce()
    const socket = await this.doors.openSocket()
    const [whereabouts, relay] = await Promise.all([whereaboutsOf(socket, arrival.stun), this.#party.relay()])
    const next = { ...arrival, nonce, socket, tunnel: tunnel.value, candidates: whereabouts.candidates, relay: relay.ok ? relay.value : session.offer }
    this.#isRelayDoubted ||= !relay.ok
    if (this.#end) {
      await Promise.all([tunnel.value.close(), socket.close()])
      return
    }
    await this.#settle(next)
    this.#troubles.delete("tunnel_gone")
    this.#showState()
    this.#say({ ...whereabouts, probe_nonce: nonce })
  }

  /** [LANA-27] Woken up or plugged in elsewhere: the others hear at once where this PC is now. */
  #moved(candidates: readonly Candidate[]): void {
    const mapped = candidates.find(({ kind }) => kind === "server_reflexive")
    this.#live?.renew()
    this.#say({ candidates, endpoint: mapped?.endpoint ?? null })
  }

  /** [LANA-43] Paths of another kind are told at once, but not in every instant. */
  #pathsChanged(): void {
    const session = this.#session
    if (!session || this.#end) return
    this.#showPeers()
    for (const { peerId, view } of session.data.peers()) if (view.status === "failed") void this.#offerAgain(session, peerId)
    if (this.#reports.news(session.data.peers()).length === 0 || this.#troubles.has("party_away")) return
    this.#schedule(Math.max(0, this.#beatAtMs + agentTimes.reportEveryMs - this.doors.clock.nowMs()))
  }

  /** [LANA-44] Where no path was found both sides begin again together: the other one hears where this one is. */
  async #offerAgain(session: Session, peerId: string): Promise<void> {
    const nowMs = this.doors.clock.nowMs()
    if (nowMs - (this.#offeredAtMs.get(peerId) ?? -Infinity) < agentTimes.offerEveryMs || !this.#identity) return
    this.#offeredAtMs.set(peerId, nowMs)
    const { socket, stun, nonce } = session.arrival
    const { candidates } = await whereaboutsOf(socket, stun)
    if (this.#session !== session || this.#end) return
    this.#signal(peerId, { kind: "offer", candidates, probe_nonce: nonce })
  }

  /** [LANA-45] A signal that does not arrive costs time only. */
  #signal(peerId: string, body: SignalBodyInput): void {
    this.#signalling = this.#signalling.then(async () => {
      if (this.#end || !this.#identity || this.#troubles.has("party_away")) return
      this.#sequence += 1
      // Numbers are taken from the file a hundred at a time: after a crash none comes a second time.
      if (this.#sequence > this.#identity.membership.signalSequence) await this.#keep({ signalSequence: this.#sequence + 99 })
      await this.#party.signal(peerId, this.#sequence, body)
    })
  }

  // ── Showing ──────────────────────────────────────────────────────────────────────────────────────────────────

  #tick(): void {
    if (this.#end) return
    this.#pathsChanged()
    this.#cancelTick = this.doors.clock.after(agentTimes.lookEveryMs, () => this.#tick())
  }

  #peerLines(): PeerLine[] {
    const session = this.#session
    if (!session) return []
    const views = new Map(session.data.peers().map((peer) => [peer.peerId, peer]))
    return session.roll
      .infos()
      .map((info) => {
        const path = views.get(info.id)
        const { connectionType = "connecting", roundTripMs = null } = path?.view ?? {}
        return { id: info.id, name: info.name, virtualIp: info.virtual_ip, connectionType, latencyMs: roundTripMs, isHandedOver: path?.isHandedOver ?? false }
      })
      .sort((one, other) => one.virtualIp.localeCompare(other.virtualIp, "en", { numeric: true }))
  }

  #showPeers(): void {
    const peers = this.#peerLines()
    const text = JSON.stringify(peers)
    if (text === this.#told) return
    this.#told = text
    this.tell({ type: "peers", peers })
  }

  #enter(): void {
    this.#showState()
    this.#showPeers()
  }

  #showState(): void {
    const state = this.#troubles.size > 0 ? "degraded" : "connected"
    if (this.#state === state || this.#end) return
    this.#state = state
    this.tell({ type: "state", state, troubles: [...this.#troubles] })
  }

  #warn(code: string, error: unknown): void {
    this.tell({ type: "warning", refusal: { code, detail: { why: wordsOf(error) } } })
  }

  // ── Going ────────────────────────────────────────────────────────────────────────────────────────────────────

  #finishWith(end: AgentEnd): void {
    if (this.#end) return
    this.#end = end
    this.#finish(end)
  }

  /** [LANA-50] [LANA-52] First nobody hears this PC any more and it hears nobody, then the party is told, if it does not know. */
  async #takeDown(end: AgentEnd): Promise<void> {
    this.#cancelBeat()
    this.#cancelTick()
    this.#live?.close()
    // What is being made anew is taken down when it stands.
    await this.#rebuilding?.catch((error: unknown) => this.#warn("not_closed", error))
    const session = this.#session
    this.#session = null
    if (session) await this.#close(session)
    if (end.kind === "left") await this.#goodbye()
    if (isOver(end)) await this.#forget()
    await this.#keeping
    this.#state = end.kind === "failed" ? "failed" : "ended"
    this.#troubles.clear()
    this.tell({ type: "end", end })
  }

  async #goodbye(): Promise<void> {
    if (!this.#credentials) return
    const heard = this.#party.leave()
    let cancel = () => {}
    const patience = new Promise<Result<unknown>>((resolve) => (cancel = this.doors.clock.after(agentTimes.goodbyeMs, () => resolve(ok(null)))))
    await Promise.race([heard, patience])
    cancel()
  }

  async #close({ roll, data, tunnel, discovery, arrival }: Session): Promise<void> {
    await roll.remove(roll.infos().map(({ id }) => id))
    for (const part of [discovery, data, tunnel, arrival.socket]) {
      try {
        await part?.close()
      } catch (error) {
        this.#warn("not_closed", error)
      }
    }
  }
}

function accident(error: unknown): AgentEnd {
  return { kind: "failed", refusal: { code: "accident", detail: { why: wordsOf(error) } } }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isSameRelay(before: RelayOffer | null, now: RelayOffer): boolean {
  const isSamePlace = before?.relay && now.relay ? isSameEndpoint(before.relay, now.relay) : before?.relay === now.relay
  return isSamePlace && (before?.relay_url ?? null) === (now.relay_url ?? null)
}

function othersOf(peers: Readonly<Record<string, PeerInfo>>, ownId: string): PeerInfo[] {
  return Object.values(peers).filter(({ id }) => id !== ownId)
}
