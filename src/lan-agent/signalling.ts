import type { SignalBodyInput } from "@/lan/signals"
import type { AgentClock } from "./agent-clock"
import { agentTimes } from "./agent-times"
import { whereaboutsOf, type Arrival } from "./arrival"
import type { Condition } from "./condition"
import type { ControlPlane } from "./control-plane"
import type { KeptMembership } from "./kept-membership"
import type { RunEnd } from "./run-end"

type SignallingOrder = {
  readonly clock: AgentClock
  readonly party: ControlPlane
  readonly membership: KeptMembership
  readonly condition: Condition
  readonly runEnd: RunEnd
}

/** So many numbers are taken from the file at a time. */
const numbersAtATime = 100

/** [LANA-45] What this PC says to another one through the party. */
export class Signalling {
  /** The number used last; null before the first. */
  #sequence: number | null = null
  /** One after the other, for one that overtakes another makes it old. */
  #sending: Promise<void> = Promise.resolve()
  readonly #offeredAtMs = new Map<string, number>()

  constructor(readonly order: SignallingOrder) {}

  /** A signal that does not arrive costs time only. */
  send(peerId: string, body: SignalBodyInput): void {
    this.#sending = this.#sending.then(async () => {
      const { condition, membership, party, runEnd } = this.order
      if (runEnd.isReached || !membership.identity || condition.has("party_away")) return
      await party.signal(peerId, await this.#nextNumber(membership.identity.membership.signalSequence), body)
    })
  }

  /** [LANA-44] Where no path was found both sides begin again together: the other one hears where this one is. */
  async offerAgain(peerId: string, { socket, stun, nonce }: Arrival, isStillWanted: () => boolean): Promise<void> {
    const nowMs = this.order.clock.nowMs()
    if (nowMs - (this.#offeredAtMs.get(peerId) ?? -Infinity) < agentTimes.offerEveryMs || !this.order.membership.identity) return
    this.#offeredAtMs.set(peerId, nowMs)
    const { candidates } = await whereaboutsOf(socket, stun)
    if (isStillWanted()) this.send(peerId, { kind: "offer", candidates, probe_nonce: nonce })
  }

  /** Whoever is gone is offered a path at once when it comes again. */
  forget(peerId: string): void {
    this.#offeredAtMs.delete(peerId)
  }

  /** @param taken up to which number the file says they are used: after a crash none comes a second time. */
  async #nextNumber(taken: number): Promise<number> {
    const next = (this.#sequence ?? taken) + 1
    this.#sequence = next
    if (next > taken) await this.order.membership.keep({ signalSequence: next + numbersAtATime - 1 })
    return next
  }
}
