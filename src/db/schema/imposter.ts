import { sql } from "drizzle-orm"
import { boolean, check, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core"
import { partyGames } from "./games"
import { parties, partyUsers } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** How the next rounds of a party are played, and when a model may be asked for words again. */
export const partyImposterSettings = pgTable(
  "party_imposter_settings",
  {
    partyId: uuid("party_id").primaryKey().references(() => parties.id, { onDelete: "cascade" }),
    /** A category of the shipped deck, or the host's own theme, or neither: anything goes. */
    category: text("category"),
    theme: text("theme"),
    language: text("language").notNull().default("en"),
    imposterCount: integer("imposter_count").notNull().default(1),
    hasMisterWhite: boolean("has_mister_white").notNull().default(false),
    discussionMinutes: integer("discussion_minutes").notNull().default(5),
    /** No model is asked before this instant: a lease while one thinks, a wait after it failed. */
    fillDueAt: instant("fill_due_at"),
    fillFailures: integer("fill_failures").notNull().default(0),
  },
  (t) => [
    check("party_imposter_settings_discussion", sql`${t.discussionMinutes} between 1 and 60`),
    check("party_imposter_settings_imposters", sql`${t.imposterCount} >= 1`),
    check("party_imposter_settings_one_topic", sql`${t.category} is null or ${t.theme} is null`),
  ],
)

/** Every pair of words a party has ready or has used. No word comes twice in a party: the index says so. */
export const partyImposterWords = pgTable(
  "party_imposter_words",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    source: text("source", { enum: ["DECK", "MODEL"] }).notNull(),
    /** Language, category and theme the pair was written for. */
    topicKey: text("topic_key").notNull(),
    word: text("word").notNull(),
    hint: text("hint").notNull(),
    wordKey: text("word_key").notNull(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    uniqueIndex("party_imposter_words_once").on(t.partyId, t.wordKey),
    index("party_imposter_words_stock").on(t.partyId, t.topicKey).where(sql`${t.usedAt} is null`),
  ],
)

export const partyImposterRounds = pgTable(
  "party_imposter_rounds",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    gameId: uuid("game_id").notNull().references(() => partyGames.id, { onDelete: "cascade" }),
    status: text("status", { enum: ["ACTIVE", "VOTING", "REVEALED"] }).notNull(),
    /** The first imposter; `party_imposter_players` knows them all. */
    imposterId: uuid("imposter_id").notNull().references(() => partyUsers.id),
    secretWord: text("secret_word").notNull(),
    imposterHint: text("imposter_hint").notNull(),
    round: integer("round").notNull(),
    /** The roles were drawn from this, so that the draw can be replayed. */
    seed: integer("seed").notNull(),
    createdAt: instant("created_at").notNull(),
    discussionEndsAt: instant("discussion_ends_at").notNull(),
    /** The discussion's end was announced: a flag, not a status. */
    warnedAt: instant("warned_at"),
    /** 0 before the vote, 1 during and after the first, 2 from the revote on. */
    vote: integer("vote").notNull().default(0),
    voteEndsAt: instant("vote_ends_at"),
    /** Whom the revote is between; null when everybody may be named. */
    tiedIds: uuid("tied_ids").array(),
    outcome: text("outcome", { enum: ["CAUGHT", "ESCAPED", "CALLED_OFF"] }),
    outId: uuid("out_id").references(() => partyUsers.id),
    /** Until when the caught imposter may guess the word. */
    guessEndsAt: instant("guess_ends_at"),
    guess: text("guess"),
    isGuessRight: boolean("is_guess_right"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("party_imposter_rounds_one_unfinished").on(t.partyId).where(sql`${t.endedAt} is null`),
    uniqueIndex("party_imposter_rounds_number").on(t.partyId, t.round),
    index("party_imposter_rounds_game").on(t.gameId),
    index("party_imposter_rounds_imposter").on(t.imposterId),
    index("party_imposter_rounds_out").on(t.outId),
    check("party_imposter_rounds_ended_is_revealed", sql`${t.endedAt} is null or ${t.status} = 'REVEALED'`),
    check("party_imposter_rounds_voting_has_end", sql`${t.status} <> 'VOTING' or ${t.voteEndsAt} is not null`),
  ],
)

/** Who plays a round, and as what. The role is a secret until the round is revealed. */
export const partyImposterPlayers = pgTable(
  "party_imposter_players",
  {
    roundId: uuid("round_id").notNull().references(() => partyImposterRounds.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    /** The order round the table, from 0. */
    place: integer("place").notNull(),
    role: text("role", { enum: ["CIVILIAN", "IMPOSTER"] }).notNull(),
    /** An imposter who is shown no hint. */
    isMisterWhite: boolean("is_mister_white").notNull().default(false),
    /** Wants to vote before the discussion is over. */
    calledVoteAt: instant("called_vote_at"),
    leftAt: instant("left_at"),
    /** What this round brought, coins. */
    coins: integer("coins").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.userId] }), index("party_imposter_players_user").on(t.userId)],
)

/** One vote per voter and vote; it may be changed until the vote closes. */
export const partyImposterVotes = pgTable(
  "party_imposter_votes",
  {
    roundId: uuid("round_id").notNull().references(() => partyImposterRounds.id, { onDelete: "cascade" }),
    vote: integer("vote").notNull(),
    voterId: uuid("voter_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    targetId: uuid("target_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    castAt: instant("cast_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.roundId, t.vote, t.voterId] }),
    index("party_imposter_votes_voter").on(t.voterId),
    index("party_imposter_votes_target").on(t.targetId),
    check("party_imposter_votes_another", sql`${t.voterId} <> ${t.targetId}`),
  ],
)
