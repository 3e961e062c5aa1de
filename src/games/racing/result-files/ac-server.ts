import { z } from "zod"
import { driverList, lapMs, text, textOrNull } from "./result-fields"
import type { JsonFormat, SessionKind } from "./result-file"

const fileSchema = z.object({
  TrackName: text.nullish(),
  Type: text.nullish(),
  Result: driverList(
    z.object({
      DriverName: text,
      CarId: z.number(),
      CarModel: text.nullish(),
      BestLap: z.number().nullish(),
    }),
  ).nullish(),
  Laps: z.array(z.object({ DriverName: text, CarId: z.number() })).nullish(),
})

const KINDS: ReadonlyMap<string, SessionKind> = new Map([
  ["PRACTICE", "PRACTICE"],
  ["QUALIFY", "QUALIFY"],
  ["RACE", "RACE"],
])

/** The server of Assetto Corsa: one session per file, results in order. */
export const acServerFormat: JsonFormat = {
  format: "AC_SERVER",
  recognises: (json) => Object.hasOwn(json, "TrackName") && Object.hasOwn(json, "Result"),
  parse(json) {
    const file = fileSchema.safeParse(json)
    if (!file.success) return null
    const { TrackName: track, Type: type, Result: results, Laps: laps } = file.data
    const kind = KINDS.get((type ?? "").toUpperCase()) ?? "OTHER"
    // A slot can change hands during a session, so a car alone does not say whose laps they are.
    const lapCounts = new Map<string, number>()
    for (const lap of laps ?? []) {
      const key = driverKey(lap.CarId, lap.DriverName)
      lapCounts.set(key, (lapCounts.get(key) ?? 0) + 1)
    }

    const drivers = (results ?? []).map((result, index) => {
      const counted = lapCounts.get(driverKey(result.CarId, result.DriverName)) ?? 0
      return {
        name: result.DriverName,
        carModel: textOrNull(result.CarModel),
        bestLapMs: lapMs(result.BestLap),
        lapCount: laps ? counted : null,
        isDnf: false,
        position: index + 1,
      }
    })
    return {
      format: "AC_SERVER",
      track: textOrNull(track),
      sessions: [{ name: type || "Session", kind, drivers: drivers.filter((driver) => driver.name !== "") }],
    }
  },
}

function driverKey(carId: number, name: string): string {
  return `${carId} ${name}`
}
