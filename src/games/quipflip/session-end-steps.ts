import { eq, sql } from "drizzle-orm"
import { partyParticipants } from "@/db/schema/quipflip"
import type { Round, SessionFacts } from "./session-facts"
import { resultsOf } from "./session-results"
import { endInSession } from "./session-round-steps"
import { makeSets, paySets } from "./session-set-steps"
import { enterPhase, type Match } from "./session-steps"

/** RESULTS: every set is final and paid, and what the session came to is stored, in this one transaction [QF-S13]. */
export async function complete(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const paid = await paySets(match, facts)
  const results = resultsOf(paid, match.now)
  const ended = await enterPhase(match, paid, {
    currentPhase: "RESULTS",
    status: "COMPLETED",
    phaseExpiresAt: null,
    completedAt: match.now,
    results,
  })
  return freeSeats(match, ended)
}

/** The session is given up: rounds that run are refunded in full, sets are final as they stand, and what was to become one gives its fee back [QF-S16]. */
export async function abandon(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const closed = await paySets(match, await makeSets(match, facts))
  const left = unfinished(closed)
  const lent = left.filter((round) => isFromQueue(closed, round))
  const refunded = await endInSession(match, closed, left.filter((round) => !lent.includes(round)), "SESSION_ABANDONED")
  await returnToQueue(match, lent)
  const ended = await enterPhase(match, refunded, { status: "ABANDONED", phaseExpiresAt: null, completedAt: match.now })
  return freeSeats(match, ended)
}

/** What runs, and phrases that have become no set. */
function unfinished({ rounds, sets }: SessionFacts): Round[] {
  const inSets = new Set(sets.flatMap(({ promptRoundId, copy1RoundId, copy2RoundId }) => [promptRoundId, copy1RoundId, copy2RoundId]))
  return rounds.filter(
    ({ roundId, status, roundType }) => status === "ACTIVE" || (status === "SUBMITTED" && roundType !== "VOTE" && !inSets.has(roundId)),
  )
}

function isFromQueue({ seats }: SessionFacts, { roundType, playerId }: Round): boolean {
  return roundType === "PROMPT" && playerId !== null && seats.every((seat) => seat.playerId !== playerId)
}

/** Phrases of people outside the session wait for copies again. */
async function returnToQueue({ tx }: Match, prompts: readonly Round[]): Promise<void> {
  if (prompts.length === 0) return
  const ids = `{${prompts.map(({ roundId }) => roundId).join(",")}}`
  await tx.execute(sql`update quipflip_rounds set session_id = null where round_id = any(${ids}::uuid[])`)
}

/** Everybody may sit down elsewhere. */
async function freeSeats({ tx }: Match, facts: SessionFacts): Promise<SessionFacts> {
  await tx.update(partyParticipants).set({ status: "COMPLETED" }).where(eq(partyParticipants.sessionId, facts.session.sessionId))
  return { ...facts, seats: facts.seats.map((seat) => ({ ...seat, status: "COMPLETED" })) }
}
