import { sql } from "drizzle-orm"
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core"

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** One night. `version` counts its commands and orders everything that happened in it. */
export const parties = pgTable(
  "parties",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    joinPin: integer("join_pin").notNull(),
    status: text("status", { enum: ["OPEN", "ENDED"] }).notNull().default("OPEN"),
    version: integer("version").notNull().default(0),
    hostPasscodeHash: text("host_passcode_hash").notNull(),
    isDoorLocked: boolean("is_door_locked").notNull().default(false),
    familyFilter: text("family_filter", { enum: ["OFF", "MILD", "STRICT"] }).notNull().default("MILD"),
    isSelfTimingOn: boolean("is_self_timing_on").notNull().default(false),
    isSelfBettingOn: boolean("is_self_betting_on").notNull().default(true),
    stakeLimitCoins: integer("stake_limit_coins").notNull().default(500),
    /** What the TVs show whatever happens; null while they follow the night. */
    tvView: text("tv_view", { enum: ["invite", "race", "imposter", "quipflip", "table"] }),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
    /** When everything of the party is deleted; null is never. */
    deletesAt: instant("deletes_at"),
  },
  (t) => [
    index("parties_deletes_at").on(t.deletesAt).where(sql`${t.deletesAt} is not null`),
    uniqueIndex("parties_open_join_pin").on(t.joinPin).where(sql`${t.status} = 'OPEN'`),
    check("parties_join_pin_six_digits", sql`${t.joinPin} between 100000 and 999999`),
    check("parties_stake_limit", sql`${t.stakeLimitCoins} between 1 and 1000000`),
  ],
)

/** A seat in a party: a guest with a PIN and a purse, or a driver without a phone (no PIN, no coins). */
export const partyUsers = pgTable(
  "party_users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    pinCode: integer("pin_code"),
    avatarUrl: text("avatar_url"),
    walletBalance: integer("wallet_balance").notNull().default(0),
    vaultBalance: integer("vault_balance").notNull().default(0),
    kickedAt: instant("kicked_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("party_users_name").on(t.partyId, t.nameKey),
    uniqueIndex("party_users_pin_code").on(t.partyId, t.pinCode),
    check("party_users_pin_four_digits", sql`${t.pinCode} between 1000 and 9999`),
    check("party_users_wallet_covered", sql`${t.walletBalance} >= 0`),
    check("party_users_vault_covered", sql`${t.vaultBalance} >= 0`),
  ],
)

/** A link that lets someone in without the passcode: the host once, a co-host until revoked, a TV until revoked. */
export const partyHostLinks = pgTable(
  "party_host_links",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["ONE_TIME", "CO_HOST", "TV"] }).notNull(),
    tokenHash: text("token_hash").notNull(),
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    redeemedAt: instant("redeemed_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [uniqueIndex("party_host_links_token").on(t.tokenHash), index("party_host_links_party").on(t.partyId)],
)

/** The log of everything announced, and the outbox: a row without `published_at` still has to reach the screens. */
export const partyEvents = pgTable(
  "party_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    previous: integer("previous").notNull(),
    eventType: varchar("event_type", { length: 50 }).notNull(),
    channel: text("channel").notNull(),
    data: jsonb("data").notNull(),
    triggeredBy: uuid("triggered_by").references(() => partyUsers.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [
    // One event per channel and command: the version alone orders a channel.
    uniqueIndex("party_events_channel_version").on(t.channel, t.version),
    index("idx_party_events_type").on(t.eventType),
    index("idx_party_events_created").on(t.partyId, t.createdAt),
    // What points at a guest is found when a guest is deleted with the party; without these, by reading whole tables for each.
    index("party_events_triggered_by").on(t.triggeredBy).where(sql`${t.triggeredBy} is not null`),
    index("party_events_unpublished").on(t.id).where(sql`${t.publishedAt} is null`),
  ],
)

/** What a command answered to one tap, so that the same tap sent twice gets the same answer and acts once. */
export const commandRequests = pgTable(
  "command_requests",
  {
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    actor: text("actor").notNull(),
    requestId: text("request_id").notNull(),
    command: text("command").notNull(),
    answer: jsonb("answer").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.partyId, t.actor, t.requestId] })],
)

/** Guesses counted by the rate limiter; the columns are the ones `rate-limiter-flexible` expects. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
})
