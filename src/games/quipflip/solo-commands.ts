import { eq } from "drizzle-orm"
import { promptDeck } from "@/ai/prompt-deck/prompt-deck"
import { quipflipPhrasesets } from "@/db/schema/quipflip"
import { ok, refuse, type Result } from "@/kernel/result"
import type { GuestActor } from "@/party/actor"
import { command, type CommandContext } from "@/party/command"
import { decideCopy } from "./eligibility"
import { copyFee, promptFeeCoins, secondCopyFeeCoins, voteFeeCoins } from "./fees"
import { finalAt } from "./finalizing"
import { beginSoloRoundInput, secondCopyInput, soloRoundInput, submitSoloRoundInput } from "./input"
import { demandHeldAgainst, heldAgainstNothing, holdAgainst, withoutMeaning, type HeldAgainst } from "./meaning-steps"
import { book, type Table } from "./money-steps"
import { normalisePhrase } from "./phrase"
import { checkCopy, checkPrompt, type CopiedTexts } from "./phrase-rules"
import { phraseStandard } from "./phrase-standard-queries"
import { rightVoteCoins } from "./prize-pool"
import type { QuipflipRefusal } from "./refusals"
import { phrasesetRoles } from "./roles"
import { liveSheets, sheetOfPrompt } from "./round-queries"
import { castVotes, paidIn, waitsForCopy, withRound, writtenOf, type EngineRound, type Sheet } from "./round-sheet"
import { endRounds, submitRound } from "./round-steps"
import { finalizeSets, openSets } from "./set-steps"
import { seenPrompts } from "./session-queries"
import { promptsToCopy, promptToWrite, setsToVoteOn } from "./solo-dealing"
import { announceQueue, begin, playableRound, readyToBegin, type Dealt, type Ready } from "./solo-steps"
import { queueCounts } from "./solo-view"
import { rightVoteTransfers, roundNotes } from "./transfers"
import type { OpenRoundView } from "./view"

const mostSeed = 2 ** 31 - 1

type Own = { readonly round: EngineRound; readonly sheet: Sheet }
type BeginAnswer = Promise<Result<{ round: OpenRoundView; walletBalance: number }, QuipflipRefusal>>

/** What a submission came to. Coins. `isRight` is null for a phrase [QF-E14]. */
export type Submitted = { roundId: string; isRight: boolean | null; earnedCoins: number; walletBalance: number }
type SubmitAnswer = Promise<Result<Submitted, QuipflipRefusal>>

/** A prompt, a copy or a vote from what waits, for its fee [QF-E1] [QF-E9]. */
export const beginSoloRound = command({
  name: "beginSoloRound",
  who: "guest",
  input: beginSoloRoundInput,
  async run(context, { type }): BeginAnswer {
    const { guest } = context.actor
    const ready = await readyToBegin(context, guest.id)
    if (!ready.ok) return ready
    const dealt = await deal[type](context, ready.value)
    return dealt.ok ? begin(context, guest, ready.value, dealt.value) : dealt
  },
})

type Dealing = (context: CommandContext<"guest", undefined>, ready: Ready) => Promise<Result<Dealt, QuipflipRefusal>>

const deal: Readonly<Record<EngineRound["roundType"], Dealing>> = {
  async PROMPT({ tx, party, random }) {
    const promptText = promptToWrite(promptDeck, await seenPrompts(tx, party.id), party.familyFilter, random)
    return promptText === null ? refuse("no_prompts_available") : ok({ kind: "PROMPT", feeCoins: promptFeeCoins, promptText })
  },
  async COPY({ tx, party, actor }, { givenBack }) {
    const live = await liveSheets(tx, party.id)
    const sheet = promptsToCopy(live, actor.guest.id, givenBack)[0]
    if (!sheet) return refuse("no_prompts_available")
    const feeCoins = copyFee({ waitingPromptCount: queueCounts(live).waitingPrompts, isSecondCopy: false })
    return ok({ kind: "COPY", feeCoins, sheet, slot: freeSlot(sheet) })
  },
  async VOTE({ tx, party, actor, now, random }) {
    const sheet = setsToVoteOn(await liveSheets(tx, party.id), actor.guest.id, now)[0]
    if (!sheet) return refuse("no_phrasesets_available")
    return ok({ kind: "VOTE", feeCoins: voteFeeCoins, sheet, seed: random.int(0, mostSeed) })
  },
}

/** The other copy of a prompt one has copied, while it is free [QF-E4]. */
export const beginSecondCopy = command({
  name: "beginSecondCopy",
  who: "guest",
  input: secondCopyInput,
  async run(context, { promptRoundId }): BeginAnswer {
    const { tx, party, actor } = context
    const ready = await readyToBegin(context, actor.guest.id)
    if (!ready.ok) return ready
    const sheet = await sheetOfPrompt(tx, party.id, promptRoundId)
    if (!sheet || sheet.prompt.status !== "SUBMITTED" || sheet.prompt.sessionId !== null) return refuse("round_not_found")
    const takenBy = sheet.copies.map(({ playerId }) => playerId ?? "")
    const may = decideCopy({ copierId: actor.guest.id, authorId: sheet.prompt.playerId ?? "", takenBy, isSecondCopy: true })
    if (!may.ok) return may
    if (!waitsForCopy(sheet)) return refuse("no_prompts_available")
    return begin(context, actor.guest, ready.value, { kind: "COPY", feeCoins: secondCopyFeeCoins, sheet, slot: freeSlot(sheet), isSecondCopy: true })
  },
})

function freeSlot({ copies }: Sheet): number {
  return copies.some(({ slot }) => slot === 1) ? 2 : 1
}

/** The phrase of a prompt or a copy, or the phrase a vote is for [QF-E1] [QF-P12] [QF-N7]. */
export const submitSoloRound = command({
  name: "submitSoloRound",
  who: "guest",
  input: submitSoloRoundInput,
  atHand: withoutMeaning,
  async prepare(context, { roundId, phrase }): Promise<Result<HeldAgainst, QuipflipRefusal>> {
    const own = await playableRound(context.db, context.now, context.actor.guest.id, roundId)
    if (!own.ok || own.value.round.roundType !== "COPY") return ok(heldAgainstNothing)
    return holdAgainst(context, { typed: phrase, texts: copiedTexts(own.value), expiresAt: own.value.round.expiresAt })
  },
  async run(context, { roundId, phrase }): SubmitAnswer {
    const own = await playableRound(context.tx, context.now, context.actor.guest.id, roundId)
    if (!own.ok) return own
    return submit[own.value.round.roundType](context, context.actor, own.value, phrase)
  },
})

/** What a copy must keep away from. */
function copiedTexts(own: Own): CopiedTexts {
  const { prompt } = own.sheet
  return { original: prompt.phrase ?? "", otherCopy: otherCopyOf(own)?.phrase ?? null, prompt: prompt.promptText ?? "" }
}

function otherCopyOf({ round, sheet }: Own): EngineRound | undefined {
  return sheet.copies.find(({ roundId, status }) => roundId !== round.roundId && status === "SUBMITTED")
}

type Submitting = (context: CommandContext<"guest", HeldAgainst>, actor: GuestActor, own: Own, typed: string) => SubmitAnswer

const submit: Readonly<Record<EngineRound["roundType"], Submitting>> = {
  async PROMPT(table, { guest }, { round }, typed) {
    const phrase = checkPrompt(typed, round.promptText ?? "", await phraseStandard(table.party))
    if (!phrase.ok) return phrase
    await submitRound(table.tx, round.roundId, table.now, { phrase: phrase.value })
    await announceQueue(table)
    return ok({ roundId: round.roundId, isRight: null, earnedCoins: 0, walletBalance: guest.walletBalance })
  },
  async COPY(context, { guest }, own, typed) {
    const { tx, party, now } = context
    const { round, sheet } = own
    const texts = copiedTexts(own)
    const phrase = checkCopy(typed, texts, await phraseStandard(party))
    if (!phrase.ok) return phrase
    demandHeldAgainst(context, texts)
    const written = await submitRound(tx, round.roundId, now, { phrase: phrase.value })
    if (otherCopyOf(own)) {
      const { transfers } = await openSets(tx, now, [withRound(sheet, written)])
      await book(context, transfers, roundNotes.COPY)
      await announceQueue(context)
    }
    return ok({ roundId: round.roundId, isRight: null, earnedCoins: 0, walletBalance: guest.walletBalance })
  },
  async VOTE(table, { guest }, { round, sheet }, typed) {
    const { tx, now } = table
    const written = writtenOf(sheet)
    const choice = phrasesetRoles.find((role) => written[role].phrase === normalisePhrase(typed))
    if (!choice) return refuse("choice_unknown")
    const isRight = choice === "ORIGINAL"
    const earnedCoins = isRight ? rightVoteCoins : 0
    const vote = await submitRound(tx, round.roundId, now, { choice, earnedCoins })
    const voted = withRound(sheet, vote)
    const transfers = [...(isRight ? rightVoteTransfers(paidIn(sheet, vote)) : []), ...(await noteVote(table, voted))]
    const wallets = await book(table, transfers, roundNotes.VOTE)
    return ok({ roundId: round.roundId, isRight, earnedCoins, walletBalance: wallets.get(guest.id) ?? guest.walletBalance })
  },
}

/** A vote more may bring the end nearer, or be the last [QF-N5]. @returns what a set that is final now pays. */
async function noteVote(table: Table, sheet: Sheet) {
  const { tx, now } = table
  const { set } = sheet
  const at = finalAt(castVotes(sheet).flatMap(({ endedAt }) => endedAt ?? []))
  if (set === null || at === null) return []
  if (at.getTime() > now.getTime()) {
    if (at.getTime() !== set.finalAt?.getTime()) await tx.update(quipflipPhrasesets).set({ finalAt: at }).where(eq(quipflipPhrasesets.phrasesetId, set.phrasesetId))
    return []
  }
  const transfers = await finalizeSets(tx, now, [sheet])
  await announceQueue(table)
  return transfers
}

/** Gives a round back: a prompt or a copy brings its fee less 5, a vote nothing [QF-N3]. */
export const abandonSoloRound = command({
  name: "abandonSoloRound",
  who: "guest",
  input: soloRoundInput,
  async run(context, { roundId }): Promise<Result<{ roundId: string; walletBalance: number }, QuipflipRefusal>> {
    const { tx, actor, now } = context
    const own = await playableRound(tx, now, actor.guest.id, roundId)
    if (!own.ok) return own
    const transfers = await endRounds(tx, now, [{ ...own.value, reason: "ABANDONED" }])
    const wallets = await book(context, transfers, roundNotes[own.value.round.roundType])
    if (own.value.round.roundType === "COPY") await announceQueue(context)
    return ok({ roundId, walletBalance: wallets.get(actor.guest.id) ?? actor.guest.walletBalance })
  },
})
