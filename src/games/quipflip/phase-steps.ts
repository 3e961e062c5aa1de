import { sql } from "drizzle-orm"
import { assert } from "@/kernel/assert"
import { deal } from "./deal-steps"
import { fillCopies, playForSeats } from "./house-steps"
import { isDone, isPlayPhase, nextPhase, phaseEndsAt, phaseEndWithoutHumans, waitedFor, type PlayPhase } from "./phases"
import { complete } from "./session-end-steps"
import { phaseSeats, playPhaseOf, quotasOf, type SessionFacts } from "./session-facts"
import { makeSets } from "./session-set-steps"
import { changeSession, enterPhase, type Match } from "./session-steps"

/** Begins a phase in which something is played, and goes on at once when there is nobody to wait for [QF-S3] [QF-S11]. */
export async function beginPhase(match: Match, facts: SessionFacts, phase: PlayPhase): Promise<SessionFacts> {
  const { pace } = facts.session
  const phaseExpiresAt = phaseEndsAt(phase, { quotas: quotasOf(facts.session), pace }, match.now)
  const entered = await enterPhase(match, facts, { currentPhase: phase, phaseExpiresAt })
  return goOn(match, await deal(match, entered))
}

/** What a submission, a leaver or a skip brings about: the next phase when everybody is done, a last moment for AI players when no human is waited for [QF-S11] [QF-S12]. */
export async function goOn(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const seats = phaseSeats(facts)
  if (seats.every(isDone)) return advance(match, facts)
  return waitedFor(seats).humanIds.length === 0 ? hurry(match, facts) : facts
}

/** Ends the phase now: the house plays what is owed, and the next begins, or the results [QF-S6] [QF-S13]. */
export async function advance(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const phase = playPhaseOf(facts.session)
  assert(phase !== null, `session ${facts.session.sessionId} has no phase to end`)
  const owed = facts.tasks.filter((task) => task.phase === phase && task.doneAt === null)
  const played = await playForSeats(match, facts, owed)
  const written = phase === "COPY" ? await makeSets(match, await fillCopies(match, played)) : played
  const next = nextPhase(phase)
  return next !== null && isPlayPhase(next) ? beginPhase(match, written, next) : complete(match, written)
}

/** AI players play what they still owe at once, and the phase ends soon whatever they do [QF-S12]. */
async function hurry(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const { phaseExpiresAt, sessionId, currentPhase } = facts.session
  const soon = phaseEndWithoutHumans(phaseExpiresAt, match.now)
  if (phaseExpiresAt !== null && soon.getTime() >= phaseExpiresAt.getTime()) return facts
  const now = match.now.toISOString()
  await match.tx.execute(sql`
    update party_rounds set ai_due_at = ${now}::timestamptz
    where session_id = ${sessionId}::uuid and phase = ${currentPhase} and done_at is null and ai_due_at > ${now}::timestamptz`)
  return changeSession(match, facts, { phaseExpiresAt: soon })
}
