import { assert } from "@/kernel/assert"
import { phraseOrder } from "./phrase-order"
import { isPlayPhase } from "./phases"
import { isHumanPlaying, nextTask, roundById, tasksOf, writtenIn, type Participant, type Round, type SessionFacts } from "./session-facts"
import type { OpenRoundView, SeatView, SessionPlayer, SessionView } from "./view"

/** A session as everybody may see it: who sits in it and how far each is, no word of anybody's [QF-S13]. */
export function sessionViewOf(facts: SessionFacts): SessionView {
  const { session } = facts
  return {
    sessionId: session.sessionId,
    code: session.partyCode,
    status: session.status,
    phase: session.currentPhase,
    lifecycleVersion: session.lifecycleVersion,
    minPlayers: session.minPlayers,
    maxPlayers: session.maxPlayers,
    promptsPerPlayer: session.promptsPerPlayer,
    copiesPerPlayer: session.copiesPerPlayer,
    votesPerPlayer: session.votesPerPlayer,
    pace: session.pace,
    players: facts.seats.map((seat) => playerViewOf(facts, seat)),
    createdAt: session.createdAt.toISOString(),
    startedAt: session.startedAt?.toISOString() ?? null,
    phaseStartedAt: session.phaseStartedAt?.toISOString() ?? null,
    phaseEndsAt: session.status === "IN_PROGRESS" ? (session.phaseExpiresAt?.toISOString() ?? null) : null,
    completedAt: session.completedAt?.toISOString() ?? null,
    nextSessionId: session.nextSessionId,
  }
}

function playerViewOf(facts: SessionFacts, seat: Participant): SessionPlayer {
  const tasks = tasksOf(facts, seat.participantId, facts.session.currentPhase)
  return {
    participantId: seat.participantId,
    guestId: seat.playerId,
    name: seat.name,
    isHost: seat.isHost,
    isAi: seat.isAi,
    isReady: seat.isAi || seat.readyAt !== null,
    hasLeft: facts.session.status === "IN_PROGRESS" && !seat.isAi && !isHumanPlaying(seat),
    dealt: tasks.length,
    done: tasks.filter(({ doneAt }) => doneAt !== null).length,
  }
}

/** A seat as its own guest sees it: nothing of what the AI plays in it meanwhile, and nothing of anybody else's [QF-S13]. */
export function seatViewOf(facts: SessionFacts, seat: Participant): SeatView {
  return isHumanPlaying(seat) ? playedSeatOf(facts, seat) : { ...playedSeatOf(facts, seat), round: null }
}

/** A seat as whoever plays it sees it, guest or AI: also the text of the round that runs. */
export function playedSeatOf(facts: SessionFacts, seat: Participant): SeatView {
  const { session } = facts
  const tasks = isPlayPhase(session.currentPhase) ? tasksOf(facts, seat.participantId, session.currentPhase) : []
  const round = roundById(facts, nextTask(facts, seat.participantId)?.roundId ?? null)
  const isOpen = session.status === "IN_PROGRESS" && round?.status === "ACTIVE"
  return {
    sessionId: session.sessionId,
    participantId: seat.participantId,
    lifecycleVersion: session.lifecycleVersion,
    hasLeft: !isHumanPlaying(seat),
    dealt: tasks.length,
    done: tasks.filter(({ doneAt }) => doneAt !== null).length,
    round: isOpen ? openRoundViewOf(facts, round) : null,
    lentCoins: facts.rounds.filter(({ playerId }) => playerId === seat.playerId).reduce((sum, { lentCoins }) => sum + lentCoins, 0),
  }
}

/** A round that runs, with the text it is about: a copier sees the original and not the prompt [QF-E2], a voter all three in the own order [QF-E6]. */
function openRoundViewOf(facts: SessionFacts, round: Round): OpenRoundView {
  const set = facts.sets.find(({ phrasesetId }) => phrasesetId === round.phrasesetId)
  const original = roundById(facts, round.promptRoundId)
  const written = set ? writtenIn(facts, set) : null
  return {
    roundId: round.roundId,
    type: round.roundType,
    feeCoins: round.feeCoins,
    lentCoins: round.lentCoins,
    endsAt: round.expiresAt?.toISOString() ?? null,
    promptText: written?.ORIGINAL.promptText ?? round.promptText,
    originalPhrase: original?.phrase ?? null,
    phrases: written && phraseOrder(seedOf(round)).map((role) => written[role].phrase),
  }
}

function seedOf({ roundId, seed }: Round): number {
  assert(seed !== null, `vote ${roundId} has no seed`)
  return seed
}

/** The guest's seat in one of the sessions they sit in: in a living one first, else in the last. */
export function seatOf(own: readonly SessionFacts[], guestId: string): SeatView | null {
  const mine = own.find((facts) => isSeatedIn(facts, guestId)) ?? own.at(-1)
  const seat = mine?.seats.find(({ playerId }) => playerId === guestId)
  return mine && seat ? seatViewOf(mine, seat) : null
}

/** Those that everybody is told of and those of one guest, each once, oldest first. */
export function withOwnSessions(everybodys: readonly SessionView[], own: readonly SessionView[]): SessionView[] {
  const isOnlyOwn = ({ sessionId }: SessionView) => everybodys.every((session) => session.sessionId !== sessionId)
  const inOrder = (a: SessionView, b: SessionView) => compare(a.createdAt, b.createdAt) || compare(a.sessionId, b.sessionId)
  return [...everybodys, ...own.filter(isOnlyOwn)].sort(inOrder)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function isSeatedIn({ session, seats }: SessionFacts, guestId: string): boolean {
  const isLiving = session.status === "OPEN" || session.status === "IN_PROGRESS"
  return isLiving && seats.some(({ playerId, status }) => playerId === guestId && status !== "DISCONNECTED")
}
