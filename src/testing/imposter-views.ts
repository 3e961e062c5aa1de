import type { CardView, Reveal, RoundPlayer, RoundView } from "@/games/imposter/view"
import { startedAt } from "./views"

/** A player who is there and has done nothing yet. */
export function aRoundPlayer(guestId: string, part: Partial<RoundPlayer> = {}): RoundPlayer {
  return { guestId, hasLeft: false, hasCalledVote: false, hasVoted: false, ...part }
}

/** Round 1 of Ann, Bo and Cy, who talk for five minutes. */
export function aRound(part: Partial<RoundView> = {}): RoundView {
  const players = part.players ?? ["ann", "bo", "cy"].map((id) => aRoundPlayer(id))
  return {
    roundId: "round",
    gameId: "imposter",
    round: 1,
    status: "ACTIVE",
    startedAt,
    players,
    imposterCount: 1,
    hasMisterWhite: false,
    discussionEndsAt: "2026-11-21T20:05:00.000Z",
    isWarned: false,
    callsNeeded: 2,
    vote: 0,
    voteEndsAt: part.status === "VOTING" ? "2026-11-21T20:06:00.000Z" : null,
    candidateIds: part.status === "VOTING" ? players.map(({ guestId }) => guestId) : [],
    reveal: null,
    ...part,
  }
}

/** Bo is the imposter and was caught by everybody; the guess is over. */
export function aReveal(part: Partial<Reveal> = {}): Reveal {
  return {
    outcome: "CAUGHT",
    outId: "bo",
    imposterIds: ["bo"],
    misterWhiteId: null,
    votes: [
      { voterId: "ann", targetId: "bo" },
      { voterId: "bo", targetId: "ann" },
      { voterId: "cy", targetId: "bo" },
    ],
    word: "Lighthouse",
    hint: "Coast",
    guessEndsAt: null,
    endedAt: "2026-11-21T20:07:00.000Z",
    guess: null,
    coins: [
      { guestId: "ann", coins: 50 },
      { guestId: "cy", coins: 50 },
    ],
    ...part,
  }
}

/** A civilian's card of that round. */
export function aCard(part: Partial<CardView> = {}): CardView {
  return { roundId: "round", isImposter: false, isMisterWhite: false, word: "Lighthouse", votedForId: null, ...part }
}
