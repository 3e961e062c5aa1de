import { sql } from "drizzle-orm"
import { assert } from "@/kernel/assert"
import { newId } from "@/kernel/ids"
import { ok, refuse, type Refused, type Result } from "@/kernel/result"
import { copyFeeCoins, paidAndLent, promptFeeCoins, voteFeeCoins, type UnplayedReason } from "./fees"
import { normalisePhrase } from "./phrase"
import { checkCopy, checkPrompt } from "./phrase-rules"
import { phraseStandard } from "./phrase-standard-queries"
import type { PlayPhase } from "./phases"
import { phraseOrder } from "./phrase-order"
import type { QuipflipRefusal } from "./refusals"
import { copiesPerPrompt } from "./ring"
import type { PhrasesetRole } from "./roles"
import { ended, endRounds, insertRound } from "./round-steps"
import { copiesOf, paidRound, payerOf, promptOf, roundById, writtenIn, type Participant, type Round, type Session, type SessionFacts, type Task } from "./session-facts"
import { progressed, putIn, type Match } from "./session-steps"
import { feeTransfers } from "./transfers"

const mostSeed = 2 ** 31 - 1

/** What a round of this session costs, in coins: the same for everybody [QF-N1] [QF-N2]. */
export function sessionFee({ copyFeeCoins: copyFee }: Session, type: Task["roundType"]): number {
  if (type === "PROMPT") return promptFeeCoins
  return type === "COPY" ? (copyFee ?? copyFeeCoins) : voteFeeCoins
}

/**
 * Begins what the seat plays next: charges the fee, of which the house lends what the wallet does not reach [QF-E1] [QF-S5].
 * A round that runs already is not begun again.
 */
export async function beginRound(match: Match, facts: SessionFacts, seat: Participant, task: Task): Promise<SessionFacts> {
  if (roundById(facts, task.roundId)?.status === "ACTIVE") return facts
  const payer = payerOf(seat)
  const feeCoins = sessionFee(facts.session, task.roundType)
  const lentCoins = payer.playerId === null ? 0 : paidAndLent(feeCoins, seat.walletBalance).lentCoins
  const round = await insertRound(match.tx, { ...roundOf(match, facts, task), ...payer, feeCoins, lentCoins, expiresAt: facts.session.phaseExpiresAt })
  await match.tx.execute(sql`
    with seat as (
      update party_participants set last_activity_at = ${match.now.toISOString()}::timestamptz where participant_id = ${seat.participantId}::uuid
    )
    update party_rounds set round_id = ${round.roundId}::uuid where party_round_id = ${task.partyRoundId}::uuid`)
  const begun = withPlayed(facts, [round], [{ ...task, roundId: round.roundId }])
  match.transfers.push(...feeTransfers(paidRound(begun, round)))
  return begun
}

/** What every round of a task has, whoever plays it. */
export function roundOf({ party, now, random }: Match, facts: SessionFacts, task: Pick<Task, "roundType" | "promptText" | "promptRoundId" | "phrasesetId">) {
  return {
    roundId: newId(),
    partyId: party.id,
    sessionId: facts.session.sessionId,
    roundType: task.roundType,
    createdAt: now,
    promptText: task.promptText,
    promptRoundId: task.promptRoundId,
    slot: task.promptRoundId === null ? null : freeSlot(facts, task.promptRoundId),
    phrasesetId: task.phrasesetId,
    seed: task.roundType === "VOTE" ? random.int(0, mostSeed) : null,
  }
}

function freeSlot({ rounds }: SessionFacts, promptRoundId: string): number {
  const taken = rounds
    .filter((round) => round.promptRoundId === promptRoundId && (round.status === "ACTIVE" || round.status === "SUBMITTED"))
    .map(({ slot }) => slot)
  const free = Array.from({ length: copiesPerPrompt }, (_, place) => place + 1).find((slot) => !taken.includes(slot))
  assert(free !== undefined, `prompt ${promptRoundId} has no place for another copy`)
  return free
}

/** What was typed for a round, once it has passed its rules. */
export type Submission = { readonly phrase: string; readonly choice: PhrasesetRole | null }

/** Whether this may be submitted for the round: a prompt and a copy by the phrase rules [QF-P3], a vote as one of the three. */
export async function checkSubmission(match: Match, facts: SessionFacts, round: Round, typed: string): Promise<Result<Submission, QuipflipRefusal>> {
  if (round.roundType === "VOTE") return chosen(facts, round, typed)
  const standard = await phraseStandard(match.party)
  const checked = round.roundType === "PROMPT" ? checkPrompt(typed, round.promptText ?? "", standard) : checkCopy(typed, copiedTexts(facts, round), standard)
  return checked.ok ? ok({ phrase: checked.value, choice: null }) : checked
}

/** What a copy must keep away from. */
export function copiedTexts(facts: SessionFacts, copy: Pick<Round, "promptRoundId">) {
  const prompt = roundById(facts, copy.promptRoundId)
  assert(prompt !== null && prompt.phrase !== null, `the phrase of prompt ${copy.promptRoundId} is missing`)
  return { original: prompt.phrase, otherCopy: copiesOf(facts, prompt.roundId)[0]?.phrase ?? null, prompt: prompt.promptText ?? "" }
}

function chosen(facts: SessionFacts, round: Round, typed: string): Result<Submission, QuipflipRefusal> {
  const set = facts.sets.find(({ phrasesetId }) => phrasesetId === round.phrasesetId)
  assert(set !== undefined && round.seed !== null, `vote ${round.roundId} has no set`)
  const rounds = writtenIn(facts, set)
  const phrase = normalisePhrase(typed)
  const choice = phraseOrder(round.seed).find((role) => rounds[role].phrase === phrase)
  return choice ? ok({ phrase, choice }) : refuse("choice_unknown")
}

const counters = { PROMPT: sql.raw("prompts_submitted"), COPY: sql.raw("copies_submitted"), VOTE: sql.raw("votes_submitted") }

/** Writes down what a seat has played, in one statement: it is what everybody waits for. */
export async function submitRound(match: Match, facts: SessionFacts, { round, task }: { round: Round; task: Task }, { phrase, choice }: Submission): Promise<SessionFacts> {
  const { tx, now } = match
  const at = now.toISOString()
  const stored = choice === null ? phrase : null
  const counter = counters[round.roundType]
  const session = progressed(facts.session, now)
  await tx.execute(sql`
    with played as (
      update quipflip_rounds set status = 'SUBMITTED', phrase = ${stored}, choice = ${choice}, ended_at = ${at}::timestamptz
      where round_id = ${round.roundId}::uuid and status = 'ACTIVE'
    ), seat as (
      update party_participants set ${counter} = ${counter} + 1, last_activity_at = ${at}::timestamptz
      where participant_id = ${task.participantId}::uuid
    ), session as (
      update party_sessions set progressed_at = ${at}::timestamptz, due_at = ${session.dueAt?.toISOString() ?? null}::timestamptz
      where session_id = ${session.sessionId}::uuid
    )
    update party_rounds set done_at = ${at}::timestamptz, is_by_house = ${isByHouse(round)}
    where party_round_id = ${task.partyRoundId}::uuid and done_at is null`)
  const played = { ...round, status: "SUBMITTED" as const, phrase: stored, choice, endedAt: now }
  return { ...withPlayed(facts, [played], [{ ...task, doneAt: now, isByHouse: isByHouse(round) }]), session }
}

function isByHouse({ playerId, aiParticipantId }: Round): boolean {
  return playerId === null && aiParticipantId === null
}

/** Ends rounds unplayed; what comes back of their fees is booked with the rest. */
export async function endInSession(match: Match, facts: SessionFacts, rounds: readonly Round[], reason: UnplayedReason): Promise<SessionFacts> {
  const endings = rounds.map((round) => ({ round, sheet: { prompt: promptOf(facts, round) }, reason }))
  match.transfers.push(...(await endRounds(match.tx, match.now, endings)))
  return withPlayed(facts, rounds.map((round) => ended(round, reason, match.now)), [])
}

/** The facts with rounds and tasks as they are now. */
export function withPlayed(facts: SessionFacts, rounds: readonly Round[], tasks: readonly Task[]): SessionFacts {
  return {
    ...facts,
    rounds: putIn(facts.rounds, rounds, ({ roundId }) => roundId),
    tasks: putIn(facts.tasks, tasks, ({ partyRoundId }) => partyRoundId),
  }
}

/** What a seat that has played all it was dealt in the phase is told. */
export function nothingLeft(phase: PlayPhase): Refused<QuipflipRefusal> {
  const codes = { PROMPT: "already_submitted", COPY: "copies_complete", VOTE: "votes_complete" } as const
  return refuse(codes[phase])
}
