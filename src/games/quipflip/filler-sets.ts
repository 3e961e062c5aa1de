/** A set to vote on. Filler sets have no writer in the session. */
export type VotableSet = { readonly setId: string; readonly writerIds: readonly string[] }

/** Contributors never vote on their set [QF-E5]. */
export function canVoteOn(voterId: string, { writerIds }: VotableSet): boolean {
  return !writerIds.includes(voterId)
}

/**
 * How many filler sets the house adds so that every human has all votes promised: none of them is written by anybody in
 * the session, so the human with the fewest sets decides [QF-S9].
 */
export function fillerSetsNeeded(humanIds: readonly string[], sets: readonly VotableSet[], votesPerPlayer: number): number {
  const missing = humanIds.map((id) => votesPerPlayer - sets.filter((set) => canVoteOn(id, set)).length)
  return Math.max(0, ...missing)
}
