import { and, asc, eq, gt, isNull, lte, notExists, or, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { partyImposterSettings } from "@/db/schema/imposter"
import { parties } from "@/db/schema/party"
import type { Settings } from "./settings-queries"
import { fillLeaseMs, fillWaitMs, longestFillWaitMs } from "./word-stock"

/** A stock somebody has promised to look after until `lease`. */
export type Claimed = { readonly settings: Settings; readonly lease: Date }

/** Gives every open party its settings, so that the first round finds a stock as well. */
export async function beginStocks(db: Db, now: Date): Promise<void> {
  const without = db
    .select({ partyId: parties.id, fillDueAt: sql<Date>`${now.toISOString()}::timestamptz`.as("fill_due_at") })
    .from(parties)
    .where(
      and(
        eq(parties.status, "OPEN"),
        notExists(db.select({ one: sql`1` }).from(partyImposterSettings).where(eq(partyImposterSettings.partyId, parties.id))),
      ),
    )
  for (const { partyId } of await without) {
    await db.insert(partyImposterSettings).values({ partyId, fillDueAt: now }).onConflictDoNothing()
  }
}

/** The stock that waits longest to be looked at, for this caller alone until the lease ends; null when none is due. */
export async function claimStock(db: Db, now: Date): Promise<Claimed | null> {
  // Nobody waits that long: the clock was set back.
  const isOutOfTime = gt(partyImposterSettings.fillDueAt, new Date(now.getTime() + longestFillWaitMs))
  const lease = new Date(now.getTime() + fillLeaseMs)
  const due = db
    .select({ partyId: partyImposterSettings.partyId })
    .from(partyImposterSettings)
    .innerJoin(parties, eq(parties.id, partyImposterSettings.partyId))
    .where(and(eq(parties.status, "OPEN"), or(lte(partyImposterSettings.fillDueAt, now), isOutOfTime)))
    .orderBy(asc(partyImposterSettings.fillDueAt))
    .limit(1)
    .for("update", { of: partyImposterSettings, skipLocked: true })
  const rows = await db
    .update(partyImposterSettings)
    .set({ fillDueAt: lease })
    .where(eq(partyImposterSettings.partyId, sql`(${due})`))
    .returning()
  return rows[0] ? { settings: rows[0], lease } : null
}

/** Nothing to do until a word is taken. Whoever changed the topic meanwhile is not overruled. */
export async function stockIsFull(db: Db | Tx, { settings, lease }: Claimed): Promise<void> {
  await db.update(partyImposterSettings).set({ fillDueAt: null, fillFailures: 0 }).where(stillClaimed(settings.partyId, lease))
}

/** The model did not help; another try comes later [IMP-7]. */
export async function stockFailed(db: Db, { settings, lease }: Claimed, now: Date): Promise<void> {
  const fillFailures = settings.fillFailures + 1
  await db
    .update(partyImposterSettings)
    .set({ fillFailures, fillDueAt: new Date(now.getTime() + fillWaitMs(fillFailures)) })
    .where(stillClaimed(settings.partyId, lease))
}

/** A word was taken: the stock wants to be looked at. */
export async function stockWasUsed(tx: Tx, partyId: string, now: Date): Promise<void> {
  await tx
    .update(partyImposterSettings)
    .set({ fillDueAt: now })
    .where(and(eq(partyImposterSettings.partyId, partyId), isNull(partyImposterSettings.fillDueAt)))
}

function stillClaimed(partyId: string, lease: Date) {
  return and(eq(partyImposterSettings.partyId, partyId), eq(partyImposterSettings.fillDueAt, lease))
}
