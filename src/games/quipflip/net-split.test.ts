import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { netSplit } from "./net-split"

describe("wallet and vault", () => {
  it.each([
    // gross, fee, wallet, vault
    [20, 10, 17, 3],
    [0, 10, 0, 0],
    [100, 100, 100, 0],
    [99, 100, 99, 0],
    [103, 100, 103, 0],
    [104, 100, 103, 1],
    [190, 100, 163, 27],
    [84, 50, 74, 10],
    [84, 40, 71, 13],
  ])("[QF-E8] of %d coins for a fee of %d go %d to the wallet and %d to the vault", (gross, fee, walletCoins, vaultCoins) => {
    expect(netSplit(gross, fee)).toEqual({ walletCoins, vaultCoins })
  })

  const anyCoins = fc.oneof(fc.nat(500), fc.nat(2 ** 40))

  it("[QF-E8] nothing is made or lost, and the wallet never gets less than the fee back before the vault gets any", () => {
    fc.assert(
      fc.property(anyCoins, anyCoins, (gross, fee) => {
        const { walletCoins, vaultCoins } = netSplit(gross, fee)
        expect(walletCoins + vaultCoins).toBe(gross)
        expect(vaultCoins).toBeGreaterThanOrEqual(0)
        if (vaultCoins > 0) expect(walletCoins).toBeGreaterThan(fee)
      }),
    )
  })

  it("[QF-E8] the vault's part is the largest whole number not above three tenths of the net", () => {
    fc.assert(
      fc.property(anyCoins, anyCoins, (gross, fee) => {
        const net = Math.max(0, gross - fee)
        const { vaultCoins } = netSplit(gross, fee)
        expect(10 * vaultCoins <= 3 * net && 10 * (vaultCoins + 1) > 3 * net).toBe(true)
      }),
    )
  })

  it.each([
    [-1, 10],
    [10, -1],
    [0.5, 10],
  ])("[QF-E8] %d coins for a fee of %d are a bug", (gross, fee) => {
    expect(() => netSplit(gross, fee)).toThrow(/payout/)
  })
})
