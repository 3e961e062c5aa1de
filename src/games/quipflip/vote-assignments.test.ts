import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canVoteOn, fillerSetsNeeded, type VotableSet } from "./filler-sets"
import { dealCopies } from "./ring"
import { dealVotes, type VoteAssignment } from "./vote-assignments"

const playersOf = (count: number) => Array.from({ length: count }, (_, seat) => `player-${seat}`)
const fillersOf = (count: number): VotableSet[] => Array.from({ length: count }, (_, place) => ({ setId: `filler-${place}`, writerIds: [] }))

/** The sets of a session as they stand when VOTE begins: dealt round the ring, with those of prompts from outside. */
function setsOf(ids: readonly string[], perAuthor: number, copies: number): VotableSet[] {
  const prompts = ids.flatMap((authorId) =>
    Array.from({ length: perAuthor }, (_, ordinal) => ({ promptId: `${authorId}/${ordinal}`, authorId, ordinal })),
  )
  const { assignments, outsidePrompts } = dealCopies(ids, prompts, copies)
  const own = prompts.map(({ promptId, authorId }) => ({
    setId: promptId,
    writerIds: [authorId, ...assignments.filter((one) => one.promptId === promptId).map(({ copierId }) => copierId)],
  }))
  return [...own, ...outsidePrompts.map(({ copierIds }, place) => ({ setId: `outside-${place}`, writerIds: copierIds }))]
}

const votesOn = (dealt: readonly VoteAssignment[], setId: string) => dealt.filter((one) => one.setId === setId).length
const dealtTo = (dealt: readonly VoteAssignment[], id: string) => dealt.filter(({ voterId }) => voterId === id).map(({ setId }) => setId)

describe("filler sets", () => {
  it.each([
    // players, for 2, 3, 4 and 5 votes each
    [3, [2, 3, 4, 5]],
    [4, [1, 2, 3, 4]],
    [5, [0, 1, 2, 3]],
    [6, [0, 0, 1, 2]],
    [7, [0, 0, 0, 1]],
    [8, [0, 0, 0, 0]],
  ])("[QF-S9] %d players with one prompt and two copies each need %j", (count, needed) => {
    const ids = playersOf(count)
    expect([2, 3, 4, 5].map((votes) => fillerSetsNeeded(ids, setsOf(ids, 1, 2), votes))).toEqual(needed)
  })

  it("[QF-S9] the human with the fewest sets decides, and AI players count for nothing", () => {
    const sets = [
      { setId: "one", writerIds: ["ann", "robot"] },
      { setId: "two", writerIds: ["robot"] },
    ]
    expect(fillerSetsNeeded(["ann", "bo"], sets, 2)).toBe(1)
    expect(fillerSetsNeeded(["bo", "ann"], sets, 2)).toBe(1)
    expect(fillerSetsNeeded(["bo"], sets, 2)).toBe(0)
    expect(fillerSetsNeeded([], sets, 2)).toBe(0)
  })
})

const sessions = [3, 4, 5, 6, 7, 8].flatMap((players) =>
  [1, 2, 3].flatMap((perAuthor) =>
    [1, 2, 3, 4].flatMap((copies) => [2, 3, 4, 5].map((votes) => ({ players, perAuthor, copies, votes }))),
  ),
)

describe("the votes dealt", () => {
  it("[QF-E5] [QF-S9] [QF-S10] for every number of players and every quota: the votes promised, on different sets, none of their own", () => {
    for (const { players, perAuthor, copies, votes } of sessions) {
      const ids = playersOf(players)
      const sets = setsOf(ids, perAuthor, copies)
      const fillers = fillersOf(fillerSetsNeeded(ids, sets, votes))
      const dealt = dealVotes(ids, { sets, fillers }, votes)
      for (const id of ids) {
        const own = dealtTo(dealt, id)
        expect([players, perAuthor, copies, votes, new Set(own).size]).toEqual([players, perAuthor, copies, votes, votes])
        for (const set of sets.filter(({ setId }) => own.includes(setId))) expect(canVoteOn(id, set)).toBe(true)
        const possible = sets.filter((set) => canVoteOn(id, set)).length
        expect(own.filter((setId) => !setId.startsWith("filler"))).toHaveLength(Math.min(votes, possible))
      }
    }
  })

  it("[QF-S10] with one prompt and two copies each every set gets as many", () => {
    for (const players of [4, 5, 6, 7, 8]) {
      for (const votes of [2, 3, 4, 5]) {
        const ids = playersOf(players)
        const sets = setsOf(ids, 1, 2)
        const dealt = dealVotes(ids, { sets, fillers: fillersOf(fillerSetsNeeded(ids, sets, votes)) }, votes)
        const counts = sets.map(({ setId }) => votesOn(dealt, setId))
        expect([players, votes, ...new Set(counts)]).toEqual([players, votes, Math.min(votes, players - 3)])
      }
    }
  })

  it("[QF-S10] with any quotas every prompt of the session gets as many as any other, but for one", () => {
    for (const { players, perAuthor, copies, votes } of sessions) {
      const ids = playersOf(players)
      const sets = setsOf(ids, perAuthor, copies)
      const dealt = dealVotes(ids, { sets, fillers: fillersOf(fillerSetsNeeded(ids, sets, votes)) }, votes)
      const counts = sets.filter(({ setId }) => !setId.startsWith("outside")).map(({ setId }) => votesOn(dealt, setId))
      expect([players, perAuthor, copies, votes, Math.max(...counts) - Math.min(...counts) <= 1]).toEqual([players, perAuthor, copies, votes, true])
    }
  })

  it("[QF-S10] no vote could be moved to a set that has two fewer, whoever wrote what", () => {
    const ids = playersOf(6)
    const anySets = fc
      .array(fc.subarray(ids, { maxLength: 5 }), { minLength: 1, maxLength: 8 })
      .map((writers) => writers.map((writerIds, place) => ({ setId: `set-${place}`, writerIds })))
    fc.assert(
      fc.property(anySets, fc.integer({ min: 1, max: 5 }), (sets, votes) => {
        const dealt = dealVotes(ids, { sets, fillers: [] }, votes)
        for (const { voterId, setId } of dealt) {
          for (const other of sets.filter((set) => canVoteOn(voterId, set) && !dealtTo(dealt, voterId).includes(set.setId))) {
            expect(votesOn(dealt, setId) - votesOn(dealt, other.setId)).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })

  it("[QF-S10] no two begin with the same set, when there are enough", () => {
    for (const players of [4, 5, 6, 7, 8]) {
      const ids = playersOf(players)
      const dealt = dealVotes(ids, { sets: setsOf(ids, 1, 2), fillers: fillersOf(5) }, 3)
      expect(new Set(ids.map((id) => dealtTo(dealt, id)[0])).size).toBe(players)
    }
  })

  it("[QF-S10] who finds too few sets votes on fewer", () => {
    const sets = [{ setId: "one", writerIds: ["ann"] }]
    expect(dealVotes(["ann", "bo"], { sets, fillers: [] }, 3)).toEqual([{ voterId: "bo", setId: "one" }])
    expect(dealVotes(["ann", "bo"], { sets: [], fillers: [] }, 3)).toEqual([])
  })

  it("[QF-E5] [QF-S10] whoever wrote what, nobody votes on an own set or twice on one, and all vote on as many as they can", () => {
    const ids = playersOf(5)
    const anySets = fc
      .array(fc.subarray(ids, { maxLength: 3 }), { maxLength: 10 })
      .map((writers) => writers.map((writerIds, place) => ({ setId: `set-${place}`, writerIds })))
    fc.assert(
      fc.property(anySets, fc.nat(3), fc.integer({ min: 2, max: 5 }), (sets, fillerCount, votes) => {
        const all = [...sets, ...fillersOf(fillerCount)]
        const dealt = dealVotes(ids, { sets, fillers: fillersOf(fillerCount) }, votes)
        for (const id of ids) {
          const own = dealtTo(dealt, id)
          const possible = all.filter((set) => canVoteOn(id, set)).map(({ setId }) => setId)
          expect(new Set(own).size).toBe(own.length)
          for (const setId of own) expect(possible).toContain(setId)
          expect(own).toHaveLength(Math.min(votes, possible.length))
        }
      }),
    )
  })
})
