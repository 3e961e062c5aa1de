import { and, eq } from "drizzle-orm"
import { partyGames } from "@/db/schema/games"
import { resultFileDrivers, simRaceLaps } from "@/db/schema/racing"
import { assert } from "@/kernel/assert"
import { ok, refuse, type Result } from "@/kernel/result"
import { command, query } from "@/party/command"
import { partyEvents } from "@/party/events"
import { nameKey } from "@/party/guest-name"
import { findGuest } from "@/party/queries"
import { addDriverSeat } from "@/party/steps"
import { boardOf } from "./board"
import { importResultFileInput, resultFileInput, type DriverMapping } from "./input"
import { entriesOf, raceMeant, rememberedDrivers } from "./queries"
import type { RacingRefusal } from "./refusals"
import { readResultFile } from "./result-files/read-result-file"
import type { ResultDriver, ResultFile, ResultSession } from "./result-files/result-file"
import { announceMarket, announceRace, describeEntry, enterDriver, newRace, raiseGreenFlag, type Track } from "./steps"

/** What a dropped file holds, and who its drivers were the last time [RAC-24] [RAC-33]. Changes nothing. */
export const previewResultFile = query({
  name: "previewResultFile",
  who: "host",
  input: resultFileInput,
  async run({ db, party }, input): Promise<Result<{ file: ResultFile; known: Record<string, string> }, RacingRefusal>> {
    const file = readResultFile(input.file)
    if (!file.ok) return file
    const remembered = await rememberedDrivers(db, party.id)
    const names = file.value.sessions.flatMap((session) => session.drivers.map((driver) => driver.name))
    const known = names.flatMap((name) => {
      const guestId = remembered.get(nameKey(name))
      return guestId ? [[name, guestId] as const] : []
    })
    return ok({ file: file.value, known: Object.fromEntries(known) })
  },
})

/** Best laps, cars, track and DNFs of one session of a file: all of it or nothing [RAC-33]. */
export const importResultFile = command({
  name: "importResultFile",
  who: "host",
  input: importResultFileInput,
  prepare: async (_, input): Promise<Result<ResultFile, RacingRefusal>> => readResultFile(input.file),
  async run(
    context,
    input,
  ): Promise<Result<{ gameId: string; driverCount: number; lapCount: number }, RacingRefusal>> {
    const { tx, party, prepared } = context
    const session = prepared.sessions[input.session]
    if (!session || input.drivers.some(({ driver }) => !session.drivers[driver])) return refuse("result_session_unknown")
    const meant = await raceMeant(tx, party.id, input.gameId)
    if (!meant.ok) return meant
    if (meant.value?.status === "VOID") return refuse("race_void")
    const race = meant.value ?? (await newRace(context, undefined, prepared.track ?? undefined))

    const before = { gameId: race.id, board: boardOf((await entriesOf(tx, [race.id])).get(race.id) ?? []) }
    const seated = await seatDrivers(context, race.id, session, input.drivers)
    if (!seated.ok) return seated
    if (race.status !== "FINISHED") {
      const live = await raiseGreenFlag(context, race)
      if (!live.ok) return live
    }
    if (prepared.track) await tx.update(partyGames).set({ track: prepared.track }).where(eq(partyGames.id, race.id))
    let lapCount = 0
    for (const { userId, driver } of seated.value) lapCount += await importDriver(context, race.id, userId, driver)
    await announceRace(context, before, null)
    await announceMarket(context, race.id, "all")
    const isAnySeatNew = input.drivers.some(({ to }) => to.kind === "NEW_SEAT")
    if (isAnySeatNew) context.emit(partyEvents.seatsChanged.to(party.id, { count: seated.value.length }))
    return ok({ gameId: race.id, driverCount: seated.value.length, lapCount })
  },
})

type Seated = { userId: string; driver: ResultDriver }

/** Enters every mapped driver and remembers who they are. Two drivers of a file are never one guest. */
async function seatDrivers(
  track: Track,
  gameId: string,
  session: ResultSession,
  mapping: readonly DriverMapping[],
): Promise<Result<Seated[], RacingRefusal>> {
  const { tx, party, now } = track
  const seated: Seated[] = []
  for (const { driver: place, to } of mapping) {
    const driver = session.drivers[place]
    assert(driver, "the mapping was checked against the session")
    if (to.kind === "NOBODY") continue
    const seat = to.kind === "GUEST" ? await findGuest(tx, party.id, to.guestId) : undefined
    if (to.kind === "GUEST" && !seat) return refuse("driver_unknown")
    const made = seat ? ok(seat) : await addDriverSeat(tx, party, now, driver.name.slice(0, 24))
    if (!made.ok) return made
    const userId = made.value.id
    if (seated.some((other) => other.userId === userId)) return refuse("driver_mapped_twice", { name: made.value.name })
    await enterDriver(track, gameId, userId)
    await remember(track, driver.name, userId)
    seated.push({ userId, driver })
  }
  return seated.length > 0 ? ok(seated) : refuse("race_needs_drivers")
}

async function remember({ tx, party }: Track, name: string, userId: string): Promise<void> {
  await tx
    .insert(resultFileDrivers)
    .values({ partyId: party.id, nameKey: nameKey(name), userId })
    .onConflictDoUpdate({ target: [resultFileDrivers.partyId, resultFileDrivers.nameKey], set: { userId } })
}

/** @returns 1 when a lap was added; the same file dropped twice adds none the second time. */
async function importDriver({ tx, now }: Track, gameId: string, userId: string, driver: ResultDriver): Promise<number> {
  await describeEntry(tx, gameId, userId, {
    carModel: driver.carModel ?? undefined,
    // A file that does not tell who retired says false: that must not take back the host's own mark.
    isDnf: driver.isDnf || undefined,
  })
  if (driver.bestLapMs === null) return 0
  const standing = await tx
    .select({ id: simRaceLaps.id })
    .from(simRaceLaps)
    .where(
      and(
        eq(simRaceLaps.gameId, gameId),
        eq(simRaceLaps.userId, userId),
        eq(simRaceLaps.lapTimeMs, driver.bestLapMs),
        eq(simRaceLaps.source, "FILE"),
      ),
    )
  if (standing.length > 0) return 0
  await tx.insert(simRaceLaps).values({ gameId, userId, lapTimeMs: driver.bestLapMs, source: "FILE", setAt: now })
  return 1
}
