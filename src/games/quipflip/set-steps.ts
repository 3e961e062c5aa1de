import { and, eq, inArray, sql } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { quipflipPhrasesets } from "@/db/schema/quipflip"
import { assert, one } from "@/kernel/assert"
import type { Transfer } from "@/wallet/steps"
import { poolBase } from "./prize-pool"
import { phrasesetRoles } from "./roles"
import { paidIn, settledSetOf, writtenOf, type EngineSet, type Sheet } from "./round-sheet"
import { endRounds } from "./round-steps"
import { poolTransfers, settlementOf, settlementTransfers } from "./transfers"

/** Makes a set of a prompt whose both copies are written [QF-E3] [QF-N4]. @returns it, and what fills its pot, to be booked. */
export async function openSet(tx: Tx, now: Date, { prompt, copies }: Sheet): Promise<{ set: EngineSet; transfers: Transfer[] }> {
  const [first, second] = copies
  assert(first?.status === "SUBMITTED" && second?.status === "SUBMITTED", `prompt ${prompt.roundId} lacks a copy`)
  const hasOneCopier = first.playerId !== null && first.playerId === second.playerId
  const poolBaseCoins = poolBase({ hasOneCopier })
  const set = one(
    await tx
      .insert(quipflipPhrasesets)
      .values({
        partyId: prompt.partyId,
        sessionId: prompt.sessionId,
        status: "VOTING",
        promptRoundId: prompt.roundId,
        copy1RoundId: first.roundId,
        copy2RoundId: second.roundId,
        poolBaseCoins,
        createdAt: now,
      })
      .returning(),
  )
  const rounds = [prompt, first, second].map((round) => paidIn({ prompt, copies, set, votes: [] }, round))
  return { set, transfers: poolTransfers({ poolBaseCoins, rounds }) }
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

/** What each phrase has brought, gross, on its round. */
async function noteEarnings(tx: Tx, sheets: readonly Sheet[]): Promise<void> {
  const earned = sheets.flatMap((sheet) => {
    const { shares } = settlementOf(settledSetOf(sheet))
    const written = writtenOf(sheet)
    return phrasesetRoles.map((role) => ({ id: written[role].roundId, coins: shares[role] }))
  })
  await tx.execute(sql`
    update quipflip_rounds r set earned_coins = e.coins
    from jsonb_to_recordset(${JSON.stringify(earned)}::jsonb) as e(id uuid, coins integer) where r.round_id = e.id`)
}
