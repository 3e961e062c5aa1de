import type { RaceView } from "../view"

/** The "new record" moment. Milliseconds. */
export type RaceRecord = {
  /** The same for the same record. */
  readonly id: string
  readonly driverId: string
  readonly name: string
  readonly lapTimeMs: number
  /** How much faster than the record before; null when nobody knows any more. */
  readonly fasterByMs: number | null
}

type RecordLap = { userId: string | null; userName: string | null; lapTimeMs: number | null; race: RaceView }

/**
 * A lap that corrects a finished race is no moment: it was driven earlier.
 * `bestBeforeMs`: the best of the race this screen last showed, which may be the new one already when the snapshot was first.
 */
export function raceRecordOf({ userId, userName, lapTimeMs, race }: RecordLap, bestBeforeMs: number | null): RaceRecord | null {
  if (userId === null || userName === null || lapTimeMs === null || race.status === "FINISHED") return null
  const before = bestBeforeMs !== null && bestBeforeMs > lapTimeMs ? bestBeforeMs : recordLeftIn(race, userId, lapTimeMs)
  return {
    id: `${race.gameId} ${lapTimeMs}`,
    driverId: userId,
    name: userName,
    lapTimeMs,
    fasterByMs: before === null ? null : before - lapTimeMs,
  }
}

/** The best time of a race in ms, or null. */
export function bestOf(race: RaceView): number | null {
  const times = race.board.flatMap(({ bestLapMs }) => bestLapMs ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

function recordLeftIn(race: RaceView, driverId: string, lapTimeMs: number): number | null {
  const others = race.board.flatMap((row) => (row.driverId === driverId ? [] : (row.bestLapMs ?? [])))
  const own = race.recentLaps.flatMap((lap) =>
    lap.driverId === driverId && lap.voidReason === null && lap.lapTimeMs > lapTimeMs ? lap.lapTimeMs : [],
  )
  const times = [...others, ...own].filter((time) => time > lapTimeMs)
  return times.length === 0 ? null : Math.min(...times)
}
