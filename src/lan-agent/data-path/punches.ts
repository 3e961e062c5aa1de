import type { ExpectedPath } from "@/lan/compatibility"
import type { SignalBodyInput } from "@/lan/signals"
import type { PathView } from "../path-finder"
import { nextPunchMs, punchAheadMs, punchApartMs } from "./punch-plan"

type Deeds = { punch(peerId: string): void; sendSignal(peerId: string, signal: SignalBodyInput): void }

type Plan = { attempt: number; next: NodeJS.Timeout | undefined; agreed: NodeJS.Timeout | undefined; lastAskedAtMs: number }

/** Sent signals and moments are numbered within this. */
const mostAttempts = 10_000

/** [LANU-74] The moments at which both sides try: the initiator proposes them, both keep them. */
export class Punches {
  readonly #plans = new Map<string, Plan>()

  constructor(readonly deeds: Deeds) {}

  /** Proposes moments for as long as there is something to gain; called whenever that may have changed. */
  plan(peerId: string, view: PathView, { isInitiator, expected }: { isInitiator: boolean; expected: ExpectedPath }) {
    if (!isInitiator) return
    const plan = this.#planOf(peerId)
    const inMs = nextPunchMs(view, expected, plan.attempt)
    if (inMs === null) {
      clearTimeout(plan.next)
      plan.next = undefined
      plan.attempt = 0
      return
    }
    plan.next ??= setTimeout(() => {
      plan.next = undefined
      const attempt = plan.attempt % mostAttempts
      plan.attempt += 1
      this.deeds.sendSignal(peerId, { kind: "punch", in_ms: punchAheadMs, attempt })
      this.#agree(peerId, plan, punchAheadMs)
      this.plan(peerId, view, { isInitiator, expected })
    }, inMs)
  }

  /** The peer proposes a moment. Those that come too close together are one. */
  asked(peerId: string, inMs: number, nowMs: number) {
    const plan = this.#planOf(peerId)
    if (nowMs - plan.lastAskedAtMs < punchApartMs) return
    plan.lastAskedAtMs = nowMs
    this.#agree(peerId, plan, inMs)
  }

  forget(peerId: string) {
    const plan = this.#plans.get(peerId)
    clearTimeout(plan?.next)
    clearTimeout(plan?.agreed)
    this.#plans.delete(peerId)
  }

  close() {
    for (const peerId of [...this.#plans.keys()]) this.forget(peerId)
  }

  #agree(peerId: string, plan: Plan, inMs: number) {
    clearTimeout(plan.agreed)
    plan.agreed = setTimeout(() => this.deeds.punch(peerId), Math.max(0, inMs))
  }

  #planOf(peerId: string): Plan {
    const known = this.#plans.get(peerId)
    if (known) return known
    const plan: Plan = { attempt: 0, next: undefined, agreed: undefined, lastAskedAtMs: -Infinity }
    this.#plans.set(peerId, plan)
    return plan
  }
}
