import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { sharesOf } from "./payouts"
import { mostVotes, poolBase, poolCoins } from "./prize-pool"
import { phrasesetRoles, type PhrasesetRole } from "./roles"

const votes = (ORIGINAL: number, COPY_1: number, COPY_2: number) => ({ ORIGINAL, COPY_1, COPY_2 })

const anySet = fc
  .record({ hasOneCopier: fc.boolean(), votes: fc.record({ ORIGINAL: fc.nat(mostVotes), COPY_1: fc.nat(mostVotes), COPY_2: fc.nat(mostVotes) }) })
  .filter(({ votes: { ORIGINAL, COPY_1, COPY_2 } }) => ORIGINAL + COPY_1 + COPY_2 <= mostVotes)
  .map((set) => ({
    votes: set.votes,
    pool: poolCoins({
      baseCoins: poolBase(set),
      voteCount: set.votes.ORIGINAL + set.votes.COPY_1 + set.votes.COPY_2,
      rightVoteCount: set.votes.ORIGINAL,
    }),
  }))

const swapped: Record<PhrasesetRole, PhrasesetRole> = { ORIGINAL: "ORIGINAL", COPY_1: "COPY_2", COPY_2: "COPY_1" }

describe("shares", () => {
  it.each([
    // pool, votes, shares of the original and both copies, the house's
    ["nobody has voted", 200, votes(0, 0, 0), [66, 66, 66], 2],
    ["nobody has voted, one copier", 250, votes(0, 0, 0), [83, 83, 83], 1],
    ["one right vote", 190, votes(1, 0, 0), [190, 0, 0], 0],
    ["one fooled", 210, votes(0, 1, 0), [0, 210, 0], 0],
    ["one of each: 1, 2 and 2 points", 210, votes(1, 1, 1), [42, 84, 84], 0],
    ["two right, one fooled: 2 and 2 points", 190, votes(2, 1, 0), [95, 95, 0], 0],
    ["3, 2 and 4 points", 200, votes(3, 1, 2), [66, 44, 88], 2],
    ["all twenty right", 0, votes(20, 0, 0), [0, 0, 0], 0],
  ])("[QF-E7] [QF-N6] %s", (_name, pool, cast, shares, houseCoins) => {
    expect(sharesOf(pool, cast)).toEqual({ shares: votes(shares[0]!, shares[1]!, shares[2]!), houseCoins })
  })
})

describe("laws", () => {
  it("[QF-E7] nothing is made or lost, and the house gets less than a coin per writer", () => {
    fc.assert(
      fc.property(anySet, ({ pool, votes: cast }) => {
        const { shares, houseCoins } = sharesOf(pool, cast)
        expect(shares.ORIGINAL + shares.COPY_1 + shares.COPY_2 + houseCoins).toBe(pool)
        expect(houseCoins).toBeGreaterThanOrEqual(0)
        expect(houseCoins).toBeLessThan(phrasesetRoles.length)
      }),
      { numRuns: 1000 },
    )
  })

  it("[QF-E7] [QF-N6] a share is the largest whole number not above the exact one", () => {
    fc.assert(
      fc.property(anySet, ({ pool, votes: cast }) => {
        const { shares } = sharesOf(pool, cast)
        const points = votes(cast.ORIGINAL, 2 * cast.COPY_1, 2 * cast.COPY_2)
        const all = points.ORIGINAL + points.COPY_1 + points.COPY_2
        for (const role of phrasesetRoles) {
          const [numerator, denominator] = all === 0 ? [1, 3] : [points[role], all]
          expect(Number.isSafeInteger(shares[role]) && shares[role] >= 0).toBe(true)
          expect(shares[role] * denominator <= numerator * pool).toBe(true)
          expect((shares[role] + 1) * denominator > numerator * pool).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it("[QF-E7] which copy is the first changes nothing", () => {
    fc.assert(
      fc.property(anySet, ({ pool, votes: cast }) => {
        const one = sharesOf(pool, cast)
        const other = sharesOf(pool, votes(cast.ORIGINAL, cast.COPY_2, cast.COPY_1))
        expect(other.houseCoins).toBe(one.houseCoins)
        for (const role of phrasesetRoles) expect(other.shares[swapped[role]]).toBe(one.shares[role])
      }),
    )
  })

  it.each([-1, 0.5, Number.NaN])("[QF-E7] a pool of %d is a bug", (pool) => {
    expect(() => sharesOf(pool, votes(1, 0, 0))).toThrow(/whole number/)
  })
})
