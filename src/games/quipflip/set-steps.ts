import { and, eq, inArray, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { quipflipPhrasesets } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import type { Transfer } from "@/wallet/steps"
import { poolBase } from "./prize-pool"
import { phrasesetRoles } from "./roles"
import { paidIn, settledSetOf, writtenOf, type EngineRound, type EngineSet, type Sheet } from "./round-sheet"
import { endRounds } from "./round-steps"
import { poolTransfers, settlementOf, settlementTransfers } from "./transfers"

type Copied = Pick<Sheet, "prompt" | "copies">

/** Makes sets of prompts whose both copies are written [QF-E3] [QF-N4]. @returns them, and what fills their pots, to be booked. */
export async function openSets(tx: Tx, now: Date, sheets: readonly Copied[]): Promise<{ sets: EngineSet[]; transfers: Transfer[] }> {
  if (sheets.length === 0) return { sets: [], transfers: [] }
  const sets = await tx.insert(quipflipPhrasesets).values(sheets.map((sheet) => newSet(sheet, now))).returning()
  const transfers = sheets.flatMap((sheet) => {
    const rounds = [sheet.prompt, ...bothCopies(sheet)].map((round) => paidIn(sheet, round))
    return poolTransfers({ poolBaseCoins: baseOf(sheet), rounds })
  })
  return { sets, transfers }
}

function newSet(sheet: Copied, now: Date): typeof quipflipPhrasesets.$inferInsert {
  const { prompt } = sheet
  const [first, second] = bothCopies(sheet)
  return {
    partyId: prompt.partyId,
    sessionId: prompt.sessionId,
    status: "VOTING",
    promptRoundId: prompt.roundId,
    copy1RoundId: first.roundId,
    copy2RoundId: second.roundId,
    poolBaseCoins: baseOf(sheet),
    createdAt: now,
  }
}

/** The house that writes both is no player who bought the second. */
function baseOf(sheet: Copied): number {
  const [first, second] = bothCopies(sheet)
  return poolBase({ hasOneCopier: first.playerId !== null && first.playerId === second.playerId })
}

function bothCopies({ prompt, copies }: Copied): [EngineRound, EngineRound] {
  const [first, second] = copies
  assert(first?.status === "SUBMITTED" && second?.status === "SUBMITTED", `prompt ${prompt.roundId} lacks a copy`)
  return [first, second]
}

/**
 * Makes sets final and pays their writers [QF-E7]; a vote that still runs gets its fee back [QF-E11]. Only who turns the
 * status pays, so that twice is impossible. Right votes have been paid when they were cast.
 * @returns what is to be booked.
 */
export async function finalizeSets(tx: Tx, now: Date, sheets: readonly Sheet[]): Promise<Transfer[]> {
  const turned = await turnFinal(tx, now, sheets.flatMap(({ set }) => set?.phrasesetId ?? []))
  const final = sheets.filter(({ set }) => set !== null && turned.has(set.phrasesetId))
  if (final.length === 0) return []
  await noteEarnings(tx, final)
  const running = final.flatMap((sheet) =>
    sheet.votes.filter(({ status }) => status === "ACTIVE").map((round) => ({ round, sheet, reason: "SET_FINAL" as const })),
  )
  const refunds = await endRounds(tx, now, running)
  return [...final.flatMap((sheet) => settlementTransfers(settledSetOf(sheet))), ...refunds]
}

async function turnFinal(tx: Tx, now: Date, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .update(quipflipPhrasesets)
    .set({ status: "FINALIZED", finalizedAt: now })
    .where(and(inArray(quipflipPhrasesets.phrasesetId, [...ids]), eq(quipflipPhrasesets.status, "VOTING")))
    .returning({ id: quipflipPhrasesets.phrasesetId })
  return new Set(rows.map(({ id }) => id))
}

/** A set's three rounds with what each has brought, gross. */
export function earnedBy(sheet: Sheet): EngineRound[] {
  const { shares } = settlementOf(settledSetOf(sheet))
  const written = writtenOf(sheet)
  return phrasesetRoles.map((role) => ({ ...written[role], earnedCoins: shares[role] }))
}

async function noteEarnings(tx: Tx, sheets: readonly Sheet[]): Promise<void> {
  const earned = sheets.flatMap(earnedBy).map(({ roundId, earnedCoins }) => ({ id: roundId, coins: earnedCoins }))
  await tx.execute(sql`
    update quipflip_rounds r set earned_coins = e.coins
    from jsonb_to_recordset(${JSON.stringify(earned)}::jsonb) as e(id uuid, coins integer) where r.round_id = e.id`)
}
