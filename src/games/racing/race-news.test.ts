import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { aRace } from "@/testing/views"
import { boardOf } from "./board"
import type { RaceEntry } from "./classification"
import { raceNews, raceNewsOf, withRaceNews } from "./race-news"
import type { RaceView } from "./view"

/** Few times and names, so that places are often decided by lap numbers and names. */
const anyEntry: fc.Arbitrary<RaceEntry> = fc.record({
  driverId: fc.constantFrom(..."abcdefgh"),
  driverName: fc.constantFrom("Ann", "ann", "Bo", "Zoë"),
  isDnf: fc.boolean(),
  carModel: fc.constantFrom(null, "Mazda"),
  lapCount: fc.nat(3),
  bestLap: fc.option(fc.record({ lapTimeMs: fc.constantFrom(80_000, 80_001, 90_000), setAt: fc.constant(new Date(0)), lapId: fc.constant("lap"), sequence: fc.integer({ min: 1, max: 99 }) }), { nil: null }),
  lastLap: fc.option(fc.record({ lapTimeMs: fc.constantFrom(80_000, 95_000), sequence: fc.integer({ min: 1, max: 99 }) }), { nil: null }),
})
const anyBoard = fc.uniqueArray(anyEntry, { selector: ({ driverId }) => driverId }).map(boardOf)
const anyRace = fc
  .record({ board: anyBoard, status: fc.constantFrom("PENDING" as const, "OPEN_FOR_BETS" as const, "LIVE" as const, "FINISHED" as const), track: fc.constantFrom(null, "Monza") })
  .map((part) => aRace("race", part))

const sent = (before: RaceView, after: RaceView) => raceNews.parse(JSON.parse(JSON.stringify(raceNewsOf(before.board, after))))

describe("[RAC-34] news of a race", () => {
  it("make of the race before the race after, places and gaps included, whatever happened between them", () => {
    fc.assert(
      fc.property(anyRace, anyRace, (before, after) => {
        expect(withRaceNews(before, sent(before, after))).toEqual(after)
      }),
      { numRuns: 500 },
    )
  })

  it("end at the last race also on a screen that was ahead of them", () => {
    fc.assert(
      fc.property(fc.array(anyRace, { minLength: 2, maxLength: 6 }), (races) => {
        const last = races.at(-1)
        const news = races.slice(1).map((after, index) => sent(races[index] ?? after, after))
        expect(news.reduce<RaceView | undefined>((shown, told) => withRaceNews(shown, told) ?? shown, last)).toEqual(last)
      }),
      { numRuns: 500 },
    )
  })

  it("of a lap name its driver, and who lost the purple, and nobody else", () => {
    const lap = (sequence: number, lapTimeMs: number) => ({ sequence, lapTimeMs, setAt: new Date(0), lapId: `${sequence}` })
    const entry = (driverId: string, best: ReturnType<typeof lap>): RaceEntry => ({ driverId, driverName: driverId, isDnf: false, carModel: null, lapCount: 1, bestLap: best, lastLap: best })
    const ids = [..."abcdefgh"]
    const before = aRace("race", { board: boardOf(ids.map((id, index) => entry(id, lap(index, 80_000 + index)))) })
    const after = aRace("race", { board: boardOf(ids.map((id, index) => entry(id, id === "h" ? lap(20, 70_000) : lap(index, 80_000 + index)))) })
    expect(sent(before, after).changed.map(({ driverId }) => driverId)).toEqual(["h", "a"])
    expect(withRaceNews(before, sent(before, after))?.board.map(({ gapMs }) => gapMs)).toEqual([0, 10_000, 10_001, 10_002, 10_003, 10_004, 10_005, 10_006])
  })

  it("leave a row that stays as it is the same object, so that React skips it", () => {
    fc.assert(
      fc.property(anyRace, anyRace, (before, after) => {
        const board = withRaceNews(before, sent(before, after))?.board ?? []
        for (const row of before.board) {
          const now = board.find(({ driverId }) => driverId === row.driverId)
          const isTold = sent(before, after).changed.some(({ driverId }) => driverId === row.driverId)
          if (now && !isTold && JSON.stringify(now) === JSON.stringify(row)) expect(now).toBe(row)
        }
      }),
    )
  })

  it("of one that is not shown are taken only when they are all of it", () => {
    fc.assert(
      fc.property(anyRace.filter(({ board }) => board.length > 1), (race) => {
        expect(withRaceNews(undefined, sent(aRace("race"), race))).toEqual(race)
        expect(withRaceNews(undefined, sent(aRace("race", { board: race.board.slice(1) }), race))).toBeNull()
      }),
    )
  })
})
