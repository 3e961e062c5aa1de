import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { simRaceEntries } from "@/db/schema/racing"
import { callImposterVote } from "@/games/imposter/commands"
import { addDriverWithoutPhone, createRace, openBetting, registerDriver, removeDriver, restoreLap, setDnf, startRace, submitLapTime, voidLap } from "@/games/racing/commands"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"

/** Bytes that Pusher carries in one event. */
const most = 10_240

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

/** Everything announced while `work` ran: its name, and its bytes with all its content. */
async function announced(night: Night, work: () => Promise<unknown>): Promise<{ name: string; bytes: number }[]> {
  const first = night.published.length
  await work()
  return night.published.slice(first).map(({ name, version, previous, payload }) => {
    const bytes = Buffer.byteLength(JSON.stringify({ version, previous, payload }))
    return { name, bytes }
  })
}

const largest = (events: readonly { name: string; bytes: number }[], name: string) =>
  Math.max(...events.filter((event) => event.name === name).map(({ bytes }) => bytes))

describe("[IMP-19] Imposter with 150 players", () => {
  it("has no event too long for its channel, and none above a tenth of one while people call, vote and leave", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `Guest ${index}`)
    const night = await startParty({ house, names })
    const table = imposterTable(night)
    const [first = "", second = "", ...others] = names

    const starting = await announced(night, () => table.start())
    expect(largest(starting, "round-started")).toBeLessThan(most)
    await table.deal([first])

    const often = await announced(night, async () => {
      for (const name of others.slice(0, 70)) accepted(await night.guest(name, callImposterVote, {}))
      accepted(await table.leave(others.at(-1) ?? ""))
      await table.openVote()
      for (const name of others.slice(0, -1)) accepted(await table.vote(name, first))
      accepted(await table.vote(second, first))
    })
    expect(often.filter(({ name }) => name === "round-changed")).toHaveLength(70 + 1 + 1 + 148)
    expect(largest(often, "round-changed")).toBeLessThan(most / 10)

    // Everybody voted, so that the reveal is as long as it gets: each vote, and coins for each who was right.
    const revealing = await announced(night, async () => accepted(await table.vote(first, second)))
    expect(largest(revealing, "round-revealed")).toBeLessThan(most / 2)
    const guessing = await announced(night, async () => accepted(await table.guess(first, "no idea")))
    expect(largest(guessing, "round-changed")).toBeLessThan(most / 2)
  }, 120_000)
})

describe("[BET-19] [RAC-34] a sheet of 200 drivers", () => {
  it("has no event above a third of a channel but the one that opens betting", async () => {
    const night = await startParty({ house, guests: 5 })
    const { gameId } = accepted(await night.host(createRace, { title: "T".repeat(60), track: "M".repeat(60) }))
    const entering = await announced(night, async () => {
      for (const name of ["Ann", "Bo"]) accepted(await night.guest(name, registerDriver, { gameId }))
      // As long as names get.
      for (let n = 2; n < 199; n++) accepted(await night.host(addDriverWithoutPhone, { gameId, name: `Driver ${String(n).padStart(17, "0")}` }))
    })
    expect(largest(entering, "leaderboard-update")).toBeLessThan(most / 3)

    const opening = await announced(night, async () => accepted(await night.host(openBetting, { gameId, oddsMode: "PARIMUTUEL" })))
    expect(largest(opening, "race-changed")).toBeLessThan(most / 3)
    // Everybody fetches the night, once a race.
    expect(largest(opening, "market-changed")).toBeGreaterThan(most)

    const betting = await announced(night, async () => {
      accepted(await night.host(addDriverWithoutPhone, { gameId, name: "The one too late" }))
      accepted(await night.host(registerDriver, { gameId, driverId: night.idOf("Ed") }))
      accepted(await night.host(removeDriver, { gameId, driverId: night.idOf("Ed") }))
      for (const name of ["Ann", "Bo", "Cy", "Di"]) accepted(await night.bet(name, "Ann", 100))
      accepted(await night.host(startRace, { gameId }))
    })
    expect(betting.filter(({ name }) => name === "bet-placed")).toHaveLength(4)
    expect(betting.filter(({ name }) => name === "market-changed")).toHaveLength(4)
    for (const name of ["bet-placed", "market-changed"]) expect(largest(betting, name)).toBeLessThan(most / 10)

    const drivers = (await night.runtime.db.select().from(simRaceEntries).where(eq(simRaceEntries.gameId, gameId))).map(({ userId }) => userId)
    expect(drivers).toHaveLength(200)
    const laps: string[] = []
    const driving = await announced(night, async () => {
      // Each is faster than the one before: all places and gaps change with every lap.
      for (const [n, driverId] of drivers.entries()) {
        const set = accepted(await night.host(submitLapTime, { gameId, driverId, timeText: `2:00.${String(999 - n)}`, carModel: "C".repeat(60) }))
        laps.push(set.lapId)
      }
      for (const lapId of laps.slice(-8)) accepted(await night.host(voidLap, { lapId, reason: "r".repeat(80) }))
      for (const lapId of laps.slice(-8)) accepted(await night.host(restoreLap, { lapId }))
      accepted(await night.host(setDnf, { gameId, driverId: drivers[0], isDnf: true }))
      accepted(await night.lap("Ann", "1:59.000", gameId))
    })
    expect(driving).toHaveLength(200 + 8 + 8 + 1 + 1)
    expect(Math.max(...driving.map(({ bytes }) => bytes))).toBeLessThan(most / 3)

    const settling = await announced(night, async () => accepted(await night.settle(gameId)))
    for (const { bytes } of settling) expect(bytes).toBeLessThan(most / 3)
  }, 240_000)
})
