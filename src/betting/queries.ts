import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { bets, bettingMarkets, bettingSelections } from "@/db/schema/betting"
import { partyUsers } from "@/db/schema/party"
import { ok } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { withOdds } from "./odds"
import type { BetView, MarketView } from "./view"

export type Market = typeof bettingMarkets.$inferSelect

/** A market with what is staked on whom; what bets are decided by and what everybody sees. */
export async function marketsWhere(db: Db | Tx, condition: SQL | undefined): Promise<MarketView[]> {
  const rows = await db
    .select({
      market: bettingMarkets,
      targetId: bettingSelections.targetUserId,
      targetName: partyUsers.name,
      stakedCoins: sql<number>`coalesce((select sum(${bets.amount}) from ${bets} where ${bets.marketId} = ${bettingMarkets.id} and ${bets.targetUserId} = ${bettingSelections.targetUserId}), 0)::integer`,
      betCount: sql<number>`(select count(*) from ${bets} where ${bets.marketId} = ${bettingMarkets.id} and ${bets.targetUserId} = ${bettingSelections.targetUserId})::integer`,
    })
    .from(bettingMarkets)
    .leftJoin(bettingSelections, eq(bettingSelections.marketId, bettingMarkets.id))
    .leftJoin(partyUsers, eq(partyUsers.id, bettingSelections.targetUserId))
    .where(condition)
    .orderBy(desc(bettingMarkets.openedAt), asc(bettingMarkets.id), asc(partyUsers.createdAt), asc(partyUsers.id))
  const views = new Map<string, MarketView>()
  for (const { market, targetId, targetName, stakedCoins, betCount } of rows) {
    const view = views.get(market.id) ?? emptyMarketView(market)
    views.set(market.id, view)
    if (targetId === null || targetName === null) continue
    view.selections.push({ targetId, targetName, stakedCoins, betCount, multiplierHundredths: null })
  }
  return [...views.values()].map(withOdds)
}

/** The market of a race, as everyone sees it; undefined while betting never opened. */
export async function marketOf(db: Db | Tx, gameId: string): Promise<MarketView | undefined> {
  return (await marketsWhere(db, eq(bettingMarkets.gameId, gameId)))[0]
}

/** The markets of these races. */
export async function marketsOf(db: Db | Tx, gameIds: readonly string[]): Promise<MarketView[]> {
  return gameIds.length === 0 ? [] : marketsWhere(db, inArray(bettingMarkets.gameId, [...gameIds]))
}

function emptyMarketView(market: Market): MarketView {
  return {
    marketId: market.id,
    gameId: market.gameId,
    status: market.status,
    oddsMode: market.oddsMode,
    poolCoins: 0,
    winnerId: market.winnerId,
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
      ? and(eq(bettingMarkets.partyId, partyId), eq(bettingMarkets.gameId, gameId))
      : and(eq(bettingMarkets.partyId, partyId), eq(bettingMarkets.status, "OPEN")),
  )
}

export const userBets = query({
  name: "userBets",
  who: "guest",
  input: nothing,
  run: async ({ db, actor }) => ok({ bets: await betsOfGuest(db, actor.guest.id) }),
})
