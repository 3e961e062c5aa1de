import { sql } from "drizzle-orm"
import { promptDeck } from "@/ai/prompt-deck/prompt-deck"
import { partyRounds } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import { seededRandom } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"
import { aiDelayMs } from "./ai-delay"
import { copyFee } from "./fees"
import { fillerSetsNeeded } from "./filler-sets"
import { deckRound, storeRounds, unusedFillers } from "./house-steps"
import { isPlayPhase } from "./phases"
import { dealCopies, type DealtPrompt } from "./ring"
import { isHumanPlaying, quotasOf, writerSeatsOf, type Participant, type Round, type SessionFacts, type Task } from "./session-facts"
import { queuedPrompts, queuedSets, seenPrompts, sessionFacts, waitingPromptCount } from "./session-queries"
import { withPlayed } from "./session-round-steps"
import { addDeckSets } from "./session-set-steps"
import { changeSession, type Match } from "./session-steps"
import { dealVotes } from "./vote-assignments"

/** What one seat is dealt. */
type Dealt = { readonly participantId: string } & Partial<Pick<Task, "promptText" | "promptRoundId" | "phrasesetId">>

/** Deals what everybody plays in the phase that has just begun. */
export function deal(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const phase = facts.session.currentPhase
  assert(isPlayPhase(phase), `nothing is dealt in ${phase}`)
  const deals = { PROMPT: dealPrompts, COPY: dealRing, VOTE: dealSets }
  return deals[phase](match, facts)
}

/** Everybody's place in the ring: the same whenever it is asked, and not the order of joining [QF-S7]. */
function ringOf({ session, seats }: SessionFacts): string[] {
  return shuffled(seats.map(({ participantId }) => participantId), seededRandom(session.seed))
}

/** Prompts of the deck, an AI player's from the ready sets: there it finds an original that fits. */
async function dealPrompts(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const { tx, party, random } = match
  const count = facts.session.promptsPerPlayer
  const seen = await seenPrompts(tx, party.id)
  const allowed = promptDeck.filter(({ isFamily }) => party.familyFilter === "OFF" || isFamily).map(({ prompt }) => prompt)
  const drawn = shuffled(allowed, random)
  const forPeople = [...drawn.filter((prompt) => !seen.has(prompt)), ...drawn.filter((prompt) => seen.has(prompt))].values()
  const forAi = (await unusedFillers(match, facts)).map(({ prompt }) => prompt).values()
  const dealt = facts.seats.flatMap(({ participantId, isAi }) =>
    Array.from({ length: count }, (): Dealt => ({ participantId, promptText: nextOf(isAi ? forAi : forPeople) })),
  )
  return storeDeal(match, facts, dealt)
}

function nextOf(deck: Iterator<string>): string {
  const { value, done } = deck.next()
  assert(!done, "a deck has fewer prompts than a session needs")
  return value
}

/** The ring, and prompts from outside for whoever has too few to copy [QF-S7] [QF-S8]. The price is that of this moment [QF-N2]. */
async function dealRing(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const copyFeeCoins = copyFee({ waitingPromptCount: await waitingPromptCount(match.tx, match.party.id), isSecondCopy: false })
  const priced = await changeSession(match, facts, { copyFeeCoins })
  const { assignments, outsidePrompts } = dealCopies(ringOf(priced), promptsToCopy(priced), priced.session.copiesPerPlayer)
  const outside = await outsideRounds(match, priced, outsidePrompts.length)
  const dealt = [
    ...assignments.map(({ copierId, promptId }) => ({ participantId: copierId, promptRoundId: promptId })),
    ...outsidePrompts.flatMap(({ copierIds }, place) => copierIds.map((participantId) => ({ participantId, promptRoundId: roundAt(outside, place).roundId }))),
  ]
  return storeDeal(match, withPlayed(priced, outside, []), dealt)
}

/** Each seat's prompts, also those the house wrote in its place. */
function promptsToCopy(facts: SessionFacts): DealtPrompt[] {
  return facts.tasks
    .filter(({ phase, roundId }) => phase === "PROMPT" && roundId !== null)
    .map(({ roundId, participantId, ordinal }) => ({ promptId: roundId ?? "", authorId: participantId, ordinal }))
}

function roundAt(rounds: readonly Round[], place: number): Round {
  const round = rounds[place]
  assert(round !== undefined, `prompt ${place} from outside is missing`)
  return round
}

/** From the night's queue, else from the ready sets [QF-S8]. */
async function outsideRounds(match: Match, facts: SessionFacts, count: number): Promise<Round[]> {
  if (count === 0) return []
  const queued = await takeQueuedPrompts(match, facts, count)
  const ready = (await unusedFillers(match, facts)).slice(0, count - queued.length)
  const rounds = ready.map(({ prompt, original }) =>
    deckRound(match, facts, { roundType: "PROMPT", promptText: prompt, phrase: original, promptRoundId: null, slot: null }),
  )
  await storeRounds(match, facts, rounds)
  return [...queued, ...rounds]
}

/** They are the session's from now on, and nobody else's. */
async function takeQueuedPrompts(match: Match, facts: SessionFacts, count: number): Promise<Round[]> {
  const ids = await queuedPrompts(match.tx, match.party.id, guestIdsOf(facts), count)
  if (ids.length === 0) return []
  const { sessionId } = facts.session
  await match.tx.execute(sql`update quipflip_rounds set session_id = ${sessionId}::uuid where round_id = any(${uuids(ids)}::uuid[])`)
  const after = await reread(match, facts)
  return ids.flatMap((id) => after.rounds.find(({ roundId }) => roundId === id) ?? [])
}

/** The votes, after as many fillers as every human needs [QF-S9] [QF-S10]. */
async function dealSets(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const quota = quotasOf(facts.session).VOTE
  const own = facts.sets.map((set) => ({ setId: set.phrasesetId, writerIds: writerSeatsOf(facts, set) }))
  const humanIds = facts.seats.filter(({ isAi }) => !isAi).map(({ participantId }) => participantId)
  const filled = await addFillers(match, facts, fillerSetsNeeded(humanIds, own, quota))
  const fillers = filled.sets.filter(({ isFiller }) => isFiller).map(({ phrasesetId }) => ({ setId: phrasesetId, writerIds: [] }))
  const votes = dealVotes(ringOf(filled), { sets: own, fillers }, quota)
  return storeDeal(match, filled, votes.map(({ voterId, setId }) => ({ participantId: voterId, phrasesetId: setId })))
}

async function addFillers(match: Match, facts: SessionFacts, count: number): Promise<SessionFacts> {
  if (count === 0) return facts
  const queued = await queuedSets(match.tx, match.party.id, match.now, guestIdsOf(facts), count)
  const taken = queued.length === 0 ? facts : await takeQueuedSets(match, facts, queued)
  return addDeckSets(match, taken, (await unusedFillers(match, taken)).slice(0, count - queued.length))
}

async function takeQueuedSets(match: Match, facts: SessionFacts, ids: readonly string[]): Promise<SessionFacts> {
  const { sessionId, currentPhase } = facts.session
  await match.tx.execute(sql`
    with taken as (
      update quipflip_phrasesets set session_id = ${sessionId}::uuid, final_at = null where phraseset_id = any(${uuids(ids)}::uuid[])
      returning phraseset_id, prompt_round_id, copy_1_round_id, copy_2_round_id
    ), rounds as (
      update quipflip_rounds r set session_id = ${sessionId}::uuid from taken t
      where r.phraseset_id = t.phraseset_id or r.round_id in (t.prompt_round_id, t.copy_1_round_id, t.copy_2_round_id)
    )
    insert into party_phrasesets (session_id, phraseset_id, created_in_phase, available_for_voting, is_filler, created_at)
    select ${sessionId}::uuid, phraseset_id, ${currentPhase}, true, true, ${match.now.toISOString()}::timestamptz from taken`)
  return reread(match, facts)
}

async function reread({ tx, party }: Match, facts: SessionFacts): Promise<SessionFacts> {
  const after = await sessionFacts(tx, party.id, facts.session.sessionId)
  assert(after !== null, "a session that is being played is there")
  return after
}

/** Writes down who plays what, each seat's in its order; when an AI seat plays it, too. */
async function storeDeal(match: Match, facts: SessionFacts, dealt: readonly Dealt[]): Promise<SessionFacts> {
  const { tx, now, random } = match
  const phase = facts.session.currentPhase
  assert(isPlayPhase(phase), `nothing is dealt in ${phase}`)
  const values = facts.seats.flatMap((seat) =>
    dealt
      .filter(({ participantId }) => participantId === seat.participantId)
      .map((one, ordinal) => ({
        ...one,
        sessionId: facts.session.sessionId,
        roundType: phase,
        phase,
        ordinal,
        aiDueAt: aiDueAt(seat, now, aiDelayMs(phase, ordinal, random)),
        createdAt: now,
      })),
  )
  if (values.length === 0) return facts
  return withPlayed(facts, [], await tx.insert(partyRounds).values(values).returning())
}

function aiDueAt(seat: Participant, now: Date, delayMs: number): Date | null {
  return isHumanPlaying(seat) ? null : new Date(now.getTime() + delayMs)
}

function guestIdsOf({ seats }: SessionFacts): string[] {
  return seats.flatMap(({ playerId }) => playerId ?? [])
}

function uuids(ids: readonly string[]): string {
  return `{${ids.join(",")}}`
}
