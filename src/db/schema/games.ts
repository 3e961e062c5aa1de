import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core"
import { parties } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** One play of a game: a race for `SIM_RACE`, an evening's rounds for `IMPOSTER`. */
export const partyGames = pgTable(
  "party_games",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    type: text("type", { enum: ["SIM_RACE", "IMPOSTER", "DOMINOES", "OTHER"] }).notNull(),
    status: text("status", { enum: ["PENDING", "OPEN_FOR_BETS", "LIVE", "FINISHED", "VOID"] }).notNull(),
    description: text("description"),
    track: text("track"),
    startTime: instant("start_time"),
    endTime: instant("end_time"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("party_games_party").on(t.partyId, t.createdAt)],
)
