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
const fullQueuePrompts = 10

/**
 * What a copy costs, in coins [QF-N2]. The second copy of the same prompt is never discounted.
 * @param waitingPromptCount prompts of the night's queue that wait for a copy.
 */
export function copyFee({ waitingPromptCount, isSecondCopy }: { waitingPromptCount: number; isSecondCopy: boolean }): number {
  if (isSecondCopy) return secondCopyFeeCoins
  return waitingPromptCount > fullQueuePrompts ? discountedCopyFeeCoins : copyFeeCoins
}

/**
 * Why a round brings nothing. Its player's own doing: given back, too late [QF-N3], or removed by the host [QF-E10].
 * Nobody's fault: the session given up [QF-S16], the original flagged [QF-E10], the set final [QF-E11], the party over [QF-E12].
 */
export type UnplayedReason = "ABANDONED" | "TIMED_OUT" | "REMOVED" | "SESSION_ABANDONED" | "FLAGGED" | "SET_FINAL" | "PARTY_ENDED"

const ownDoing: readonly UnplayedReason[] = ["ABANDONED", "TIMED_OUT", "REMOVED"]

/**
 * What comes back of a round's fee when it brings nothing, in coins; the house keeps the rest [QF-N3]. Where it is
 * nobody's fault all of it comes back.
 */
export function refundOf(kind: RoundKind, feeCoins: number, reason: UnplayedReason): number {
  assert(Number.isSafeInteger(feeCoins) && feeCoins > 0, `a fee is a positive integer, not ${feeCoins}`)
  if (!ownDoing.includes(reason)) return feeCoins
  return kind === "VOTE" ? 0 : Math.max(0, feeCoins - keptOfRefundCoins)
}

/** Who pays a fee in a session: the wallet as far as it goes, the house lends the rest [QF-S5]. Coins. */
export function paidAndLent(feeCoins: number, balanceCoins: number): { readonly paidCoins: number; readonly lentCoins: number } {
  const paidCoins = Math.min(feeCoins, balanceCoins)
  return { paidCoins, lentCoins: feeCoins - paidCoins }
}

/** Below this a player is warned in the lobby, in coins [QF-S5]. */
export const lowBalanceCoins = 250
