import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { classify, officialWinner, type ClassifiedEntry, type RaceEntry } from "./classification"

type Lap = { ms: number; sequence: number }

/** An entry from its valid laps, as the store would sum them up. */
function entry(driverName: string, laps: Lap[], rest: Partial<RaceEntry> = {}): RaceEntry {
  const inOrder = [...laps].sort((a, b) => a.sequence - b.sequence)
  const best = inOrder.reduce<Lap | null>((found, lap) => (found && found.ms <= lap.ms ? found : lap), null)
  const last = inOrder.at(-1)
  return {
    driverId: `id-${driverName}`,
    driverName,
    isDnf: false,
    bestLap: best && {
      lapTimeMs: best.ms,
      sequence: best.sequence,
      lapId: `lap-${best.sequence}`,
      // Runs backwards on purpose: a comparison of clocks would get ties wrong.
      setAt: new Date(Date.UTC(2024, 0, 1) - best.sequence * 1000),
    },
    lapCount: laps.length,
    lastLap: last ? { lapTimeMs: last.ms, sequence: last.sequence } : null,
    carModel: null,
    ...rest,
  }
}

const names = (classified: readonly ClassifiedEntry[]) => classified.map((it) => it.driverName)
const byName = (classified: readonly ClassifiedEntry[], name: string) =>
  classified.find((it) => it.driverName === name)

/** A whole race: up to eight drivers, laps numbered across the race, few distinct times so that ties happen. */
const anyRace = fc
  .record({
    drivers: fc.array(fc.record({ isDnf: fc.boolean(), name: fc.constantFrom("Ann", "Bo", "Cy") }), { maxLength: 8 }),
    laps: fc.array(fc.record({ driver: fc.nat(7), ms: fc.integer({ min: 80_000, max: 80_005 }) }), { maxLength: 20 }),
  })
  .map(({ drivers, laps }) =>
    drivers.map((driver, index) =>
      entry(
        driver.name,
        laps.map((lap, sequence) => ({ ...lap, sequence })).filter((lap) => lap.driver === index),
        { driverId: `id-${index}`, isDnf: driver.isDnf },
      ),
    ),
  )

const raceAndShuffle = anyRace.chain((race) =>
  fc.tuple(fc.constant(race), fc.shuffledSubarray(race, { minLength: race.length, maxLength: race.length })),
)

describe("order", () => {
  it("[RAC-18] the faster best lap is ahead", () => {
    const board = classify([entry("Ann", [{ ms: 85_000, sequence: 1 }]), entry("Bo", [{ ms: 84_500, sequence: 2 }])])
    expect(names(board)).toEqual(["Bo", "Ann"])
    expect(board.map((it) => it.position)).toEqual([1, 2])
  })

  it("[RAC-18][RAC-16] of equal times the one entered earlier is ahead, whatever the clocks say", () => {
    const board = classify([entry("Ann", [{ ms: 84_500, sequence: 7 }]), entry("Bo", [{ ms: 84_500, sequence: 3 }])])
    expect(names(board)).toEqual(["Bo", "Ann"])
  })

  it("[RAC-19] no time comes after a time, DNF last, and DNFs by time", () => {
    const board = classify([
      entry("Fay", [], { isDnf: true }),
      entry("Eve", [{ ms: 70_000, sequence: 1 }], { isDnf: true }),
      entry("Dan", [{ ms: 69_000, sequence: 2 }], { isDnf: true }),
      entry("Cy", []),
      entry("Bo", []),
      entry("Ann", [{ ms: 90_000, sequence: 3 }]),
    ])
    expect(names(board)).toEqual(["Ann", "Bo", "Cy", "Dan", "Eve", "Fay"])
    expect(board.map((it) => it.status)).toEqual(["CLASSIFIED", "NO_TIME", "NO_TIME", "DNF", "DNF", "DNF"])
  })

  it("[RAC-18][RAC-19] the order in which entries arrive changes nothing", () => {
    fc.assert(
      fc.property(raceAndShuffle, ([race, shuffled]) => {
        expect(classify(shuffled)).toEqual(classify(race))
      }),
      { numRuns: 500 },
    )
  })

  it("[RAC-18][RAC-19] it is a total order: everyone once, each pair in the right relation", () => {
    fc.assert(
      fc.property(anyRace, (race) => {
        const board = classify(race)
        expect(board.map((it) => it.position)).toEqual(race.map((_, index) => index + 1))
        expect(board.map((it) => it.driverId).sort()).toEqual(race.map((it) => it.driverId).sort())
        for (const [index, ahead] of board.entries()) {
          for (const behind of board.slice(index + 1)) expect(mayBeAhead(ahead, behind)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it("[RAC-19] behind a DNF there are only DNFs", () => {
    fc.assert(
      fc.property(anyRace, (race) => {
        const flags = classify(race).map((it) => it.isDnf)
        expect(flags).toEqual([...flags].sort((a, b) => Number(a) - Number(b)))
      }),
    )
  })

  it("classifies without touching its input", () => {
    const race = Object.freeze([entry("Bo", []), entry("Ann", [{ ms: 90_000, sequence: 1 }])])
    classify(race)
    expect(race.map((it) => it.driverName)).toEqual(["Bo", "Ann"])
  })

  it("an empty race has an empty board", () => {
    expect(classify([])).toEqual([])
  })
})

describe("winner", () => {
  it("[RAC-20] is the first classified driver, even when a DNF was faster", () => {
    const board = classify([
      entry("Ann", [{ ms: 90_000, sequence: 1 }]),
      entry("Bo", [{ ms: 80_000, sequence: 2 }], { isDnf: true }),
    ])
    expect(officialWinner(board)).toBe("id-Ann")
  })

  it("[RAC-20] is nobody without a classified driver", () => {
    expect(officialWinner(classify([]))).toBeNull()
    expect(officialWinner(classify([entry("Ann", [])]))).toBeNull()
    expect(officialWinner(classify([entry("Bo", [{ ms: 80_000, sequence: 2 }], { isDnf: true })]))).toBeNull()
  })
})

describe("gaps", () => {
  it("[RAC-21] gap to the leader, interval to the car ahead", () => {
    const board = classify([
      entry("Ann", [{ ms: 84_500, sequence: 1 }]),
      entry("Bo", [{ ms: 84_623, sequence: 2 }]),
      entry("Cy", [{ ms: 85_000, sequence: 3 }]),
      entry("Dan", []),
      entry("Eve", [{ ms: 86_000, sequence: 4 }], { isDnf: true }),
    ])
    expect(board.map((it) => it.gapMs)).toEqual([0, 123, 500, null, null])
    expect(board.map((it) => it.intervalMs)).toEqual([null, 123, 377, null, null])
  })

  it("[RAC-21] the intervals down to a driver add up to that driver's gap, and none is negative", () => {
    fc.assert(
      fc.property(anyRace, (race) => {
        const board = classify(race)
        let sum = 0
        for (const it of board) {
          sum += it.intervalMs ?? 0
          expect(it.gapMs).toBe(it.status === "CLASSIFIED" ? sum : null)
          expect(it.intervalMs === null).toBe(it.status !== "CLASSIFIED" || it.position === 1)
          expect(it.intervalMs ?? 0).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe("colours", () => {
  it("[RAC-22] purple for the race's best, green for the own best, else yellow, none without a lap", () => {
    const board = classify([
      entry("Ann", [{ ms: 84_500, sequence: 1 }]),
      entry("Bo", [{ ms: 90_000, sequence: 2 }, { ms: 85_000, sequence: 3 }]),
      entry("Cy", [{ ms: 86_000, sequence: 4 }, { ms: 87_000, sequence: 5 }]),
      entry("Dan", []),
    ])
    expect(board.map((it) => it.lastLapColour)).toEqual(["PURPLE", "GREEN", "YELLOW", null])
  })

  it("[RAC-22] equalling a best is not setting it", () => {
    const board = classify([
      entry("Ann", [{ ms: 84_500, sequence: 1 }, { ms: 84_500, sequence: 3 }]),
      entry("Bo", [{ ms: 84_500, sequence: 2 }]),
    ])
    expect(byName(board, "Ann")?.lastLapColour).toBe("YELLOW")
    expect(byName(board, "Bo")?.lastLapColour).toBe("GREEN")
  })

  it("[RAC-22] the lap of a DNF can be the best of the race", () => {
    const board = classify([
      entry("Ann", [{ ms: 84_500, sequence: 1 }]),
      entry("Bo", [{ ms: 80_000, sequence: 2 }], { isDnf: true }),
    ])
    expect(byName(board, "Bo")?.lastLapColour).toBe("PURPLE")
    expect(byName(board, "Ann")?.lastLapColour).toBe("GREEN")
  })

  it("[RAC-22] at most one driver is purple, and a purple lap is as fast as any", () => {
    fc.assert(
      fc.property(anyRace, (race) => {
        const purple = classify(race).filter((it) => it.lastLapColour === "PURPLE")
        expect(purple.length).toBeLessThanOrEqual(1)
        const fastest = Math.min(...race.map((it) => it.bestLap?.lapTimeMs ?? Infinity))
        for (const it of purple) expect(it.lastLap?.lapTimeMs).toBe(fastest)
      }),
    )
  })
})

/** RAC-18 and RAC-19 as a relation of two entries, without the code's comparators. */
function mayBeAhead(ahead: ClassifiedEntry, behind: ClassifiedEntry): boolean {
  if (ahead.isDnf !== behind.isDnf) return behind.isDnf
  if (!behind.bestLap && !ahead.bestLap) return ahead.driverName <= behind.driverName
  if (!behind.bestLap) return true
  if (!ahead.bestLap) return false
  if (ahead.bestLap.lapTimeMs !== behind.bestLap.lapTimeMs) return ahead.bestLap.lapTimeMs < behind.bestLap.lapTimeMs
  return ahead.bestLap.sequence < behind.bestLap.sequence
}
