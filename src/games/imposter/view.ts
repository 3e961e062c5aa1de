import * as z from "zod/mini"

/** A player of a round as everybody sees it: no role, no word. */
export const roundPlayer = z.object({
  guestId: z.string(),
  hasLeft: z.boolean(),
  /** Wants to vote early. */
  hasCalledVote: z.boolean(),
  /** Has voted in the vote that runs; for whom is a secret until the reveal. */
  hasVoted: z.boolean(),
})

/** Who named whom in the deciding vote. */
const shownVote = z.object({ voterId: z.string(), targetId: z.string() })

/** What a round was about, once it is over. Coins. */
export const reveal = z.object({
  outcome: z.enum(["CAUGHT", "ESCAPED", "CALLED_OFF"]),
  /** Who was voted out, if anybody. */
  outId: z.nullable(z.string()),
  imposterIds: z.array(z.string()),
  misterWhiteId: z.nullable(z.string()),
  votes: z.array(shownVote),
  /** Null while the caught imposter may still guess it; so is the hint. */
  word: z.nullable(z.string()),
  hint: z.nullable(z.string()),
  /** Until when the caught imposter may guess (ISO); null when not or no longer. */
  guessEndsAt: z.nullable(z.string()),
  /** When the round was over, the guess included (ISO); null until then. */
  endedAt: z.nullable(z.string()),
  guess: z.nullable(z.object({ text: z.string(), isRight: z.boolean() })),
  /** What the round has brought so far, only those who got something. */
  coins: z.array(z.object({ guestId: z.string(), coins: z.int() })),
})
export type Reveal = z.infer<typeof reveal>

/** A round as every screen sees it. ISO instants. */
export const roundView = z.object({
  roundId: z.string(),
  gameId: z.string(),
  /** Its number in the party, from 1. */
  round: z.int(),
  status: z.enum(["ACTIVE", "VOTING", "REVEALED"]),
  startedAt: z.string(),
  /** In the order round the table. */
  players: z.array(roundPlayer),
  imposterCount: z.int(),
  hasMisterWhite: z.boolean(),
  discussionEndsAt: z.string(),
  /** The end of the discussion is near. */
  isWarned: z.boolean(),
  /** How many calls of players present open the vote. */
  callsNeeded: z.int(),
  /** 0 while they talk, 1 the vote, 2 the revote. */
  vote: z.int(),
  voteEndsAt: z.nullable(z.string()),
  /** Who can be named: the tied in a revote, else everybody present. Nobody can name themselves. */
  candidateIds: z.array(z.string()),
  /** Null until the round is revealed. */
  reveal: z.nullable(reveal),
})
export type RoundView = z.infer<typeof roundView>
export type RoundPlayer = z.infer<typeof roundPlayer>

/** A player's own card, for the own phone alone. `word` is the civilians' word or the imposter's hint; null for Mr White. */
export type CardView = {
  roundId: string
  isImposter: boolean
  isMisterWhite: boolean
  word: string | null
  /** Whom this player names in the vote that runs. */
  votedForId: string | null
}

/** How the next round will be played; for race control. */
export const settingsView = z.object({
  category: z.nullable(z.string()),
  theme: z.nullable(z.string()),
  language: z.string(),
  imposterCount: z.int(),
  hasMisterWhite: z.boolean(),
  discussionMinutes: z.int(),
  /** Pairs a model has written ahead for this topic. */
  pairsReady: z.int(),
})
export type SettingsView = z.infer<typeof settingsView>
