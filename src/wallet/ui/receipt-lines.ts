import type { ReceiptLine } from "../view"

/** The server sends at most this many lines, the newest. */
const mostLines = 200

/** A line with the purse after it, in coins. */
export type RunningLine = ReceiptLine & { readonly walletAfter: number }

/**
 * The receipt with a running purse. A whole receipt is summed from its first line; one that was cut off at the limit is
 * counted back from `walletBalance`, the purse now. Newest first, as it came. Coins.
 */
export function withRunningPurse(lines: readonly ReceiptLine[], walletBalance: number): RunningLine[] {
  const isWhole = lines.length < mostLines
  const sum = lines.reduce((coins, line) => coins + line.walletCoins, 0)
  let walletAfter = isWhole ? sum : walletBalance
  return lines.map((line) => {
    const running = { ...line, walletAfter }
    walletAfter -= line.walletCoins
    return running
  })
}

const causes: Record<string, string> = {
  door: "At the door",
  grant: "A gift",
  stake: "Bet",
  payout: "Bet won",
  refund: "Stake back",
  prize: "Won",
  entry_fee: "Entry fee",
  fee_refund: "Fee back",
  loan: "Lent by the house",
  vault: "Into the vault",
  reversal: "Result corrected",
  debt: "Still owed",
  debt_repayment: "Debt paid",
}

/** What a line of the receipt was for, in two or three words. */
export function causeOf({ category }: ReceiptLine): string {
  return causes[category] ?? "Coins moved"
}
