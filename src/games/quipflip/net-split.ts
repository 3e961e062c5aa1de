import { assert } from "@/kernel/assert"

/** Of what is won, this many tenths are kept in the vault [QF-E8]. */
const vaultTenths = 3

/**
 * Where a payout goes: of a net win three tenths, rounded down, to the vault and the rest to the wallet; without a net
 * win all of it to the wallet [QF-E8]. Coins.
 * @param grossCoins the payout for one role.
 * @param feeCoins what that role's round really cost, a lent part included.
 */
export function netSplit(grossCoins: number, feeCoins: number): { readonly walletCoins: number; readonly vaultCoins: number } {
  assert(isCoins(grossCoins) && isCoins(feeCoins), `a payout of ${grossCoins} for a fee of ${feeCoins}`)
  const vaultCoins = Math.floor((Math.max(0, grossCoins - feeCoins) * vaultTenths) / 10)
  return { walletCoins: grossCoins - vaultCoins, vaultCoins }
}

function isCoins(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0
}
