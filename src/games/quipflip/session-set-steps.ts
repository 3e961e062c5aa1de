import { sql } from "drizzle-orm"
import type { FillerSet } from "@/ai/filler-deck/filler-set"
import { partyPhrasesets } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import { deckRound, storeRounds } from "./house-steps"
import { rightVoteCoins } from "./prize-pool"
import { copiesPerPrompt } from "./ring"
import { castVotes, type Sheet } from "./round-sheet"
import { copiesOf, paidRound, roundById, sheetOf, type Round, type SessionFacts, type SessionSet } from "./session-facts"
import { withPlayed } from "./session-round-steps"
import { putIn, type Match } from "./session-steps"
import { earnedBy, finalizeSets, openSets } from "./set-steps"
import { rightVoteTransfers } from "./transfers"

/** Makes a set of every prompt that has its two copies and is none yet [QF-E3]: in a session, of all of them together. */
export function makeSets(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const isCopied = ({ roundId, roundType }: Round) => roundType === "PROMPT" && copiesOf(facts, roundId).length === copiesPerPrompt
  const isNoSet = ({ roundId }: Round) => facts.sets.every(({ promptRoundId }) => promptRoundId !== roundId)
  return addSets(match, facts, facts.rounds.filter((round) => isCopied(round) && isNoSet(round)), false)
}

/** Ready sets, all written by the house [QF-S9]. */
export async function addDeckSets(match: Match, facts: SessionFacts, ready: readonly FillerSet[]): Promise<SessionFacts> {
  const rounds = ready.flatMap((set) => deckRounds(match, facts, set))
  const after = withPlayed(facts, rounds, [])
  await storeRounds(match, after, rounds)
  return addSets(match, after, rounds.filter(({ roundType }) => roundType === "PROMPT"), true)
}

function deckRounds(match: Match, facts: SessionFacts, { prompt, original, copies }: FillerSet): Round[] {
  const first = deckRound(match, facts, { roundType: "PROMPT", promptText: prompt, phrase: original, promptRoundId: null, slot: null })
  return [
    first,
    ...copies.map((phrase, place) =>
      deckRound(match, facts, { roundType: "COPY", promptText: null, phrase, promptRoundId: first.roundId, slot: place + 1 }),
    ),
  ]
}

async function addSets(match: Match, facts: SessionFacts, prompts: readonly Round[], isFiller: boolean): Promise<SessionFacts> {
  if (prompts.length === 0) return facts
  const { tx, now } = match
  const { sets, transfers } = await openSets(tx, now, prompts.map((prompt) => sheetOf(facts, prompt)))
  match.transfers.push(...transfers)
  await tx.insert(partyPhrasesets).values(
    sets.map(({ phrasesetId }) => ({
      sessionId: facts.session.sessionId,
      phrasesetId,
      createdInPhase: facts.session.currentPhase,
      availableForVoting: true,
      isFiller,
      createdAt: now,
    })),
  )
  const added = sets.map((set): SessionSet => ({ ...set, isFiller }))
  return { ...facts, sets: putIn(facts.sets, added, ({ phrasesetId }) => phrasesetId) }
}

/** Makes every set of the session final and pays its voters and writers, once [QF-S13] [QF-E7] [QF-E8]. */
export async function paySets(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const sheets = facts.sets.filter(({ status }) => status === "VOTING").map((set) => sheetOf(facts, promptOfSet(facts, set)))
  const settlements = await finalizeSets(match.tx, match.now, sheets)
  const right = sheets.flatMap(unpaidRightVotes)
  match.transfers.push(...settlements, ...right.flatMap((vote) => rightVoteTransfers(paidRound(facts, vote))))
  await noteRight(match, right)
  return withPlayed(facts, [...right.map((vote) => ({ ...vote, earnedCoins: rightVoteCoins })), ...sheets.flatMap(earnedBy)], [])
}

function promptOfSet(facts: SessionFacts, { promptRoundId, phrasesetId }: SessionSet): Round {
  const prompt = roundById(facts, promptRoundId)
  assert(prompt !== null, `set ${phrasesetId} has no prompt`)
  return prompt
}

/** A vote cast before the set came here from the night's queue was paid at once. */
function unpaidRightVotes(sheet: Sheet): Round[] {
  return castVotes(sheet).filter(({ choice, earnedCoins }) => choice === "ORIGINAL" && earnedCoins === 0)
}

async function noteRight({ tx }: Match, votes: readonly Round[]): Promise<void> {
  const ids = `{${votes.map(({ roundId }) => roundId).join(",")}}`
  await tx.execute(sql`update quipflip_rounds set earned_coins = ${rightVoteCoins} where round_id = any(${ids}::uuid[])`)
}
