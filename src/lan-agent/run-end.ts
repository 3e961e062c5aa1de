import type { AgentEnd } from "./agent-news"

/** [LANA-31] How a run ends: by the first reason that somebody gives. */
export class RunEnd {
  /** Resolves with that reason; what stands is taken down then. */
  readonly reached: Promise<AgentEnd>
  #reach!: (end: AgentEnd) => void
  #end: AgentEnd | null = null

  constructor() {
    this.reached = new Promise((resolve) => (this.#reach = resolve))
  }

  /** From then on nothing is begun any more. */
  get isReached(): boolean {
    return this.#end !== null
  }

  by(end: AgentEnd): void {
    if (this.#end) return
    this.#end = end
    this.#reach(end)
  }
}
