import type { Vote } from "./voting"

/** Coins. */
export const catcherCoins = 50
export const escapeCoins = 150
export const guessCoins = 100

export type Payment = { readonly guestId: string; readonly coins: number }

type Ending = {
  /** Players who neither left nor were kicked. */
  readonly presentIds: readonly string[]
  readonly imposterIds: readonly string[]
  /** Who was voted out. */
  readonly outId: string | null
  /** Those of the deciding vote. */
  readonly votes: readonly Vote[]
}

/** What a vote that decided the round brings, from the house [IMP-14] [IMP-15]. Coins. */
export function paymentsFor({ presentIds, imposterIds, outId, votes }: Ending): Payment[] {
  const imposters = new Set(imposterIds)
  if (outId === null || !imposters.has(outId)) {
    return presentIds.filter((id) => imposters.has(id)).map((guestId) => ({ guestId, coins: escapeCoins }))
  }
  const catchers = new Set(votes.filter(({ targetId }) => targetId === outId).map(({ voterId }) => voterId))
  return presentIds
    .filter((id) => !imposters.has(id) && catchers.has(id))
    .map((guestId) => ({ guestId, coins: catcherCoins }))
}
