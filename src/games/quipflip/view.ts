import * as z from "zod/mini"

const phase = z.enum(["LOBBY", "PROMPT", "COPY", "VOTE", "RESULTS"])
const phrasesetRole = z.enum(["ORIGINAL", "COPY_1", "COPY_2"])
const pace = z.enum(["X1", "X1_5", "X2", "OFF"])

/** Somebody in a session as everybody sees them: how much of this phase they have played, never what. */
const sessionPlayer = z.object({
  participantId: z.string(),
  /** Null for an AI player. */
  guestId: z.nullable(z.string()),
  name: z.string(),
  isHost: z.boolean(),
  isAi: z.boolean(),
  /** Ready in the lobby; also AI players, who always are. */
  isReady: z.boolean(),
  /** Left the running session: the AI plays the seat until they are back. */
  hasLeft: z.boolean(),
  /** What they were dealt in this phase, and how much of it is played (by the house in their place, too). */
  dealt: z.int(),
  done: z.int(),
})
export type SessionPlayer = z.infer<typeof sessionPlayer>

/** A session as every screen sees it. ISO instants. No word of anybody's is in it. */
export const sessionView = z.object({
  sessionId: z.string(),
  /** Four letters and four digits. */
  code: z.string(),
  status: z.enum(["OPEN", "IN_PROGRESS", "COMPLETED", "ABANDONED"]),
  phase,
  /** Counts the phases: send it with a command, so that one meant for an earlier phase is told apart. */
  lifecycleVersion: z.int(),
  minPlayers: z.int(),
  maxPlayers: z.int(),
  promptsPerPlayer: z.int(),
  copiesPerPlayer: z.int(),
  votesPerPlayer: z.int(),
  pace,
  /** In the order of joining. */
  players: z.array(sessionPlayer),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  phaseStartedAt: z.nullable(z.string()),
  /** When the phase ends for people; null without timers, in the lobby and after the end. */
  phaseEndsAt: z.nullable(z.string()),
  completedAt: z.nullable(z.string()),
  /** The match they went on to play. */
  nextSessionId: z.nullable(z.string()),
})
export type SessionView = z.infer<typeof sessionView>

/** A prompt, a copy or a vote that was begun, for who plays it alone. Coins; ISO instants. */
export type OpenRoundView = {
  roundId: string
  type: "PROMPT" | "COPY" | "VOTE"
  feeCoins: number
  /** The part of the fee the house lent. */
  lentCoins: number
  /** Null without timers. */
  endsAt: string | null
  /** The prompt to finish, or the prompt the three phrases answer; null for a copy, whose writer is not shown it. */
  promptText: string | null
  /** The phrase to copy. */
  originalPhrase: string | null
  /** What to vote on, in this voter's own order. A vote sends back the phrase itself. */
  phrases: string[] | null
}

/** The own seat in a session, for its guest alone. */
export type SeatView = {
  sessionId: string
  participantId: string
  lifecycleVersion: number
  hasLeft: boolean
  /** What was dealt for this phase, in the order of play. */
  dealt: number
  done: number
  /** The round that runs; null when the next has not begun or all is played. */
  round: OpenRoundView | null
  /** Coins lent by the house in this session so far. */
  lentCoins: number
}

const resultPerson = z.object({ participantId: z.string(), guestId: z.nullable(z.string()), name: z.string(), isAi: z.boolean() })
export type ResultPerson = z.infer<typeof resultPerson>

/** One player's session. Coins. */
const playerResult = z.object({
  ...resultPerson.shape,
  rank: z.int(),
  netCoins: z.int(),
  /** Vault part included. */
  earnedCoins: z.int(),
  /** A lent fee is spent. */
  spentCoins: z.int(),
  promptsWritten: z.int(),
  copiesWritten: z.int(),
  votesCast: z.int(),
  votesRight: z.int(),
  /** Votes others cast for this player's originals and copies. */
  originalVotes: z.int(),
  copyVotes: z.int(),
})
export type PlayerResult = z.infer<typeof playerResult>

/** One of the three phrases of a set, revealed. */
const revealedPhrase = z.object({
  role: phrasesetRole,
  phrase: z.string(),
  /** Who wrote it; null for the house's own. */
  writer: z.nullable(resultPerson),
  /** The house wrote it in the writer's place. */
  isByHouse: z.boolean(),
  /** What it brought its writer, coins. */
  coins: z.int(),
  /** Who took it for the original. */
  voters: z.array(z.object({ ...resultPerson.shape, isByHouse: z.boolean() })),
})
export type RevealedPhrase = z.infer<typeof revealedPhrase>

const revealedSet = z.object({
  phrasesetId: z.string(),
  promptText: z.string(),
  isFiller: z.boolean(),
  poolCoins: z.int(),
  /** Original first. */
  phrases: z.array(revealedPhrase),
})
export type RevealedSet = z.infer<typeof revealedSet>

/** What a session came to. Stored once; the same for everybody. */
export const sessionResults = z.object({
  sessionId: z.string(),
  code: z.string(),
  completedAt: z.string(),
  /** Best first. */
  players: z.array(playerResult),
  awards: z.object({
    bestWriterIds: z.array(z.string()),
    topImpostorIds: z.array(z.string()),
    sharpestVoterIds: z.array(z.string()),
  }),
  /** In the order of the reveal: the players' own, then fillers. */
  sets: z.array(revealedSet),
})
export type SessionResults = z.infer<typeof sessionResults>
