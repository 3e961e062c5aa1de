import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { finalAt, isFinal } from "./finalizing"

const startMs = 1_700_000_000_000
const at = (seconds: number) => new Date(startMs + seconds * 1000)
const votesAt = (...seconds: number[]) => seconds.map(at)
const every = (count: number, apart: number) => Array.from({ length: count }, (_, place) => at(place * apart))
const anyMoment = fc.integer({ min: 0, max: 8000 }).map(at)
const anyVotes = fc.array(anyMoment, { maxLength: 20 })

describe("when a phraseset is final", () => {
  it.each([
    ["no vote", [], null],
    ["two votes, for ever", votesAt(0, 1), null],
    ["three: an hour after the third", votesAt(0, 1, 2), at(3602)],
    ["four: still an hour after the third", votesAt(0, 1, 2, 500), at(3602)],
    ["five: five minutes after the fifth", votesAt(0, 1, 2, 3, 10), at(310)],
    ["nine: still five minutes after the fifth", every(9, 10), at(340)],
    ["five, the fifth late: an hour after the third", votesAt(0, 1, 2, 3, 3599), at(3602)],
    ["nineteen: five minutes after the fifth", every(19, 1), at(304)],
    ["twenty: at once", every(20, 1), at(19)],
    ["listed in any order", votesAt(10, 3, 0, 2, 1), at(310)],
  ])("[QF-N5] %s", (_name, votedAt, expected) => {
    expect(finalAt(votedAt)).toEqual(expected)
  })

  it("[QF-N5] from its own millisecond on", () => {
    const votes = votesAt(0, 1, 2)
    expect(isFinal(finalAt(votes), new Date(at(3602).getTime() - 1))).toBe(false)
    expect(isFinal(finalAt(votes), at(3602))).toBe(true)
    expect(isFinal(finalAt(votesAt(0, 1)), at(1e9))).toBe(false)
  })

  it("[QF-N5] one more vote, cast before it is final, never puts it off", () => {
    fc.assert(
      fc.property(anyVotes, anyMoment, (votes, vote) => {
        const before = finalAt(votes)
        fc.pre(before === null || vote < before)
        const after = finalAt([...votes, vote])
        if (before !== null) expect(after!.getTime()).toBeLessThanOrEqual(before.getTime())
      }),
    )
  })

  it("[QF-N5] what is final stays final", () => {
    fc.assert(
      fc.property(anyVotes, anyMoment, fc.nat(8_000_000), (votes, now, waitedMs) => {
        if (isFinal(finalAt(votes), now)) expect(isFinal(finalAt(votes), new Date(now.getTime() + waitedMs))).toBe(true)
      }),
    )
  })

  it("[QF-N5] is left to the clock exactly with three votes or more", () => {
    fc.assert(
      fc.property(anyVotes, (votes) => {
        expect(finalAt(votes) !== null).toBe(votes.length >= 3)
      }),
    )
  })

  it("leaves the list of votes alone", () => {
    const votes = Object.freeze(votesAt(3, 2, 1, 0))
    expect(() => finalAt(votes)).not.toThrow()
  })
})
