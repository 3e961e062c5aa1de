import { eq, sql } from "drizzle-orm"
import { partyParticipants } from "@/db/schema/quipflip"
import { copiesPerPrompt } from "./ring"
import { unplayedRound } from "./round-status"
import { copiesOf, paidRound, type Round, type SessionFacts } from "./session-facts"
import { resultsOf } from "./session-results"
import { withPlayed } from "./session-round-steps"
import { finalizeSets, makeSets } from "./session-set-steps"
import { enterPhase, type Match } from "./session-steps"
import { refundTransfers } from "./transfers"

/** RESULTS: every set is final and paid, and what the session came to is stored, in this one transaction [QF-S13]. */
export async function complete(match: Match, facts: SessionFacts): Promise<SessionFacts> {
  const paid = await finalizeSets(match, facts)
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
  const returned = await returnToQueue(match, facts)
  const closed = await finalizeSets(match, await makeSets(match, returned))
  const inSets = new Set(closed.sets.flatMap(({ promptRoundId, copy1RoundId, copy2RoundId }) => [promptRoundId, copy1RoundId, copy2RoundId]))
  const left = closed.rounds.filter(
    ({ roundId, status, roundType }) => status === "ACTIVE" || (status === "SUBMITTED" && roundType !== "VOTE" && !inSets.has(roundId)),
  )
  const refunded = await refundAll(match, closed, left)
  const ended = await enterPhase(match, refunded, { status: "ABANDONED", phaseExpiresAt: null, completedAt: match.now })
  return freeSeats(match, ended)
}

/** Phrases of people outside the session wait for copies again; those that have both become sets. */
async function returnToQueue({ tx }: Match, facts: SessionFacts): Promise<SessionFacts> {
  const players = new Set(facts.seats.map(({ playerId }) => playerId))
  const isFromQueue = ({ roundId, roundType, playerId }: Round) =>
    roundType === "PROMPT" && playerId !== null && !players.has(playerId) && copiesOf(facts, roundId).length < copiesPerPrompt
  const ids = facts.rounds.filter(isFromQueue).map(({ roundId }) => roundId)
  if (ids.length === 0) return facts
  await tx.execute(sql`update quipflip_rounds set session_id = null where round_id = any(${`{${ids.join(",")}}`}::uuid[])`)
  return { ...facts, rounds: facts.rounds.filter(({ roundId }) => !ids.includes(roundId)) }
}

async function refundAll(match: Match, facts: SessionFacts, rounds: readonly Round[]): Promise<SessionFacts> {
  if (rounds.length === 0) return facts
  match.transfers.push(...rounds.flatMap((round) => refundTransfers(paidRound(facts, round), "SESSION_ABANDONED")))
  await match.tx.execute(sql`
    update quipflip_rounds set status = 'ABANDONED', ended_at = ${match.now.toISOString()}::timestamptz
    where round_id = any(${`{${rounds.map(({ roundId }) => roundId).join(",")}}`}::uuid[])`)
  return withPlayed(facts, rounds.map((round) => unplayedRound(round, "ABANDONED", match.now)), [])
}

/** Everybody may sit down elsewhere. */
async function freeSeats({ tx }: Match, facts: SessionFacts): Promise<SessionFacts> {
  await tx.update(partyParticipants).set({ status: "COMPLETED" }).where(eq(partyParticipants.sessionId, facts.session.sessionId))
  return { ...facts, seats: facts.seats.map((seat) => ({ ...seat, status: "COMPLETED" })) }
}
