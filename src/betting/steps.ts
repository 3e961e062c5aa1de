import { and, eq, inArray, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { bets, bettingMarkets, bettingSelections } from "@/db/schema/betting"
import { partyUsers } from "@/db/schema/party"
import { ledgerTransfers } from "@/db/schema/wallet"
import { one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { house, potOf, walletOf, type Account } from "@/wallet/accounts"
import { repayDebts, transfer, type Balance, type Transfer } from "@/wallet/steps"
import { payoutsFor, type OddsMode } from "./payouts"
import type { Market } from "./queries"
import type { BettingRefusal } from "./refusals"
import { planReversal } from "./reversal"

/** Opens the one market of a race with these drivers to back [BET-1] [BET-6]. */
export async function openMarket(
  tx: Tx,
  market: { partyId: string; gameId: string; oddsMode: OddsMode; now: Date; targetIds: readonly string[] },
): Promise<void> {
  const { partyId, gameId, oddsMode, now } = market
  const opened = one(
    await tx
      .insert(bettingMarkets)
      .values({ partyId, gameId, oddsMode, status: "OPEN", openedAt: now })
      .returning({ id: bettingMarkets.id }),
  )
  if (market.targetIds.length === 0) return
  await tx
    .insert(bettingSelections)
    .values(market.targetIds.map((targetUserId) => ({ marketId: opened.id, targetUserId })))
}

/** One more driver to back, while the market of this race is open; nothing otherwise. */
export async function addSelection(tx: Tx, gameId: string, targetUserId: string): Promise<void> {
  const open = await tx
    .select({ id: bettingMarkets.id })
    .from(bettingMarkets)
    .where(and(eq(bettingMarkets.gameId, gameId), eq(bettingMarkets.status, "OPEN")))
  if (!open[0]) return
  await tx.insert(bettingSelections).values({ marketId: open[0].id, targetUserId }).onConflictDoNothing()
}

/** Takes a driver out of the market unless somebody backed them. @returns whether the driver is out. */
export async function removeSelection(tx: Tx, gameId: string, targetUserId: string): Promise<boolean> {
  const backed = await tx
    .select({ id: bets.id })
    .from(bets)
    .where(and(eq(bets.gameId, gameId), eq(bets.targetUserId, targetUserId)))
    .limit(1)
  if (backed.length > 0) return false
  await tx.execute(sql`
    delete from ${bettingSelections} using ${bettingMarkets}
    where ${bettingSelections.marketId} = ${bettingMarkets.id}
      and ${bettingMarkets.gameId} = ${gameId} and ${bettingSelections.targetUserId} = ${targetUserId}`)
  return true
}

/** The green flag: no more bets [BET-2]. */
export async function closeMarket(tx: Tx, gameId: string, now: Date): Promise<void> {
  await tx
    .update(bettingMarkets)
    .set({ status: "CLOSED", closedAt: now })
    .where(and(eq(bettingMarkets.gameId, gameId), eq(bettingMarkets.status, "OPEN")))
}

export type Settlement = {
  readonly marketId: string
  /** Who backed the winner: what all their bets paid (coins) and the purse after it, most first. */
  readonly winners: readonly { guestId: string; name: string; payout: number; walletBalance: number }[]
  /** Every guest whose purse is another than before, winners included; `delta` is what was added, in coins. */
  readonly changed: readonly { guestId: string; walletBalance: number; delta: number }[]
}

/**
 * Pays the bets on the winner and closes the books of this market, in the caller's transaction [BET-11] [BET-16].
 * A market that was settled before is settled anew when the winner changed: earlier payouts are taken back by
 * reversing transfers, new ones are paid first, so that a guest owes only what remains [BET-13].
 */
export async function settleMarket(
  tx: Tx,
  facts: { partyId: string; gameId: string; winnerId: string; winnerName: string; now: Date; occasion: number },
): Promise<Result<Settlement, BettingRefusal>> {
  const market = (await tx.select().from(bettingMarkets).where(eq(bettingMarkets.gameId, facts.gameId)))[0]
  if (!market || market.status === "OPEN") throw new Error(`market of ${facts.gameId} is not closed`)
  if (market.status === "VOID") return refuse("market_void")
  if (market.settlement > 0 && market.winnerId === facts.winnerId) return refuse("nothing_to_resettle")

  const before = await pursesOfBettors(tx, market.id)
  const settlement = market.settlement + 1
  const paid = await payBets(tx, market, { ...facts, settlement })
  if (market.settlement > 0) await takeBack(tx, market, facts)
  const credited = await pursesOfBettors(tx, market.id)
  const purses = await repayDebts(tx, facts.partyId, facts.now, toBalances(credited), `${facts.occasion}`)
  await tx
    .update(bettingMarkets)
    .set({ status: "SETTLED", winnerId: facts.winnerId, settlement, settledAt: facts.now })
    .where(eq(bettingMarkets.id, market.id))
  return ok(settlementOf(market.id, before, purses, paid))
}

/** Every stake back to its bettor, whatever the odds mode [BET-15]. @returns the purses that changed. */
export async function voidMarket(
  tx: Tx,
  facts: { partyId: string; gameId: string; now: Date },
): Promise<{ guestId: string; walletBalance: number; delta: number }[]> {
  const market = (await tx.select().from(bettingMarkets).where(eq(bettingMarkets.gameId, facts.gameId)))[0]
  if (!market) return []
  const before = await pursesOfBettors(tx, market.id)
  const pending = await tx.select().from(bets).where(and(eq(bets.marketId, market.id), eq(bets.status, "PENDING")))
  await transfer(
    tx,
    facts.partyId,
    facts.now,
    pending.map((bet) => ({
      from: potOf(market.id),
      to: walletOf(bet.bettorId),
      amount: bet.amount,
      category: "refund",
      cause: `bet:${bet.id}`,
      note: "Race called off",
      idempotencyKey: `refund:${bet.id}`,
    })),
  )
  await tx
    .update(bets)
    .set({ status: "REFUNDED", payout: sql`${bets.amount}`, settledAt: facts.now })
    .where(and(eq(bets.marketId, market.id), eq(bets.status, "PENDING")))
  await tx
    .update(bettingMarkets)
    .set({ status: "VOID", closedAt: market.closedAt ?? facts.now, settledAt: facts.now })
    .where(eq(bettingMarkets.id, market.id))
  return changesBetween(before, toBalances(await pursesOfBettors(tx, market.id)))
}

type Purse = { guestId: string; name: string; walletBalance: number; vaultBalance: number }
type SettleFacts = { partyId: string; gameId: string; winnerId: string; winnerName: string; now: Date; settlement: number }

async function payBets(tx: Tx, market: Market, facts: SettleFacts): Promise<Map<string, number>> {
  const placed = await tx.select().from(bets).where(eq(bets.marketId, market.id))
  const { rows, houseDelta } = payoutsFor({
    oddsMode: market.oddsMode,
    winnerId: facts.winnerId,
    bets: placed.map((bet) => ({
      id: bet.id,
      bettorId: bet.bettorId,
      targetId: bet.targetUserId,
      amount: bet.amount,
    })),
  })
  await transfer(tx, facts.partyId, facts.now, [
    ...balancingTransfers(market.id, houseDelta, facts.settlement),
    ...rows.filter((row) => row.payout > 0).map((row): Transfer => ({
      from: potOf(market.id),
      to: walletOf(row.bettorId),
      amount: row.payout,
      category: row.status === "REFUNDED" ? "refund" : "payout",
      cause: `bet:${row.betId}`,
      note: row.status === "REFUNDED" ? "Nobody backed the winner" : `${facts.winnerName} won`,
      idempotencyKey: `payout:${row.betId}:${facts.settlement}`,
    })),
  ])
  const outcomes = JSON.stringify(rows.map((row) => ({ id: row.betId, status: row.status, payout: row.payout })))
  await tx.execute(sql`
    update ${bets} set status = r.status, payout = r.payout, settled_at = ${facts.now.toISOString()}::timestamptz
    from jsonb_to_recordset(${outcomes}::jsonb) as r(id uuid, status text, payout integer)
    where ${bets.id} = r.id`)
  const paid = new Map<string, number>()
  for (const row of rows) {
    if (row.status === "WON") paid.set(row.bettorId, (paid.get(row.bettorId) ?? 0) + row.payout)
  }
  return paid
}

/** The house takes what the pot has too much, or covers what it lacks, so that the pot ends at zero [BET-7] [BET-8]. */
function balancingTransfers(marketId: string, houseDelta: number, settlement: number): Transfer[] {
  if (houseDelta === 0) return []
  const takes = houseDelta > 0
  return [
    {
      from: takes ? potOf(marketId) : house,
      to: takes ? house : potOf(marketId),
      amount: Math.abs(houseDelta),
      category: takes ? "house_take" : "house_cover",
      cause: `market:${marketId}`,
      note: "Settling",
      idempotencyKey: `house:${marketId}:${settlement}`,
    },
  ]
}

/** Reverses every transfer of the previous settlement; what a wallet lacks becomes a debt [BET-13] [WAL-6]. */
async function takeBack(tx: Tx, market: Market, facts: { partyId: string; now: Date }): Promise<void> {
  const previous = await tx
    .select()
    .from(ledgerTransfers)
    .where(
      and(
        eq(ledgerTransfers.partyId, facts.partyId),
        inArray(ledgerTransfers.idempotencyKey, await settlementKeys(tx, market)),
      ),
    )
  const purses = new Map((await pursesOfBettors(tx, market.id)).map((p) => [p.guestId, p.walletBalance]))
  const reversals = planReversal(
    previous.map((t) => ({ id: t.id, from: t.fromAccount as Account, to: t.toAccount as Account, amount: t.amount })),
    purses,
  )
  await transfer(tx, facts.partyId, facts.now, reversals.map((r) => ({ ...r, cause: `market:${market.id}` })))
}

async function settlementKeys(tx: Tx, market: Market): Promise<string[]> {
  const placed = await tx.select({ id: bets.id }).from(bets).where(eq(bets.marketId, market.id))
  return [`house:${market.id}:${market.settlement}`, ...placed.map((b) => `payout:${b.id}:${market.settlement}`)]
}

async function pursesOfBettors(tx: Tx, marketId: string): Promise<Purse[]> {
  const bettors = tx.selectDistinct({ id: bets.bettorId }).from(bets).where(eq(bets.marketId, marketId))
  return tx
    .select({
      guestId: partyUsers.id,
      name: partyUsers.name,
      walletBalance: partyUsers.walletBalance,
      vaultBalance: partyUsers.vaultBalance,
    })
    .from(partyUsers)
    .where(inArray(partyUsers.id, bettors))
}

const toBalances = (purses: readonly Purse[]): Balance[] =>
  purses.map(({ guestId, walletBalance, vaultBalance }) => ({ guestId, walletBalance, vaultBalance }))

function changesBetween(before: readonly Purse[], after: readonly Balance[]) {
  const earlier = new Map(before.map((purse) => [purse.guestId, purse.walletBalance]))
  return after
    .map(({ guestId, walletBalance }) => ({
      guestId,
      walletBalance,
      delta: walletBalance - (earlier.get(guestId) ?? walletBalance),
    }))
    .filter((change) => change.delta !== 0)
}

function settlementOf(
  marketId: string,
  before: readonly Purse[],
  after: readonly Balance[],
  paid: ReadonlyMap<string, number>,
): Settlement {
  const names = new Map(before.map((purse) => [purse.guestId, purse.name]))
  const winners = after
    .map(({ guestId, walletBalance }) => ({
      guestId,
      name: names.get(guestId) ?? "",
      payout: paid.get(guestId) ?? 0,
      walletBalance,
    }))
    .filter((winner) => winner.payout > 0)
    .sort((a, b) => b.payout - a.payout)
  return { marketId, winners, changed: changesBetween(before, after) }
}
