import type { z } from "zod"
import type { Db, Tx } from "@/db/client"
import { ok, refuse, type Result } from "@/kernel/result"
import type { ActorOf, Party } from "@/party/actor"
import { command } from "@/party/command"
import { quipflipEvents } from "./events"
import { playForSeats } from "./house-steps"
import { beginSessionRoundInput, sessionInput, skipPhaseInput, skipPlayerInput, submitSessionRoundInput } from "./input"
import type { SessionAnswer } from "./lobby-commands"
import { closeLobby, getUp } from "./lobby-steps"
import { demandHeldAgainst, heldAgainstNothing, holdAgainst, withoutMeaning, type HeldAgainst } from "./meaning-steps"
import { advance, goOn } from "./phase-steps"
import { dueStep, isDone, type PlayPhase } from "./phases"
import type { QuipflipRefusal } from "./refusals"
import { isOver } from "./round-clock"
import { handOver } from "./seat-steps"
import { abandon } from "./session-end-steps"
import { isHumanPlaying, nextTask, phaseSeats, playPhaseOf, roundById, taskOfRound, tasksOf, type Participant, type Round, type Session, type SessionFacts } from "./session-facts"
import { isSessionOver } from "./session-over"
import { sessionFacts } from "./session-queries"
import { beginRound, checkSubmission, copiedTexts, nothingLeft, submitRound } from "./session-round-steps"
import { changeSession, conclude, matchOf, settleUp, type Match } from "./session-steps"
import { playedSeatOf, seatViewOf } from "./session-view"
import type { SeatView, SessionView } from "./view"

/** Begins what the seat plays next, and charges for it; whoever asks twice gets the same round [QF-E1] [QF-S5]. */
export const beginSessionRound = command({
  name: "beginSessionRound",
  who: "player",
  input: beginSessionRoundInput,
  async run(context, { sessionId, type, lifecycleVersion }): Promise<Result<{ seat: SeatView; walletBalance: number }, QuipflipRefusal>> {
    const match = matchOf(context)
    const seated = await playing(context.tx, context, sessionId, lifecycleVersion)
    if (!seated.ok) return seated
    const { facts, seat, phase } = seated.value
    if (type !== undefined && type !== phase) return refuse("wrong_phase")
    const task = nextTask(facts, seat.participantId)
    if (!task) return nothingLeft(phase)
    if (isTooLateToBegin(facts.session, seat, match.now)) return refuse("round_over")
    const begun = await beginRound(match, facts, seat, task)
    const wallets = await settleUp(match)
    return ok({ seat: playedSeatOf(begun, seat), walletBalance: wallets.get(seat.playerId ?? "") ?? seat.walletBalance })
  },
})

/** The grace is for what is on its way: no guest pays for a round that cannot be played any more. An AI player is quick enough. */
function isTooLateToBegin({ phaseExpiresAt }: Session, seat: Participant, now: Date): boolean {
  if (phaseExpiresAt === null) return false
  return isHumanPlaying(seat) ? now.getTime() >= phaseExpiresAt.getTime() : isOver(phaseExpiresAt, now)
}

/** Submits a phrase, or the phrase a vote is for; the last of all ends the phase [QF-P3] [QF-P12] [QF-E5] [QF-S11]. */
export const submitSessionRound = command({
  name: "submitSessionRound",
  who: "player",
  input: submitSessionRoundInput,
  atHand: withoutMeaning,
  async prepare(context, input): Promise<Result<HeldAgainst, QuipflipRefusal>> {
    const playable = await playableRound(context.db, context, input)
    if (!playable.ok || playable.value.own.round.roundType !== "COPY") return ok(heldAgainstNothing)
    const { facts, own } = playable.value
    return holdAgainst(context, { typed: input.phrase, texts: copiedTexts(facts, own.round), expiresAt: own.round.expiresAt })
  },
  async run(context, input): Promise<Result<{ seat: SeatView; session: SessionView }, QuipflipRefusal>> {
    const match = matchOf(context)
    const playable = await playableRound(context.tx, context, input)
    if (!playable.ok) return playable
    const { facts, seat, own } = playable.value
    const submission = await checkSubmission(match, facts, own.round, input.phrase)
    if (!submission.ok) return submission
    if (own.round.roundType === "COPY") demandHeldAgainst(context, copiedTexts(facts, own.round))
    const after = await goOn(match, await submitRound(match, facts, own, submission.value))
    const { session } = await conclude(match, after)
    return ok({ seat: seatViewOf(after, after.seats.find((one) => one.participantId === seat.participantId) ?? seat), session })
  },
})

type Submitting = { readonly party: Party; readonly actor: ActorOf["player"]; readonly now: Date }

/** The running session, the seat that whoever asks plays in it, and the round that runs there. */
async function playableRound(db: Db | Tx, asking: Submitting, { sessionId, roundId, lifecycleVersion }: z.output<typeof submitSessionRoundInput>) {
  const seated = await playing(db, asking, sessionId, lifecycleVersion)
  if (!seated.ok) return seated
  const { facts, seat } = seated.value
  const own = ownRunningRound(facts, seat, roundId, asking.now)
  return own.ok ? ok({ facts, seat, own: own.value }) : own
}

function ownRunningRound(facts: SessionFacts, seat: Participant, roundId: string, now: Date) {
  const round = roundById(facts, roundId)
  const task = taskOfRound(facts, roundId)
  if (!round || !(task?.participantId === seat.participantId || isOwn(round, seat))) return refuse("round_not_found")
  if (round.status === "SUBMITTED") return refuse("already_submitted")
  // A round that timed out or was left is nobody's task any more.
  if (task === null || round.status !== "ACTIVE" || isOver(round.expiresAt, now)) return refuse("round_over")
  return ok({ round, task })
}

function isOwn(round: Round, { playerId }: Participant): boolean {
  return playerId !== null && round.playerId === playerId
}

/** Leaves a lobby, or a running session, whose seat the AI plays until one is back [QF-S2] [QF-S6]. */
export const leaveSession = command({
  name: "leaveSession",
  who: "guest",
  input: sessionInput,
  async run(context, { sessionId }): Promise<Result<{ session: SessionView | null }, QuipflipRefusal>> {
    const match = matchOf(context)
    const facts = await sessionFacts(context.tx, context.party.id, sessionId)
    if (!facts) return refuse("session_not_found")
    const seat = facts.seats.find(({ playerId }) => playerId === context.actor.guest.id)
    if (!seat) return refuse("not_in_session")
    if (isSessionOver(facts.session)) return refuse("session_over")
    if (seat.status === "DISCONNECTED") return refuse("left_session")
    const after = facts.session.status === "OPEN" ? await getUp(match, facts, seat) : await handOver(match, facts, seat)
    return ok({ session: after && (await conclude(match, after)).session })
  },
})

/** Buzzes the phones of those the session waits for. The party's host may, and the session's. */
export const pingSession = command({
  name: "pingSession",
  who: "hostOrGuest",
  input: sessionInput,
  async run(context, { sessionId }): Promise<Result<{ pinged: number }, QuipflipRefusal>> {
    const { party, now, emit } = context
    const led = await ledSession(context, sessionId)
    if (!led.ok) return led
    const guestIds = waitedForGuests(led.value)
    emit(quipflipEvents.sessionPinged.to(party.id, { sessionId, guestIds, at: now.toISOString() }))
    return ok({ pinged: guestIds.length })
  },
})

function waitedForGuests(facts: SessionFacts): string[] {
  const isOwing = new Set(phaseSeats(facts).filter((seat) => !isDone(seat)).map(({ playerId }) => playerId))
  return facts.seats.filter(isHumanPlaying).flatMap(({ playerId, participantId, readyAt, isHost }) => {
    // The host is ready by starting [QF-S2].
    const isWaitedFor = facts.session.status === "OPEN" ? readyAt === null && !isHost : isOwing.has(participantId)
    return isWaitedFor && playerId !== null ? [playerId] : []
  })
}

/** Waits no longer for one player: the house plays what they owe in this phase [QF-S6] [QF-S11]. */
export const skipPlayer = command({
  name: "skipPlayer",
  who: "hostOrGuest",
  input: skipPlayerInput,
  async run(context, { sessionId, participantId, lifecycleVersion }): SessionAnswer {
    const match = matchOf(context)
    const led = await ledMatch(context, sessionId, lifecycleVersion)
    if (!led.ok) return led
    const facts = led.value
    if (facts.seats.every((seat) => seat.participantId !== participantId)) return refuse("player_unknown")
    const owed = tasksOf(facts, participantId, facts.session.currentPhase).filter(({ doneAt }) => doneAt === null)
    if (owed.length === 0) return refuse("already_submitted")
    return concluded(match, await goOn(match, await changeSession(match, await playForSeats(match, facts, owed))))
  },
})

/** Ends the phase now [QF-S11]. */
export const skipPhase = command({
  name: "skipPhase",
  who: "hostOrGuest",
  input: skipPhaseInput,
  async run(context, { sessionId, lifecycleVersion }): SessionAnswer {
    const match = matchOf(context)
    const led = await ledMatch(context, sessionId, lifecycleVersion)
    return led.ok ? concluded(match, await advance(match, led.value)) : led
  },
})

/** Gives the session up: fees back, sets as they stand [QF-S16]. A lobby just closes. */
export const endSession = command({
  name: "endSession",
  who: "hostOrGuest",
  input: sessionInput,
  async run(context, { sessionId }): Promise<Result<{ session: SessionView | null }, QuipflipRefusal>> {
    const match = matchOf(context)
    const led = await ledSession(context, sessionId)
    if (!led.ok) return led
    return ok({ session: await end(match, led.value) })
  },
})

/** Does what the clock says: the end of a phase, of a lobby, of a session nobody plays on, goodbye to who was kicked, and the end of the party [QF-S11] [QF-S16]. */
export const moveSessionOn = command({
  name: "moveSessionOn",
  who: "clock",
  input: sessionInput,
  async run(context, { sessionId }): Promise<Result<{ session: SessionView | null }, QuipflipRefusal>> {
    const match = matchOf(context)
    const facts = await sessionFacts(context.tx, context.party.id, sessionId)
    if (!facts || isSessionOver(facts.session)) return refuse("nothing_due")
    if (match.party.status === "ENDED") return ok({ session: await end(match, facts) })
    const kicked = facts.seats.find(({ isKicked, status }) => isKicked && status !== "DISCONNECTED")
    if (kicked) return ok({ session: await withoutKicked(match, facts, kicked) })
    const { status, createdAt, progressedAt, phaseExpiresAt } = facts.session
    const due = dueStep({ status, createdAt, progressedAt, phaseEnd: phaseExpiresAt }, phaseSeats(facts), match.now)
    if (due === null) return refuse("nothing_due")
    if (due !== "advance") return ok({ session: await end(match, facts) })
    return concluded(match, await advance(match, facts))
  },
})

async function withoutKicked(match: Match, facts: SessionFacts, seat: Participant): Promise<SessionView | null> {
  const after = facts.session.status === "OPEN" ? await getUp(match, facts, seat) : await handOver(match, facts, seat)
  return after && (await conclude(match, after)).session
}

/** @returns null for a lobby, which is gone. */
async function end(match: Match, facts: SessionFacts): Promise<SessionView | null> {
  if (facts.session.status === "OPEN") {
    await closeLobby(match, facts)
    return null
  }
  return (await conclude(match, await abandon(match, facts))).session
}

type Asking = { readonly tx: Tx; readonly party: Party; readonly actor: ActorOf["hostOrGuest"] }

/** The running session and the seat that whoever asks plays in it. */
async function playing(db: Db | Tx, { party, actor }: Pick<Submitting, "party" | "actor">, sessionId: string, lifecycleVersion: number | undefined) {
  const facts = await sessionFacts(db, party.id, sessionId)
  if (!facts) return refuse("session_not_found")
  const seat = facts.seats.find(({ playerId, participantId }) => (actor.kind === "ai" ? participantId === actor.participantId : playerId === actor.guest.id))
  if (!seat) return refuse("not_in_session")
  const running = runningPhase(facts, lifecycleVersion)
  if (!running.ok) return running
  const isAiSeat = !isHumanPlaying(seat)
  if (isAiSeat !== (actor.kind === "ai")) return refuse("left_session")
  return ok({ facts, seat, phase: running.value })
}

/** The phase that runs, when it is the one that was meant [QF-S3]. */
function runningPhase({ session }: SessionFacts, lifecycleVersion: number | undefined): Result<PlayPhase, QuipflipRefusal> {
  if (session.status === "OPEN") return refuse("session_not_started")
  const phase = playPhaseOf(session)
  if (phase === null) return refuse("session_over")
  const isStale = lifecycleVersion !== undefined && lifecycleVersion !== session.lifecycleVersion
  return isStale ? refuse("stale_version") : ok(phase)
}

/** A living session for the party's host, or for the host of the session. */
async function ledSession({ tx, party, actor }: Asking, sessionId: string): Promise<Result<SessionFacts, QuipflipRefusal>> {
  const facts = await sessionFacts(tx, party.id, sessionId)
  if (!facts) return refuse("session_not_found")
  if (isSessionOver(facts.session)) return refuse("session_over")
  const isHost = actor.kind === "host" || actor.guest.id === facts.session.hostPlayerId
  return isHost ? ok(facts) : refuse("not_host")
}

async function ledMatch(asking: Asking, sessionId: string, lifecycleVersion: number | undefined) {
  const led = await ledSession(asking, sessionId)
  if (!led.ok) return led
  const running = runningPhase(led.value, lifecycleVersion)
  return running.ok ? led : running
}

async function concluded(match: Match, facts: SessionFacts): Promise<Result<{ session: SessionView }, never>> {
  const { session } = await conclude(match, facts)
  return ok({ session })
}
