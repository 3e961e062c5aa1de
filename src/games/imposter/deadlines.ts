/** Milliseconds. */
export const voteMs = 60_000
export const revoteMs = 30_000
export const guessMs = 30_000
const warningBeforeMs = 60_000

/** When the end of the discussion is announced: a minute before, for short ones at half-time [IMP-8]. */
export function warningAt(startedAt: Date, discussionEndsAt: Date): Date {
  const lengthMs = discussionEndsAt.getTime() - startedAt.getTime()
  const beforeMs = lengthMs <= 2 * warningBeforeMs ? lengthMs / 2 : warningBeforeMs
  return new Date(discussionEndsAt.getTime() - beforeMs)
}

/** What a round's clock says is due, or null [IMP-8] [IMP-10] [IMP-16]. A deadline's own millisecond is over. */
export function dueStep(round: Timed, now: Date): "warn" | "open vote" | "count votes" | "end guess" | null {
  const isOver = (end: Date | null) => end !== null && now.getTime() >= end.getTime()
  if (round.endedAt !== null) return null
  if (round.status === "REVEALED") return isOver(round.guessEndsAt) ? "end guess" : null
  if (round.status === "VOTING") return isOver(round.voteEndsAt) ? "count votes" : null
  if (isOver(round.discussionEndsAt)) return "open vote"
  return round.warnedAt === null && isOver(warningAt(round.createdAt, round.discussionEndsAt)) ? "warn" : null
}

type Timed = {
  readonly status: "ACTIVE" | "VOTING" | "REVEALED"
  readonly createdAt: Date
  readonly discussionEndsAt: Date
  readonly warnedAt: Date | null
  readonly voteEndsAt: Date | null
  readonly guessEndsAt: Date | null
  readonly endedAt: Date | null
}

export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}
