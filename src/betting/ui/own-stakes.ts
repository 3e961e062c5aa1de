import { shareDown } from "../payouts"
import type { BetView, MarketView } from "../view"

/** The lit button stakes this much where purse and limit allow it [BET-5]. Coins. */
const quickStakeCoins = 100

/** One guest's bets on one driver of a market, summed. Coins. */
export type OwnStake = {
  readonly targetId: string
  readonly targetName: string
  readonly stakedCoins: number
  /** What they would pay if the driver won and betting closed now. */
  readonly mayPayCoins: number
}

/** The own bets on a market that wait for its result, by driver, the highest stake first. */
export function pendingStakes(bets: readonly BetView[], market: MarketView): OwnStake[] {
  const byTarget = new Map<string, OwnStake>()
  for (const bet of bets) {
    if (bet.gameId !== market.gameId || bet.status !== "PENDING") continue
    const known = byTarget.get(bet.targetUserId)
    byTarget.set(bet.targetUserId, {
      targetId: bet.targetUserId,
      targetName: bet.targetName,
      stakedCoins: (known?.stakedCoins ?? 0) + bet.amount,
      mayPayCoins: (known?.mayPayCoins ?? 0) + payoutOf(market, bet.targetUserId, bet.amount, 0),
    })
  }
  return [...byTarget.values()].sort((a, b) => b.stakedCoins - a.stakedCoins)
}

/** What a new stake on this driver would pay, with itself in the pool [BET-7] [BET-8]. Coins. */
export function newStakePays(market: MarketView, targetId: string, amount: number): number {
  return payoutOf(market, targetId, amount, amount)
}

/** What came of the own bets on a settled or void market. Coins; null without a bet on it. */
export type OwnOutcome = {
  readonly stakedCoins: number
  readonly payoutCoins: number
  readonly isRefund: boolean
  /** Bet by bet, newest first. */
  readonly bets: readonly BetView[]
}

export function outcomeOf(bets: readonly BetView[], market: MarketView): OwnOutcome | null {
  const own = bets.filter(({ gameId, status }) => gameId === market.gameId && status !== "PENDING")
  if (own.length === 0) return null
  return {
    stakedCoins: own.reduce((sum, { amount }) => sum + amount, 0),
    payoutCoins: own.reduce((sum, { payout }) => sum + (payout ?? 0), 0),
    isRefund: own.every(({ status }) => status === "REFUNDED"),
    bets: own,
  }
}

/** The most this guest may stake now [BET-3]. Coins, 0 with an empty purse. */
export function mostStake(limitCoins: number, walletBalance: number): number {
  return Math.min(limitCoins, walletBalance)
}

/** What one tap stakes: 100, or all there is below that. Coins. */
export function quickStake(most: number): number {
  return Math.min(quickStakeCoins, most)
}

/** Reads a typed stake; null for anything but a whole number from 1 to `most`. */
export function readStake(text: string, most: number): number | null {
  const amount = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0
  return amount >= 1 && amount <= most ? amount : null
}

/** Whether betting waits for this guest: something open to bet on, nothing bet there, and a coin to do it with. */
export function isBetWanted(
  markets: readonly MarketView[],
  bets: readonly BetView[],
  guest: { readonly id: string; readonly walletBalance: number; readonly isSelfBettingOn: boolean },
): boolean {
  if (guest.walletBalance < 1) return false
  const mayBack = (targetId: string) => guest.isSelfBettingOn || targetId !== guest.id
  return markets.some(
    (market) =>
      market.status === "OPEN" &&
      market.selections.some(({ targetId }) => mayBack(targetId)) &&
      !bets.some(({ gameId }) => gameId === market.gameId),
  )
}

function payoutOf(market: MarketView, targetId: string, amount: number, addedCoins: number): number {
  if (market.oddsMode === "FIXED") return shareDown(amount, 2, 1)
  const onTarget = (market.selections.find((selection) => selection.targetId === targetId)?.stakedCoins ?? 0) + addedCoins
  // A market that has not heard of the own bet yet: the stake back is the least that can be said.
  return onTarget < amount ? amount : shareDown(amount, market.poolCoins + addedCoins, onTarget)
}
