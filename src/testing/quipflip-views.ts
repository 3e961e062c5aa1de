import type { OpenRoundView, PlayerResult, RevealedSet, SeatView, SessionPlayer, SessionResults, SessionView } from "@/games/quipflip/view"
import { startedAt } from "./views"

/** A guest in a session who has done nothing yet; id, seat and name go by the same word. */
export function aSessionPlayer(id: string, part: Partial<SessionPlayer> = {}): SessionPlayer {
  return {
    participantId: `seat-${id}`,
    guestId: id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    isHost: false,
    isAi: false,
    isReady: false,
    hasLeft: false,
    dealt: 0,
    done: 0,
    ...part,
  }
}

/** The lobby that Ann opened, with Bo and Cy in it. */
export function aSession(part: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: "session",
    code: "QUIP2345",
    status: "OPEN",
    phase: "LOBBY",
    lifecycleVersion: 1,
    minPlayers: 3,
    maxPlayers: 8,
    promptsPerPlayer: 1,
    copiesPerPlayer: 2,
    votesPerPlayer: 3,
    pace: "X1",
    players: [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo"), aSessionPlayer("cy")],
    createdAt: startedAt,
    startedAt: null,
    phaseStartedAt: null,
    phaseEndsAt: null,
    completedAt: null,
    nextSessionId: null,
    ...part,
  }
}

/** That session in its COPY phase, with two copies dealt to everybody. */
export function aRunningSession(part: Partial<SessionView> = {}): SessionView {
  return aSession({
    status: "IN_PROGRESS",
    phase: "COPY",
    lifecycleVersion: 3,
    players: [
      aSessionPlayer("ann", { isHost: true, dealt: 2 }),
      aSessionPlayer("bo", { dealt: 2 }),
      aSessionPlayer("cy", { dealt: 2 }),
    ],
    startedAt,
    phaseStartedAt: startedAt,
    phaseEndsAt: "2026-11-21T20:06:00.000Z",
    ...part,
  })
}

/** Ann's seat in it: nothing begun. */
export function aSeat(part: Partial<SeatView> = {}): SeatView {
  return {
    sessionId: "session",
    participantId: "seat-ann",
    lifecycleVersion: 3,
    hasLeft: false,
    dealt: 2,
    done: 0,
    round: null,
    lentCoins: 0,
    ...part,
  }
}

/** A copy that runs for three minutes. */
export function anOpenRound(part: Partial<OpenRoundView> = {}): OpenRoundView {
  return {
    roundId: "round",
    type: "COPY",
    feeCoins: 50,
    lentCoins: 0,
    endsAt: "2026-11-21T20:03:00.000Z",
    promptText: null,
    originalPhrase: "A VERY LOUD FRIDGE",
    phrases: null,
    ...part,
  }
}

/** One player's session: a middling one. */
export function aPlayerResult(id: string, part: Partial<PlayerResult> = {}): PlayerResult {
  return {
    participantId: `seat-${id}`,
    guestId: id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    isAi: false,
    rank: 1,
    netCoins: 0,
    earnedCoins: 230,
    spentCoins: 230,
    promptsWritten: 1,
    copiesWritten: 2,
    votesCast: 3,
    votesRight: 1,
    originalVotes: 0,
    copyVotes: 0,
    ...part,
  }
}

/** Ann's phrase with the copies of Bo and the house; Cy fell for Bo's. */
export function aRevealedSet(part: Partial<RevealedSet> = {}): RevealedSet {
  const who = (id: string) => ({ participantId: `seat-${id}`, guestId: id, name: id.charAt(0).toUpperCase() + id.slice(1), isAi: false })
  return {
    phrasesetId: "set",
    promptText: "The worst thing to find in a sofa",
    isFiller: false,
    poolCoins: 210,
    phrases: [
      { role: "ORIGINAL", phrase: "A VERY LOUD FRIDGE", writer: who("ann"), isByHouse: false, coins: 0, voters: [] },
      { role: "COPY_1", phrase: "THE NOISY COOLER", writer: who("bo"), isByHouse: false, coins: 210, voters: [{ ...who("cy"), isByHouse: false }] },
      { role: "COPY_2", phrase: "HUMMING WHITE BOX", writer: who("cy"), isByHouse: true, coins: 0, voters: [] },
    ],
    ...part,
  }
}

/** Bo won; Ann and Cy share the second place. */
export function someResults(part: Partial<SessionResults> = {}): SessionResults {
  return {
    sessionId: "session",
    code: "QUIP2345",
    completedAt: "2026-11-21T20:20:00.000Z",
    players: [
      aPlayerResult("bo", { rank: 1, netCoins: 120, earnedCoins: 350, copyVotes: 1 }),
      aPlayerResult("ann", { rank: 2, netCoins: -210, earnedCoins: 20, votesRight: 1 }),
      aPlayerResult("cy", { rank: 2, netCoins: -210, earnedCoins: 20, votesRight: 1 }),
    ],
    awards: { bestWriterIds: [], topImpostorIds: ["seat-bo"], sharpestVoterIds: ["seat-ann", "seat-cy"] },
    sets: [aRevealedSet()],
    ...part,
  }
}
