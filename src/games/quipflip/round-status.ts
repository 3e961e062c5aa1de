import type { Round } from "./session-facts"

/** A round that ends without a submission. */
export function unplayedRound(round: Round, status: "ABANDONED" | "TIMED_OUT", now: Date): Round {
  return { ...round, status, endedAt: now }
}
