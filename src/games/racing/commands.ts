import { and, count, eq } from "drizzle-orm"
import type { MarketChange } from "@/betting/market-news"
import { removeSelection } from "@/betting/steps"
import { partyGames } from "@/db/schema/games"
import { simRaceEntries, simRaceLaps } from "@/db/schema/racing"
import { assert, one } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { command } from "@/party/command"
import { partyEvents } from "@/party/events"
import { passesFamilyFilter } from "@/party/family-filter"
import { findGuest } from "@/party/queries"
import { addDriverSeat } from "@/party/steps"
import { guestViewOf } from "@/party/view"
import { boardOf } from "./board"
import {
  addDriverSeatInput,
  createRaceInput,
  lapInput,
  openBettingInput,
  raceDriverInput,
  raceInput,
  registerDriverInput,
  setDnfInput,
  submitLapTimeInput,
  voidLapInput,
} from "./input"
import { parseLapTime } from "./lap-time"
import { entriesOf, findRace, raceMeant, type Race } from "./queries"
import type { RacingRefusal } from "./refusals"
import {
  announceMarket,
  announceRace,
  announceStatus,
  describeEntry,
  enterDriver,
  isInRace,
  newRace,
  raiseGreenFlag,
  stepTo,
  type Track,
} from "./steps"

/** A new race; others may be unfinished, for the host asks for it [RAC-5]. */
export const createRace = command({
  name: "createRace",
  who: "host",
  input: createRaceInput,
  async run(context, input) {
    const race = await newRace(context, input.title, input.track)
    await announceStatus(context, race.id)
    return ok({ gameId: race.id })
  },
})

/** A guest enters themself, or the host enters anyone [RAC-7]. Without a race one is made, by the host only. */
export const registerDriver = command({
  name: "registerDriver",
  who: "hostOrGuest",
  input: registerDriverInput,
  async run(context, input): Promise<Result<{ gameId: string }, RacingRefusal>> {
    const { actor, tx, party } = context
    const driverId = actor.kind === "guest" ? (input.driverId ?? actor.guest.id) : input.driverId
    if (!driverId) return refuse("driver_unknown")
    if (actor.kind === "guest" && driverId !== actor.guest.id) return refuse("only_the_host")
    const guest = await findGuest(tx, party.id, driverId)
    if (!guest) return refuse("driver_unknown")
    const race = await raceForEntry(context, input.gameId, actor.kind === "host")
    if (!race.ok) return race
    return enter(context, race.value, driverId)
  },
})

/** A driver who has no phone: a seat without a PIN or a purse, entered at once [RAC-7]. */
export const addDriverWithoutPhone = command({
  name: "addDriverWithoutPhone",
  who: "host",
  input: addDriverSeatInput,
  async run(context, input) {
    const { tx, party, now, emit } = context
    const race = await raceForEntry(context, input.gameId, true)
    if (!race.ok) return race
    const seat = await addDriverSeat(tx, party, now, input.name)
    if (!seat.ok) return seat
    emit(
      partyEvents.userJoined.to(party.id, {
        userId: seat.value.id,
        name: seat.value.name,
        timestamp: now.toISOString(),
        guest: guestViewOf(seat.value),
      }),
    )
    return enter(context, race.value, seat.value.id)
  },
})

/** Takes a driver out, as long as nobody backed them and they set no lap [RAC-7]. */
export const removeDriver = command({
  name: "removeDriver",
  who: "hostOrGuest",
  input: raceDriverInput,
  async run(context, { gameId, driverId }): Promise<Result<Record<string, never>, RacingRefusal>> {
    const { actor, tx, party } = context
    if (actor.kind === "guest" && driverId !== actor.guest.id) return refuse("only_the_host")
    const race = await findRace(tx, party.id, gameId)
    if (!race) return refuse("race_unknown")
    if (race.status === "FINISHED" || race.status === "VOID") return refuse("race_not_live")
    if (!(await isInRace(tx, gameId, driverId))) return refuse("driver_unknown")
    const laps = one(
      await tx
        .select({ count: count() })
        .from(simRaceLaps)
        .where(and(eq(simRaceLaps.gameId, gameId), eq(simRaceLaps.userId, driverId))),
    )
    if (laps.count > 0) return refuse("driver_has_laps")
    const before = await boardBefore(context, gameId)
    if (!(await removeSelection(tx, gameId, driverId))) return refuse("driver_has_bets")
    await tx.delete(simRaceEntries).where(and(eq(simRaceEntries.gameId, gameId), eq(simRaceEntries.userId, driverId)))
    await announceRace(context, before, { userId: driverId, lapTimeMs: null })
    await announceMarket(context, gameId, { goneIds: [driverId] })
    return ok({})
  },
})

/** [RAC-2] [BET-1] [BET-6] */
export const openBetting = command({
  name: "openBetting",
  who: "host",
  input: openBettingInput,
  async run(context, input) {
    const race = await findRace(context.tx, context.party.id, input.gameId)
    if (!race) return refuse("race_unknown")
    const opened = await stepTo(context, race, "OPEN_FOR_BETS", input.oddsMode)
    if (!opened.ok) return opened
    return announceStep(context, race.id, "all")
  },
})

/** The green flag [RAC-2]: betting closes. */
export const startRace = command({
  name: "startRace",
  who: "host",
  input: raceInput,
  async run(context, input) {
    const race = await findRace(context.tx, context.party.id, input.gameId)
    if (!race) return refuse("race_unknown")
    const started = await stepTo(context, race, "LIVE", "FIXED")
    if (!started.ok) return started
    return announceStep(context, race.id, {})
  },
})

/**
 * A lap, by the host for any driver or by a driver for themself [RAC-14] [RAC-15]. The host's first lap starts the race [RAC-4].
 */
export const submitLapTime = command({
  name: "submitLapTime",
  who: "hostOrGuest",
  input: submitLapTimeInput,
  async run(context, input) {
    const { actor, tx, party, now } = context
    const lapTimeMs = parseLapTime(input.timeText)
    if (!lapTimeMs.ok) return lapTimeMs
    const driverId = actor.kind === "guest" ? (input.driverId ?? actor.guest.id) : input.driverId
    if (!driverId) return refuse("driver_unknown")
    if (actor.kind === "guest" && driverId !== actor.guest.id) return refuse("only_the_host")
    if (actor.kind === "guest" && !party.isSelfTimingOn) return refuse("self_timing_off")
    if (!passesFamilyFilter(input.carModel ?? "", party.familyFilter)) return refuse("name_not_for_family")
    const race = await raceForLap(context, input.gameId, driverId, actor.kind)
    if (!race.ok) return race

    const before = await boardBefore(context, race.value.id)
    if (race.value.status !== "FINISHED" && race.value.status !== "LIVE") {
      const live = await raiseGreenFlag(context, race.value)
      if (!live.ok) return live
      // An open market has perhaps this driver more; one that was not open is new.
      await announceMarket(context, race.value.id, race.value.status === "OPEN_FOR_BETS" ? { changedIds: [driverId] } : "all")
    }
    await describeEntry(tx, race.value.id, driverId, { carModel: input.carModel, track: input.track })
    // A driver's word is kept on the own entry; what everybody reads above the board is the host's.
    if (input.track && actor.kind === "host") await tx.update(partyGames).set({ track: input.track }).where(eq(partyGames.id, race.value.id))
    const lap = one(
      await tx
        .insert(simRaceLaps)
        .values({
          gameId: race.value.id,
          userId: driverId,
          lapTimeMs: lapTimeMs.value,
          source: actor.kind === "host" ? "HOST" : "DRIVER",
          setAt: now,
        })
        .returning({ id: simRaceLaps.id }),
    )
    const view = await announceRace(context, before, { userId: driverId, lapTimeMs: lapTimeMs.value })
    return ok({ lapId: lap.id, gameId: race.value.id, lapTimeMs: lapTimeMs.value, race: view })
  },
})

/** [RAC-17] */
export const voidLap = command({
  name: "voidLap",
  who: "host",
  input: voidLapInput,
  run: (context, { lapId, reason }) => changeLap(context, lapId, { voidedAt: context.now, voidReason: reason }),
})

/** [RAC-17] The lap keeps its number, so it stands where it stood. */
export const restoreLap = command({
  name: "restoreLap",
  who: "host",
  input: lapInput,
  run: (context, { lapId }) => changeLap(context, lapId, { voidedAt: null, voidReason: null }),
})

/** [RAC-8] */
export const setDnf = command({
  name: "setDnf",
  who: "host",
  input: setDnfInput,
  async run(context, { gameId, driverId, isDnf }): Promise<Result<Record<string, never>, RacingRefusal>> {
    const race = await findRace(context.tx, context.party.id, gameId)
    if (!race) return refuse("race_unknown")
    if (race.status === "VOID") return refuse("race_void")
    if (!(await isInRace(context.tx, gameId, driverId))) return refuse("driver_unknown")
    const before = await boardBefore(context, gameId)
    await describeEntry(context.tx, gameId, driverId, { isDnf })
    await announceRace(context, before, { userId: driverId, lapTimeMs: null })
    return ok({})
  },
})

/** The race somebody wants to be in: named, or the only unfinished one, or a new one where `mayCreate`. */
async function raceForEntry(
  track: Track,
  gameId: string | undefined,
  mayCreate: boolean,
): Promise<Result<Race, RacingRefusal>> {
  const meant = await raceMeant(track.tx, track.party.id, gameId)
  if (!meant.ok) return meant
  if (meant.value) {
    const isOver = meant.value.status === "FINISHED" || meant.value.status === "VOID"
    return isOver ? refuse("race_not_live") : ok(meant.value)
  }
  return mayCreate ? ok(await newRace(track, undefined, undefined)) : refuse("race_unknown")
}

/** The race a lap belongs to, with the driver entered where the host may do that on the way. */
async function raceForLap(
  track: Track,
  gameId: string | undefined,
  driverId: string,
  by: "host" | "guest",
): Promise<Result<Race, RacingRefusal>> {
  const { tx, party } = track
  if (!(await findGuest(tx, party.id, driverId))) return refuse("driver_unknown")
  const meant = await raceMeant(tx, party.id, gameId)
  if (!meant.ok) return meant
  if (meant.value?.status === "VOID") return refuse("race_void")
  if (by === "guest") {
    if (meant.value?.status !== "LIVE") return refuse("race_not_live")
    return (await isInRace(tx, meant.value.id, driverId)) ? ok(meant.value) : refuse("driver_unknown")
  }
  const race = meant.value ?? (await newRace(track, undefined, undefined))
  await enterDriver(track, race.id, driverId)
  return ok(race)
}

async function enter(track: Track, race: Race, driverId: string): Promise<Result<{ gameId: string }, RacingRefusal>> {
  const before = await boardBefore(track, race.id)
  if (await enterDriver(track, race.id, driverId)) {
    await announceRace(track, before, { userId: driverId, lapTimeMs: null })
    await announceMarket(track, race.id, { changedIds: [driverId] })
  }
  return ok({ gameId: race.id })
}

async function announceStep(track: Track, gameId: string, change: MarketChange): Promise<Result<{ gameId: string }, RacingRefusal>> {
  await announceStatus(track, gameId)
  await announceMarket(track, gameId, change)
  return ok({ gameId })
}

async function boardBefore({ tx }: Pick<Track, "tx">, gameId: string) {
  return { gameId, board: boardOf((await entriesOf(tx, [gameId])).get(gameId) ?? []) }
}

async function changeLap(
  track: Track,
  lapId: string,
  change: Partial<typeof simRaceLaps.$inferInsert>,
): Promise<Result<Record<string, never>, RacingRefusal>> {
  const { tx, party } = track
  const lap = (await tx.select().from(simRaceLaps).where(eq(simRaceLaps.id, lapId)))[0]
  const race = lap && (await findRace(tx, party.id, lap.gameId))
  if (!lap || !race) return refuse("lap_unknown")
  if (race.status === "VOID") return refuse("race_void")
  const before = await boardBefore(track, race.id)
  const changed = await tx.update(simRaceLaps).set(change).where(eq(simRaceLaps.id, lapId)).returning()
  assert(changed.length === 1, "a lap is changed once")
  await announceRace(track, before, { userId: lap.userId, lapTimeMs: null })
  return ok({})
}
