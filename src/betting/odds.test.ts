import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { withOdds, withStake } from "./odds"
import { payoutsFor } from "./payouts"
import type { MarketView } from "./view"

const drivers = ["ann", "bo", "cy"]
const anyBets = fc.array(
  fc.record({
    targetId: fc.constantFrom(...drivers),
    amount: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 2 ** 44 })),
  }),
  { maxLength: 30 },
)

function marketWith(oddsMode: "FIXED" | "PARIMUTUEL", bets: readonly { targetId: string; amount: number }[]): MarketView {
  const empty: MarketView = {
    marketId: "m",
    gameId: "g",
    status: "OPEN",
    oddsMode,
    poolCoins: 0,
    winnerId: null,
    selections: drivers.map((targetId) => ({
      targetId,
      targetName: targetId,
      stakedCoins: 0,
      betCount: 0,
      multiplierHundredths: null,
    })),
  }
  return bets.reduce((market, bet) => withStake(market, bet.targetId, bet.amount), withOdds(empty))
}

const shown = (market: MarketView) =>
  market.selections.map(({ targetId, stakedCoins, betCount, multiplierHundredths }) => [
    targetId,
    stakedCoins,
    betCount,
    multiplierHundredths,
  ])

describe("odds", () => {
  it("[BET-10] fixed odds are 2.00 for everybody, backed or not", () => {
    const market = marketWith("FIXED", [{ targetId: "bo", amount: 40 }])
    expect(market.poolCoins).toBe(40)
    expect(shown(market)).toEqual([
      ["ann", 0, 0, 200],
      ["bo", 40, 1, 200],
      ["cy", 0, 0, 200],
    ])
  })

  it("[BET-10] parimutuel odds are the pool over the stakes, rounded down, none without a stake", () => {
    const market = marketWith("PARIMUTUEL", [
      { targetId: "ann", amount: 10 },
      { targetId: "ann", amount: 20 },
      { targetId: "bo", amount: 70 },
    ])
    expect(market.poolCoins).toBe(100)
    expect(shown(market)).toEqual([
      ["ann", 30, 2, 333],
      ["bo", 70, 1, 142],
      ["cy", 0, 0, null],
    ])
  })

  it("[BET-16] every coin of the pool is on exactly one selection", () => {
    fc.assert(
      fc.property(anyBets, (bets) => {
        const market = marketWith("PARIMUTUEL", bets)
        expect(market.selections.reduce((total, it) => total + it.stakedCoins, 0)).toBe(market.poolCoins)
        expect(market.selections.reduce((total, it) => total + it.betCount, 0)).toBe(bets.length)
      }),
    )
  })

  it("[BET-8][BET-10] the odds shown last never promise more than is paid", () => {
    fc.assert(
      fc.property(anyBets, fc.constantFrom(...drivers), (bets, winnerId) => {
        const market = marketWith("PARIMUTUEL", bets)
        const multiplier = market.selections.find((it) => it.targetId === winnerId)!.multiplierHundredths
        const pending = bets.map((it, index) => ({ ...it, id: `b${index}`, bettorId: "guest" }))
        const { rows } = payoutsFor({ oddsMode: "PARIMUTUEL", winnerId, bets: pending })
        for (const [index, row] of rows.entries()) {
          if (row.status !== "WON") continue
          const promised = (BigInt(bets[index]!.amount) * BigInt(multiplier!)) / 100n
          expect(BigInt(row.payout) >= promised).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it("a stake on somebody who is no selection changes nothing", () => {
    const market = marketWith("FIXED", [{ targetId: "bo", amount: 40 }])
    expect(withStake(market, "zoe", 10)).toEqual(market)
  })
})
