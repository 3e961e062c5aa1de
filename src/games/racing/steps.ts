import { and, count, eq } from "drizzle-orm"
import { bettingEvents } from "@/betting/events"
import { marketNewsOf, type MarketChange } from "@/betting/market-news"
import type { OddsMode } from "@/betting/payouts"
import { marketOf } from "@/betting/queries"
import { addSelection, closeMarket, openMarket } from "@/betting/steps"
import type { Tx } from "@/db/client"
import { partyGames } from "@/db/schema/games"
import { simRaceEntries } from "@/db/schema/racing"
import { assert, one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import type { Party } from "@/party/actor"
import type { Announcement } from "@/realtime/event"
import { hasBoardChanged, isNewRecord } from "./board"
import { racingEvents } from "./events"
import { entriesOf, findRace, raceViews, type Race } from "./queries"
import { raceNewsOf } from "./race-news"
import { canTransition, greenFlagPath, type RaceStatus } from "./race-status"
import type { RacingRefusal } from "./refusals"
import type { BoardRow, RaceView } from "./view"

/** What a racing command works with. */
export type Track = { tx: Tx; party: Party; now: Date; emit(announcement: Announcement): void }

/** A race nobody drives in yet; untitled ones are numbered. */
export async function newRace(
  { tx, party, now }: Track,
  title: string | undefined,
  circuit: string | undefined,
): Promise<Race> {
  const races = one(await tx.select({ count: count() }).from(partyGames).where(and(eq(partyGames.partyId, party.id), eq(partyGames.type, "SIM_RACE"))))
  return one(
    await tx
      .insert(partyGames)
      .values({
        partyId: party.id,
        type: "SIM_RACE",
        status: "PENDING",
        title: title || `Race ${races.count + 1}`,
        track: circuit || null,
        createdAt: now,
      })
      .returning(),
  )
}

/**
 * One step of a race, with what it does to its market: opening it, or closing it at the green flag [RAC-2] [BET-1].
 * Settling and voiding move coins as well; their commands do that before this step.
 */
export async function stepTo(
  track: Track,
  race: Race,
  to: RaceStatus,
  oddsMode: OddsMode,
): Promise<Result<Race, RacingRefusal>> {
  const { tx, party, now } = track
  if (!canTransition(race.status, to)) return refuse("race_step_not_allowed", { from: race.status, to })
  if (to === "OPEN_FOR_BETS") {
    const drivers = await tx
      .select({ userId: simRaceEntries.userId })
      .from(simRaceEntries)
      .where(eq(simRaceEntries.gameId, race.id))
    if (drivers.length === 0) return refuse("race_needs_drivers")
    await openMarket(tx, { partyId: party.id, gameId: race.id, oddsMode, now, targetIds: drivers.map((d) => d.userId) })
  }
  if (to === "LIVE") await closeMarket(tx, race.id, now)
  const rows = await tx
    .update(partyGames)
    .set({
      status: to,
      ...(to === "LIVE" ? { startTime: now } : {}),
      ...(to === "FINISHED" || to === "VOID" ? { endTime: now } : {}),
    })
    .where(eq(partyGames.id, race.id))
    .returning()
  return ok(one(rows))
}

/** Brings a race to LIVE through every status on the way: the host's first lap is the green flag [RAC-4]. */
export async function raiseGreenFlag(track: Track, race: Race): Promise<Result<Race, RacingRefusal>> {
  const path = greenFlagPath(race.status)
  if (!path) return refuse("race_void")
  let current = race
  for (const status of path) {
    const stepped = await stepTo(track, current, status, "FIXED")
    if (!stepped.ok) return stepped
    current = stepped.value
  }
  return ok(current)
}

/** An entry for this driver, unless there is one; an open market gets the driver too. @returns whether it is new. */
export async function enterDriver({ tx, now }: Track, gameId: string, userId: string): Promise<boolean> {
  const added = await tx
    .insert(simRaceEntries)
    .values({ gameId, userId, submittedAt: now })
    .onConflictDoNothing()
    .returning({ id: simRaceEntries.id })
  if (added.length > 0) await addSelection(tx, gameId, userId)
  return added.length > 0
}

/** The car and track a driver named last, kept on the entry. Undefined leaves what is there. */
export async function describeEntry(
  tx: Tx,
  gameId: string,
  userId: string,
  entry: { carModel?: string; track?: string; isDnf?: boolean },
): Promise<void> {
  const change = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined && value !== ""))
  if (Object.keys(change).length === 0) return
  await tx
    .update(simRaceEntries)
    .set(change)
    .where(and(eq(simRaceEntries.gameId, gameId), eq(simRaceEntries.userId, userId)))
}

export async function isInRace(tx: Tx, gameId: string, userId: string): Promise<boolean> {
  const entries = (await entriesOf(tx, [gameId])).get(gameId) ?? []
  return entries.some((entry) => entry.driverId === userId)
}

/** The race as it is now, for the event that follows a change. */
export async function viewNow({ tx, party }: Pick<Track, "tx" | "party">, gameId: string): Promise<RaceView> {
  const race = await findRace(tx, party.id, gameId)
  assert(race, `race ${gameId} vanished inside its own command`)
  return one(await raceViews(tx, [race]))
}

/** Announces a changed race: `leaderboard-update` when the board changed, `race-changed` otherwise [RAC-23]. */
export async function announceRace(
  track: Track,
  before: { gameId: string; board: readonly BoardRow[] },
  about: { userId: string; lapTimeMs: number | null } | null,
): Promise<RaceView> {
  const race = await viewNow(track, before.gameId)
  const news = raceNewsOf(before.board, race)
  const driver = race.board.find((row) => row.driverId === about?.userId)
  if (!hasBoardChanged(before.board, race.board)) {
    track.emit(racingEvents.raceChanged.to(track.party.id, { race: news }))
    return race
  }
  track.emit(
    racingEvents.leaderboardUpdate.to(track.party.id, {
      userId: about?.userId ?? null,
      userName: driver?.name ?? null,
      lapTimeMs: about?.lapTimeMs ?? null,
      timestamp: track.now.toISOString(),
      race: news,
      isRecord: about?.lapTimeMs != null && isNewRecord(before.board, about.lapTimeMs),
    }),
  )
  return race
}

/** Announces a step of a race, which leaves its board as it was. */
export async function announceStatus(track: Track, gameId: string): Promise<void> {
  const race = await viewNow(track, gameId)
  track.emit(racingEvents.raceChanged.to(track.party.id, { race: raceNewsOf(race.board, race) }))
}

/** Tells every screen what became another in the market of this race; says nothing while there is none. */
export async function announceMarket({ tx, party, emit }: Track, gameId: string, change: MarketChange): Promise<void> {
  const market = await marketOf(tx, gameId)
  if (market) emit(bettingEvents.marketChanged.to(party.id, { market: marketNewsOf(market, change) }))
}
