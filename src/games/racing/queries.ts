import { and, desc, eq, inArray, notInArray, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { partyGames } from "@/db/schema/games"
import { resultFileDrivers } from "@/db/schema/racing"
import { ok, refuse, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { boardOf } from "./board"
import type { RaceEntry } from "./classification"
import { leaderboardInput } from "./input"
import type { RacingRefusal } from "./refusals"
import type { LapView, RaceView } from "./view"

export type Race = typeof partyGames.$inferSelect

const finalStatuses = ["FINISHED", "VOID"] as const
const recentLapCount = 8
const endedRacesShown = 3

/** A race of this party, or nothing: an id of another party finds nothing. */
export async function findRace(db: Db | Tx, partyId: string, gameId: string): Promise<Race | undefined> {
  const rows = await db
    .select()
    .from(partyGames)
    .where(and(eq(partyGames.id, gameId), eq(partyGames.partyId, partyId), eq(partyGames.type, "SIM_RACE")))
  return rows[0]
}

/** The unfinished races of a party, newest first [RAC-5]. */
export function unfinishedRaces(db: Db | Tx, partyId: string): Promise<Race[]> {
  return db
    .select()
    .from(partyGames)
    .where(
      and(
        eq(partyGames.partyId, partyId),
        eq(partyGames.type, "SIM_RACE"),
        notInArray(partyGames.status, [...finalStatuses]),
      ),
    )
    .orderBy(desc(partyGames.createdAt), desc(partyGames.id))
}

/**
 * The race that is meant: the one named, else the only unfinished one.
 * @returns undefined when none is named and none is unfinished.
 */
export async function raceMeant(
  db: Db | Tx,
  partyId: string,
  gameId: string | undefined,
): Promise<Result<Race | undefined, RacingRefusal>> {
  if (gameId) {
    const race = await findRace(db, partyId, gameId)
    return race ? ok(race) : refuse("race_unknown")
  }
  const unfinished = await unfinishedRaces(db, partyId)
  return unfinished.length > 1 ? refuse("race_ambiguous") : ok(unfinished[0])
}

type EntryRow = {
  game_id: string
  user_id: string
  name: string
  is_dnf: boolean
  car_model: string | null
  best_id: string | null
  best_ms: number | null
  best_at: string | null
  best_sequence: number | null
  last_ms: number | null
  last_sequence: number | null
  lap_count: number
}

/** The drivers of these races with the laps that count, one statement for all [RAC-15]. */
export async function entriesOf(db: Db | Tx, gameIds: readonly string[]): Promise<Map<string, RaceEntry[]>> {
  const entries = new Map<string, RaceEntry[]>(gameIds.map((id) => [id, []]))
  if (gameIds.length === 0) return entries
  const ids = sql.join(gameIds.map((id) => sql`${id}::uuid`), sql`, `)
  const result = await db.execute<EntryRow>(sql`
    select e.game_id, e.user_id, u.name, e.is_dnf, e.car_model,
      best.id as best_id, best.lap_time_ms as best_ms, best.set_at as best_at, best.sequence::integer as best_sequence,
      last.lap_time_ms as last_ms, last.sequence::integer as last_sequence,
      (select count(*)::integer from sim_race_laps l
        where l.game_id = e.game_id and l.user_id = e.user_id and l.voided_at is null) as lap_count
    from sim_race_entries e
    join party_users u on u.id = e.user_id
    left join lateral (
      select id, lap_time_ms, set_at, sequence from sim_race_laps l
      where l.game_id = e.game_id and l.user_id = e.user_id and l.voided_at is null
      order by lap_time_ms, sequence limit 1) best on true
    left join lateral (
      select lap_time_ms, sequence from sim_race_laps l
      where l.game_id = e.game_id and l.user_id = e.user_id and l.voided_at is null
      order by sequence desc limit 1) last on true
    where e.game_id in (${ids})`)
  for (const row of result.rows) entries.get(row.game_id)?.push(entryOf(row))
  return entries
}

function entryOf(row: EntryRow): RaceEntry {
  const hasBest =
    row.best_id !== null && row.best_ms !== null && row.best_at !== null && row.best_sequence !== null
  const hasLast = row.last_ms !== null && row.last_sequence !== null
  return {
    driverId: row.user_id,
    driverName: row.name,
    isDnf: row.is_dnf,
    carModel: row.car_model,
    lapCount: row.lap_count,
    bestLap: hasBest
      ? {
          lapId: row.best_id as string,
          lapTimeMs: row.best_ms as number,
          setAt: new Date(row.best_at as string),
          sequence: row.best_sequence as number,
        }
      : null,
    lastLap: hasLast ? { lapTimeMs: row.last_ms as number, sequence: row.last_sequence as number } : null,
  }
}

async function recentLapsOf(db: Db | Tx, gameIds: readonly string[]): Promise<Map<string, LapView[]>> {
  const laps = new Map<string, LapView[]>(gameIds.map((id) => [id, []]))
  if (gameIds.length === 0) return laps
  // A lateral per race walks the index backwards and stops after eight, however long the evening is.
  const result = await db.execute<LapRow>(sql`
    select l.* from unnest(${`{${gameIds.join(",")}}`}::uuid[]) as race(id)
    cross join lateral (
      select id, game_id, user_id, lap_time_ms, set_at, source, void_reason, sequence from sim_race_laps
      where game_id = race.id order by sequence desc limit ${recentLapCount}) l
    order by l.sequence desc`)
  for (const row of result.rows) laps.get(row.game_id)?.push(lapViewOf(row))
  return laps
}

type LapRow = {
  id: string
  game_id: string
  user_id: string
  lap_time_ms: number
  set_at: string
  source: LapView["source"]
  void_reason: string | null
}

function lapViewOf(lap: LapRow): LapView {
  return {
    lapId: lap.id,
    driverId: lap.user_id,
    lapTimeMs: lap.lap_time_ms,
    setAt: new Date(lap.set_at).toISOString(),
    source: lap.source,
    voidReason: lap.void_reason,
  }
}

/** These races as everybody sees them, in the order given. */
export async function raceViews(db: Db | Tx, races: readonly Race[]): Promise<RaceView[]> {
  const ids = races.map((race) => race.id)
  const entries = await entriesOf(db, ids)
  const laps = await recentLapsOf(db, ids)
  return races.map((race) => ({
    gameId: race.id,
    title: race.title,
    track: race.track,
    status: race.status,
    createdAt: race.createdAt.toISOString(),
    board: boardOf(entries.get(race.id) ?? []),
    recentLaps: laps.get(race.id) ?? [],
  }))
}

/** What the screens show: every unfinished race and the last three that ended, newest first. */
export async function racesShown(db: Db | Tx, partyId: string): Promise<Race[]> {
  const ofParty = and(eq(partyGames.partyId, partyId), eq(partyGames.type, "SIM_RACE"))
  const unfinished = await unfinishedRaces(db, partyId)
  const ended = await db
    .select()
    .from(partyGames)
    .where(and(ofParty, inArray(partyGames.status, [...finalStatuses])))
    .orderBy(desc(partyGames.createdAt), desc(partyGames.id))
    .limit(endedRacesShown)
  return [...unfinished, ...ended]
}

/** Who the names of result files turned out to be, by name key [RAC-33]. */
export async function rememberedDrivers(db: Db | Tx, partyId: string): Promise<Map<string, string>> {
  const rows = await db.select().from(resultFileDrivers).where(eq(resultFileDrivers.partyId, partyId))
  return new Map(rows.map((row) => [row.nameKey, row.userId]))
}

/** The leaderboard of one race: the one named, else the newest that is shown; null when there is none. */
export const leaderboard = query({
  name: "leaderboard",
  who: "anyone",
  input: leaderboardInput,
  async run({ db, party }, { gameId }): Promise<Result<{ race: RaceView | null }, RacingRefusal>> {
    const race = gameId ? await findRace(db, party.id, gameId) : (await racesShown(db, party.id))[0]
    if (gameId && !race) return refuse("race_unknown")
    return ok({ race: race ? ((await raceViews(db, [race]))[0] ?? null) : null })
  },
})
