import { wordsOf } from "@/kernel/error-words"
import type { AgentEnd, AgentNews, AgentState, PeerLine, Trouble } from "./agent-news"
import type { RunEnd } from "./run-end"

/** [LANA-30] How this PC is, told to its owner whenever that is another than what was told before. */
export class Condition {
  readonly #troubles = new Set<Trouble>()
  #state: AgentState = "joining"
  #toldPeers = ""

  constructor(
    readonly runEnd: RunEnd,
    readonly tell: (news: AgentNews) => void,
  ) {}

  get state(): AgentState {
    return this.#state
  }

  get troubles(): Trouble[] {
    return [...this.#troubles]
  }

  has(trouble: Trouble): boolean {
    return this.#troubles.has(trouble)
  }

  begin(trouble: Trouble): void {
    this.#troubles.add(trouble)
    this.show()
  }

  /** @returns whether it held until now. */
  end(trouble: Trouble): boolean {
    const held = this.#troubles.delete(trouble)
    this.show()
    return held
  }

  show(): void {
    const state = this.#troubles.size > 0 ? "degraded" : "connected"
    if (this.#state === state || this.runEnd.isReached) return
    this.#state = state
    this.tell({ type: "state", state, troubles: this.troubles })
  }

  showPeers(peers: readonly PeerLine[]): void {
    const text = JSON.stringify(peers)
    if (text === this.#toldPeers) return
    this.#toldPeers = text
    this.tell({ type: "peers", peers })
  }

  warn(code: string, error: unknown): void {
    this.tell({ type: "warning", refusal: { code, detail: { why: wordsOf(error) } } })
  }

  /** The last word: everything is taken down. */
  out(end: AgentEnd): void {
    this.#state = end.kind === "failed" ? "failed" : "ended"
    this.#troubles.clear()
    this.tell({ type: "end", end })
  }
}
