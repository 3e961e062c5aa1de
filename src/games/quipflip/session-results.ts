import { awardsOf } from "./awards"
import { refundOf, type UnplayedReason } from "./fees"
import { rankingOf } from "./ranking"
import { phrasesetRoles, type PhrasesetRole } from "./roles"
import { settlementOf } from "./transfers"
import { paidRound, taskOfRound, votesOn, writtenIn, type Participant, type Round, type SessionFacts, type SessionSet } from "./session-facts"
import type { PlayerResult, ResultPerson, RevealedPhrase, RevealedSet, SessionResults } from "./view"

/**
 * What a session came to [QF-S14] [QF-S15]. Its sets are final and its rounds have what they earned. What the house played
 * for somebody counts for nobody.
 */
export function resultsOf(facts: SessionFacts, completedAt: Date): SessionResults {
  const players = facts.seats.map((seat) => ({ seat, ...achievementsOf(facts, seat) }))
  const ranks = rankingOf(players)
  return {
    sessionId: facts.session.sessionId,
    code: facts.session.partyCode,
    completedAt: completedAt.toISOString(),
    players: ranks.flatMap(({ playerId, rank, netCoins }): PlayerResult[] =>
      players
        .filter(({ seat }) => seat.participantId === playerId)
        .map(({ seat, playerId: _, ...numbers }) => ({ ...personOf(seat), rank, netCoins, ...numbers })),
    ),
    awards: copied(awardsOf(players)),
    sets: facts.sets.map((set) => revealedSetOf(facts, set)),
  }
}

function achievementsOf(facts: SessionFacts, seat: Participant) {
  const own = facts.rounds.filter((round) => isPlayedBy(seat, round))
  const played = own.filter(({ status }) => status === "SUBMITTED")
  const votes = played.filter(({ roundType }) => roundType === "VOTE")
  const votesFor = (isFor: (role: PhrasesetRole) => boolean) =>
    facts.sets.reduce((sum, set) => {
      const rounds = writtenIn(facts, set)
      const mine = phrasesetRoles.filter((role) => isFor(role) && isPlayedBy(seat, rounds[role]))
      return sum + votesOn(facts, set.phrasesetId).filter(({ choice }) => mine.includes(choice)).length
    }, 0)
  return {
    playerId: seat.participantId,
    earnedCoins: sumOf(own, ({ earnedCoins }) => earnedCoins),
    spentCoins: sumOf(own, spentCoins),
    promptsWritten: played.filter(({ roundType }) => roundType === "PROMPT").length,
    copiesWritten: played.filter(({ roundType }) => roundType === "COPY").length,
    votesCast: votes.length,
    votesRight: votes.filter(({ choice }) => choice === "ORIGINAL").length,
    originalVotes: votesFor((role) => role === "ORIGINAL"),
    copyVotes: votesFor((role) => role !== "ORIGINAL"),
  }
}

/** By the seat's own guest or AI player: not by the house in their place. */
function isPlayedBy({ isAi, participantId, playerId }: Participant, round: Round): boolean {
  return isAi ? round.aiParticipantId === participantId : round.playerId !== null && round.playerId === playerId
}

/** A round's fee, less what came back of it [QF-N3]. Coins. */
function spentCoins({ status, roundType, feeCoins }: Round): number {
  const reason = unplayedReasons[status]
  return reason ? feeCoins - refundOf(roundType, feeCoins, reason) : feeCoins
}

const unplayedReasons: Partial<Record<Round["status"], UnplayedReason>> = { ABANDONED: "ABANDONED", TIMED_OUT: "TIMED_OUT" }

function revealedSetOf(facts: SessionFacts, set: SessionSet): RevealedSet {
  const rounds = writtenIn(facts, set)
  const votes = votesOn(facts, set.phrasesetId)
  const { pool, shares } = settlementOf({ poolBaseCoins: set.poolBaseCoins, votes: votes.map((vote) => ({ ...paidRound(facts, vote), choice: vote.choice })) })
  return {
    phrasesetId: set.phrasesetId,
    promptText: rounds.ORIGINAL.promptText ?? "",
    isFiller: set.isFiller,
    poolCoins: pool,
    phrases: phrasesetRoles.map((role): RevealedPhrase => {
      const writer = seatOfRound(facts, rounds[role])
      return {
        role,
        phrase: rounds[role].phrase,
        writer: writer && personOf(writer),
        isByHouse: taskOfRound(facts, rounds[role].roundId)?.isByHouse ?? false,
        coins: shares[role],
        voters: votes.filter(({ choice }) => choice === role).flatMap((vote) => {
          const voter = seatOfRound(facts, vote)
          return voter ? [{ ...personOf(voter), isByHouse: taskOfRound(facts, vote.roundId)?.isByHouse ?? false }] : []
        }),
      }
    }),
  }
}

/** In whose place a round was played; null for the house's own and for guests outside the session. */
function seatOfRound(facts: SessionFacts, { roundId }: Round): Participant | null {
  const task = taskOfRound(facts, roundId)
  return facts.seats.find(({ participantId }) => participantId === task?.participantId) ?? null
}

function personOf({ participantId, playerId, name, isAi }: Participant): ResultPerson {
  return { participantId, guestId: playerId, name, isAi }
}

function copied(awards: ReturnType<typeof awardsOf>): SessionResults["awards"] {
  return { bestWriterIds: [...awards.bestWriterIds], topImpostorIds: [...awards.topImpostorIds], sharpestVoterIds: [...awards.sharpestVoterIds] }
}

function sumOf(rounds: readonly Round[], coins: (round: Round) => number): number {
  return rounds.reduce((sum, round) => sum + coins(round), 0)
}
