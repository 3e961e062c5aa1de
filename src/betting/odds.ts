import { assert } from "@/kernel/assert"
import { shareDown, stakesOf, type OddsMode } from "./payouts"

export type SelectionOdds = {
  readonly targetId: string
  readonly stakedCoins: number
  readonly betCount: number
  /** What one coin would pay, in hundredths of a coin, rounded down; null while nobody has backed the target. */
  readonly multiplierHundredths: number | null
}

export type MarketOdds = {
  /** In the order of the selections given. */
  readonly selections: readonly SelectionOdds[]
  readonly poolCoins: number
}

const FIXED_HUNDREDTHS = 200

/** The odds a market shows right now. A bet on something that is no selection is a bug and throws. BET-10 */
export function oddsFor(market: {
  oddsMode: OddsMode
  selections: readonly { readonly targetId: string }[]
  bets: readonly { readonly targetId: string; readonly amount: number }[]
}): MarketOdds {
  const { oddsMode, bets } = market
  const poolCoins = stakesOf(bets)
  const betsOn = new Map(market.selections.map(({ targetId }) => [targetId, [] as { amount: number }[]]))
  for (const bet of bets) {
    const onTarget = betsOn.get(bet.targetId)
    assert(onTarget, `${bet.targetId} is backed but is no selection of the market`)
    onTarget.push(bet)
  }

  const selections = [...betsOn].map(([targetId, onTarget]) => {
    const stakedCoins = stakesOf(onTarget)
    return {
      targetId,
      stakedCoins,
      betCount: onTarget.length,
      multiplierHundredths: multiplierHundredths(oddsMode, poolCoins, stakedCoins),
    }
  })
  return { selections, poolCoins }
}

/**
 * What one coin on a target would pay, in hundredths of a coin, rounded down; null while nothing is staked on it.
 * For a caller that has the sums already. BET-10
 */
export function multiplierHundredths(oddsMode: OddsMode, poolCoins: number, stakedCoins: number): number | null {
  if (oddsMode === "FIXED") return FIXED_HUNDREDTHS
  return stakedCoins === 0 ? null : shareDown(100, poolCoins, stakedCoins)
}
