import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { callsNeeded, candidatesOf, countVotes, isVoteComplete, votesThatCount, type Vote } from "./voting"

const vote = (voterId: string, targetId: string): Vote => ({ voterId, targetId })

/** A table with leavers, maybe in a revote, and one stored vote of anybody for anybody, however nonsensical. */
const anyTable = fc.integer({ min: 3, max: 9 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, place) => `guest-${place}`)
  return fc.record({
    ids: fc.constant(ids),
    presentIds: fc.subarray(ids),
    tiedIds: fc.option(fc.subarray(ids, { minLength: 2 })),
    // A voter has one row per vote: the table's primary key says so.
    votes: fc.uniqueArray(fc.record({ voterId: fc.constantFrom(...ids), targetId: fc.constantFrom(...ids, "stranger") }), {
      selector: ({ voterId }) => voterId,
    }),
  })
})

/** The rule read word by word: go round the table and ask each who named them. */
function naiveCount(votes: readonly Vote[], presentIds: readonly string[], candidateIds: readonly string[]) {
  const named = candidateIds
    .filter((id) => presentIds.includes(id))
    .map((id) => ({ id, count: votes.filter((it) => it.targetId === id && it.voterId !== id && presentIds.includes(it.voterId)).length }))
    .sort((one, other) => other.count - one.count)
  const [first, second] = named
  if (first && first.count > (second?.count ?? 0)) return { outId: first.id }
  return { tiedIds: named.filter(({ count }) => count === first?.count).map(({ id }) => id) }
}

describe("the count", () => {
  const all = ["ann", "bo", "cy", "di"]

  it("[IMP-11] most votes is out", () => {
    expect(countVotes([vote("ann", "bo"), vote("cy", "bo"), vote("bo", "ann")], all, all)).toEqual({ outId: "bo" })
  })

  it("[IMP-11] one vote is enough when nobody else has any", () => {
    expect(countVotes([vote("ann", "bo")], all, all)).toEqual({ outId: "bo" })
  })

  it("[IMP-11] the same number of votes is a tie, in the order round the table", () => {
    expect(countVotes([vote("ann", "di"), vote("cy", "bo")], all, all)).toEqual({ tiedIds: ["bo", "di"] })
  })

  it("[IMP-11] nobody's votes is a tie of everybody present", () => {
    expect(countVotes([], ["ann", "cy", "di"], all)).toEqual({ tiedIds: ["ann", "cy", "di"] })
  })

  it("[IMP-11] a leaver's vote no longer counts, and neither does a vote for a leaver", () => {
    const votes = [vote("ann", "bo"), vote("bo", "cy"), vote("di", "bo"), vote("cy", "ann")]
    expect(countVotes(votes, all, all)).toEqual({ outId: "bo" })
    expect(countVotes(votes, ["ann", "bo", "cy"], all)).toEqual({ tiedIds: ["ann", "bo", "cy"] })
    expect(countVotes(votes, ["ann", "cy", "di"], all)).toEqual({ outId: "ann" })
  })

  it("[IMP-11] in a revote only the tied can be out", () => {
    expect(countVotes([vote("ann", "cy"), vote("bo", "cy"), vote("di", "bo")], all, ["ann", "bo"])).toEqual({ outId: "bo" })
  })

  it("[IMP-11] a revote with one candidate left: out with a vote, not without", () => {
    expect(countVotes([vote("ann", "bo")], all, ["bo"])).toEqual({ outId: "bo" })
    expect(countVotes([], all, ["bo"])).toEqual({ tiedIds: ["bo"] })
    expect(countVotes([vote("bo", "bo")], all, ["bo"])).toEqual({ tiedIds: ["bo"] })
  })

  it("[IMP-11] when all the tied have left nobody is out", () => {
    expect(countVotes([vote("ann", "bo")], ["ann", "cy", "di"], ["bo"])).toEqual({ tiedIds: [] })
  })

  it("[IMP-11] is what a naive count says, whoever has left and whatever was voted", () => {
    fc.assert(
      fc.property(anyTable, ({ ids, presentIds, tiedIds, votes }) => {
        const candidateIds = candidatesOf(presentIds, tiedIds)
        const expected = naiveCount(votes, presentIds, candidateIds)
        const count = countVotes(votes, presentIds, candidateIds)
        if ("outId" in expected) expect(count).toEqual(expected)
        else expect("tiedIds" in count && [...count.tiedIds].sort()).toEqual([...expected.tiedIds].sort())
        // Who has left among the candidates changes nothing either.
        expect(countVotes(votes, presentIds, tiedIds ?? ids)).toEqual(count)
      }),
      { numRuns: 2000 },
    )
  })

  it("[IMP-11] the order in which people voted changes nothing", () => {
    fc.assert(
      fc.property(anyTable, ({ ids, presentIds, votes }) => {
        expect(countVotes([...votes].reverse(), presentIds, ids)).toEqual(countVotes(votes, presentIds, ids))
      }),
    )
  })
})

describe("who can be named", () => {
  it("[IMP-10] everybody present, in the order round the table", () => {
    expect(candidatesOf(["ann", "bo", "cy"], null)).toEqual(["ann", "bo", "cy"])
  })

  it("[IMP-11] in a revote the tied who are still there", () => {
    expect(candidatesOf(["ann", "bo", "cy"], ["cy", "gone", "ann"])).toEqual(["ann", "cy"])
    expect(candidatesOf(["ann", "bo"], ["gone"])).toEqual([])
  })
})

describe("waiting for votes", () => {
  const all = ["ann", "bo", "cy"]
  const everyVote = [vote("ann", "bo"), vote("bo", "cy"), vote("cy", "ann")]

  it("[IMP-10] is over when all present have voted, not one vote sooner", () => {
    expect(isVoteComplete(everyVote, all, all)).toBe(true)
    for (const missing of everyVote) expect(isVoteComplete(everyVote.filter((it) => it !== missing), all, all)).toBe(false)
  })

  it("[IMP-13] a leaver is not waited for, but who named the leaver is asked again", () => {
    const votes = [vote("ann", "bo"), vote("bo", "ann"), vote("di", "ann")]
    const four = [...all, "di"]
    expect(isVoteComplete(votes, four, four)).toBe(false)
    expect(isVoteComplete(votes, ["ann", "bo", "di"], four)).toBe(true)
    expect(isVoteComplete([...votes, vote("cy", "ann")], ["bo", "cy", "di"], four)).toBe(false)
  })

  it("[IMP-11] in a revote a vote for somebody who is not tied is no vote", () => {
    expect(isVoteComplete([vote("ann", "bo"), vote("bo", "ann"), vote("cy", "cy")], all, ["ann", "bo"])).toBe(false)
    expect(isVoteComplete([vote("ann", "bo"), vote("bo", "ann"), vote("cy", "ann")], all, ["ann", "bo"])).toBe(true)
  })

  it("[IMP-10] who is the single candidate has nobody to name and is not waited for", () => {
    expect(isVoteComplete([vote("ann", "bo"), vote("cy", "bo")], all, ["bo"])).toBe(true)
    expect(isVoteComplete([vote("ann", "bo")], all, ["bo"])).toBe(false)
    expect(isVoteComplete([vote("ann", "bo"), vote("cy", "bo")], all, ["bo", "gone"])).toBe(true)
  })

  it("[IMP-11] with no candidate left there is nothing to wait for", () => {
    expect(isVoteComplete([], all, [])).toBe(true)
    expect(isVoteComplete([], all, ["gone"])).toBe(true)
  })

  it("[IMP-10] ends exactly when nobody present is left who could name somebody and has not", () => {
    fc.assert(
      fc.property(anyTable, ({ presentIds, tiedIds, votes }) => {
        const candidateIds = candidatesOf(presentIds, tiedIds)
        const isWaitedFor = (id: string) => {
          const choices = candidateIds.filter((candidate) => candidate !== id)
          const target = votes.find(({ voterId }) => voterId === id)?.targetId
          return choices.length > 0 && !choices.some((choice) => choice === target)
        }
        expect(isVoteComplete(votes, presentIds, candidateIds)).toBe(!presentIds.some(isWaitedFor))
      }),
      { numRuns: 2000 },
    )
  })
})

describe("votes that count", () => {
  it("[IMP-11] are those of players present for candidates present, never for oneself", () => {
    const votes = [vote("ann", "bo"), vote("bo", "bo"), vote("cy", "gone"), vote("gone", "bo"), vote("di", "cy")]
    expect(votesThatCount(votes, ["ann", "bo", "cy", "di"], ["bo", "gone"])).toEqual([vote("ann", "bo")])
  })
})

describe("calling the vote early", () => {
  it.each([
    [3, 2],
    [4, 3],
    [5, 3],
    [6, 4],
    [12, 7],
  ])("[IMP-9] of %d present it takes %d", (present, needed) => {
    expect(callsNeeded(present)).toBe(needed)
  })

  it("[IMP-9] is always more than half and never one more than that", () => {
    for (let present = 1; present <= 200; present++) {
      expect(callsNeeded(present) * 2).toBeGreaterThan(present)
      expect((callsNeeded(present) - 1) * 2).toBeLessThanOrEqual(present)
    }
  })
})
