export type Vote = { readonly voterId: string; readonly targetId: string }

/** How a vote ended: somebody is out, or several are level. */
export type Count = { readonly outId: string } | { readonly tiedIds: readonly string[] }

/**
 * Counts the votes of players present for candidates present [IMP-11]. Nobody's votes is a tie of all candidates.
 * @param candidateIds whom this vote is between, in the order round the table.
 */
export function countVotes(votes: readonly Vote[], presentIds: readonly string[], candidateIds: readonly string[]): Count {
  const present = new Set(presentIds)
  const standing = candidateIds.filter((id) => present.has(id))
  const tally = new Map(standing.map((id) => [id, 0]))
  for (const { targetId } of votesThatCount(votes, presentIds, candidateIds)) tally.set(targetId, (tally.get(targetId) ?? 0) + 1)
  const most = Math.max(0, ...tally.values())
  const leaders = standing.filter((id) => tally.get(id) === most)
  const [first] = leaders
  return first !== undefined && leaders.length === 1 && most > 0 ? { outId: first } : { tiedIds: leaders }
}

/** How many of those present have to call for the vote to open it: more than half [IMP-9]. */
export function callsNeeded(presentCount: number): number {
  return Math.floor(presentCount / 2) + 1
}

/** Who can be named: the tied in a revote, else everybody; of those only who is present [IMP-10] [IMP-11]. */
export function candidatesOf(presentIds: readonly string[], tiedIds: readonly string[] | null): string[] {
  return presentIds.filter((id) => tiedIds === null || tiedIds.includes(id))
}

/** Nobody is waited for: everybody present who has somebody to name has voted [IMP-10]. */
export function isVoteComplete(votes: readonly Vote[], presentIds: readonly string[], candidateIds: readonly string[]): boolean {
  const voters = new Set(votesThatCount(votes, presentIds, candidateIds).map(({ voterId }) => voterId))
  const standing = candidateIds.filter((id) => presentIds.includes(id))
  return presentIds.every((id) => voters.has(id) || standing.every((candidate) => candidate === id))
}

/** The votes of players present for candidates present, nobody's for themselves [IMP-11]. */
export function votesThatCount(votes: readonly Vote[], presentIds: readonly string[], candidateIds: readonly string[]): Vote[] {
  const present = new Set(presentIds)
  const candidates = new Set(candidateIds)
  return votes.filter(
    ({ voterId, targetId }) => present.has(voterId) && present.has(targetId) && candidates.has(targetId) && voterId !== targetId,
  )
}
