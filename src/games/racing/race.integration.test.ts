import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Result } from "@/kernel/result"
import { changeSettings } from "@/party/commands"
import { eventLog } from "@/party/queries"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { addDriverWithoutPhone, createRace, openBetting, registerDriver, removeDriver, restoreLap, setDnf, startRace, submitLapTime, voidLap } from "./commands"
import { leaderboard } from "./queries"
import { canTransition, RACE_STATUSES, type RaceStatus } from "./race-status"
import { resettleRace } from "./settle-commands"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

describe("the course of a race", () => {
  const steps = {
    OPEN_FOR_BETS: (night: Night, gameId: string) => night.host(openBetting, { gameId }),
    LIVE: (night: Night, gameId: string) => night.host(startRace, { gameId }),
    FINISHED: (night: Night, gameId: string) => night.settle(gameId),
    VOID: (night: Night, gameId: string) => night.callOff(gameId),
  }

  it.each(RACE_STATUSES.flatMap((from) => (Object.keys(steps) as (keyof typeof steps)[]).map((to) => [from, to] as const)))(
    "[RAC-1] [RAC-2] from %s to %s: allowed exactly when the rules say so",
    async (from, to) => {
      const night = await startParty({ house, guests: 1 })
      const gameId = await raceAt(night, from)
      if (from === "LIVE") accepted(await night.lap("Ann", "90", gameId))
      const go = (): Promise<Result<unknown>> => steps[to](night, gameId)
      if (canTransition(from, to)) {
        accepted(await go())
        expect(await statusOf(night, gameId)).toBe(to)
      } else {
        const code = refusedWith(await expectUntouched(night, go))
        expect(code).toBe(from === "FINISHED" && to === "FINISHED" ? "already_settled" : "race_step_not_allowed")
      }
      await expectConserved(night)
    },
  )

  it("[RAC-2] [BET-13] settling anew is for finished races", async () => {
    const night = await startParty({ house, guests: 1 })
    for (const from of ["PENDING", "OPEN_FOR_BETS", "LIVE", "VOID"] as const) {
      expect(refusedWith(await night.host(resettleRace, { gameId: await raceAt(night, from) }))).toBe("race_step_not_allowed")
    }
  })

  it("betting opens with a driver, not without", async () => {
    const night = await startParty({ house })
    const gameId = await night.planRace([])
    expect(refusedWith(await expectUntouched(night, () => night.host(openBetting, { gameId })))).toBe("race_needs_drivers")
  })

  it.each(["PENDING", "OPEN_FOR_BETS"] as const)("[RAC-4] the host's first lap is the green flag of a race that is %s", async (from) => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await raceAt(night, from)
    accepted(await night.lap("Ann", "90", gameId))
    expect(await statusOf(night, gameId)).toBe("LIVE")
    const { placeBet } = await import("@/betting/commands")
    expect(refusedWith(await night.guest("Bo", placeBet, { targetUserId: night.idOf("Ann"), amount: 1, gameId }))).toBe("betting_closed")
    const market = (await night.events()).filter((event) => event.eventType === "market-changed").at(-1)
    expect(market?.data).toMatchObject({ market: { status: "CLOSED" } })
    accepted(await night.settle(gameId))
  })

  it("[RAC-5] races side by side share nothing; what does not say which race is refused", async () => {
    const night = await startParty({ house, guests: 3 })
    const first = await night.openRace(["Ann"])
    const second = await night.openRace(["Bo"], "PARIMUTUEL")
    expect(refusedWith(await night.lap("Ann", "90"))).toBe("race_ambiguous")
    expect(refusedWith(await night.guest("Cy", registerDriver, {}))).toBe("race_ambiguous")
    accepted(await night.bet("Cy", "Ann", 10))
    accepted(await night.bet("Cy", "Bo", 20))
    accepted(await night.lap("Ann", "90", first))
    expect(await statusOf(night, second)).toBe("OPEN_FOR_BETS")
    accepted(await night.bet("Cy", "Bo", 30))
    accepted(await night.callOff(second))
    accepted(await night.settle(first))
    expect(await night.purse("Cy")).toBe(1010)
    await expectConserved(night)
  })

  it("[RAC-5] a driver of two open races cannot be backed without naming one", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    await night.openRace(["Ann"])
    expect(refusedWith(await night.bet("Bo", "Ann", 10))).toBe("market_ambiguous")
    const { placeBet } = await import("@/betting/commands")
    accepted(await night.guest("Bo", placeBet, { targetUserId: night.idOf("Ann"), amount: 10, gameId }))
  })

  it("[RAC-6] a race that was called off takes no result", async () => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await raceAt(night, "LIVE")
    const { lapId } = accepted(await night.lap("Ann", "90", gameId))
    accepted(await night.callOff(gameId))
    const driverId = night.idOf("Ann")
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.lap("Ann", "89", gameId))).toBe("race_void")
      expect(refusedWith(await night.host(setDnf, { gameId, driverId, isDnf: true }))).toBe("race_void")
      expect(refusedWith(await night.host(voidLap, { lapId, reason: "cut" }))).toBe("race_void")
      expect(refusedWith(await night.host(restoreLap, { lapId }))).toBe("race_void")
    })
  })

  it("[RAC-6] [BET-13] a correction after the finish moves the board at once and the money when the host says so", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Bo", 100))
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    accepted(await night.lap("Bo", "89", gameId))
    expect((await race(night, gameId)).board[0]?.name).toBe("Bo")
    expect(await statusOf(night, gameId)).toBe("FINISHED")
    expect(await night.purse("Cy")).toBe(900)
    accepted(await night.resettle(gameId))
    expect(await night.purse("Cy")).toBe(1100)
    expect((await night.betsOf("Cy"))[0]).toMatchObject({ status: "WON", payout: 200 })
    await expectConserved(night)
  })
})

describe("drivers", () => {
  it("[RAC-7] a guest registers, once; registering again changes nothing on the board", async () => {
    const night = await startParty({ house, guests: 2 })
    const { gameId } = accepted(await night.host(createRace, {}))
    for (let time = 0; time < 3; time++) accepted(await night.guest("Ann", registerDriver, {}))
    expect((await race(night, gameId)).board.map((row) => row.name)).toEqual(["Ann"])
    expect((await night.events()).filter((event) => event.eventType === "leaderboard-update")).toHaveLength(1)
  })

  it("[RAC-7] at the same moment, from three phones: one entry", async () => {
    const night = await startParty({ house, guests: 1 })
    const { gameId } = accepted(await night.host(createRace, {}))
    await Promise.all(Array.from({ length: 3 }, () => night.guest("Ann", registerDriver, { gameId })))
    expect((await race(night, gameId)).board).toHaveLength(1)
  })

  it("[RAC-7] a guest cannot start a race by registering; the host can", async () => {
    const night = await startParty({ house, guests: 1 })
    expect(refusedWith(await night.guest("Ann", registerDriver, {}))).toBe("race_unknown")
    accepted(await night.host(registerDriver, { driverId: night.idOf("Ann") }))
  })

  it("[RAC-7] a driver who joins while bets are open can be backed; one who leaves cannot", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.guest("Bo", registerDriver, {}))
    accepted(await night.bet("Cy", "Bo", 10))
    accepted(await night.guest("Ann", removeDriver, { gameId, driverId: night.idOf("Ann") }))
    expect(refusedWith(await night.bet("Cy", "Ann", 10))).toBe("target_not_in_race")
  })

  it("[RAC-7] a driver without a phone drives, is backed and wins", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.host(addDriverWithoutPhone, { name: "Old Tom", gameId }))
    const tom = (await race(night, gameId)).board.find((row) => row.name === "Old Tom")?.driverId
    const { placeBet } = await import("@/betting/commands")
    accepted(await night.guest("Bo", placeBet, { targetUserId: tom, amount: 100 }))
    accepted(await night.host(submitLapTime, { driverId: tom, timeText: "80", gameId }))
    expect(accepted(await night.settle(gameId)).winnerName).toBe("Old Tom")
    expect(await night.purse("Bo")).toBe(1100)
    await expectConserved(night)
  })

  it("[RAC-7] who has laps stays in", async () => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await raceAt(night, "LIVE")
    accepted(await night.lap("Ann", "90", gameId))
    expect(refusedWith(await night.host(removeDriver, { gameId, driverId: night.idOf("Ann") }))).toBe("driver_has_laps")
  })

  it("[RAC-7] who is not in the race cannot leave it, and no screen hears of the attempt", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    expect(refusedWith(await expectUntouched(night, () => night.guest("Bo", removeDriver, { gameId, driverId: night.idOf("Bo") })))).toBe("driver_unknown")
  })

  it("[RAC-8] a DNF is for this race, and can be taken back", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.lap("Ann", "90"))
    accepted(await night.lap("Bo", "91"))
    accepted(await night.host(setDnf, { gameId, driverId: night.idOf("Ann"), isDnf: true }))
    expect((await race(night, gameId)).board.map((row) => [row.name, row.status])).toEqual([["Bo", "CLASSIFIED"], ["Ann", "DNF"]])
    accepted(await night.host(setDnf, { gameId, driverId: night.idOf("Ann"), isDnf: false }))
    expect((await race(night, gameId)).board.map((row) => [row.name, row.status])).toEqual([["Ann", "CLASSIFIED"], ["Bo", "CLASSIFIED"]])
  })
})

describe("laps", () => {
  it("[RAC-14] a driver times the own laps only when the party allows it, in a race that runs, and as a driver of it", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    const own = (name: string) => night.guest(name, submitLapTime, { timeText: "90" })
    expect(refusedWith(await own("Ann"))).toBe("self_timing_off")
    accepted(await night.host(changeSettings, { isSelfTimingOn: true }))
    expect(refusedWith(await expectUntouched(night, () => own("Ann")))).toBe("race_not_live")
    accepted(await night.host(startRace, { gameId }))
    expect(refusedWith(await own("Bo"))).toBe("driver_unknown")
    expect(accepted(await own("Ann")).lapTimeMs).toBe(90_000)
    expect((await night.lapsOf(gameId)).map((lap) => lap.source)).toEqual(["DRIVER"])
    accepted(await night.settle(gameId))
    expect(refusedWith(await night.guest("Ann", submitLapTime, { timeText: "80", gameId }))).toBe("race_not_live")
  })

  it("[RAC-14] [PTY-9] a driver with the own lap names the own car, past the family filter nothing, and no track for everybody", async () => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.host(changeSettings, { isSelfTimingOn: true }))
    accepted(await night.host(startRace, { gameId }))
    const lap = (words: { carModel?: string; track?: string }) => night.guest("Ann", submitLapTime, { timeText: "90", ...words })
    expect(refusedWith(await expectUntouched(night, () => lap({ carModel: "Fuck" })))).toBe("name_not_for_family")
    accepted(await lap({ carModel: "Mini", track: "Fuck" }))
    expect(await race(night, gameId)).toMatchObject({ track: null, board: [{ carModel: "Mini" }] })
    accepted(await night.host(submitLapTime, { timeText: "89", driverId: night.idOf("Ann"), gameId, track: "Monza" }))
    expect((await race(night, gameId)).track).toBe("Monza")
  })

  it("[RAC-15] [RAC-16] every lap is kept, the best one counts, and of equal times the earlier", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann", "Bo"])
    for (const [name, time] of [["Bo", "1:24.500"], ["Ann", "1:30"], ["Ann", "84.5"], ["Ann", "1:25"]] as const) accepted(await night.lap(name, time))
    const laps = await night.lapsOf(gameId)
    expect(laps.map((lap) => lap.lapTimeMs)).toEqual([84_500, 90_000, 84_500, 85_000])
    expect((await race(night, gameId)).board).toMatchObject([
      { name: "Bo", position: 1, bestLapMs: 84_500, gapMs: 0 },
      { name: "Ann", position: 2, bestLapMs: 84_500, lastLapMs: 85_000, lapCount: 3, gapMs: 0, intervalMs: 0 },
    ])
  })

  it("[RAC-17] a voided lap does not count and keeps its number, so it stands where it stood when restored", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann", "Bo"])
    const { lapId } = accepted(await night.lap("Bo", "80"))
    accepted(await night.lap("Ann", "80"))
    accepted(await night.host(voidLap, { lapId, reason: "cut the corner" }))
    expect((await race(night, gameId)).board.map((row) => [row.name, row.bestLapMs])).toEqual([["Ann", 80_000], ["Bo", null]])
    expect((await race(night, gameId)).recentLaps.find((lap) => lap.lapId === lapId)?.voidReason).toBe("cut the corner")
    accepted(await night.host(restoreLap, { lapId }))
    expect((await race(night, gameId)).board.map((row) => row.name)).toEqual(["Bo", "Ann"])
    const log = accepted(await night.ask(night.hostClaims, eventLog)).events.map((event) => event.eventType)
    expect(log.slice(0, 2)).toEqual(["leaderboard-update", "leaderboard-update"])
  })

  it("[RAC-17] a reason is asked for", async () => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await raceAt(night, "LIVE")
    const { lapId } = accepted(await night.lap("Ann", "90", gameId))
    expect(refusedWith(await night.host(voidLap, { lapId, reason: "   " }))).toBe("input_invalid")
  })

  it.each([
    ["", "lap_time_empty"],
    ["1:5", "lap_time_seconds_two_digits"],
    ["1:75", "lap_time_seconds_over_59"],
    ["1:24.5001", "lap_time_too_many_decimals"],
    ["0", "lap_time_too_short"],
    ["60:00", "lap_time_too_long"],
    ["-1", "lap_time_unreadable"],
    ["٩٠", "lap_time_unreadable"],
    ["9".repeat(41), "input_invalid"],
    [90, "input_invalid"],
    [null, "input_invalid"],
    [{ toString: () => "90" }, "input_invalid"],
  ])("[RAC-12] %j is no lap: refused, nothing changed", async (timeText, code) => {
    const night = await shared()
    const answer = await expectUntouched(night, () => night.host(submitLapTime, { driverId: night.idOf("Ann"), timeText }))
    expect(refusedWith(answer)).toBe(code)
  })

  it("[RAC-23] leaderboard-update is sent when the board changed, and only then", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.host(startRace, { gameId }))
    const told = async (work: () => Promise<unknown>) => {
      const before = (await night.events()).length
      await work()
      return (await night.events()).slice(before).map((event) => event.eventType)
    }
    expect(await told(() => night.lap("Ann", "90"))).toEqual(["leaderboard-update"])
    expect(await told(() => night.lap("Ann", "95"))).toEqual(["race-changed"])
    expect(await told(() => night.lap("Ann", "90"))).toEqual(["race-changed"])
    expect(await told(() => night.lap("Ann", "89"))).toEqual(["leaderboard-update"])
    const slow = (await night.lapsOf(gameId))[1]?.id
    expect(await told(() => night.host(voidLap, { lapId: slow, reason: "slow" }))).toEqual(["race-changed"])
    expect(await told(() => night.host(setDnf, { gameId, driverId: night.idOf("Bo"), isDnf: true }))).toEqual(["leaderboard-update"])
    expect(await told(() => night.host(setDnf, { gameId, driverId: night.idOf("Bo"), isDnf: true }))).toEqual(["race-changed"])
  })

  it("[RAC-23] a record is the fastest lap so far, not the first one and not an equal one", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann", "Bo"])
    for (const [name, time] of [["Ann", "90"], ["Bo", "89"], ["Ann", "89"], ["Ann", "88.999"]] as const) accepted(await night.lap(name, time))
    const updates = (await night.events()).filter((event) => event.eventType === "leaderboard-update" && isLap(event.data))
    expect(updates.map((event) => (event.data as { isRecord: boolean }).isRecord)).toEqual([false, true, false, true])
  })
})

let sharedNight: Promise<Night> | undefined
/** One party for attempts that change nothing. */
function shared(): Promise<Night> {
  sharedNight ??= startParty({ house, guests: 1 }).then(async (night) => {
    await night.openRace(["Ann"])
    return night
  })
  return sharedNight
}

const isLap = (data: unknown) => (data as { lapTimeMs: number | null }).lapTimeMs !== null

async function raceAt(night: Night, status: RaceStatus): Promise<string> {
  const gameId = await night.planRace(["Ann"])
  if (status === "PENDING") return gameId
  accepted(await night.host(openBetting, { gameId }))
  if (status === "OPEN_FOR_BETS") return gameId
  if (status === "VOID") accepted(await night.callOff(gameId))
  else accepted(await night.host(startRace, { gameId }))
  if (status !== "FINISHED") return gameId
  accepted(await night.lap("Ann", "90", gameId))
  accepted(await night.settle(gameId))
  return gameId
}

async function race(night: Night, gameId: string) {
  const { race: found } = accepted(await night.ask(night.hostClaims, leaderboard, { gameId }))
  if (!found) throw new Error("the race was just made")
  return found
}

const statusOf = async (night: Night, gameId: string) => (await race(night, gameId)).status
