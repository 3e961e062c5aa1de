import { natTypeOf, type NatType } from "@/lan/nat-behaviour"
import type { PartyInfo, PeerInfo } from "@/lan/peer-view"
import type { Candidate } from "@/lan/protocol"
import type { AgentDoors } from "./agent-doors"
import { whereaboutsOf, type Arrival } from "./arrival"
import { attach, detach, type Attachment, type DataNews } from "./attachment"
import type { Condition } from "./condition"
import type { ControlPlane } from "./control-plane"
import { accident } from "./goodbyes"
import type { Heartbeat } from "./heartbeat"
import type { KeptMembership } from "./kept-membership"
import type { Listening } from "./listening"
import type { RollCall } from "./roll-call"
import type { RunEnd } from "./run-end"
import type { Signalling } from "./signalling"

type KeeperOrder = {
  readonly doors: AgentDoors
  readonly party: ControlPlane
  readonly membership: KeptMembership
  readonly runEnd: RunEnd
  readonly condition: Condition
  readonly heartbeat: Heartbeat
  readonly rollCall: RollCall
  readonly listening: Listening
  readonly signalling: Signalling
  /** Nothing stands on this arrival yet, but its address is known. */
  readonly arrived: (arrival: Arrival) => void
  /** Everything stands. */
  readonly attached: (attachment: Attachment) => void
  readonly pathsChanged: () => void
}

/** [LANA-33] Keeps this PC attached to the network: builds on an arrival, and builds anew what has gone. */
export class AttachmentKeeper {
  #attachment: Attachment | null = null
  #nat: NatType = "unknown"
  /** The interface and all on it, while they are made anew. */
  #rebuilding: Promise<void> | null = null
  /** Who left while there was no interface. */
  readonly #goneMeanwhile = new Set<string>()

  constructor(readonly order: KeeperOrder) {}

  /** Null before this PC is in, and while the interface is made anew. */
  get attachment(): Attachment | null {
    return this.#attachment
  }

  async settle(arrival: Arrival): Promise<void> {
    const { doors, runEnd, heartbeat, rollCall, listening, arrived, attached } = this.order
    heartbeat.begin(arrival.heartbeatMs)
    arrived(arrival)
    listening.follow(arrival.network.channel_epoch)
    const attachment = await attach(doors, arrival, this.#dataNews(arrival))
    const { roll } = attachment
    this.#attachment = attachment
    roll.learnOwnNat(this.#nat)
    heartbeat.forgetAll()
    void arrival.tunnel.gone.then((why) => this.#tunnelGone(attachment, why)).catch((error: unknown) => runEnd.by(accident(error)))
    roll.set(othersIn(arrival.network, arrival.peer.id).filter(({ id }) => !this.#goneMeanwhile.has(id)))
    this.#goneMeanwhile.clear()
    if (arrival.relay) roll.takeTickets(arrival.relay.tickets)
    attached(attachment)
    // Somebody may have come between the answer to the join and the first word on the channel.
    rollCall.ask()
  }

  /** [LANA-23] Eight tenths of a second that nobody waits for; the party hears of it at once. */
  async learnNat({ socket, stun }: Arrival): Promise<void> {
    const nat = stun ? await socket.natBehaviour(stun) : null
    if (nat === null || this.order.runEnd.isReached) return
    this.#nat = natTypeOf(nat)
    this.#attachment?.roll.learnOwnNat(this.#nat)
    this.order.heartbeat.say({ nat })
  }

  /** [LANA-42] Resolves when WireGuard knows their keys no more. */
  async departed(peerIds: readonly string[]): Promise<void> {
    if (this.#attachment) return this.#attachment.roll.remove(peerIds)
    for (const id of peerIds) this.#goneMeanwhile.add(id)
  }

  /** What stands, once nothing is being made anew; null when that did not come to stand. */
  async standing(): Promise<Attachment | null> {
    await this.#rebuilding
    return this.#attachment
  }

  /** Everything anew but the membership: the interface has gone, or has another address. */
  async rebuild(attachment: Attachment, arrival: Arrival): Promise<void> {
    this.#rebuilding = this.#buildAnew(attachment, arrival)
    try {
      await this.#rebuilding
    } finally {
      this.#rebuilding = null
    }
  }

  /** What is being made anew is taken down when it stands. */
  async takeDown(): Promise<void> {
    await this.#rebuilding?.catch((error: unknown) => this.#notClosed(error))
    const attachment = this.#attachment
    this.#attachment = null
    if (attachment) await detach(attachment, (error) => this.#notClosed(error))
  }

  #dataNews(arrival: Arrival): DataNews {
    const { condition, heartbeat, listening, signalling, pathsChanged } = this.order
    return {
      peerChanged: pathsChanged,
      sendSignal: (peerId, body) => signalling.send(peerId, body),
      troubled: (error) => condition.warn("peer_failed", error),
      networkChanged: () => {
        // It may have been taken out while it slept, and the line belongs to where it was.
        listening.renew()
        heartbeat.schedule(0)
        void this.learnNat(arrival)
      },
      candidatesChanged: (candidates) => this.#moved(candidates),
    }
  }

  /** [LANA-27] Woken up or plugged in elsewhere: the others hear at once where this PC is now. */
  #moved(candidates: readonly Candidate[]): void {
    const mapped = candidates.find(({ kind }) => kind === "server_reflexive")
    this.order.listening.renew()
    this.order.heartbeat.say({ candidates, endpoint: mapped?.endpoint ?? null })
  }

  async #tunnelGone(attachment: Attachment, why: string): Promise<void> {
    const { condition, membership, runEnd, listening } = this.order
    if (this.#attachment !== attachment || runEnd.isReached || !membership.identity) return
    condition.begin("tunnel_gone")
    condition.warn("tunnel_gone", why)
    // Who is in by now, not who was when this PC came.
    const peers = Object.fromEntries(attachment.roll.infos().map((info) => [info.id, info]))
    const network = { ...attachment.arrival.network, peers, channel_epoch: listening.epoch }
    await this.rebuild(attachment, { ...attachment.arrival, identity: membership.identity, network })
  }

  async #buildAnew(former: Attachment, arrival: Arrival): Promise<void> {
    const { doors, party, condition, runEnd, heartbeat, rollCall } = this.order
    this.#attachment = null
    await detach(former, (error) => this.#notClosed(error))
    const { identity, stun } = arrival
    const privateKey = Buffer.from(identity.privateKey, "base64")
    const tunnel = await doors.prepareTunnel().open({ virtualIp: identity.membership.virtualIp, privateKey })
    if (!tunnel.ok) return runEnd.by({ kind: "failed", refusal: tunnel.refusal })
    const nonce = doors.drawNonce()
    const socket = await doors.openSocket()
    const [whereabouts, relay] = await Promise.all([whereaboutsOf(socket, stun), party.relay()])
    if (!relay.ok) rollCall.doubtRelay()
    if (runEnd.isReached) {
      await Promise.all([tunnel.value.close(), socket.close()])
      return
    }
    const { candidates } = whereabouts
    await this.settle({ ...arrival, nonce, socket, tunnel: tunnel.value, candidates, relay: relay.ok ? relay.value : former.offer })
    condition.end("tunnel_gone")
    heartbeat.say({ ...whereabouts, probe_nonce: nonce })
  }

  #notClosed(error: unknown): void {
    this.order.condition.warn("not_closed", error)
  }
}

/** Who is in besides this PC. */
export function othersIn(network: PartyInfo, ownId: string): PeerInfo[] {
  return Object.values(network.peers).filter(({ id }) => id !== ownId)
}
