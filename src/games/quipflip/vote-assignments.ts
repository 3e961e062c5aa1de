import { canVoteOn, type VotableSet } from "./filler-sets"

export type VoteAssignment = { readonly voterId: string; readonly setId: string }

/**
 * Deals the VOTE phase: everybody gets different sets to vote on, none of their own, and the session's own before
 * fillers; each of the session's own gets as many votes as any other, as far as its writers let it [QF-S10]. Whoever
 * finds too few sets votes on fewer; see `fillerSetsNeeded`.
 * @param voterIds humans and AI players, in the ring's order.
 * @param sets the session's own sets.
 */
export function dealVotes(
  voterIds: readonly string[],
  { sets, fillers }: { readonly sets: readonly VotableSet[]; readonly fillers: readonly VotableSet[] },
  votesPerPlayer: number,
): VoteAssignment[] {
  const own = balanced(dealInTurn(voterIds, sets, () => votesPerPlayer), sets)
  const filling = dealInTurn(voterIds, fillers, (id) => votesPerPlayer - setsOf(id, own).size)
  return voterIds.flatMap((id) => [...own, ...filling].filter(({ voterId }) => voterId === id))
}

/** One vote to everybody in turn, on what each may vote on and does not yet. */
function dealInTurn(voterIds: readonly string[], sets: readonly VotableSet[], wanted: (voterId: string) => number): VoteAssignment[] {
  const dealt: VoteAssignment[] = []
  const most = Math.max(0, ...voterIds.map(wanted))
  for (let turn = 0; turn < most; turn++) {
    for (const [seat, voterId] of voterIds.entries()) {
      const has = setsOf(voterId, dealt)
      const set = rotated(sets, seat).find((one) => canVoteOn(voterId, one) && !has.has(one.setId))
      if (turn < wanted(voterId) && set !== undefined) dealt.push({ voterId, setId: set.setId })
    }
  }
  return dealt
}

/** Everybody looks from another set on, so that not all take the first. */
function rotated<T>(list: readonly T[], by: number): T[] {
  const start = list.length === 0 ? 0 : by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

/** Votes moved until none can be moved from a set to one that has two fewer: dealing in turn alone leaves some without any [QF-S10]. */
function balanced(dealt: readonly VoteAssignment[], sets: readonly VotableSet[]): readonly VoteAssignment[] {
  for (const from of sets) {
    const moved = moveFrom(from, dealt, sets)
    if (moved !== null) return balanced(moved, sets)
  }
  return dealt
}

/**
 * One vote fewer on `from` and one more on a set that has two fewer, or null. Between them others may pass a vote on: of
 * all chains the shortest is taken, in which nobody moves twice.
 */
function moveFrom(from: VotableSet, dealt: readonly VoteAssignment[], sets: readonly VotableSet[]): VoteAssignment[] | null {
  const reached = new Map([[from.setId, dealt]])
  const queue = [from]
  for (const here of queue) {
    const soFar = reached.get(here.setId) ?? dealt
    for (const there of sets.filter(({ setId }) => !reached.has(setId))) {
      const voterId = whoCanMove(here, there, dealt)
      if (voterId === undefined) continue
      const moved = soFar.map((one) => (one.voterId === voterId && one.setId === here.setId ? { voterId, setId: there.setId } : one))
      if (votesOn(from, dealt) - votesOn(there, dealt) > 1) return moved
      reached.set(there.setId, moved)
      queue.push(there)
    }
  }
  return null
}

function whoCanMove(here: VotableSet, there: VotableSet, dealt: readonly VoteAssignment[]): string | undefined {
  const onHere = dealt.filter(({ setId }) => setId === here.setId).map(({ voterId }) => voterId)
  return onHere.find((id) => canVoteOn(id, there) && !setsOf(id, dealt).has(there.setId))
}

function setsOf(id: string, dealt: readonly VoteAssignment[]): Set<string> {
  return new Set(dealt.filter(({ voterId }) => voterId === id).map(({ setId }) => setId))
}

function votesOn(set: VotableSet, dealt: readonly VoteAssignment[]): number {
  return dealt.filter(({ setId }) => setId === set.setId).length
}
