/** What a session brought one player, in coins; earned is wallet and vault together, a lent fee is spent [QF-S14]. */
export type Balance = { readonly playerId: string; readonly earnedCoins: number; readonly spentCoins: number }

export type Ranked = { readonly playerId: string; readonly netCoins: number; readonly rank: number }

/** The session's ranking by net coins, best first [QF-S14]. Equal nets share the rank, and the next rank counts them all: 1, 1, 3. */
export function rankingOf(balances: readonly Balance[]): Ranked[] {
  const nets = balances.map(({ playerId, earnedCoins, spentCoins }) => ({ playerId, netCoins: earnedCoins - spentCoins }))
  return nets
    .map((one) => ({ ...one, rank: 1 + nets.filter(({ netCoins }) => netCoins > one.netCoins).length }))
    .sort((one, other) => one.rank - other.rank)
}
