import { shareDown, type OddsMode } from "./payouts"
import type { MarketView } from "./view"

const FIXED_HUNDREDTHS = 200

/** A market with its pool and the odds it shows right now, from what is staked on whom [BET-10]. */
export function withOdds(market: MarketView): MarketView {
  const poolCoins = market.selections.reduce((sum, selection) => sum + selection.stakedCoins, 0)
  return {
    ...market,
    poolCoins,
    selections: market.selections.map((selection) => ({
      ...selection,
      multiplierHundredths: multiplierHundredths(market.oddsMode, poolCoins, selection.stakedCoins),
    })),
  }
}

/** A market with one more stake in it: what the screens show without asking the database again. */
export function withStake(market: MarketView, targetId: string, amount: number): MarketView {
  return withOdds({
    ...market,
    selections: market.selections.map((selection) =>
      selection.targetId === targetId
        ? { ...selection, stakedCoins: selection.stakedCoins + amount, betCount: selection.betCount + 1 }
        : selection,
    ),
  })
}

/** What one coin on a target would pay, in hundredths, rounded down; null while nothing is staked on it. */
function multiplierHundredths(oddsMode: OddsMode, poolCoins: number, stakedCoins: number): number | null {
  if (oddsMode === "FIXED") return FIXED_HUNDREDTHS
  return stakedCoins === 0 ? null : shareDown(100, poolCoins, stakedCoins)
}
