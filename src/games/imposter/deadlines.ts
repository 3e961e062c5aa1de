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

export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}
