import { sql } from "drizzle-orm"
import type { FillerSet } from "@/ai/filler-deck/filler-set"
import { partyPhrasesets, quipflipPhrasesets } from "@/db/schema/quipflip"
import { newId } from "@/kernel/ids"
import { deckRound, storeRounds } from "./house-steps"
import { poolBase, rightVoteCoins } from "./prize-pool"
import { phrasesetRoles } from "./roles"
import { copiesOf, paidRound, votesOn, writtenIn, type Round, type SessionFacts, type SessionSet } from "./session-facts"
import { putIn, type Match } from "./session-steps"
import { poolTransfers, rightVoteTransfers, settlementOf, settlementTransfers, type SettledSet } from "./transfers"
import { withPlayed } from "./session-round-steps"

/** Makes a set of every prompt that has its two copies and is none yet [QF-E3]: in a session, of all of them together. */
export async function makeSets(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const sets = facts.rounds
    .filter(({ roundId, roundType }) => roundType === "PROMPT" && facts.sets.every(({ promptRoundId }) => promptRoundId !== roundId))
    .flatMap((prompt) => newSet(match, facts, prompt, false) ?? [])
  return storeSets(match, facts, sets)
}

/** Ready sets, all written by the house [QF-S9]. */
export async function addDeckSets(match: Match, facts: SessionFacts, ready: readonly FillerSet[]): Promise<SessionFacts> {
  const rounds = ready.flatMap((set) => deckRounds(match, facts, set))
  const after = withPlayed(facts, rounds, [])
  await storeRounds(match, after, rounds)
  const prompts = rounds.filter(({ roundType }) => roundType === "PROMPT")
  return storeSets(match, after, prompts.flatMap((prompt) => newSet(match, after, prompt, true) ?? []))
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

function newSet({ party, now }: Match, facts: SessionFacts, prompt: Round, isFiller: boolean): SessionSet | null {
  const [first, second] = copiesOf(facts, prompt.roundId)
  if (!first || !second) return null
  return {
    phrasesetId: newId(),
    partyId: party.id,
    sessionId: facts.session.sessionId,
    status: "VOTING",
    promptRoundId: prompt.roundId,
    copy1RoundId: first.roundId,
    copy2RoundId: second.roundId,
    // Two players' or the house's: nobody buys a second copy in a session [QF-E4].
    poolBaseCoins: poolBase({ hasOneCopier: false }),
    finalAt: null,
    createdAt: now,
    finalizedAt: null,
    isFiller,
  }
}

async function storeSets(match: Match, facts: SessionFacts, sets: readonly SessionSet[]): Promise<SessionFacts> {
  if (sets.length === 0) return facts
  const { tx, now } = match
  await tx.insert(quipflipPhrasesets).values(sets.map(({ isFiller: _, ...set }) => set))
  await tx.insert(partyPhrasesets).values(
    sets.map(({ phrasesetId, isFiller }) => ({
      sessionId: facts.session.sessionId,
      phrasesetId,
      createdInPhase: facts.session.currentPhase,
      availableForVoting: true,
      isFiller,
      createdAt: now,
    })),
  )
  const after = { ...facts, sets: putIn(facts.sets, sets, ({ phrasesetId }) => phrasesetId) }
  match.transfers.push(
    ...sets.flatMap((set) => {
      const rounds = writtenIn(after, set)
      return poolTransfers({ poolBaseCoins: set.poolBaseCoins, rounds: phrasesetRoles.map((role) => paidRound(after, rounds[role])) })
    }),
  )
  return after
}

/** Makes every set of the session final and pays its voters and writers, once [QF-S13] [QF-E7] [QF-E8]. */
export async function finalizeSets(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const { tx, now } = match
  const won = await tx.execute<{ phraseset_id: string }>(sql`
    update quipflip_phrasesets set status = 'FINALIZED', finalized_at = ${now.toISOString()}::timestamptz
    where session_id = ${facts.session.sessionId}::uuid and status = 'VOTING' returning phraseset_id`)
  const final = new Set(won.rows.map((row) => row.phraseset_id))
  const paid = facts.sets.filter(({ phrasesetId }) => final.has(phrasesetId)).flatMap((set) => payOut(match, facts, set))
  const earned = JSON.stringify(paid.map(({ roundId, earnedCoins }) => ({ id: roundId, coins: earnedCoins })))
  await tx.execute(sql`
    update quipflip_rounds q set earned_coins = r.coins
    from jsonb_to_recordset(${earned}::jsonb) as r(id uuid, coins integer) where q.round_id = r.id`)
  return withPlayed(facts, paid, [])
}

/** @returns the set's rounds with what they earned. */
function payOut({ transfers }: Match, facts: SessionFacts, set: SessionSet): Round[] {
  const rounds = writtenIn(facts, set)
  const votes = votesOn(facts, set.phrasesetId)
  const writer = (role: (typeof phrasesetRoles)[number]) => paidRound(facts, rounds[role])
  const settled: SettledSet = {
    phrasesetId: set.phrasesetId,
    poolBaseCoins: set.poolBaseCoins,
    writers: { ORIGINAL: writer("ORIGINAL"), COPY_1: writer("COPY_1"), COPY_2: writer("COPY_2") },
    votes: votes.map((vote) => ({ ...paidRound(facts, vote), choice: vote.choice })),
  }
  // A vote cast before the set came here from the night's queue was paid at once.
  const right = votes.filter(({ choice, earnedCoins }) => choice === "ORIGINAL" && earnedCoins === 0)
  transfers.push(...right.flatMap((vote) => rightVoteTransfers(paidRound(facts, vote))), ...settlementTransfers(settled))
  const { shares } = settlementOf(settled)
  return [
    ...right.map((vote) => ({ ...vote, earnedCoins: rightVoteCoins })),
    ...phrasesetRoles.map((role) => ({ ...rounds[role], earnedCoins: shares[role] })),
  ]
}
