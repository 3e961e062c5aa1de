import { desc, eq, sql, type SQL } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { bets, type bettingMarkets } from "@/db/schema/betting"
import { partyUsers } from "@/db/schema/party"
import { ok } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { withOdds } from "./odds"
import type { BetView, MarketView } from "./view"

export type Market = typeof bettingMarkets.$inferSelect

type MarketRow = {
  id: string
  game_id: string
  status: Market["status"]
  odds_mode: Market["oddsMode"]
  winner_id: string | null
  target_id: string | null
  target_name: string | null
  staked_coins: number
  bet_count: number
}

/**
 * Markets with what is staked on whom: what bets are decided by and what everybody sees. `condition` speaks of `m`.
 * One statement, by hand: every bet waits for it, and the query builder's own work took longer than Postgres'.
 */
async function marketsWhere(db: Db | Tx, condition: SQL): Promise<MarketView[]> {
  const result = await db.execute<MarketRow>(sql`
    select m.id, m.game_id, m.status, m.odds_mode, m.winner_id, s.target_user_id as target_id, u.name as target_name,
      coalesce(b.staked_coins, 0) as staked_coins, coalesce(b.bet_count, 0) as bet_count
    from betting_markets m
    left join betting_selections s on s.market_id = m.id
    left join party_users u on u.id = s.target_user_id
    left join lateral (
      select target_user_id, sum(amount)::integer as staked_coins, count(*)::integer as bet_count
      from bets where market_id = m.id group by target_user_id) b on b.target_user_id = s.target_user_id
    where ${condition}
    order by m.opened_at desc, m.id, u.created_at, u.id`)
  const views = new Map<string, MarketView>()
  for (const row of result.rows) {
    const view = views.get(row.id) ?? emptyMarketView(row)
    views.set(row.id, view)
    if (row.target_id === null || row.target_name === null) continue
    view.selections.push({
      targetId: row.target_id,
      targetName: row.target_name,
      stakedCoins: row.staked_coins,
      betCount: row.bet_count,
      multiplierHundredths: null,
    })
  }
  return [...views.values()].map(withOdds)
}

/** The market of a race, as everyone sees it; undefined while betting never opened. */
export async function marketOf(db: Db | Tx, gameId: string): Promise<MarketView | undefined> {
  return (await marketsWhere(db, sql`m.game_id = ${gameId}`))[0]
}

/** The markets of these races. */
export async function marketsOf(db: Db | Tx, gameIds: readonly string[]): Promise<MarketView[]> {
  return gameIds.length === 0 ? [] : marketsWhere(db, sql`m.game_id = any(${`{${gameIds.join(",")}}`}::uuid[])`)
}

function emptyMarketView(market: MarketRow): MarketView {
  return {
    marketId: market.id,
    gameId: market.game_id,
    status: market.status,
    oddsMode: market.odds_mode,
    poolCoins: 0,
    winnerId: market.winner_id,
    selections: [],
  }
}

/** A guest's newest bets, at most 100, newest first. */
export async function betsOfGuest(db: Db | Tx, guestId: string): Promise<BetView[]> {
  const rows = await db
    .select({ bet: bets, targetName: partyUsers.name })
    .from(bets)
    .innerJoin(partyUsers, eq(partyUsers.id, bets.targetUserId))
    .where(eq(bets.bettorId, guestId))
    .orderBy(desc(bets.createdAt), desc(bets.id))
    .limit(100)
  return rows.map(({ bet, targetName }) => ({
    id: bet.id,
    gameId: bet.gameId,
    targetUserId: bet.targetUserId,
    targetName,
    amount: bet.amount,
    status: bet.status,
    payout: bet.payout,
    createdAt: bet.createdAt.toISOString(),
    settledAt: bet.settledAt?.toISOString() ?? null,
  }))
}

/** Open markets of a party in which this guest can be backed. */
export function openMarketsFor(db: Db | Tx, partyId: string, gameId: string | undefined): Promise<MarketView[]> {
  return marketsWhere(
    db,
    gameId
      ? sql`m.party_id = ${partyId} and m.game_id = ${gameId}`
      : sql`m.party_id = ${partyId} and m.status = 'OPEN'`,
  )
}

export const userBets = query({
  name: "userBets",
  who: "guest",
  input: nothing,
  run: async ({ db, actor }) => ok({ bets: await betsOfGuest(db, actor.guest.id) }),
})
