/** Time as the agent knows it: given, so that a test can make an hour pass. */
export type AgentClock = {
  /** UTC, ms. */
  nowMs(): number
  /** Calls once after `ms`; what it returns calls it off. */
  after(ms: number, then: () => void): () => void
}

export const systemAgentClock: AgentClock = {
  nowMs: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`. */
export function pause(clock: AgentClock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve))
}
