import { z } from "zod"
import { accCarName } from "./acc-cars"
import { countOrNull, driverList, lapMs, text, textOrNull } from "./result-fields"
import type { JsonFormat, ResultDriver, SessionKind } from "./result-file"

const driverSchema = z.object({
  firstName: text.nullish(),
  lastName: text.nullish(),
  shortName: text.nullish(),
})

const lineSchema = z.object({
  car: z.object({
    carId: z.number(),
    carModel: z.number().nullish(),
    drivers: z.array(driverSchema).max(20),
  }),
  currentDriver: driverSchema.nullish(),
  currentDriverIndex: z.number().nullish(),
  timing: z.object({ bestLap: z.number().nullish(), lapCount: z.number().nullish() }),
})

const lapSchema = z.object({
  carId: z.number(),
  driverIndex: z.number(),
  laptime: z.number(),
  isValidForBest: z.boolean(),
})

const fileSchema = z.object({
  sessionType: text.nullish(),
  trackName: text.nullish(),
  sessionResult: z.object({ leaderBoardLines: driverList(lineSchema).nullish() }),
  laps: z.array(lapSchema).nullish(),
})

type Line = z.infer<typeof lineSchema>
type Lap = z.infer<typeof lapSchema>
type OwnResult = Pick<ResultDriver, "bestLapMs" | "lapCount">

/** Assetto Corsa Competizione: one session per file, a line per car. */
export const accFormat: JsonFormat = {
  format: "ACC",
  recognises: (json) => Object.hasOwn(json, "sessionResult"),
  parse(json) {
    const file = fileSchema.safeParse(json)
    if (!file.success) return null
    const { sessionType, trackName, sessionResult, laps } = file.data
    const lines = sessionResult.leaderBoardLines ?? []
    const ownResults = ownResultsIn(laps ?? [])
    return {
      format: "ACC",
      track: textOrNull(trackName),
      sessions: [
        {
          name: sessionType || "Session",
          kind: kindOf(sessionType ?? ""),
          drivers: lines.flatMap((line, index) => driversOf(line, index + 1, ownResults)),
        },
      ],
    }
  },
}

// The letter may carry a number or an F before it: "P", "FP1", "Q", "Q2", "R", "R1".
function kindOf(sessionType: string): SessionKind {
  if (/^F?P/i.test(sessionType)) return "PRACTICE"
  if (/^Q/i.test(sessionType)) return "QUALIFY"
  return /^R/i.test(sessionType) ? "RACE" : "OTHER"
}

function driversOf(line: Line, position: number, ownResults: ReadonlyMap<string, OwnResult>): ResultDriver[] {
  const { car, timing } = line
  const carModel = car.carModel === null || car.carModel === undefined ? null : accCarName(car.carModel)
  const ofCar: OwnResult = { bestLapMs: lapMs(timing.bestLap), lapCount: countOrNull(timing.lapCount) }
  const seats = car.drivers.length > 0 ? car.drivers : [line.currentDriver ?? {}]
  const current = seats[line.currentDriverIndex ?? 0] ?? seats[0]
  const areLapsListed = seats.some((_, index) => ownResults.has(seatKey(car.carId, index)))

  return seats
    .map((seat, index) => {
      const own = ownResults.get(seatKey(car.carId, index)) ?? { bestLapMs: null, lapCount: areLapsListed ? 0 : null }
      const isCars = seats.length === 1 || (!areLapsListed && seat === current)
      return { name: nameOf(seat), carModel, ...(isCars ? ofCar : own), isDnf: false, position }
    })
    .filter((driver) => driver.name !== "")
}

/** What each driver of each car did, for the cars that are shared. RAC-32 */
function ownResultsIn(laps: readonly Lap[]): ReadonlyMap<string, OwnResult> {
  const results = new Map<string, OwnResult>()
  for (const lap of laps) {
    const key = seatKey(lap.carId, lap.driverIndex)
    const { bestLapMs, lapCount } = results.get(key) ?? { bestLapMs: null, lapCount: 0 }
    const time = lap.isValidForBest ? lapMs(lap.laptime) : null
    const isFaster = time !== null && (bestLapMs === null || time < bestLapMs)
    results.set(key, { bestLapMs: isFaster ? time : bestLapMs, lapCount: (lapCount ?? 0) + 1 })
  }
  return results
}

function seatKey(carId: number, driverIndex: number): string {
  return `${carId} ${driverIndex}`
}

function nameOf({ firstName, lastName, shortName }: z.infer<typeof driverSchema>): string {
  return `${firstName ?? ""} ${lastName ?? ""}`.trim() || (shortName ?? "")
}
