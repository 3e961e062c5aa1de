import { z } from "zod"
import { countOrNull, driverList, lapMsFromTenThousandths, positionOrNull, sessionList, text, textOrNull } from "./result-fields"
import type { JsonFormat, ResultDriver, SessionKind } from "./result-file"

const driverSchema = z.object({
  display_name: text.nullish(),
  finish_position: z.number().nullish(),
  laps_complete: z.number().nullish(),
  best_lap_time: z.number().nullish(),
  reason_out: text.nullish(),
  car_name: text.nullish(),
  car_class_id: z.number().nullish(),
})

/** A line is a driver, or a team with its drivers inside. */
const lineSchema = driverSchema.extend({ driver_results: z.array(driverSchema).max(100).nullish() })

const fileSchema = z.object({
  track: z.object({ track_name: text.nullish() }).nullish(),
  session_results: sessionList(
    z.object({
      simsession_name: text.nullish(),
      simsession_type_name: text.nullish(),
      results: driverList(lineSchema).nullish(),
    }),
  ),
  car_classes: z.array(z.object({ car_class_id: z.number(), name: text.nullish() })).nullish(),
})

type Line = z.infer<typeof lineSchema>
type Driver = z.infer<typeof driverSchema>
type Classes = ReadonlyMap<number, string | null>

/** iRacing: all sessions of an event, times in ten-thousandths of a second, positions from 0. */
export const iracingFormat: JsonFormat = {
  format: "IRACING",
  recognises: (json) => Object.hasOwn(unwrapped(json), "session_results"),
  parse(json) {
    const file = fileSchema.safeParse(unwrapped(json))
    if (!file.success) return null
    const { track, session_results: sessions, car_classes: carClasses } = file.data
    const classes = new Map((carClasses ?? []).map((it) => [it.car_class_id, textOrNull(it.name)]))
    return {
      format: "IRACING",
      track: textOrNull(track?.track_name),
      sessions: sessions.map((session) => {
        const kind = kindOf(session.simsession_type_name ?? "")
        return {
          name: session.simsession_name || session.simsession_type_name || "Session",
          kind,
          drivers: (session.results ?? []).flatMap((line) => driversOf(line, kind, classes)),
        }
      }),
    }
  },
}

// Newer downloads put the same content into an envelope { type, data }.
function unwrapped(json: object): object {
  const data = "data" in json && Object.hasOwn(json, "data") ? json.data : null
  return typeof data === "object" && data !== null ? data : json
}

function kindOf(typeName: string): SessionKind {
  if (/race/i.test(typeName)) return "RACE"
  if (/qualif/i.test(typeName)) return "QUALIFY"
  return /practice/i.test(typeName) ? "PRACTICE" : "OTHER"
}

function driversOf(line: Line, kind: SessionKind, classes: Classes): ResultDriver[] {
  const team = line.driver_results ?? []
  const drivers: readonly Driver[] = team.length > 0 ? team : [line]
  const position = positionOrNull((line.finish_position ?? -1) + 1)
  return drivers
    .map((driver) => ({
      name: driver.display_name ?? "",
      carModel: textOrNull(driver.car_name) ?? classes.get(driver.car_class_id ?? line.car_class_id ?? -1) ?? null,
      bestLapMs: lapMsFromTenThousandths(driver.best_lap_time),
      lapCount: countOrNull(driver.laps_complete),
      isDnf: kind === "RACE" && isOut(driver.reason_out ?? line.reason_out),
      position,
    }))
    .filter((driver) => driver.name !== "")
}

function isOut(reasonOut: string | null | undefined): boolean {
  return Boolean(reasonOut) && reasonOut !== "Running"
}
