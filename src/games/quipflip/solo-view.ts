import { assert } from "@/kernel/assert"
import { copyFee, promptFeeCoins, secondCopyFeeCoins, voteFeeCoins } from "./fees"
import { phraseOrder } from "./phrase-order"
import { phrasesetRoles, type PhrasesetRole, type RoundKind } from "./roles"
import { castVotes, isOpenSet, runningOf, waitsForCopy, writtenOf, type EngineRound, type Sheet } from "./round-sheet"
import { promptsToCopy, secondCopiesToBuy, setsToVoteOn, type GivenBack } from "./solo-dealing"
import { settlementOf } from "./transfers"
import type { OpenRoundView } from "./view"

/** The other copy of something one has copied, to be bought. */
export type SecondCopyView = { promptRoundId: string; originalPhrase: string; feeCoins: number }

/** An own phrase on its way. A copier is not shown the prompt before the set is final. */
export type PendingPhraseView = {
  roundId: string
  type: "PROMPT" | "COPY"
  phrase: string
  promptText: string | null
  state: "WAITS_FOR_COPIES" | "IN_VOTE" | "FLAGGED"
}

/** A phrase of a final set. Coins. */
export type RevealedPhraseView = {
  role: PhrasesetRole
  phrase: string
  /** Null for an AI player or the house. */
  writerId: string | null
  coins: number
  /** AI players' included. */
  votes: number
  /** Guests who took it for the original. */
  voterIds: string[]
}

/** A final set one wrote in or voted on, revealed. Coins. */
export type FinishedSetView = {
  phrasesetId: string
  promptText: string
  finalizedAt: string
  poolCoins: number
  /** What the own phrases in it brought, gross. */
  ownCoins: number
  /** The own vote. */
  ownChoice: PhrasesetRole | null
  /** Original first. */
  phrases: RevealedPhraseView[]
}

/** Quipflip alone, for one guest: what waits, what it costs, and what is one's own. Coins. */
export type SoloDeskView = {
  waitingPrompts: number
  openSets: number
  /** Of these, those this guest may begin. */
  copyable: number
  votable: number
  fees: Record<RoundKind, number>
  isInSession: boolean
  round: OpenRoundView | null
  secondCopies: SecondCopyView[]
  pending: PendingPhraseView[]
  /** Newest first. */
  finished: FinishedSetView[]
}

/** A phrase somebody thinks should not be shown, for the host. Whose it is does not matter to that. */
export type FlaggedPhraseView = { promptRoundId: string; promptText: string; phrase: string; flaggedAt: string; copies: number }

/** What waits in the night's queue, for everybody. */
export function queueCounts(live: readonly Sheet[]): { waitingPrompts: number; openSets: number } {
  return { waitingPrompts: live.filter(waitsForCopy).length, openSets: live.filter(isOpenSet).length }
}

/**
 * @param facts `live` is the night's queue, `own` what else has a phrase or a vote of this guest: final sets, and what a
 * session has taken, which nobody is told [QF-S13]. `isInSession`: sits in one that runs.
 */
export function soloDeskViewOf(
  guestId: string,
  now: Date,
  facts: { live: readonly Sheet[]; own: readonly Sheet[]; givenBack: readonly GivenBack[]; isInSession: boolean },
): SoloDeskView {
  const { live, own, givenBack, isInSession } = facts
  const finished = own.filter(({ set }) => set?.status === "FINALIZED")
  const taken = own.filter(({ set }) => set?.status !== "FINALIZED")
  const counts = queueCounts(live)
  return {
    ...counts,
    copyable: promptsToCopy(live, guestId, givenBack).length,
    votable: setsToVoteOn(live, guestId, now).length,
    fees: { PROMPT: promptFeeCoins, COPY: copyFee({ waitingPromptCount: counts.waitingPrompts, isSecondCopy: false }), VOTE: voteFeeCoins },
    isInSession,
    round: runningRoundOf(live, guestId),
    secondCopies: secondCopiesToBuy(live, guestId).map(({ prompt }) => ({
      promptRoundId: prompt.roundId,
      originalPhrase: prompt.phrase ?? "",
      feeCoins: secondCopyFeeCoins,
    })),
    pending: [...live, ...taken].flatMap((sheet) => pendingIn(sheet, guestId)),
    finished: finished.map((sheet) => finishedSetViewOf(sheet, guestId)),
  }
}

/** A round that runs, with the text it is about: a copier sees the original and not the prompt [QF-E2], a voter all three in the own order [QF-E6]. */
export function openRoundIn(sheet: Sheet, round: EngineRound): OpenRoundView {
  const { roundId, roundType, feeCoins, lentCoins, expiresAt } = round
  return {
    roundId,
    type: roundType,
    feeCoins,
    lentCoins,
    endsAt: expiresAt?.toISOString() ?? null,
    promptText: roundType === "COPY" ? null : sheet.prompt.promptText,
    originalPhrase: roundType === "COPY" ? sheet.prompt.phrase : null,
    phrases: roundType === "VOTE" ? phrasesFor(sheet, round) : null,
  }
}

function phrasesFor(sheet: Sheet, { roundId, seed }: EngineRound): string[] {
  assert(seed !== null, `vote ${roundId} has no seed`)
  const written = writtenOf(sheet)
  return phraseOrder(seed).map((role) => written[role].phrase)
}

function runningRoundOf(live: readonly Sheet[], guestId: string): OpenRoundView | null {
  for (const sheet of live) {
    const own = runningOf(sheet).find(({ playerId }) => playerId === guestId)
    if (own) return openRoundIn(sheet, own)
  }
  return null
}

function pendingIn(sheet: Sheet, guestId: string): PendingPhraseView[] {
  const { prompt, copies, set } = sheet
  const state = set ? "IN_VOTE" : prompt.flaggedAt ? "FLAGGED" : "WAITS_FOR_COPIES"
  return [prompt, ...copies]
    .filter(({ playerId, status }) => playerId === guestId && status === "SUBMITTED")
    .map(({ roundId, roundType, phrase }) => ({
      roundId,
      type: roundType === "PROMPT" ? "PROMPT" : "COPY",
      phrase: phrase ?? "",
      promptText: roundType === "PROMPT" ? prompt.promptText : null,
      state,
    }))
}

function finishedSetViewOf(sheet: Sheet, guestId: string): FinishedSetView {
  const { set, prompt } = sheet
  assert(set?.status === "FINALIZED" && set.finalizedAt, `set ${set?.phrasesetId} is not final`)
  const written = writtenOf(sheet)
  const votes = castVotes(sheet)
  const { pool } = settlementOf({ poolBaseCoins: set.poolBaseCoins, votes: votes.map((vote) => ({ ...vote, potId: prompt.roundId })) })
  const phrases = phrasesetRoles.map((role): RevealedPhraseView => {
    const { phrase, playerId, earnedCoins } = written[role]
    const its = votes.filter(({ choice }) => choice === role)
    return { role, phrase, writerId: playerId, coins: earnedCoins, votes: its.length, voterIds: its.flatMap((vote) => vote.playerId ?? []) }
  })
  return {
    phrasesetId: set.phrasesetId,
    promptText: prompt.promptText ?? "",
    finalizedAt: set.finalizedAt.toISOString(),
    poolCoins: pool,
    ownCoins: phrases.filter(({ writerId }) => writerId === guestId).reduce((sum, { coins }) => sum + coins, 0),
    ownChoice: votes.find(({ playerId }) => playerId === guestId)?.choice ?? null,
    phrases,
  }
}
