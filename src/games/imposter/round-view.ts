import type { partyImposterPlayers, partyImposterRounds } from "@/db/schema/imposter"
import { callsNeeded, candidatesOf, votesThatCount, type Vote } from "./voting"
import type { CardView, Reveal, RoundView } from "./view"

export type Round = typeof partyImposterRounds.$inferSelect
export type Player = typeof partyImposterPlayers.$inferSelect & { readonly isKicked: boolean }

/** A round with everything that belongs to it; `votes` are those of its current vote. */
export type RoundFacts = { readonly round: Round; readonly players: readonly Player[]; readonly votes: readonly Vote[] }

/** Neither left nor kicked [IMP-13]. */
export function presentIdsOf({ players }: Pick<RoundFacts, "players">): string[] {
  return players.filter(isPresent).map(({ userId }) => userId)
}

export function isPresent({ leftAt, isKicked }: Player): boolean {
  return leftAt === null && !isKicked
}

export function imposterIdsOf({ players }: Pick<RoundFacts, "players">): string[] {
  return players.filter(({ role }) => role === "IMPOSTER").map(({ userId }) => userId)
}

/** A round as everybody may see it: nobody's role and no word before the reveal [IMP-4]. */
export function roundViewOf(facts: RoundFacts): RoundView {
  const { round, players, votes } = facts
  const presentIds = presentIdsOf(facts)
  const candidateIds = candidatesOf(presentIds, round.tiedIds)
  const voters = new Set(votesThatCount(votes, presentIds, candidateIds).map(({ voterId }) => voterId))
  return {
    roundId: round.id,
    gameId: round.gameId,
    round: round.round,
    status: round.status,
    startedAt: round.createdAt.toISOString(),
    players: players.map((player) => ({
      guestId: player.userId,
      hasLeft: !isPresent(player),
      hasCalledVote: player.calledVoteAt !== null,
      hasVoted: round.status === "VOTING" && voters.has(player.userId),
    })),
    imposterCount: imposterIdsOf(facts).length,
    hasMisterWhite: players.some(({ isMisterWhite }) => isMisterWhite),
    discussionEndsAt: round.discussionEndsAt.toISOString(),
    isWarned: round.warnedAt !== null,
    callsNeeded: callsNeeded(presentIds.length),
    vote: round.vote,
    voteEndsAt: round.status === "VOTING" && round.voteEndsAt ? round.voteEndsAt.toISOString() : null,
    candidateIds: round.status === "VOTING" ? candidateIds : [],
    reveal: revealOf(facts),
  }
}

function revealOf(facts: RoundFacts): Reveal | null {
  const { round, players, votes } = facts
  if (round.status !== "REVEALED" || round.outcome === null) return null
  const isOver = round.endedAt !== null
  return {
    outcome: round.outcome,
    outId: round.outId,
    imposterIds: imposterIdsOf(facts),
    misterWhiteId: players.find(({ isMisterWhite }) => isMisterWhite)?.userId ?? null,
    votes: votes.map(({ voterId, targetId }) => ({ voterId, targetId })),
    word: isOver ? round.secretWord : null,
    hint: isOver ? round.imposterHint : null,
    guessEndsAt: isOver ? null : (round.guessEndsAt?.toISOString() ?? null),
    endedAt: round.endedAt?.toISOString() ?? null,
    guess: round.guess === null ? null : { text: round.guess, isRight: round.isGuessRight === true },
    coins: players.filter(({ coins }) => coins > 0).map(({ userId, coins }) => ({ guestId: userId, coins })),
  }
}

/** The card of one player, for that player's phone alone [IMP-4]; null for whoever does not play or has left. */
export function cardOf({ round, players, votes }: RoundFacts, guestId: string): CardView | null {
  const player = players.find(({ userId }) => userId === guestId)
  if (!player || !isPresent(player)) return null
  const isImposter = player.role === "IMPOSTER"
  return {
    roundId: round.id,
    isImposter,
    isMisterWhite: player.isMisterWhite,
    word: isImposter ? (player.isMisterWhite ? null : round.imposterHint) : round.secretWord,
    votedForId: votes.find(({ voterId }) => voterId === guestId)?.targetId ?? null,
  }
}
