import type { DeckPrompt } from "@/ai/prompt-deck/deck-prompt"
import type { Random } from "@/kernel/random"
import type { FamilyFilter } from "@/party/family-filter"
import { decideCopy, decideVote } from "./eligibility"
import { isFinal } from "./finalizing"
import { castVotes, isOpenSet, waitsForCopy, type Sheet } from "./round-sheet"

/** What a player did with originals they were shown before: given back or too late, or flagged. */
export type GivenBack = { readonly promptRoundId: string; readonly isFlagged: boolean }

/** A prompt nobody had tonight, or any when all were used; one for the family where there is a filter [QF-E9]. */
export function promptToWrite(deck: readonly DeckPrompt[], seen: ReadonlySet<string>, filter: FamilyFilter, random: Random): string | null {
  const allowed = deck.filter(({ isFamily }) => isFamily || filter === "OFF")
  const fresh = allowed.filter(({ prompt }) => !seen.has(prompt))
  const drawn = fresh.length > 0 ? fresh : allowed
  return drawn[random.int(0, Math.max(0, drawn.length - 1))]?.prompt ?? null
}

/** The originals this player may copy: what waits longest first, what they gave back last [QF-E2] [QF-E9]. */
export function promptsToCopy(live: readonly Sheet[], copierId: string, givenBack: readonly GivenBack[]): Sheet[] {
  const seen = new Set(givenBack.map(({ promptRoundId }) => promptRoundId))
  const flagged = new Set(givenBack.filter(({ isFlagged }) => isFlagged).map(({ promptRoundId }) => promptRoundId))
  const allowed = live.filter((sheet) => waitsForCopy(sheet) && !flagged.has(sheet.prompt.roundId) && mayCopy(sheet, copierId, false))
  const isNew = ({ prompt }: Sheet) => !seen.has(prompt.roundId)
  return [...allowed.filter(isNew), ...allowed.filter((sheet) => !isNew(sheet))]
}

/** The originals whose other copy this player may buy, having written one [QF-E4]. */
export function secondCopiesToBuy(live: readonly Sheet[], copierId: string): Sheet[] {
  const hasWritten = ({ copies }: Sheet) => copies.some(({ playerId, status }) => playerId === copierId && status === "SUBMITTED")
  return live.filter((sheet) => waitsForCopy(sheet) && hasWritten(sheet) && mayCopy(sheet, copierId, true))
}

/** The sets this player may vote on: the most votes first, then the oldest [QF-E5] [QF-E9]. */
export function setsToVoteOn(live: readonly Sheet[], voterId: string, now: Date): Sheet[] {
  return live
    .filter((sheet) => mayVote(sheet, voterId, now))
    .sort((one, other) => castVotes(other).length - castVotes(one).length || openedMs(one) - openedMs(other))
}

function mayCopy({ prompt, copies }: Sheet, copierId: string, isSecondCopy: boolean): boolean {
  const takenBy = copies.map(({ playerId }) => playerId ?? "")
  return decideCopy({ copierId, authorId: prompt.playerId ?? "", takenBy, isSecondCopy }).ok
}

function mayVote(sheet: Sheet, voterId: string, now: Date): boolean {
  const { prompt, copies, set, votes } = sheet
  if (set === null || !isOpenSet(sheet)) return false
  const writerIds = [prompt, ...copies].flatMap(({ playerId }) => playerId ?? [])
  const votedIds = votes.flatMap(({ playerId }) => playerId ?? [])
  return decideVote({ voterId, set: { setId: set.phrasesetId, writerIds }, votedIds, isFinal: isFinal(set.finalAt, now) }).ok
}

function openedMs({ set }: Sheet): number {
  return set?.createdAt.getTime() ?? 0
}
