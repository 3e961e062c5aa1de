import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { oddsFor } from "./odds"
import { payoutsFor } from "./payouts"

const selections = [{ targetId: "ann" }, { targetId: "bo" }, { targetId: "cy" }]
const anyBets = fc.array(
  fc.record({
    targetId: fc.constantFrom("ann", "bo", "cy"),
    amount: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 2 ** 44 })),
  }),
  { maxLength: 30 },
)

describe("odds", () => {
  it("[BET-10] fixed odds are 2.00 for everybody, backed or not", () => {
    const odds = oddsFor({ oddsMode: "FIXED", selections, bets: [{ targetId: "bo", amount: 40 }] })
    expect(odds).toEqual({
      poolCoins: 40,
      selections: [
        { targetId: "ann", stakedCoins: 0, betCount: 0, multiplierHundredths: 200 },
        { targetId: "bo", stakedCoins: 40, betCount: 1, multiplierHundredths: 200 },
        { targetId: "cy", stakedCoins: 0, betCount: 0, multiplierHundredths: 200 },
      ],
    })
  })

  it("[BET-10] parimutuel odds are the pool over the stakes, rounded down, none without a stake", () => {
    const bets = [
      { targetId: "ann", amount: 10 },
      { targetId: "ann", amount: 20 },
      { targetId: "bo", amount: 70 },
    ]
    expect(oddsFor({ oddsMode: "PARIMUTUEL", selections, bets })).toEqual({
      poolCoins: 100,
      selections: [
        { targetId: "ann", stakedCoins: 30, betCount: 2, multiplierHundredths: 333 },
        { targetId: "bo", stakedCoins: 70, betCount: 1, multiplierHundredths: 142 },
        { targetId: "cy", stakedCoins: 0, betCount: 0, multiplierHundredths: null },
      ],
    })
  })

  it("[BET-16] every coin of the pool is on exactly one selection", () => {
    fc.assert(
      fc.property(anyBets, (bets) => {
        const odds = oddsFor({ oddsMode: "PARIMUTUEL", selections, bets })
        expect(odds.selections.reduce((total, it) => total + it.stakedCoins, 0)).toBe(odds.poolCoins)
        expect(odds.selections.reduce((total, it) => total + it.betCount, 0)).toBe(bets.length)
      }),
    )
  })

  it("[BET-8][BET-10] the odds shown last never promise more than is paid", () => {
    fc.assert(
      fc.property(anyBets, fc.constantFrom("ann", "bo", "cy"), (bets, winnerId) => {
        const shown = oddsFor({ oddsMode: "PARIMUTUEL", selections, bets }).selections
        const multiplier = shown.find((it) => it.targetId === winnerId)!.multiplierHundredths
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

  it("[BET-4] a bet on something that is no selection is a bug", () => {
    expect(() => oddsFor({ oddsMode: "FIXED", selections, bets: [{ targetId: "zoe", amount: 1 }] })).toThrow(
      /no selection/,
    )
  })

  it("a market without bets or selections has nothing to show", () => {
    expect(oddsFor({ oddsMode: "PARIMUTUEL", selections: [], bets: [] })).toEqual({ poolCoins: 0, selections: [] })
  })
})
