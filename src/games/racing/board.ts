import { classify, type RaceEntry } from "./classification"
import type { BoardRow } from "./view"

/** The timing tower of a race: the classification as everybody sees it. */
export function boardOf(entries: readonly RaceEntry[]): BoardRow[] {
  return classify(entries).map((entry) => ({
    driverId: entry.driverId,
    name: entry.driverName,
    position: entry.position,
    status: entry.status,
    carModel: entry.carModel,
    bestLapMs: entry.bestLap?.lapTimeMs ?? null,
    bestLapNumber: entry.bestLap?.sequence ?? null,
    lastLapMs: entry.lastLap?.lapTimeMs ?? null,
    lastLapColour: entry.lastLapColour,
    lapCount: entry.lapCount,
    gapMs: entry.gapMs,
    intervalMs: entry.intervalMs,
  }))
}

/** Whether the order, a time that counts, a status or the list of drivers differs: what `leaderboard-update` announces [RAC-23]. */
export function hasBoardChanged(before: readonly BoardRow[], after: readonly BoardRow[]): boolean {
  const standing = (board: readonly BoardRow[]) =>
    JSON.stringify(board.map((row) => [row.driverId, row.name, row.status, row.bestLapMs]))
  return standing(before) !== standing(after)
}

/** Whether this lap is the fastest of the race so far: the "new record" moment. The first time of a race is no record. */
export function isNewRecord(before: readonly BoardRow[], lapTimeMs: number): boolean {
  const times = before.flatMap((row) => row.bestLapMs ?? [])
  return times.length > 0 && lapTimeMs < Math.min(...times)
}
