import { sql } from "drizzle-orm"
import { check, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core"
import { partyGames } from "./games"
import { parties, partyUsers } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** The question "who wins this game?" and whether it still takes stakes. */
export const bettingMarkets = pgTable(
  "betting_markets",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    gameId: uuid("game_id").notNull().references(() => partyGames.id, { onDelete: "cascade" }),
    status: text("status", { enum: ["OPEN", "CLOSED", "SETTLED", "VOID"] }).notNull(),
    oddsMode: text("odds_mode", { enum: ["FIXED", "PARIMUTUEL"] }).notNull(),
    winnerId: uuid("winner_id").references(() => partyUsers.id),
    /** How often it was settled: 0 never, 1 once, more after corrections. Part of every payout's idempotency key. */
    settlement: integer("settlement").notNull().default(0),
    openedAt: instant("opened_at").notNull(),
    closedAt: instant("closed_at"),
    settledAt: instant("settled_at"),
  },
  (t) => [uniqueIndex("betting_markets_game").on(t.gameId), index("betting_markets_party").on(t.partyId, t.status), index("betting_markets_winner").on(t.winnerId)],
)

/** Whom one may back in a market. */
export const bettingSelections = pgTable(
  "betting_selections",
  {
    marketId: uuid("market_id").notNull().references(() => bettingMarkets.id, { onDelete: "cascade" }),
    targetUserId: uuid("target_user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.marketId, t.targetUserId] }), index("betting_selections_target").on(t.targetUserId)],
)

export const bets = pgTable(
  "bets",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    marketId: uuid("market_id").notNull().references(() => bettingMarkets.id, { onDelete: "cascade" }),
    gameId: uuid("game_id").notNull().references(() => partyGames.id, { onDelete: "cascade" }),
    bettorId: uuid("bettor_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    targetUserId: uuid("target_user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    amount: integer("amount").notNull(),
    status: text("status", { enum: ["PENDING", "WON", "LOST", "REFUNDED"] }).notNull().default("PENDING"),
    payout: integer("payout"),
    createdAt: instant("created_at").notNull(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("idx_bets_game").on(t.gameId),
    index("idx_bets_bettor").on(t.bettorId),
    index("idx_bets_target").on(t.targetUserId),
    index("bets_market").on(t.marketId),
    check("bets_amount_positive", sql`${t.amount} > 0`),
    check("bets_payout_not_negative", sql`${t.payout} >= 0`),
  ],
)
