import type { Refusal } from "@/kernel/result"
import { isSameEndpoint } from "@/lan/protocol"
import type { SignalView } from "@/lan/signals"
import type { AgentClock } from "./agent-clock"
import { agentTimes } from "./agent-times"
import type { Attachment } from "./attachment"
import type { ControlPlane, RelayOffer } from "./control-plane"
import type { RunEnd } from "./run-end"

type RollCallOrder = {
  readonly clock: AgentClock
  readonly party: ControlPlane
  readonly runEnd: RunEnd
  readonly attachment: () => Attachment | null
  readonly hear: (signal: SignalView) => void
  readonly refused: (refusal: Refusal) => void
  /** The roll is as the party says it is. */
  readonly called: () => void
}

/** [LANA-40] Asks the party who is in, what was signalled meanwhile, and for tickets to its relay. */
export class RollCall {
  #asking: Promise<void> | null = null
  #isAskedAgain = false
  #askedAtMs = 0
  #lastSignal = 0
  /** The party was away: its relay may be elsewhere now, and know no tickets of before. */
  #isRelayDoubted = false

  constructor(readonly order: RollCallOrder) {}

  /** What is asked while an answer is on its way is asked once more after it. */
  ask(): void {
    if (this.order.runEnd.isReached) return
    if (this.#asking) {
      this.#isAskedAgain = true
      return
    }
    this.#asking = this.#ask().finally(() => {
      this.#asking = null
      if (!this.#isAskedAgain) return
      this.#isAskedAgain = false
      this.ask()
    })
  }

  /** Whether the last answer is so old that tickets may run out. */
  isOld(): boolean {
    return this.order.clock.nowMs() - this.#askedAtMs > agentTimes.refreshEveryMs
  }

  /** This signal was heard, and is not asked for. */
  heard(signal: SignalView): void {
    this.#lastSignal = Math.max(this.#lastSignal, signal.id)
  }

  doubtRelay(): void {
    this.#isRelayDoubted = true
  }

  async #ask(): Promise<void> {
    const { clock, party, hear, refused, called } = this.order
    const attachment = this.order.attachment()
    if (!attachment) return
    const { roll } = attachment
    const { departures } = roll
    this.#askedAtMs = clock.nowMs()
    const [peers, missed] = await Promise.all([party.peers(), party.signals(this.#lastSignal)])
    if (!this.#isCurrent(attachment)) return
    if (!peers.ok) return refused(peers.refusal)
    if (departures !== roll.departures) {
      // Who left meanwhile may be in this answer still.
      this.#isAskedAgain = true
      return
    }
    roll.set(peers.value.peers)
    if (missed.ok) for (const signal of missed.value.signals) hear(signal)
    if (this.#isRelayDoubted || roll.needsTickets()) await this.#fetchTickets(attachment)
    called()
  }

  /** [LANA-24] */
  async #fetchTickets(attachment: Attachment): Promise<void> {
    const relay = await this.order.party.relay()
    if (!this.#isCurrent(attachment) || !relay.ok) return
    if (!isSameRelay(attachment.offer, relay.value)) attachment.data.moveRelay(relay.value)
    attachment.offer = relay.value
    attachment.roll.takeTickets(relay.value.tickets, this.#isRelayDoubted)
    this.#isRelayDoubted = false
  }

  #isCurrent(attachment: Attachment): boolean {
    return this.order.attachment() === attachment && !this.order.runEnd.isReached
  }
}

function isSameRelay(before: RelayOffer | null, now: RelayOffer): boolean {
  const isSamePlace = before?.relay && now.relay ? isSameEndpoint(before.relay, now.relay) : before?.relay === now.relay
  return isSamePlace && (before?.relay_url ?? null) === (now.relay_url ?? null)
}
