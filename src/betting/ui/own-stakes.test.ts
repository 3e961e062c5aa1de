import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { payoutsFor } from "../payouts"
import type { BetView, MarketView } from "../view"
import { isBetWanted, mostStake, newStakePays, outcomeOf, pendingStakes, quickStake, readStake } from "./own-stakes"

const market = (oddsMode: MarketView["oddsMode"], staked: Record<string, number>, status: MarketView["status"] = "OPEN"): MarketView => ({
  marketId: "m",
  gameId: "race",
  status,
  oddsMode,
  poolCoins: Object.values(staked).reduce((sum, coins) => sum + coins, 0),
  winnerId: null,
  selections: Object.entries(staked).map(([targetId, stakedCoins]) => ({
    targetId,
    targetName: targetId,
    stakedCoins,
    betCount: 1,
    multiplierHundredths: null,
  })),
})

const bet = (targetUserId: string, amount: number, part: Partial<BetView> = {}): BetView => ({
  id: `${targetUserId}-${amount}`,
  gameId: "race",
  targetUserId,
  targetName: targetUserId,
  amount,
  status: "PENDING",
  payout: null,
  createdAt: "2026-11-21T20:00:00.000Z",
  settledAt: null,
  ...part,
})

describe("pendingStakes", () => {
  it("[BET-7] sums the bets on a driver and promises double", () => {
    const mine = [bet("bo", 100), bet("bo", 50), bet("cy", 200), bet("bo", 70, { gameId: "other" }), bet("bo", 30, { status: "LOST" })]
    expect(pendingStakes(mine, market("FIXED", { bo: 150, cy: 200 }))).toEqual([
      { targetId: "cy", targetName: "cy", stakedCoins: 200, mayPayCoins: 400 },
      { targetId: "bo", targetName: "bo", stakedCoins: 150, mayPayCoins: 300 },
    ])
  })

  it("[BET-8] promises what settling right now would pay, to the coin", () => {
    const stake = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(fc.array(stake, { minLength: 1, maxLength: 6 }), fc.array(stake, { maxLength: 6 }), fc.array(stake, { maxLength: 6 }), (mine, others, against) => {
        const sum = (coins: number[]) => coins.reduce((total, amount) => total + amount, 0)
        const open = market("PARIMUTUEL", { bo: sum(mine) + sum(others), cy: sum(against) })
        const all = [
          ...mine.map((amount, index) => ({ id: `m${index}`, bettorId: "me", targetId: "bo", amount })),
          ...others.map((amount, index) => ({ id: `o${index}`, bettorId: "di", targetId: "bo", amount })),
          ...against.map((amount, index) => ({ id: `a${index}`, bettorId: "di", targetId: "cy", amount })),
        ]
        const paid = payoutsFor({ oddsMode: "PARIMUTUEL", winnerId: "bo", bets: all }).rows.filter(({ bettorId }) => bettorId === "me")
        const [own] = pendingStakes(mine.map((amount) => bet("bo", amount)), open)
        expect(own?.mayPayCoins).toBe(sum(paid.map(({ payout }) => payout)))
      }),
    )
  })

  it("never promises less than the stake while the market has not heard of the bet", () => {
    expect(pendingStakes([bet("bo", 100)], market("PARIMUTUEL", { bo: 0, cy: 300 }))[0]?.mayPayCoins).toBe(100)
  })
})

it("[BET-8] a new stake is part of the pool it is paid from", () => {
  expect(newStakePays(market("PARIMUTUEL", { bo: 100, cy: 200 }), "bo", 100)).toBe(200)
  expect(newStakePays(market("PARIMUTUEL", { bo: 0, cy: 200 }), "bo", 100)).toBe(300)
  expect(newStakePays(market("FIXED", { bo: 0 }), "bo", 75)).toBe(150)
})

it("tells won, lost and refunded apart, and no bet from all of them", () => {
  const settled = market("FIXED", { bo: 0 }, "SETTLED")
  expect(outcomeOf([], settled)).toBeNull()
  const mine = [bet("bo", 100, { status: "WON", payout: 200 }), bet("cy", 50, { status: "LOST", payout: 0 })]
  expect(outcomeOf([...mine, bet("bo", 70, { gameId: "other", status: "WON", payout: 140 })], settled)).toEqual({
    stakedCoins: 150,
    payoutCoins: 200,
    isRefund: false,
    bets: mine,
  })
  expect(outcomeOf([bet("bo", 100, { status: "REFUNDED", payout: 100 })], settled)?.isRefund).toBe(true)
})

it("[BET-3] [BET-5] a stake is whole, at least one coin, and covered by purse and limit", () => {
  expect(mostStake(500, 1000)).toBe(500)
  expect(mostStake(500, 80)).toBe(80)
  expect(quickStake(500)).toBe(100)
  expect(quickStake(80)).toBe(80)
  expect(readStake(" 250 ", 500)).toBe(250)
  for (const no of ["", "0", "-5", "1.5", "501", "1e2", "ten"]) expect(readStake(no, 500)).toBeNull()
})

describe("isBetWanted", () => {
  const me = { id: "me", walletBalance: 10, isSelfBettingOn: true }

  it("asks while a market is open and has no bet of this guest", () => {
    expect(isBetWanted([market("FIXED", { bo: 0 })], [], me)).toBe(true)
    expect(isBetWanted([market("FIXED", { bo: 0 })], [bet("bo", 1)], me)).toBe(false)
    expect(isBetWanted([market("FIXED", { bo: 0 }, "CLOSED")], [], me)).toBe(false)
  })

  it("does not ask for what this guest cannot do", () => {
    expect(isBetWanted([market("FIXED", { bo: 0 })], [], { ...me, walletBalance: 0 })).toBe(false)
    expect(isBetWanted([market("FIXED", { me: 0 })], [], { ...me, isSelfBettingOn: false })).toBe(false)
    expect(isBetWanted([market("FIXED", {})], [], me)).toBe(false)
  })
})
