import { and, eq, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { quipflipRounds } from "@/db/schema/quipflip"
import { one } from "@/kernel/assert"
import type { Transfer } from "@/wallet/steps"
import type { UnplayedReason } from "./fees"
import { paidIn, type EngineRound, type Sheet } from "./round-sheet"
import { refundTransfers } from "./transfers"

type NewRound = Omit<typeof quipflipRounds.$inferInsert, "status">

/** Begins a round. Charging its fee is the caller's, in the same transaction [QF-E1]. */
export async function insertRound(tx: Tx, round: NewRound): Promise<EngineRound> {
  return one(await tx.insert(quipflipRounds).values({ ...round, status: "ACTIVE" }).returning())
}

/** Writes down what was submitted for a running round: a phrase, or a choice and what it earned. */
export async function submitRound(
  tx: Tx,
  roundId: string,
  now: Date,
  what: Pick<Partial<EngineRound>, "phrase" | "choice" | "earnedCoins">,
): Promise<EngineRound> {
  return one(
    await tx
      .update(quipflipRounds)
      .set({ ...what, status: "SUBMITTED", endedAt: now })
      .where(and(eq(quipflipRounds.roundId, roundId), eq(quipflipRounds.status, "ACTIVE")))
      .returning(),
  )
}

/** A round that brings nothing any more. */
export type Ending = { readonly round: EngineRound; readonly sheet: Pick<Sheet, "prompt">; readonly reason: UnplayedReason }

const statusAfter: Readonly<Record<UnplayedReason, EngineRound["status"]>> = {
  ABANDONED: "ABANDONED",
  TIMED_OUT: "TIMED_OUT",
  REMOVED: "FLAGGED",
  FLAGGED: "FLAGGED",
  SESSION_ABANDONED: "ABANDONED",
  SET_FINAL: "ABANDONED",
  PARTY_ENDED: "ABANDONED",
}

/** A round as it is once it has ended that way. */
export function ended(round: EngineRound, reason: UnplayedReason, now: Date): EngineRound {
  return { ...round, status: statusAfter[reason], endedAt: now }
}

/** Ends rounds, each once however often it is asked. @returns what comes back of their fees, to be booked. */
export async function endRounds(tx: Tx, now: Date, endings: readonly Ending[]): Promise<Transfer[]> {
  if (endings.length === 0) return []
  const rows = JSON.stringify(endings.map(({ round, reason }) => ({ id: round.roundId, status: statusAfter[reason] })))
  const result = await tx.execute<{ round_id: string }>(sql`
    update quipflip_rounds r set status = e.status, ended_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as e(id uuid, status text)
    where r.round_id = e.id and r.status in ('ACTIVE', 'SUBMITTED')
    returning r.round_id`)
  const turned = new Set(result.rows.map((row) => row.round_id))
  return endings
    .filter(({ round }) => turned.has(round.roundId))
    .flatMap(({ round, sheet, reason }) => refundTransfers(paidIn(sheet, round), reason))
}
