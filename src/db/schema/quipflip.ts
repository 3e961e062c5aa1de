import { sql } from "drizzle-orm"
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
  type AnyPgColumn,
} from "drizzle-orm/pg-core"
import { parties, partyUsers } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })
const phase = (name: string) => text(name, { enum: ["LOBBY", "PROMPT", "COPY", "VOTE", "RESULTS"] })
const roundType = (name: string) => text(name, { enum: ["PROMPT", "COPY", "VOTE"] })

/** One match of Quipflip from lobby to results. `lifecycle_version` counts its phases and is what a stale command misses. */
export const partySessions = pgTable(
  "party_sessions",
  {
    sessionId: uuid("session_id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    partyCode: varchar("party_code", { length: 8 }).notNull(),
    hostPlayerId: uuid("host_player_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    /** Who opened it; the host may be another by now. */
    openedById: uuid("opened_by_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    minPlayers: integer("min_players").notNull().default(3),
    maxPlayers: integer("max_players").notNull().default(8),
    promptsPerPlayer: integer("prompts_per_player").notNull().default(1),
    copiesPerPlayer: integer("copies_per_player").notNull().default(2),
    votesPerPlayer: integer("votes_per_player").notNull().default(3),
    pace: text("pace", { enum: ["X1", "X1_5", "X2", "OFF"] }).notNull().default("X1"),
    currentPhase: phase("current_phase").notNull().default("LOBBY"),
    phaseStartedAt: instant("phase_started_at"),
    /** When the phase ends for people; the server waits the grace longer. Null without timers. */
    phaseExpiresAt: instant("phase_expires_at"),
    status: text("status", { enum: ["OPEN", "IN_PROGRESS", "COMPLETED", "ABANDONED"] }).notNull().default("OPEN"),
    lifecycleVersion: integer("lifecycle_version").notNull().default(0),
    /** What a copy costs in this session, coins: the price when its COPY phase began. */
    copyFeeCoins: integer("copy_fee_coins"),
    /** The ring was drawn from this, so that it is the same whenever it is asked. */
    seed: integer("seed").notNull(),
    /** The last join, ready, submission or phase change. */
    progressedAt: instant("progressed_at").notNull(),
    /** When the clock has something to do here if nobody does anything; null once it is over. */
    dueAt: instant("due_at"),
    /** The match these people went on to play. */
    nextSessionId: uuid("next_session_id").references((): AnyPgColumn => partySessions.sessionId, { onDelete: "set null" }),
    /** Computed once, when the session entered RESULTS. */
    results: jsonb("results"),
    lockedAt: instant("locked_at"),
    createdAt: instant("created_at").notNull(),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
  },
  (t) => [
    uniqueIndex("party_sessions_living_code").on(t.partyCode).where(sql`${t.status} in ('OPEN', 'IN_PROGRESS')`),
    index("idx_party_sessions_status").on(t.partyId, t.status, t.createdAt),
    index("idx_party_sessions_host").on(t.hostPlayerId),
    index("party_sessions_opened_by").on(t.openedById, t.createdAt),
    index("party_sessions_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index("party_sessions_next").on(t.nextSessionId).where(sql`${t.nextSessionId} is not null`),
    check("party_sessions_players", sql`${t.minPlayers} between 3 and 8 and ${t.maxPlayers} between ${t.minPlayers} and 8`),
    check("party_sessions_prompts", sql`${t.promptsPerPlayer} between 1 and 3`),
    check("party_sessions_copies", sql`${t.copiesPerPlayer} between 1 and 4`),
    check("party_sessions_votes", sql`${t.votesPerPlayer} between 2 and 5`),
    check("party_sessions_results_completed", sql`(${t.currentPhase} = 'RESULTS') = (${t.status} = 'COMPLETED')`),
    check("party_sessions_lobby_open", sql`${t.status} <> 'OPEN' or ${t.currentPhase} = 'LOBBY'`),
  ],
)

/** A seat in a session: a guest's, or an AI player's (no `player_id`). */
export const partyParticipants = pgTable(
  "party_participants",
  {
    participantId: uuid("participant_id").primaryKey().defaultRandom(),
    sessionId: uuid("session_id").notNull().references(() => partySessions.sessionId, { onDelete: "cascade" }),
    playerId: uuid("player_id").references(() => partyUsers.id, { onDelete: "cascade" }),
    /** An AI player's name; a guest's name is their own. */
    aiName: text("ai_name"),
    /** `DISCONNECTED`: left a running session, and the AI plays the seat. */
    status: text("status", { enum: ["JOINED", "READY", "ACTIVE", "COMPLETED", "DISCONNECTED"] }).notNull().default("JOINED"),
    isHost: boolean("is_host").notNull().default(false),
    isAi: boolean("is_ai").notNull().default(false),
    promptsSubmitted: integer("prompts_submitted").notNull().default(0),
    copiesSubmitted: integer("copies_submitted").notNull().default(0),
    votesSubmitted: integer("votes_submitted").notNull().default(0),
    joinedAt: instant("joined_at").notNull(),
    readyAt: instant("ready_at"),
    lastActivityAt: instant("last_activity_at"),
  },
  (t) => [
    uniqueIndex("party_participants_once").on(t.sessionId, t.playerId),
    // Who has left a running session, or finished one, may sit in another.
    uniqueIndex("party_participants_one_living").on(t.playerId).where(sql`${t.status} in ('JOINED', 'READY', 'ACTIVE')`),
    index("idx_party_participants_player").on(t.playerId),
    index("idx_party_participants_status").on(t.sessionId, t.status),
    check("party_participants_ai", sql`(${t.playerId} is null) = ${t.isAi} and (${t.aiName} is not null) = ${t.isAi}`),
  ],
)

/**
 * A prompt, a copy or a vote of the engine, with what was charged for it. Content of a session carries its id and is never
 * in the night's queue. Who pays and earns: the guest, else the AI player, else the house.
 */
export const quipflipRounds = pgTable(
  "quipflip_rounds",
  {
    roundId: uuid("round_id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    sessionId: uuid("session_id").references(() => partySessions.sessionId, { onDelete: "cascade" }),
    playerId: uuid("player_id").references(() => partyUsers.id, { onDelete: "cascade" }),
    /** The AI player who plays it. */
    aiParticipantId: uuid("ai_participant_id").references(() => partyParticipants.participantId, { onDelete: "cascade" }),
    roundType: roundType("round_type").notNull(),
    status: text("status", { enum: ["ACTIVE", "SUBMITTED", "ABANDONED", "TIMED_OUT", "FLAGGED"] }).notNull(),
    /** Coins; `lent_coins` is the part of it the house lent. */
    feeCoins: integer("fee_coins").notNull(),
    lentCoins: integer("lent_coins").notNull().default(0),
    /** Gross, once its set is paid, or at once for a solo vote; vault part included. */
    earnedCoins: integer("earned_coins").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    /** Null without timers. */
    expiresAt: instant("expires_at"),
    endedAt: instant("ended_at"),
    /** Of a prompt. */
    promptText: text("prompt_text"),
    /** Of a prompt or a copy, as it is stored [QF-P1]. */
    phrase: text("phrase"),
    /** Of a copy: the prompt round whose phrase is copied, and which of its two places this takes. */
    promptRoundId: uuid("prompt_round_id"),
    slot: integer("slot"),
    isSecondCopy: boolean("is_second_copy").notNull().default(false),
    /** Of a vote: the set, the seed of the order of its phrases, and the choice. */
    phrasesetId: uuid("phraseset_id").references((): AnyPgColumn => quipflipPhrasesets.phrasesetId, { onDelete: "cascade" }),
    seed: integer("seed"),
    choice: text("choice", { enum: ["ORIGINAL", "COPY_1", "COPY_2"] }),
    /** Of a prompt: somebody thinks it should not be shown. It waits for the host. */
    flaggedAt: instant("flagged_at"),
    flaggedById: uuid("flagged_by_id").references(() => partyUsers.id, { onDelete: "set null" }),
  },
  (t) => [
    foreignKey({ columns: [t.promptRoundId], foreignColumns: [t.roundId], name: "quipflip_rounds_prompt" }).onDelete("cascade"),
    uniqueIndex("quipflip_rounds_one_active").on(t.playerId).where(sql`${t.status} = 'ACTIVE'`),
    uniqueIndex("quipflip_rounds_one_active_ai").on(t.aiParticipantId).where(sql`${t.status} = 'ACTIVE'`),
    uniqueIndex("quipflip_rounds_slot").on(t.promptRoundId, t.slot).where(sql`${t.roundType} = 'COPY' and ${t.status} in ('ACTIVE', 'SUBMITTED')`),
    uniqueIndex("quipflip_rounds_one_vote").on(t.phrasesetId, t.playerId).where(sql`${t.roundType} = 'VOTE' and ${t.status} in ('ACTIVE', 'SUBMITTED')`),
    uniqueIndex("quipflip_rounds_one_vote_ai").on(t.phrasesetId, t.aiParticipantId).where(sql`${t.roundType} = 'VOTE' and ${t.status} in ('ACTIVE', 'SUBMITTED')`),
    index("quipflip_rounds_queue").on(t.partyId, t.createdAt).where(sql`${t.roundType} = 'PROMPT' and ${t.status} = 'SUBMITTED' and ${t.sessionId} is null`),
    index("quipflip_rounds_running").on(t.expiresAt).where(sql`${t.status} = 'ACTIVE' and ${t.sessionId} is null`),
    index("quipflip_rounds_session").on(t.sessionId),
    index("quipflip_rounds_player").on(t.playerId, t.createdAt),
    index("quipflip_rounds_flagged_by").on(t.flaggedById).where(sql`${t.flaggedById} is not null`),
    check("quipflip_rounds_slots", sql`(${t.roundType} = 'COPY') = (${t.promptRoundId} is not null and ${t.slot} between 1 and 2)`),
    check("quipflip_rounds_votes", sql`(${t.roundType} = 'VOTE') = (${t.phrasesetId} is not null and ${t.seed} is not null)`),
    check("quipflip_rounds_prompts", sql`(${t.roundType} = 'PROMPT') = (${t.promptText} is not null)`),
    check("quipflip_rounds_submitted", sql`${t.status} <> 'SUBMITTED' or ${t.phrase} is not null or ${t.choice} is not null`),
    check("quipflip_rounds_fee", sql`${t.feeCoins} > 0 and ${t.lentCoins} between 0 and ${t.feeCoins}`),
    check("quipflip_rounds_one_payer", sql`${t.playerId} is null or ${t.aiParticipantId} is null`),
  ],
)

/** An original and its two copies, to be voted on, with the pool its writers share. */
export const quipflipPhrasesets = pgTable(
  "quipflip_phrasesets",
  {
    phrasesetId: uuid("phraseset_id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    sessionId: uuid("session_id").references(() => partySessions.sessionId, { onDelete: "cascade" }),
    status: text("status", { enum: ["VOTING", "FINALIZED"] }).notNull(),
    promptRoundId: uuid("prompt_round_id").notNull().references((): AnyPgColumn => quipflipRounds.roundId, { onDelete: "cascade" }),
    copy1RoundId: uuid("copy_1_round_id").notNull().references((): AnyPgColumn => quipflipRounds.roundId, { onDelete: "cascade" }),
    copy2RoundId: uuid("copy_2_round_id").notNull().references((): AnyPgColumn => quipflipRounds.roundId, { onDelete: "cascade" }),
    /** Coins in it before any vote: 200, or 250 when one player wrote both copies. */
    poolBaseCoins: integer("pool_base_coins").notNull(),
    /** When the clock alone makes it final; null while too few have voted, and in a session. */
    finalAt: instant("final_at"),
    createdAt: instant("created_at").notNull(),
    finalizedAt: instant("finalized_at"),
  },
  (t) => [
    uniqueIndex("quipflip_phrasesets_prompt").on(t.promptRoundId),
    uniqueIndex("quipflip_phrasesets_copy_1").on(t.copy1RoundId),
    uniqueIndex("quipflip_phrasesets_copy_2").on(t.copy2RoundId),
    index("quipflip_phrasesets_session").on(t.sessionId),
    index("quipflip_phrasesets_open").on(t.partyId, t.createdAt).where(sql`${t.status} = 'VOTING' and ${t.sessionId} is null`),
    index("quipflip_phrasesets_final").on(t.finalAt).where(sql`${t.status} = 'VOTING' and ${t.finalAt} is not null`),
    check("quipflip_phrasesets_finalized", sql`(${t.status} = 'FINALIZED') = (${t.finalizedAt} is not null)`),
  ],
)

/**
 * What a seat was dealt for a phase, and the engine's round it plays it with: none until it is begun. An AI seat's is due at
 * `ai_due_at` and claimed until `ai_claimed_until`, so that any number of processes may look for work.
 */
export const partyRounds = pgTable(
  "party_rounds",
  {
    partyRoundId: uuid("party_round_id").primaryKey().defaultRandom(),
    sessionId: uuid("session_id").notNull().references(() => partySessions.sessionId, { onDelete: "cascade" }),
    roundId: uuid("round_id").references(() => quipflipRounds.roundId, { onDelete: "cascade" }),
    participantId: uuid("participant_id").notNull().references(() => partyParticipants.participantId, { onDelete: "cascade" }),
    roundType: roundType("round_type").notNull(),
    phase: phase("phase").notNull(),
    /** The order in which a seat plays what it was dealt in a phase, from 0. */
    ordinal: integer("ordinal").notNull(),
    /** What was dealt: a prompt's text, the prompt round to copy, or the set to vote on. */
    promptText: text("prompt_text"),
    promptRoundId: uuid("prompt_round_id").references(() => quipflipRounds.roundId, { onDelete: "cascade" }),
    phrasesetId: uuid("phraseset_id").references(() => quipflipPhrasesets.phrasesetId, { onDelete: "cascade" }),
    /** The house played it in the seat's place. */
    isByHouse: boolean("is_by_house").notNull().default(false),
    doneAt: instant("done_at"),
    aiDueAt: instant("ai_due_at"),
    aiClaimedUntil: instant("ai_claimed_until"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("party_rounds_round").on(t.sessionId, t.roundId),
    uniqueIndex("party_rounds_dealt").on(t.participantId, t.phase, t.ordinal),
    index("idx_party_rounds_session").on(t.sessionId, t.phase),
    index("idx_party_rounds_round").on(t.roundId),
    index("party_rounds_prompt").on(t.promptRoundId),
    index("party_rounds_phraseset").on(t.phrasesetId),
    index("party_rounds_ai_due").on(t.aiDueAt).where(sql`${t.aiDueAt} is not null and ${t.doneAt} is null`),
    check(
      "party_rounds_content",
      sql`(${t.roundType} = 'PROMPT') = (${t.promptText} is not null) and (${t.roundType} = 'COPY') = (${t.promptRoundId} is not null) and (${t.roundType} = 'VOTE') = (${t.phrasesetId} is not null)`,
    ),
  ],
)

/** Which sets belong to a session, its own and fillers, in the order of their reveal. */
export const partyPhrasesets = pgTable(
  "party_phrasesets",
  {
    partyPhrasesetId: uuid("party_phraseset_id").primaryKey().defaultRandom(),
    sessionId: uuid("session_id").notNull().references(() => partySessions.sessionId, { onDelete: "cascade" }),
    phrasesetId: uuid("phraseset_id").notNull().references(() => quipflipPhrasesets.phrasesetId, { onDelete: "cascade" }),
    createdInPhase: phase("created_in_phase").notNull(),
    availableForVoting: boolean("available_for_voting").notNull().default(false),
    isFiller: boolean("is_filler").notNull().default(false),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("party_phrasesets_once").on(t.sessionId, t.phrasesetId),
    index("idx_party_phrasesets_session").on(t.sessionId, t.availableForVoting),
    index("idx_party_phrasesets_phraseset").on(t.phrasesetId),
  ],
)
