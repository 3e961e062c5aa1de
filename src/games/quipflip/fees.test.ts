import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { copyFee, lowBalanceCoins, paidAndLent, promptFeeCoins, refundOf, voteFeeCoins } from "./fees"
import type { RoundKind } from "./roles"

const anyKind = fc.constantFrom<RoundKind[]>("PROMPT", "COPY", "VOTE")

describe("fees", () => {
  it("[QF-N1] [QF-S5] are these", () => {
    expect([promptFeeCoins, voteFeeCoins, lowBalanceCoins]).toEqual([100, 10, 250])
  })

  it.each([
    [0, 50],
    [10, 50],
    [11, 40],
    [500, 40],
  ])("[QF-N2] with %d prompts waiting a copy costs %d", (waitingPromptCount, coins) => {
    expect(copyFee({ waitingPromptCount, isSecondCopy: false })).toBe(coins)
  })

  it.each([0, 10, 11, 500])("[QF-N2] the second copy costs 100, also with %d prompts waiting", (waitingPromptCount) => {
    expect(copyFee({ waitingPromptCount, isSecondCopy: true })).toBe(100)
  })
})

describe("refunds", () => {
  it.each<[RoundKind, number, number]>([
    ["PROMPT", 100, 95],
    ["COPY", 50, 45],
    ["COPY", 40, 35],
    ["COPY", 100, 95],
    ["VOTE", 10, 0],
  ])("[QF-N3] of a %s for %d coins come back %d", (kind, fee, back) => {
    expect(refundOf(kind, fee, "ABANDONED")).toBe(back)
    expect(refundOf(kind, fee, "TIMED_OUT")).toBe(back)
    expect(refundOf(kind, fee, "REMOVED")).toBe(back)
  })

  it.each(["SESSION_ABANDONED", "FLAGGED", "SET_FINAL", "PARTY_ENDED"] as const)("[QF-S16] [QF-E10] [QF-E11] [QF-E12] of what ends by nobody's fault comes back everything: %s", (reason) => {
    fc.assert(
      fc.property(anyKind, fc.integer({ min: 1, max: 1000 }), (kind, fee) => {
        expect(refundOf(kind, fee, reason)).toBe(fee)
      }),
    )
  })

  it("[QF-N3] never more than was paid, and never less than nothing", () => {
    fc.assert(
      fc.property(anyKind, fc.integer({ min: 1, max: 20 }), (kind, fee) => {
        const back = refundOf(kind, fee, "TIMED_OUT")
        expect(back).toBeGreaterThanOrEqual(0)
        expect(back).toBeLessThan(fee)
      }),
    )
  })

  it.each([0, -1, 1.5, Number.NaN])("[QF-N3] a fee of %d is a bug", (fee) => {
    expect(() => refundOf("COPY", fee, "ABANDONED")).toThrow(/positive integer/)
  })
})

describe("lending", () => {
  it.each([
    [100, 250, 100, 0],
    [100, 100, 100, 0],
    [100, 99, 99, 1],
    [50, 0, 0, 50],
  ])("[QF-S5] of %d coins a wallet of %d pays %d, and the house lends %d", (fee, balance, paidCoins, lentCoins) => {
    expect(paidAndLent(fee, balance)).toEqual({ paidCoins, lentCoins })
  })
})
