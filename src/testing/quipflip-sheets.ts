import type { EngineRound, EngineSet, Sheet } from "@/games/quipflip/round-sheet"
import { startedAt } from "./views"

/** So many ms after everything in these sheets began. */
export const later = (ms: number) => new Date(Date.parse(startedAt) + ms)

/** A copy of Ann's prompt by nobody that runs; say what it is. Its id says what it is. */
export function aRound(part: Partial<EngineRound> = {}): EngineRound {
  return {
    roundId: `round-${part.playerId ?? "nobody"}`,
    partyId: "party",
    sessionId: null,
    playerId: null,
    aiParticipantId: null,
    roundType: "COPY",
    status: "ACTIVE",
    feeCoins: 50,
    lentCoins: 0,
    earnedCoins: 0,
    createdAt: later(0),
    expiresAt: later(180_000),
    endedAt: null,
    promptText: null,
    phrase: null,
    promptRoundId: null,
    slot: null,
    isSecondCopy: false,
    phrasesetId: null,
    seed: null,
    choice: null,
    flaggedAt: null,
    flaggedById: null,
    ...part,
  }
}

/** A phrase by this player that is written. */
export const aPhrase = (playerId: string, part: Partial<EngineRound> = {}) =>
  aRound({ playerId, status: "SUBMITTED", phrase: `PHRASE OF ${playerId.toUpperCase()}`, endedAt: later(0), ...part })

/** A vote by this player that runs. */
export const aVote = (playerId: string, part: Partial<EngineRound> = {}) =>
  aRound({ roundId: `vote-${playerId}`, playerId, roundType: "VOTE", feeCoins: 10, seed: 1, expiresAt: later(60_000), ...part })

/** Ann's prompt, with a name, which waits for its copies. */
export function aSheet(name: string, part: Partial<Sheet> = {}): Sheet {
  const prompt = aPhrase("ann", { roundId: name, roundType: "PROMPT", feeCoins: 100, promptText: `${name}…` })
  return { prompt, copies: [], set: null, votes: [], ...part }
}

/** The set Bo and Cy made of it. */
export function aSetSheet(name: string, part: Partial<Sheet> = {}, set: Partial<EngineSet> = {}): Sheet {
  const copies = [aPhrase("bo", { roundId: `${name}-bo`, slot: 1 }), aPhrase("cy", { roundId: `${name}-cy`, slot: 2 })]
  return aSheet(name, {
    copies,
    set: {
      phrasesetId: `set-${name}`,
      partyId: "party",
      sessionId: null,
      status: "VOTING",
      promptRoundId: name,
      copy1RoundId: `${name}-bo`,
      copy2RoundId: `${name}-cy`,
      poolBaseCoins: 200,
      finalAt: null,
      createdAt: later(0),
      finalizedAt: null,
      ...set,
    },
    ...part,
  })
}
