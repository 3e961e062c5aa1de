import { z } from "zod"
import { countOrNull, driverList, lapMs, sessionList, text, textOrNull } from "./result-fields"
import type { JsonFormat, ResultSession, SessionKind } from "./result-file"

const playerSchema = z.object({ name: text, car: text.nullish() })

const sessionSchema = z.object({
  name: text.nullish(),
  type: z.number().nullish(),
  /** Laps by player index. */
  lapstotal: z.array(z.number()).nullish(),
  /** `car` is a player index, `time` in ms. */
  bestLaps: z.array(z.object({ car: z.number(), time: z.number() })).nullish(),
  /** Player indexes in finishing order. */
  raceResult: z.array(z.number()).nullish(),
})

const fileSchema = z.object({
  track: text.nullish(),
  players: driverList(playerSchema),
  sessions: sessionList(sessionSchema),
})

type Player = z.infer<typeof playerSchema>
type Session = z.infer<typeof sessionSchema>

const KINDS: ReadonlyMap<number, SessionKind> = new Map([
  [1, "PRACTICE"],
  [2, "QUALIFY"],
  [3, "RACE"],
])

/** The client of Assetto Corsa (`race_out.json`): several sessions, drivers by index into `players`. */
export const acClientFormat: JsonFormat = {
  format: "AC_CLIENT",
  recognises: (json) => Object.hasOwn(json, "players") && Object.hasOwn(json, "sessions"),
  parse(json) {
    const file = fileSchema.safeParse(json)
    if (!file.success) return null
    const { track, players, sessions } = file.data
    return {
      format: "AC_CLIENT",
      track: textOrNull(track),
      sessions: sessions.map((session) => sessionOf(session, players)),
    }
  },
}

function sessionOf(session: Session, players: readonly Player[]): ResultSession {
  const bestLaps = new Map<number, number>()
  for (const { car, time } of session.bestLaps ?? []) {
    const ms = lapMs(time)
    if (ms !== null) bestLaps.set(car, Math.min(ms, bestLaps.get(car) ?? ms))
  }
  const positions = new Map((session.raceResult ?? []).map((player, index) => [player, index + 1]))

  const drivers = players.map((player, index) => ({
    name: player.name,
    carModel: textOrNull(player.car),
    bestLapMs: bestLaps.get(index) ?? null,
    lapCount: countOrNull(session.lapstotal?.[index]),
    isDnf: false,
    position: positions.get(index) ?? null,
  }))
  return {
    name: session.name || "Session",
    kind: KINDS.get(session.type ?? 0) ?? "OTHER",
    drivers: drivers.filter((driver) => driver.name !== ""),
  }
}
