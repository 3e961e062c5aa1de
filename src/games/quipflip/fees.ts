import { assert } from "@/kernel/assert"
import type { RoundKind } from "./roles"

/** Coins [QF-N1]. */
export const promptFeeCoins = 100
export const copyFeeCoins = 50
export const discountedCopyFeeCoins = 40
export const secondCopyFeeCoins = 100
export const voteFeeCoins = 10
const keptOfRefundCoins = 5

/** With more prompts than this waiting for copies, a copy costs less [QF-N2]. */
export const fullQueuePrompts = 10

/**
 * What a copy costs, in coins [QF-N2]. The second copy of the same prompt is never discounted.
 * @param waitingPromptCount prompts of the night's queue that wait for a copy.
 */
export function copyFee({ waitingPromptCount, isSecondCopy }: { waitingPromptCount: number; isSecondCopy: boolean }): number {
  if (isSecondCopy) return secondCopyFeeCoins
  return waitingPromptCount > fullQueuePrompts ? discountedCopyFeeCoins : copyFeeCoins
}

/** Why a round ends without a submission [QF-N3] [QF-S16]. */
export type UnplayedReason = "ABANDONED" | "TIMED_OUT" | "SESSION_ABANDONED"

/**
 * What comes back of a round's fee when it ends without a submission, in coins; the house keeps the rest [QF-N3]. When
 * the whole session is given up it is nobody's fault: all of it comes back [QF-S16].
 */
export function refundOf(kind: RoundKind, feeCoins: number, reason: UnplayedReason): number {
  assert(Number.isSafeInteger(feeCoins) && feeCoins > 0, `a fee is a positive integer, not ${feeCoins}`)
  if (reason === "SESSION_ABANDONED") return feeCoins
  return kind === "VOTE" ? 0 : Math.max(0, feeCoins - keptOfRefundCoins)
}

/** Who pays a fee in a session: the wallet as far as it goes, the house lends the rest [QF-S5]. Coins. */
export function paidAndLent(feeCoins: number, balanceCoins: number): { readonly paidCoins: number; readonly lentCoins: number } {
  const paidCoins = Math.min(feeCoins, balanceCoins)
  return { paidCoins, lentCoins: feeCoins - paidCoins }
}

/** Below this a player is warned in the lobby, in coins [QF-S5]. */
export const lowBalanceCoins = 250
