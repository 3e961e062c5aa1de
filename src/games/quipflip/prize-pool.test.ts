import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { copyFeeCoins, promptFeeCoins, secondCopyFeeCoins } from "./fees"
import { mostVotes, poolBase, poolCoins } from "./prize-pool"

const anyPool = fc.record({
  hasOneCopier: fc.boolean(),
  rightVoteCount: fc.nat(mostVotes),
  wrongVoteCount: fc.nat(mostVotes),
}).filter(({ rightVoteCount, wrongVoteCount }) => rightVoteCount + wrongVoteCount <= mostVotes)

describe("the pool", () => {
  it.each([
    [false, 0, 0, 200],
    [true, 0, 0, 250],
    [false, 1, 0, 210],
    [false, 1, 1, 190],
    [false, 5, 3, 190],
    [true, 5, 3, 240],
    [false, 20, 20, 0],
    [false, 20, 0, 400],
  ])("[QF-N4] one copier %s, %d votes, %d of them right: %d coins", (hasOneCopier, voteCount, rightVoteCount, coins) => {
    expect(poolCoins({ baseCoins: poolBase({ hasOneCopier }), voteCount, rightVoteCount })).toBe(coins)
  })

  it("[QF-N1] [QF-N4] its base is what the three rounds cost", () => {
    expect(poolCoins({ baseCoins: poolBase({ hasOneCopier: false }), voteCount: 0, rightVoteCount: 0 })).toBe(promptFeeCoins + 2 * copyFeeCoins)
    expect(poolCoins({ baseCoins: poolBase({ hasOneCopier: true }), voteCount: 0, rightVoteCount: 0 })).toBe(promptFeeCoins + copyFeeCoins + secondCopyFeeCoins)
  })

  it("[QF-N4] never runs dry", () => {
    fc.assert(
      fc.property(anyPool, ({ hasOneCopier, rightVoteCount, wrongVoteCount }) => {
        expect(poolCoins({ baseCoins: poolBase({ hasOneCopier }), rightVoteCount, voteCount: rightVoteCount + wrongVoteCount })).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it("[QF-N4] with what right voters were paid is the base and every vote's 10", () => {
    fc.assert(
      fc.property(anyPool, ({ hasOneCopier, rightVoteCount, wrongVoteCount }) => {
        const voteCount = rightVoteCount + wrongVoteCount
        const empty = poolCoins({ baseCoins: poolBase({ hasOneCopier }), voteCount: 0, rightVoteCount: 0 })
        expect(poolCoins({ baseCoins: poolBase({ hasOneCopier }), voteCount, rightVoteCount }) + 20 * rightVoteCount).toBe(empty + 10 * voteCount)
      }),
    )
  })

  it.each([
    [21, 0],
    [1, 2],
    [1, -1],
  ])("[QF-N5] %d votes with %d right are a bug", (voteCount, rightVoteCount) => {
    expect(() => poolCoins({ baseCoins: poolBase({ hasOneCopier: false }), voteCount, rightVoteCount })).toThrow(/votes/)
  })
})
