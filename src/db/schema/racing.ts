import { sql } from "drizzle-orm"
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core"
import { partyGames } from "./games"
import { parties, partyUsers } from "./party"

const instant = (name: string) => timestamp(name, { withTimezone: true })

/** A driver in a race. The time that counts is the best lap that stands in `sim_race_laps`. */
export const simRaceEntries = pgTable(
  "sim_race_entries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    gameId: uuid("game_id").notNull().references(() => partyGames.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    carModel: text("car_model"),
    track: text("track"),
    isDnf: boolean("is_dnf").notNull().default(false),
    submittedAt: instant("submitted_at").notNull(),
  },
  (t) => [
    uniqueIndex("sim_race_entries_driver").on(t.gameId, t.userId),
    index("idx_sim_race_entries_game").on(t.gameId),
    index("idx_sim_race_entries_user").on(t.userId),
  ],
)

/** Every lap, in the order it was set (`sequence`). A voided lap stays, with its reason. */
export const simRaceLaps = pgTable(
  "sim_race_laps",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    gameId: uuid("game_id").notNull().references(() => partyGames.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
    sequence: bigint("sequence", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    lapTimeMs: integer("lap_time_ms").notNull(),
    source: text("source", { enum: ["HOST", "DRIVER", "FILE"] }).notNull(),
    setAt: instant("set_at").notNull(),
    voidedAt: instant("voided_at"),
    voidReason: text("void_reason"),
  },
  (t) => [
    index("idx_sim_race_laps_lap_time").on(t.gameId, t.userId, t.lapTimeMs, t.sequence),
    index("sim_race_laps_newest").on(t.gameId, t.sequence),
    index("sim_race_laps_user").on(t.userId),
    check("sim_race_laps_time", sql`${t.lapTimeMs} between 1 and 3599999`),
  ],
)

/** Who a name in a result file turned out to be, so that the second file maps itself. */
export const resultFileDrivers = pgTable(
  "result_file_drivers",
  {
    partyId: uuid("party_id").notNull().references(() => parties.id, { onDelete: "cascade" }),
    nameKey: text("name_key").notNull(),
    userId: uuid("user_id").notNull().references(() => partyUsers.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.partyId, t.nameKey] }), index("result_file_drivers_user").on(t.userId)],
)
