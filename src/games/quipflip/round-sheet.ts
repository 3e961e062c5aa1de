import type { quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import { copiesPerPrompt } from "./ring"
import type { PhrasesetRole } from "./roles"
import type { PaidRound, SettledSet } from "./transfers"

export type EngineRound = typeof quipflipRounds.$inferSelect
export type EngineSet = typeof quipflipPhrasesets.$inferSelect

/** A prompt of the engine and what was made of it. Of copies and votes those that run or are done; copies by slot, votes as they were cast. */
export type Sheet = {
  readonly prompt: EngineRound
  readonly copies: readonly EngineRound[]
  readonly set: EngineSet | null
  readonly votes: readonly EngineRound[]
}

type Written = EngineRound & { readonly phrase: string }

/** A round as the ledger sees it: all of a sheet is paid into its prompt's pot. */
export function paidIn(sheet: Pick<Sheet, "prompt">, round: EngineRound): PaidRound {
  return { ...round, potId: sheet.prompt.roundId }
}

/** It waits in the night's queue for somebody to copy it [QF-E2] [QF-E10]. */
export function waitsForCopy({ prompt, copies, set }: Sheet): boolean {
  const isQueued = prompt.status === "SUBMITTED" && prompt.sessionId === null && prompt.flaggedAt === null
  return isQueued && set === null && copies.length < copiesPerPrompt
}

/** It can be voted on by whoever plays alone. */
export function isOpenSet({ set }: Sheet): boolean {
  return set !== null && set.status === "VOTING" && set.sessionId === null
}

/** What of it runs outside a session. */
export function runningOf({ prompt, copies, votes }: Sheet): EngineRound[] {
  return [prompt, ...copies, ...votes].filter(({ status, sessionId }) => status === "ACTIVE" && sessionId === null)
}

/** The votes that count. */
export function castVotes({ votes }: Sheet): (EngineRound & { choice: PhrasesetRole })[] {
  return votes.filter((vote): vote is EngineRound & { choice: PhrasesetRole } => vote.status === "SUBMITTED" && vote.choice !== null)
}

/** The three phrases of a set. @throws when it is none yet. */
export function writtenOf({ prompt, copies, set }: Sheet): Record<PhrasesetRole, Written> {
  assert(set !== null, `prompt ${prompt.roundId} is no set yet`)
  const copy = (roundId: string) => written(copies.find((round) => round.roundId === roundId))
  return { ORIGINAL: written(prompt), COPY_1: copy(set.copy1RoundId), COPY_2: copy(set.copy2RoundId) }
}

function written(round: EngineRound | undefined): Written {
  assert(round !== undefined && round.phrase !== null, `round ${round?.roundId} of a set has no phrase`)
  return { ...round, phrase: round.phrase }
}

/** The set as it is paid, with the votes cast so far. @throws when it is none yet. */
export function settledSetOf(sheet: Sheet): SettledSet {
  assert(sheet.set !== null, `prompt ${sheet.prompt.roundId} is no set yet`)
  const { ORIGINAL, COPY_1, COPY_2 } = writtenOf(sheet)
  return {
    phrasesetId: sheet.set.phrasesetId,
    poolBaseCoins: sheet.set.poolBaseCoins,
    writers: { ORIGINAL: paidIn(sheet, ORIGINAL), COPY_1: paidIn(sheet, COPY_1), COPY_2: paidIn(sheet, COPY_2) },
    votes: castVotes(sheet).map((vote) => ({ ...paidIn(sheet, vote), choice: vote.choice })),
  }
}

/** The same sheet, a round of it being another now. */
export function withRound(sheet: Sheet, next: EngineRound): Sheet {
  const put = (round: EngineRound) => (round.roundId === next.roundId ? next : round)
  return { ...sheet, prompt: put(sheet.prompt), copies: sheet.copies.map(put), votes: sheet.votes.map(put) }
}
