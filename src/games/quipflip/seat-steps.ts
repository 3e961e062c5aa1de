import { and, eq, isNull, sql } from "drizzle-orm"
import { partyParticipants, partyRounds } from "@/db/schema/quipflip"
import { ok, refuse, type Result } from "@/kernel/result"
import { hostAmong } from "./lobby"
import { endSoloRounds, lobbySeatOf } from "./lobby-steps"
import { goOn } from "./phase-steps"
import { phaseEndsAt } from "./phases"
import type { UnplayedReason } from "./fees"
import type { QuipflipRefusal } from "./refusals"
import { isHumanPlaying, nextTask, playPhaseOf, quotasOf, roundById, type Participant, type SessionFacts } from "./session-facts"
import { livingSessionOf } from "./session-queries"
import { endInSession, withPlayed } from "./session-round-steps"
import { changeSession, conclude, putIn, type Match } from "./session-steps"
import type { SessionView } from "./view"

/** How soon the AI plays in the seat of somebody who has left, in milliseconds. */
const takeOverMs = 4_000

/** Somebody leaves a running session, or was kicked: the AI plays the seat from now on [QF-S6]. */
export async function handOver(match: Match, facts: SessionFacts, seat: Participant): Promise<SessionFacts> {
  const dropped = await dropRound(match, facts, seat, "ABANDONED")
  const left = await seatStatus(match, dropped, seat, "DISCONNECTED", new Date(match.now.getTime() + takeOverMs))
  return goOn(match, await passHostOn(match, await changeSession(match, left)))
}

/** Back in the own seat [QF-S6]. What the house has begun meanwhile, it leaves. */
export async function comeBack(match: Match, facts: SessionFacts, guestId: string): Promise<Result<{ session: SessionView }, QuipflipRefusal>> {
  const seat = facts.seats.find(({ playerId }) => playerId === guestId)
  if (!seat) return refuse("not_in_session")
  if ((await livingSessionOf(match.tx, guestId)) !== null) return refuse("in_another_session")
  await endSoloRounds(match, [guestId])
  const dropped = await dropRound(match, facts, seat, "SESSION_ABANDONED")
  const seated = await seatStatus(match, dropped, seat, "ACTIVE", null)
  const back = await changeSession(match, seated, { phaseExpiresAt: endFor(seated, seat, match.now) })
  const { session } = await conclude(match, await passHostOn(match, back))
  return ok({ session })
}

/** A phase that was cut short while no human was waited for has its whole time again for one who is back with something to play [QF-S12]. */
function endFor(facts: SessionFacts, { participantId }: Participant, now: Date): Date | null {
  const { session } = facts
  const phase = playPhaseOf(session)
  if (phase === null || session.phaseStartedAt === null || nextTask(facts, participantId) === null) return session.phaseExpiresAt
  const whole = phaseEndsAt(phase, { quotas: quotasOf(session), pace: session.pace }, session.phaseStartedAt)
  return whole === null || whole.getTime() > now.getTime() ? whole : session.phaseExpiresAt
}

/** The round that runs in the seat ends unplayed, and what was dealt waits for whoever plays the seat next. */
async function dropRound(match: Match, facts: SessionFacts, seat: Participant, reason: UnplayedReason): Promise<SessionFacts> {
  const task = nextTask(facts, seat.participantId)
  const round = roundById(facts, task?.roundId ?? null)
  if (!task || round?.status !== "ACTIVE") return facts
  await match.tx.update(partyRounds).set({ roundId: null }).where(eq(partyRounds.partyRoundId, task.partyRoundId))
  return withPlayed(await endInSession(match, facts, [round], reason), [], [{ ...task, roundId: null }])
}

async function seatStatus(
  { tx, now }: Match,
  facts: SessionFacts,
  seat: Participant,
  status: "ACTIVE" | "DISCONNECTED",
  aiDueAt: Date | null,
): Promise<SessionFacts> {
  const { participantId } = seat
  await tx.update(partyParticipants).set({ status, lastActivityAt: now }).where(eq(partyParticipants.participantId, participantId))
  await tx
    .update(partyRounds)
    .set({ aiDueAt, aiClaimedUntil: null })
    .where(and(eq(partyRounds.participantId, participantId), isNull(partyRounds.doneAt)))
  const tasks = facts.tasks.filter((task) => task.participantId === participantId && task.doneAt === null)
  return {
    ...withPlayed(facts, [], tasks.map((task) => ({ ...task, aiDueAt, aiClaimedUntil: null }))),
    seats: putIn(facts.seats, [{ ...seat, status }], (one) => one.participantId),
  }
}

/** A host who has left cannot skip anybody: another human can, be it the first who is back. */
async function passHostOn(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const { hostPlayerId, sessionId } = facts.session
  const present = facts.seats.filter(isHumanPlaying).map(lobbySeatOf)
  const next = hostAmong(present, hostPlayerId)
  if (next === null || next === hostPlayerId) return facts
  await match.tx
    .update(partyParticipants)
    .set({ isHost: sql`${partyParticipants.playerId} = ${next}::uuid` })
    .where(and(eq(partyParticipants.sessionId, sessionId), eq(partyParticipants.isAi, false)))
  const changed = await changeSession(match, facts, { hostPlayerId: next })
  return { ...changed, seats: changed.seats.map((seat) => ({ ...seat, isHost: seat.playerId === next })) }
}
