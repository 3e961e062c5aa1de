import { describe, expect, it } from "vitest"
import { readResultFile } from "./read-result-file"

function driversOf(json: unknown) {
  const result = readResultFile(new TextEncoder().encode(JSON.stringify(json)))
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
  return result.value.sessions.flatMap((session) => session.drivers)
}

describe("Assetto Corsa Competizione", () => {
  const shared = (laps: unknown) => ({
    sessionType: "R",
    sessionResult: {
      leaderBoardLines: [
        {
          car: {
            carId: 1001,
            carModel: 32,
            drivers: [
              { firstName: "Ann", lastName: "A" },
              { firstName: "Bo", lastName: "B" },
            ],
          },
          currentDriverIndex: 1,
          timing: { bestLap: 84_000, lapCount: 3 },
        },
      ],
    },
    laps,
  })
  const lap = (driverIndex: number, laptime: number, isValidForBest = true) => ({
    carId: 1001,
    driverIndex,
    laptime,
    isValidForBest,
  })

  it("[RAC-32] drivers of a shared car each have their own best and count", () => {
    const laps = [lap(0, 84_000), lap(0, 83_000, false), lap(1, 85_000), { ...lap(1, 10_000), carId: 5 }]
    expect(driversOf(shared(laps)).map((it) => [it.name, it.bestLapMs, it.lapCount, it.carModel])).toEqual([
      ["Ann A", 84_000, 2, "Ferrari 296 GT3"],
      ["Bo B", 85_000, 1, "Ferrari 296 GT3"],
    ])
  })

  it("[RAC-32] a driver of a shared car without a valid lap has none", () => {
    const laps = [lap(0, 84_000), lap(1, 2_147_483_647), lap(1, 83_000, false)]
    expect(driversOf(shared(laps)).map((it) => it.bestLapMs)).toEqual([84_000, null])
  })

  it("[RAC-32] a driver of a shared car who never took the wheel has no laps", () => {
    expect(driversOf(shared([lap(0, 84_000)])).map((it) => [it.bestLapMs, it.lapCount])).toEqual([
      [84_000, 1],
      [null, 0],
    ])
  })

  it("[RAC-32] without a list of laps the car's best belongs to who sat in it last", () => {
    expect(driversOf(shared(null)).map((it) => [it.name, it.bestLapMs])).toEqual([
      ["Ann A", null],
      ["Bo B", 84_000],
    ])
  })

  it("[RAC-29] the short name stands in for a missing name, and a seat without any is left out", () => {
    const line = (driver: object) => ({ car: { carId: 1, drivers: [driver] }, timing: {} })
    const leaderBoardLines = [line({ shortName: "ANN" }), line({ firstName: " " })]
    expect(driversOf({ sessionResult: { leaderBoardLines } }).map((it) => it.name)).toEqual(["ANN"])
  })

  it("a car published after this list has no name rather than a wrong one", () => {
    const leaderBoardLines = [{ car: { carId: 1, carModel: 999, drivers: [{ lastName: "Ann" }] }, timing: {} }]
    expect(driversOf({ sessionResult: { leaderBoardLines } })[0]).toMatchObject({ carModel: null })
  })
})

describe("Assetto Corsa server", () => {
  it("without a list of laps no count is known", () => {
    const Result = [{ DriverName: "Ann", CarId: 0, BestLap: 84_000 }]
    expect(driversOf({ TrackName: "spa", Type: "RACE", Result })[0]).toMatchObject({ lapCount: null, isDnf: false })
  })

  it("[RAC-29][RAC-31] an empty slot is no driver, and the others keep their places", () => {
    const slot = (DriverName: string, CarId: number) => ({ DriverName, CarId, BestLap: 84_000 })
    const drivers = driversOf({ TrackName: "spa", Type: "PRACTICE", Result: [slot("", 0), slot("Ann", 1)] })
    expect(drivers.map((it) => [it.name, it.position])).toEqual([["Ann", 2]])
  })

  it("a slot that changed hands counts the laps of each driver apart", () => {
    const Result = ["Ann", "Bo"].map((DriverName) => ({ DriverName, CarId: 3 }))
    const Laps = ["Ann", "Bo", "Bo"].map((DriverName) => ({ DriverName, CarId: 3 }))
    expect(driversOf({ TrackName: "spa", Result, Laps }).map((it) => it.lapCount)).toEqual([1, 2])
  })
})

describe("Assetto Corsa client", () => {
  it("[RAC-27] the fastest real lap of a player counts, and an index without a player is nobody", () => {
    const players = [{ name: "Ann", car: "abarth500" }, { name: "Bo" }]
    const bestLaps = [
      { car: 0, time: 999_999_999 },
      { car: 0, time: 85_000 },
      { car: 0, time: 84_000 },
      { car: 0, time: 86_000 },
      { car: 7, time: 60_000 },
    ]
    const drivers = driversOf({ players, sessions: [{ type: 3, bestLaps, raceResult: [1, 0], lapstotal: [2, -1] }] })
    expect(drivers).toEqual([
      { name: "Ann", carModel: "abarth500", bestLapMs: 84_000, lapCount: 2, isDnf: false, position: 2 },
      { name: "Bo", carModel: null, bestLapMs: null, lapCount: null, isDnf: false, position: 1 },
    ])
  })
})

describe("iRacing", () => {
  const event = (typeName: string, results: unknown) => ({
    session_results: [{ simsession_type_name: typeName, results }],
  })

  it.each([
    ["Race", "Running", false],
    ["Race", "Disconnected", true],
    ["Race", "Disqualified", true],
    ["Open Practice", "Disconnected", false],
  ])("[RAC-30] %s, %s: DNF is %s", (typeName, reasonOut, isDnf) => {
    expect(driversOf(event(typeName, [{ display_name: "Ann", reason_out: reasonOut }]))[0]).toMatchObject({ isDnf })
  })

  it("[RAC-32] a team's drivers are listed one by one, in the team's position", () => {
    const team = {
      display_name: "Team A",
      finish_position: 1,
      best_lap_time: 840_000,
      driver_results: [
        { display_name: "Ann", best_lap_time: 840_000, laps_complete: 4 },
        { display_name: "Bo", best_lap_time: -1, laps_complete: 0 },
      ],
    }
    expect(driversOf(event("Race", [team])).map((it) => [it.name, it.bestLapMs, it.lapCount, it.position])).toEqual([
      ["Ann", 84_000, 4, 2],
      ["Bo", null, 0, 2],
    ])
  })

  it("[RAC-24] the newer download with an envelope is the same file", () => {
    const bare = event("Race", [{ display_name: "Ann", best_lap_time: 840_000, car_name: "Mazda MX-5 Cup" }])
    expect(driversOf({ type: "event_result", data: bare })).toEqual(driversOf(bare))
    expect(driversOf(bare)[0]).toMatchObject({ carModel: "Mazda MX-5 Cup" })
  })
})
