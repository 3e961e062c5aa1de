import type { partyParticipants, partyPhrasesets, partyRounds, partySessions, quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { assert } from "@/kernel/assert"
import { isPlayPhase, type PlayPhase, type Quotas, type Seat as PhaseSeat } from "./phases"
import { phrasesetRoles, type PhrasesetRole } from "./roles"
import { paidIn, type Sheet } from "./round-sheet"
import type { PaidRound, Payer } from "./transfers"

export type Session = typeof partySessions.$inferSelect
export type Round = typeof quipflipRounds.$inferSelect
/** What a seat was dealt. */
export type Task = typeof partyRounds.$inferSelect

/** A seat with what its guest brings along. Coins; an AI player has no wallet. */
export type Participant = typeof partyParticipants.$inferSelect & {
  readonly name: string
  readonly walletBalance: number
  readonly isKicked: boolean
}

/** A set of the session: its own, or a filler. */
export type SessionSet = typeof quipflipPhrasesets.$inferSelect & Pick<typeof partyPhrasesets.$inferSelect, "isFiller">

/** A session with everything that belongs to it. Seats in the order of joining, tasks in the order of play, sets in the order of the reveal. */
export type SessionFacts = {
  readonly session: Session
  readonly seats: readonly Participant[]
  readonly tasks: readonly Task[]
  readonly rounds: readonly Round[]
  readonly sets: readonly SessionSet[]
}

export function quotasOf({ promptsPerPlayer, copiesPerPlayer, votesPerPlayer }: Session): Quotas {
  return { PROMPT: promptsPerPlayer, COPY: copiesPerPlayer, VOTE: votesPerPlayer }
}

/** The phase in which something is played just now, or null. */
export function playPhaseOf({ status, currentPhase }: Session): PlayPhase | null {
  return status === "IN_PROGRESS" && isPlayPhase(currentPhase) ? currentPhase : null
}

/** What this seat was dealt in a phase, in the order of play. */
export function tasksOf({ tasks }: SessionFacts, participantId: string, phase: Session["currentPhase"]): Task[] {
  return tasks.filter((task) => task.participantId === participantId && task.phase === phase)
}

/** What this seat has to play next in the running phase, or null. */
export function nextTask(facts: SessionFacts, participantId: string): Task | null {
  return tasksOf(facts, participantId, facts.session.currentPhase).find(({ doneAt }) => doneAt === null) ?? null
}

/** Somebody is in the seat: a guest who has neither left nor been kicked [QF-S6]. */
export function isHumanPlaying({ isAi, status, isKicked }: Participant): boolean {
  return !isAi && status !== "DISCONNECTED" && !isKicked
}

/** Every seat's part in the running phase, for the rules of phases. */
export function phaseSeats(facts: SessionFacts): PhaseSeat[] {
  return facts.seats.map((seat) => {
    const tasks = tasksOf(facts, seat.participantId, facts.session.currentPhase)
    return {
      playerId: seat.participantId,
      isHuman: isHumanPlaying(seat),
      owed: tasks.length,
      submitted: tasks.filter(({ doneAt }) => doneAt !== null).length,
    }
  })
}

/** Who pays for what is played in this seat now: its guest, its AI player, or the house in a leaver's place [QF-S6]. */
export function payerOf(seat: Participant): Payer {
  if (seat.isAi) return { playerId: null, aiParticipantId: seat.participantId }
  return { playerId: isHumanPlaying(seat) ? seat.playerId : null, aiParticipantId: null }
}

export const theHouse: Payer = { playerId: null, aiParticipantId: null }

export function roundById({ rounds }: SessionFacts, roundId: string | null): Round | null {
  return rounds.find((round) => round.roundId === roundId) ?? null
}

/** The copies of a prompt that are written. */
export function copiesOf({ rounds }: SessionFacts, promptRoundId: string): Round[] {
  return rounds.filter((round) => round.promptRoundId === promptRoundId && round.status === "SUBMITTED").sort(bySlot)
}

const bySlot = (one: Round, other: Round) => (one.slot ?? 0) - (other.slot ?? 0)

/** The votes cast on a set. */
export function votesOn({ rounds }: SessionFacts, phrasesetId: string): (Round & { choice: PhrasesetRole })[] {
  return rounds.filter(
    (round): round is Round & { choice: PhrasesetRole } =>
      round.phrasesetId === phrasesetId && round.roundType === "VOTE" && round.status === "SUBMITTED" && round.choice !== null,
  )
}

/** A set's three rounds. */
export function writtenIn(facts: SessionFacts, set: SessionSet): Record<PhrasesetRole, Round & { phrase: string }> {
  return { ORIGINAL: written(facts, set.promptRoundId), COPY_1: written(facts, set.copy1RoundId), COPY_2: written(facts, set.copy2RoundId) }
}

function written(facts: SessionFacts, roundId: string): Round & { phrase: string } {
  const round = roundById(facts, roundId)
  assert(round !== null && round.phrase !== null, `the phrase of round ${roundId} is missing`)
  return { ...round, phrase: round.phrase }
}

/** In whose place a round was played: the seat's, also when the house played it. Null for the house's own. */
export function taskOfRound({ tasks }: SessionFacts, roundId: string): Task | null {
  return tasks.find((task) => task.roundId === roundId) ?? null
}

/** The seats that stand as writers of a set: nobody votes where they, or the house for them, wrote [QF-E5] [QF-S7]. */
export function writerSeatsOf(facts: SessionFacts, set: SessionSet): string[] {
  const rounds = writtenIn(facts, set)
  return phrasesetRoles.flatMap((role) => taskOfRound(facts, rounds[role].roundId)?.participantId ?? [])
}

/** A prompt of the session as the engine sees it: with its copies, its set and the votes on it. */
export function sheetOf(facts: SessionFacts, prompt: Round): Sheet {
  const set = facts.sets.find(({ promptRoundId }) => promptRoundId === prompt.roundId) ?? null
  const counts = ({ status }: Round) => status === "ACTIVE" || status === "SUBMITTED"
  return {
    prompt,
    copies: facts.rounds.filter((round) => round.promptRoundId === prompt.roundId && counts(round)).sort(bySlot),
    set,
    votes: set === null ? [] : facts.rounds.filter((round) => round.phrasesetId === set.phrasesetId && counts(round)),
  }
}

/** A round as the ledger sees it; its pot is that of the prompt it is about. */
export function paidRound(facts: SessionFacts, round: Round): PaidRound {
  return paidIn({ prompt: promptOf(facts, round) }, round)
}

/** The prompt a round is about: itself, the one it copies, that of the set it votes on. */
export function promptOf(facts: SessionFacts, round: Round): Round {
  if (round.roundType === "PROMPT") return round
  const set = facts.sets.find(({ phrasesetId }) => phrasesetId === round.phrasesetId)
  const prompt = roundById(facts, round.promptRoundId ?? set?.promptRoundId ?? null)
  assert(prompt !== null, `round ${round.roundId} is about a prompt of another session`)
  return prompt
}
