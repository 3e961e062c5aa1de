import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { rankingOf } from "./ranking"

const anyBalances = fc
  .array(fc.record({ earnedCoins: fc.nat(12), spentCoins: fc.nat(12) }), { maxLength: 8 })
  .map((list) => list.map((one, place) => ({ ...one, playerId: `player-${place}` })))

describe("ranking", () => {
  it("[QF-S14] is by net coins, equals sharing the rank: 1, 1, 3, 4", () => {
    const ranking = rankingOf([
      { playerId: "ann", earnedCoins: 0, spentCoins: 230 },
      { playerId: "bo", earnedCoins: 300, spentCoins: 230 },
      { playerId: "cy", earnedCoins: 100, spentCoins: 230 },
      { playerId: "di", earnedCoins: 290, spentCoins: 220 },
    ])
    expect(ranking).toEqual([
      { playerId: "bo", netCoins: 70, rank: 1 },
      { playerId: "di", netCoins: 70, rank: 1 },
      { playerId: "cy", netCoins: -130, rank: 3 },
      { playerId: "ann", netCoins: -230, rank: 4 },
    ])
  })

  it("[QF-S14] a rank is one more than how many did better, best first, everybody once", () => {
    fc.assert(
      fc.property(anyBalances, (balances) => {
        const ranking = rankingOf(balances)
        expect(ranking.map(({ playerId }) => playerId).sort()).toEqual(balances.map(({ playerId }) => playerId).sort())
        for (const [place, one] of ranking.entries()) {
          const balance = balances.find(({ playerId }) => playerId === one.playerId)!
          expect(one.netCoins).toBe(balance.earnedCoins - balance.spentCoins)
          expect(one.rank).toBe(1 + ranking.filter(({ netCoins }) => netCoins > one.netCoins).length)
          if (place > 0) expect(one.netCoins).toBeLessThanOrEqual(ranking[place - 1]!.netCoins)
        }
      }),
    )
  })

  it("[QF-S14] the order of the players changes no rank", () => {
    fc.assert(
      fc.property(anyBalances, (balances) => {
        const ranks = (list: typeof balances) => new Map(rankingOf(list).map(({ playerId, rank }) => [playerId, rank]))
        expect(ranks([...balances].reverse())).toEqual(ranks(balances))
      }),
    )
  })
})
