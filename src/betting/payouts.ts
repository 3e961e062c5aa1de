import { assert, unreachable } from "@/kernel/assert"

/** How a market pays; frozen when it opens. BET-6 */
export type OddsMode = "FIXED" | "PARIMUTUEL"

/** A pending bet. `amount` is the stake in coins. */
export type PendingBet = {
  readonly id: string
  readonly bettorId: string
  readonly targetId: string
  readonly amount: number
}

export type PayoutStatus = "WON" | "LOST" | "REFUNDED"

/** What becomes of one bet. `payout` in coins, the stake included. */
export type Payout = {
  readonly betId: string
  readonly bettorId: string
  readonly status: PayoutStatus
  readonly payout: number
}

export type Settlement = {
  /** One per bet, in the order of the bets. */
  readonly rows: readonly Payout[]
  /** Pool less payouts, in coins: what the house keeps, or covers when negative. BET-16 */
  readonly houseDelta: number
}

const FIXED_MULTIPLIER = 2

/** What every bet pays when `winnerId` has won. A stake that is not a positive integer is a bug and throws. BET-7 to BET-9 */
export function payoutsFor(market: {
  oddsMode: OddsMode
  winnerId: string
  bets: readonly PendingBet[]
}): Settlement {
  const { oddsMode, winnerId, bets } = market
  const pool = stakesOf(bets)
  const rows = payoutRows(oddsMode, winnerId, bets, pool)
  return { rows, houseDelta: pool - sumOf(rows.map((row) => row.payout)) }
}

/** The coins staked in `bets`. */
function stakesOf(bets: readonly { readonly amount: number }[]): number {
  for (const bet of bets) {
    assert(Number.isSafeInteger(bet.amount) && bet.amount > 0, `a stake is a positive integer, not ${bet.amount}`)
  }
  return sumOf(bets.map((bet) => bet.amount))
}

/** `floor(amount × numerator ÷ denominator)`, exact beyond 2^53 in between. */
export function shareDown(amount: number, numerator: number, denominator: number): number {
  return exact((BigInt(amount) * BigInt(numerator)) / BigInt(denominator))
}

function payoutRows(oddsMode: OddsMode, winnerId: string, bets: readonly PendingBet[], pool: number): Payout[] {
  switch (oddsMode) {
    case "FIXED":
      return wonOrLost(bets, winnerId, (stake) => shareDown(stake, FIXED_MULTIPLIER, 1))
    case "PARIMUTUEL": {
      const onWinner = stakesOf(bets.filter((bet) => bet.targetId === winnerId))
      if (onWinner === 0) return bets.map((bet) => row(bet, "REFUNDED", bet.amount))
      return wonOrLost(bets, winnerId, (stake) => shareDown(stake, pool, onWinner))
    }
    default:
      return unreachable(oddsMode)
  }
}

function wonOrLost(bets: readonly PendingBet[], winnerId: string, payoutOf: (stake: number) => number): Payout[] {
  return bets.map((bet) =>
    bet.targetId === winnerId ? row(bet, "WON", payoutOf(bet.amount)) : row(bet, "LOST", 0),
  )
}

function row(bet: PendingBet, status: PayoutStatus, payout: number): Payout {
  return { betId: bet.id, bettorId: bet.bettorId, status, payout }
}

function sumOf(coins: readonly number[]): number {
  return exact(coins.reduce((sum, amount) => sum + BigInt(amount), 0n))
}

function exact(coins: bigint): number {
  const amount = Number(coins)
  assert(Number.isSafeInteger(amount), `${coins} coins are more than can be counted`)
  return amount
}
