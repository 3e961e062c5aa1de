import { mostVotes } from "./prize-pool"

const minuteMs = 60_000

/** So many votes, and so long after the one that made it so many: the phraseset is final [QF-N5]. */
const thresholds = [
  { votes: 3, afterMs: 60 * minuteMs },
  { votes: 5, afterMs: 5 * minuteMs },
  { votes: mostVotes, afterMs: 0 },
] as const

/**
 * When a phraseset is final, by the clock alone, or null while too few have voted [QF-N5].
 * @param votedAt when each vote was cast, in any order.
 */
export function finalAt(votedAt: readonly Date[]): Date | null {
  const times = votedAt.map((at) => at.getTime()).sort((one, other) => one - other)
  const finals = thresholds.flatMap(({ votes, afterMs }) => {
    const reachedAt = times[votes - 1]
    return reachedAt === undefined ? [] : [reachedAt + afterMs]
  })
  return finals.length === 0 ? null : new Date(Math.min(...finals))
}

/**
 * Whether a phraseset takes no more votes and is to be paid [QF-N5]. The deadline's own millisecond is final.
 * @param at its `finalAt`.
 */
export function isFinal(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() >= at.getTime()
}
