import { eq } from "drizzle-orm"
import type { Tx } from "@/db/client"
import { quipflipRounds } from "@/db/schema/quipflip"
import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { flagInput, soloRoundInput } from "./input"
import { book } from "./money-steps"
import type { QuipflipRefusal } from "./refusals"
import { sheetOfPrompt } from "./round-queries"
import type { Sheet } from "./round-sheet"
import { endRounds, type Ending } from "./round-steps"
import { flaggedIn } from "./solo-queries"
import { announceQueue, playableRound } from "./solo-steps"
import type { FlaggedPhraseView } from "./solo-view"
import { roundNotes } from "./transfers"

/** Who copies an original that should not be shown hands it to the host instead [QF-E10]. */
export const flagPhrase = command({
  name: "flagPhrase",
  who: "guest",
  input: soloRoundInput,
  async run(context, { roundId }): Promise<Result<{ roundId: string; walletBalance: number }, QuipflipRefusal>> {
    const { tx, actor, now } = context
    const { guest } = actor
    const own = await playableRound(context.tx, context.now, guest.id, roundId)
    if (!own.ok) return own
    const { round, sheet } = own.value
    if (round.roundType !== "COPY") return refuse("round_not_found")
    const transfers = await endRounds(tx, now, [{ round, sheet, reason: "FLAGGED" }])
    if (sheet.prompt.flaggedAt === null) await markFlag(tx, sheet.prompt.roundId, { flaggedAt: now, flaggedById: guest.id })
    const wallets = await book(context, transfers, roundNotes.COPY)
    await announceQueue(context)
    return ok({ roundId, walletBalance: wallets.get(guest.id) ?? guest.walletBalance })
  },
})

/** The host's word: the phrase waits again, or it is gone and everybody in it is paid back [QF-E10]. */
export const decideFlag = command({
  name: "decideFlag",
  who: "host",
  input: flagInput,
  async run(context, { promptRoundId, isKept }): Promise<Result<{ phrases: FlaggedPhraseView[] }, QuipflipRefusal>> {
    const { tx, party, now } = context
    const sheet = await sheetOfPrompt(tx, party.id, promptRoundId)
    if (!sheet || !isFlagged(sheet)) return refuse("not_flagged")
    if (isKept) await markFlag(tx, promptRoundId, { flaggedAt: null, flaggedById: null })
    else await book(context, await endRounds(tx, now, removalOf(sheet)), "Quipflip phrase removed")
    await announceQueue(context)
    return ok({ phrases: await flaggedIn(tx, party.id) })
  },
})

function isFlagged({ prompt, set }: Sheet): boolean {
  return prompt.flaggedAt !== null && prompt.status === "SUBMITTED" && prompt.sessionId === null && set === null
}

function removalOf(sheet: Sheet): Ending[] {
  const copies = sheet.copies.map((round): Ending => ({ round, sheet, reason: "FLAGGED" }))
  return [{ round: sheet.prompt, sheet, reason: "REMOVED" }, ...copies]
}

async function markFlag(tx: Tx, promptRoundId: string, flag: { flaggedAt: Date | null; flaggedById: string | null }): Promise<void> {
  await tx.update(quipflipRounds).set(flag).where(eq(quipflipRounds.roundId, promptRoundId))
}
