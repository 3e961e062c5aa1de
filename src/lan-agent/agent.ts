import { ok, type Refusal, type Result } from "@/kernel/result"
import type { AgentDoors, LiveNews } from "./agent-doors"
import type { AgentEnd, AgentNews, AgentStatus } from "./agent-news"
import { agentTimes } from "./agent-times"
import { arrive, seatOf, whereaboutsOf, type Arrival, type JoinOrder } from "./arrival"
import { openDiscovery, peerLinesOf, placeOf, type Attachment } from "./attachment"
import { AttachmentKeeper, othersIn } from "./attachment-keeper"
import { Condition } from "./condition"
import type { Beat, ControlPlane } from "./control-plane"
import { accident, goodbyeOf, isAway, isOver } from "./goodbyes"
import { Heartbeat } from "./heartbeat"
import { KeptMembership } from "./kept-membership"
import { Listening } from "./listening"
import { RollCall } from "./roll-call"
import { RunEnd } from "./run-end"
import { Signalling } from "./signalling"

/** What to join, and which games' calls to carry there. */
export type AgentOrder = JoinOrder & { readonly games: readonly string[] }

/**
 * [LANA-30] The agent of one PC in one network: joining → connected ⇄ degraded → failed or ended. It is told of time and world
 * through its doors and says what happens through `tell`. Its parts each know one thing; here is what one of them means for
 * the others.
 */
export class LanAgent {
  readonly #runEnd = new RunEnd()
  readonly #condition: Condition
  readonly #membership: KeptMembership
  readonly #party: ControlPlane
  readonly #heartbeat: Heartbeat
  readonly #rollCall: RollCall
  readonly #listening: Listening
  readonly #signalling: Signalling
  readonly #keeper: AttachmentKeeper
  #networkName: string | null = null
  #peerName: string | null = null
  #cancelLook: () => void = () => {}

  constructor(
    readonly doors: AgentDoors,
    readonly order: AgentOrder,
    readonly tell: (news: AgentNews) => void,
  ) {
    const runEnd = this.#runEnd
    const { clock } = doors
    const condition = (this.#condition = new Condition(runEnd, tell))
    const membership = (this.#membership = new KeptMembership(doors.identity, (error) => condition.warn("identity_not_kept", error)))
    const party = (this.#party = doors.controlPlane(() => membership.credentials))
    const attachment = () => this.#keeper.attachment
    const hear = (news: LiveNews) => this.#hear(news)
    const refused = (refusal: Refusal) => this.#refused(refusal)
    const pathsChanged = () => this.#pathsChanged()

    const listening = (this.#listening = new Listening({
      party,
      runEnd,
      refused,
      open: (realtime) => doors.openLive({ realtime, token: () => membership.credentials?.token ?? "", hear }),
    }))
    const heartbeat = (this.#heartbeat = new Heartbeat({
      clock,
      party,
      runEnd,
      attachment,
      isLineUp: () => listening.isUp,
      answered: (toWhom, beat) => this.#beatAnswered(toWhom, beat),
      refused: (refusal) => this.#beatRefused(refusal),
    }))
    const rollCall = (this.#rollCall = new RollCall({
      clock,
      party,
      runEnd,
      attachment,
      refused,
      hear: (signal) => hear({ type: "signal", signal }),
      called: pathsChanged,
    }))
    const signalling = (this.#signalling = new Signalling({ clock, party, membership, condition, runEnd }))
    this.#keeper = new AttachmentKeeper({
      doors,
      party,
      membership,
      runEnd,
      condition,
      heartbeat,
      rollCall,
      listening,
      signalling,
      pathsChanged,
      arrived: (arrival) => this.#arrived(arrival),
      attached: (toWhat) => this.#attached(toWhat),
    })
  }

  /** Joins, stays, and resolves when this PC is out and everything of it is taken down. */
  async run(): Promise<AgentEnd> {
    const failed = await this.#join().catch((error: unknown) => accident(error))
    if (failed) this.#runEnd.by(failed)
    const end = await this.#runEnd.reached
    await this.#takeDown(end)
    return end
  }

  /** [LANA-50] Leaves: the party hears of it, and the same line works no more. */
  leave(): void {
    this.#runEnd.by({ kind: "left" })
  }

  /** [LANA-53] What nobody foresaw: everything is taken down, and the same line brings this PC back. */
  break(error: unknown): void {
    this.#runEnd.by(accident(error))
  }

  /** [LANA-51] Stops and stays a member until it is silent for too long: for a PC that is shut down. */
  stop(): void {
    this.#runEnd.by({ kind: "stopped" })
  }

  /** How it is at this moment, for whoever asks. */
  status(): AgentStatus {
    return {
      state: this.#condition.state,
      troubles: this.#condition.troubles,
      party: this.order.party,
      networkName: this.#networkName,
      name: this.#peerName,
      ...placeOf(this.#keeper.attachment),
    }
  }

  // ── Coming in ────────────────────────────────────────────────────────────────────────────────────────────────

  /** @returns the end when it did not come in. */
  async #join(): Promise<AgentEnd | null> {
    const { party } = this.order
    const arrived = await arrive({
      doors: this.doors,
      order: this.order,
      party: this.#party,
      become: (credentials) => this.#membership.become(credentials),
      found: () => this.tell({ type: "party_found", party }),
      isToldToGo: () => this.#runEnd.isReached,
    })
    if (!arrived.ok) return goodbyeOf(arrived.refusal) ?? { kind: "failed", refusal: arrived.refusal }
    this.#membership.adopt(arrived.value.identity)
    if (this.#runEnd.isReached) {
      // Told to go while it was coming.
      await Promise.allSettled([arrived.value.tunnel.close(), arrived.value.socket.close()])
      return null
    }
    await this.#keeper.settle(arrived.value)
    if (this.#runEnd.isReached) return null
    this.#heartbeat.goOn()
    this.#look()
    void this.#keeper.learnNat(arrived.value)
    return null
  }

  #arrived({ identity, peer, isReturn }: Arrival): void {
    const { virtualIp, networkName, isHost } = identity.membership
    this.#networkName = networkName
    this.#peerName = peer.name
    this.tell({ type: "address", virtualIp, networkName, name: peer.name, isHost, isReturn })
  }

  #attached(attachment: Attachment): void {
    const { interfaceName, carrier } = attachment.arrival.tunnel
    this.#condition.show()
    this.#condition.showPeers(peerLinesOf(attachment))
    this.tell({ type: "ready", interfaceName, carrier })
    void this.#carryGames(attachment)
  }

  async #carryGames(attachment: Attachment): Promise<void> {
    const { games } = this.order
    if (games.length === 0) return
    const opened = await openDiscovery(this.doors, games, attachment)
    if (!opened.ok) return this.tell({ type: "warning", refusal: opened.refusal })
    if (this.#isCurrent(attachment)) attachment.discovery = opened.value
    else await opened.value.close()
  }

  // ── Hearing ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** [LANA-42] */
  #hear(news: LiveNews): void {
    if (this.#runEnd.isReached) return
    const { attachment } = this.#keeper
    switch (news.type) {
      case "peer_joined":
      case "peer_changed":
        // At once, by what everybody may know; then what only this PC may know, and the ticket for the relay.
        if (news.peer.id === attachment?.arrival.peer.id) return
        attachment?.roll.hear(news.peer)
        return this.#rollCall.ask()
      case "peers_left":
        return this.#departed(news.peerIds, news.epoch)
      case "network_changed":
        this.#networkName = news.name
        return
      case "network_ended":
        return this.#runEnd.by({ kind: "network_ended", reason: news.reason })
      case "kicked":
        return this.#runEnd.by({ kind: "kicked" })
      case "signal":
        this.#rollCall.heard(news.signal)
        if (news.signal.body.kind === "offer") attachment?.roll.offered(news.signal.from, news.signal.body)
        else attachment?.data.signalArrived(news.signal)
        return
      case "missed":
        return this.#rollCall.ask()
      case "line":
        this.#listening.isUp = news.isUp
        if (news.isUp) return this.#rollCall.ask()
        return this.#heartbeat.schedule(agentTimes.deafBeatMs)
    }
  }

  #departed(peerIds: readonly string[], epoch: number): void {
    for (const id of peerIds) {
      this.#heartbeat.forget(id)
      this.#signalling.forget(id)
    }
    const ownId = this.#keeper.attachment?.arrival.peer.id
    void this.#keeper.departed(peerIds).then(() => this.#pathsChanged())
    // Silence took this PC out while it slept; the next heartbeat learns that and comes back.
    if (ownId !== undefined && peerIds.includes(ownId)) return this.#heartbeat.schedule(0)
    this.#listening.follow(epoch)
  }

  // ── What the party answers ───────────────────────────────────────────────────────────────────────────────────

  async #beatAnswered({ roll, arrival }: Attachment, beat: Beat): Promise<void> {
    const wasAway = this.#condition.end("party_away")
    if (wasAway) this.#rollCall.doubtRelay()
    this.#listening.follow(beat.channel_epoch)
    const others = beat.peer_ids.filter((id) => id !== arrival.peer.id)
    const isSame = others.length === roll.infos().length && others.every((id) => roll.has(id))
    if (!isSame || wasAway || this.#rollCall.isOld()) this.#rollCall.ask()
    await this.#renewInTime(beat)
  }

  /** [LANA-32] A party that is away changes nothing for the paths that stand. */
  async #beatRefused(refusal: Refusal): Promise<void> {
    if (refusal.code === "lan_silent") return this.#comeBack()
    this.#refused(refusal)
    this.#heartbeat.tryAgain()
  }

  /** [LANA-25] By the party's clock: the one of this PC may be wrong by days. */
  async #renewInTime({ now, token_expires_at: expiresAt }: Beat): Promise<void> {
    if (Date.parse(expiresAt) - Date.parse(now) > agentTimes.renewBeforeMs) return
    const renewed = await this.#party.renew()
    if (!renewed.ok) return this.#refused(renewed.refusal)
    await this.#membership.keep({ token: renewed.value.token, tokenExpiresAt: renewed.value.token_expires_at })
  }

  /** What the party says when it does not do what was asked. */
  #refused(refusal: Refusal): void {
    if (isAway(refusal)) return this.#condition.begin("party_away")
    const goodbye = goodbyeOf(refusal)
    if (goodbye) return this.#runEnd.by(goodbye)
    if (refusal.code === "lan_silent") return this.#heartbeat.schedule(0)
    this.tell({ type: "warning", refusal })
  }

  /** [LANA-26] The PC slept for so long that it was taken out. */
  async #comeBack(): Promise<void> {
    const asleep = this.#keeper.attachment
    if (!asleep) return
    const { socket, stun, nonce } = asleep.arrival
    const returned = await this.#party.comeBack({ ...(await whereaboutsOf(socket, stun)), probe_nonce: nonce })
    if (this.#runEnd.isReached) return
    if (!returned.ok) return this.#notTakenBack(returned.refusal)
    const { identity } = this.#membership
    if (!identity) return
    const seat = seatOf(identity, returned.value, true)
    await this.#membership.keep(seat.identity.membership)
    this.#heartbeat.goOn()
    // Its interface may have gone meanwhile, and be made anew.
    const attachment = await this.#keeper.standing()
    if (!attachment || this.#runEnd.isReached) return
    const { arrival, roll } = attachment
    const { network, peer } = returned.value
    if (peer.virtual_ip !== arrival.identity.membership.virtualIp) return this.#keeper.rebuild(attachment, { ...arrival, ...seat })
    roll.set(othersIn(network, arrival.peer.id))
    this.#listening.follow(network.channel_epoch)
    this.#rollCall.ask()
  }

  /** Only a party that is away for now may take it back later. */
  #notTakenBack(refusal: Refusal): void {
    this.#refused(refusal)
    if (!isAway(refusal)) this.#runEnd.by({ kind: "failed", refusal })
    this.#heartbeat.tryAgain()
  }

  // ── What the paths do ────────────────────────────────────────────────────────────────────────────────────────

  #look(): void {
    if (this.#runEnd.isReached) return
    this.#pathsChanged()
    this.#cancelLook = this.doors.clock.after(agentTimes.lookEveryMs, () => this.#look())
  }

  #pathsChanged(): void {
    const { attachment } = this.#keeper
    if (!attachment || this.#runEnd.isReached) return
    this.#condition.showPeers(peerLinesOf(attachment))
    for (const { peerId, view } of attachment.data.peers()) {
      if (view.status === "failed") void this.#signalling.offerAgain(peerId, attachment.arrival, () => this.#isCurrent(attachment))
    }
    if (!this.#condition.has("party_away")) this.#heartbeat.report(attachment)
  }

  #isCurrent(attachment: Attachment): boolean {
    return this.#keeper.attachment === attachment && !this.#runEnd.isReached
  }

  // ── Going ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** [LANA-50] [LANA-52] First nobody hears this PC any more and it hears nobody, then the party is told, if it does not know. */
  async #takeDown(end: AgentEnd): Promise<void> {
    this.#heartbeat.stop()
    this.#cancelLook()
    this.#listening.close()
    await this.#keeper.takeDown()
    if (end.kind === "left") await this.#goodbye()
    if (isOver(end)) await this.#membership.forget()
    await this.#membership.settled()
    this.#condition.out(end)
  }

  async #goodbye(): Promise<void> {
    if (!this.#membership.credentials) return
    const heard = this.#party.leave()
    let cancel = () => {}
    const patience = new Promise<Result<unknown>>((resolve) => (cancel = this.doors.clock.after(agentTimes.goodbyeMs, () => resolve(ok(null)))))
    await Promise.race([heard, patience])
    cancel()
  }
}
