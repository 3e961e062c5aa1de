import type { Refusal } from "@/kernel/result"
import type { AgentClock } from "./agent-clock"
import { agentTimes, backoffMs } from "./agent-times"
import type { Attachment } from "./attachment"
import type { Beat, ControlPlane, Whereabouts } from "./control-plane"
import { LinkReports } from "./link-reports"
import type { RunEnd } from "./run-end"

type HeartbeatOrder = {
  readonly clock: AgentClock
  readonly party: ControlPlane
  readonly runEnd: RunEnd
  /** What it is sent for; null while there is nothing. */
  readonly attachment: () => Attachment | null
  /** Whether news is heard without it. */
  readonly isLineUp: () => boolean
  readonly answered: (attachment: Attachment, beat: Beat) => Promise<void>
  readonly refused: (refusal: Refusal) => Promise<void>
}

/** [LANA-32] Tells the party that this PC is there, where it is, and how its paths are. */
export class Heartbeat {
  readonly #reports = new LinkReports()
  #everyMs = 0
  #sentAtMs = 0
  #dueAtMs = Infinity
  #isBeating = false
  #failures = 0
  /** What the party has not heard yet of where this PC is. */
  #unsaid: Whereabouts = {}
  #cancel: () => void = () => {}

  constructor(readonly order: HeartbeatOrder) {}

  /** The party has just heard this PC, and wants to hear it so often. */
  begin(everyMs: number): void {
    this.#everyMs = everyMs
    this.#sentAtMs = this.order.clock.nowMs()
  }

  /** The next heartbeat comes then, or sooner when it is due sooner already. */
  schedule(inMs: number): void {
    const { clock, runEnd } = this.order
    const dueAtMs = clock.nowMs() + inMs
    if (runEnd.isReached || dueAtMs >= this.#dueAtMs) return
    this.#cancel()
    this.#dueAtMs = dueAtMs
    this.#cancel = clock.after(inMs, () => {
      this.#dueAtMs = Infinity
      void this.#beat()
    })
  }

  /** The party answers: the next one comes in its own time. */
  goOn(): void {
    this.#failures = 0
    this.schedule(this.#everyMs)
  }

  /** [LANA-32] The party did not do what was asked: it is asked again after a longer and longer pause. */
  tryAgain(): void {
    this.#failures += 1
    this.schedule(backoffMs(this.#failures))
  }

  /** Says it with the next heartbeat, which is now. */
  say(whereabouts: Whereabouts): void {
    this.#unsaid = { ...this.#unsaid, ...whereabouts }
    this.schedule(0)
  }

  /** [LANA-43] Paths of another kind are told at once, but not in every instant. */
  report({ data }: Attachment): void {
    if (this.#reports.news(data.peers()).length === 0) return
    this.schedule(Math.max(0, this.#sentAtMs + agentTimes.reportEveryMs - this.order.clock.nowMs()))
  }

  /** Whoever is gone is told anew when it comes again. */
  forget(peerId: string): void {
    this.#reports.forget(peerId)
  }

  /** The paths begin anew, and so does what is told of them. */
  forgetAll(): void {
    this.#reports.forgetAll()
  }

  stop(): void {
    this.#cancel()
  }

  async #beat(): Promise<void> {
    const { order } = this
    const attachment = order.attachment()
    if (!attachment || order.runEnd.isReached) return
    if (this.#isBeating) return this.schedule(agentTimes.reportEveryMs)
    this.#isBeating = true
    try {
      await this.#send(attachment)
    } finally {
      this.#isBeating = false
    }
  }

  async #send(attachment: Attachment): Promise<void> {
    const { order } = this
    const said = this.#unsaid
    const links = this.#reports.news(attachment.data.peers())
    this.#sentAtMs = order.clock.nowMs()
    this.#unsaid = {}
    const answer = await order.party.heartbeat({ ...said, ...(links.length > 0 ? { links } : {}) })
    if (order.runEnd.isReached) return
    if (!answer.ok) {
      this.#unsaid = { ...said, ...this.#unsaid }
      return order.refused(answer.refusal)
    }
    this.#reports.told(links)
    this.#failures = 0
    this.#everyMs = answer.value.heartbeat_ms
    this.schedule(this.#pauseMs())
    await order.answered(attachment, answer.value)
  }

  /** [LANA-41] */
  #pauseMs(): number {
    if (Object.keys(this.#unsaid).length > 0) return 0
    return this.order.isLineUp() ? this.#everyMs : Math.min(agentTimes.deafBeatMs, this.#everyMs)
  }
}
