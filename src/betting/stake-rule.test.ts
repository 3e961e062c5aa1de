import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decideStake } from "./stake-rule"

const fine = {
  amount: 100,
  isMarketOpen: true,
  isTargetInRace: true,
  isOnSelf: false,
  isSelfBettingOn: true,
  balanceCoins: 1000,
  limitCoins: 500,
}
const decided = (change: Partial<typeof fine>) => {
  const decision = decideStake({ ...fine, ...change })
  return decision.ok ? "taken" : decision.refusal
}

describe("a stake", () => {
  it.each([
    [{}, "taken"],
    [{ isMarketOpen: false }, { code: "betting_closed" }],
    [{ isTargetInRace: false }, { code: "target_not_in_race" }],
    [{ isOnSelf: true }, "taken"],
    [{ isOnSelf: true, isSelfBettingOn: false }, { code: "self_bet_off" }],
    [{ isSelfBettingOn: false }, "taken"],
    [{ amount: 500 }, "taken"],
    [{ amount: 501 }, { code: "stake_over_limit", detail: { limit: 500 } }],
    [{ balanceCoins: 100 }, "taken"],
    [{ balanceCoins: 99 }, { code: "insufficient_funds", detail: { balance: 99 } }],
    [{ isMarketOpen: false, isTargetInRace: false, amount: 9999 }, { code: "betting_closed" }],
  ])("[BET-2] [BET-3] [BET-4] %j: %j", (change, decision) => {
    expect(decided(change)).toEqual(decision)
  })

  it("[BET-3] that is taken is covered by the purse and within the limit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(3000), fc.integer({ min: 1, max: 3000 }), (amount, balanceCoins, limitCoins) => {
        expect(decided({ amount, balanceCoins, limitCoins }) === "taken").toBe(amount <= Math.min(balanceCoins, limitCoins))
      }),
    )
  })
})
