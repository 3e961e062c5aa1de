import { ranked, type Ranking } from "./ranking"

/** A lap that counts. `sequence` orders the laps of a race; `setAt` is for showing, never for deciding. RAC-16 */
export type BestLap = {
  readonly lapTimeMs: number
  readonly setAt: Date
  readonly lapId: string
  readonly sequence: number
}

/** A driver's entry in a race. `bestLap`, `lastLap` and `lapCount` are about valid laps only. RAC-15 */
export type RaceEntry = {
  readonly driverId: string
  readonly driverName: string
  readonly isDnf: boolean
  readonly bestLap: BestLap | null
  readonly lapCount: number
  readonly lastLap: { readonly lapTimeMs: number; readonly sequence: number } | null
  readonly carModel: string | null
}

export type ClassificationStatus = "CLASSIFIED" | "NO_TIME" | "DNF"
export type LapColour = "PURPLE" | "GREEN" | "YELLOW"

export type ClassifiedEntry = RaceEntry &
  Ranking & {
    readonly status: ClassificationStatus
    readonly lastLapColour: LapColour | null
  }

/** The order of a race with its gaps and colours, the same for any order of `entries`. RAC-18 to RAC-22 */
export function classify(entries: readonly RaceEntry[]): ClassifiedEntry[] {
  const sessionBest = bestLapOf(entries)
  return ranked(entries.map(standingOf)).map(({ entry, position, status, gapMs, intervalMs }) => ({
    ...entry,
    position,
    status,
    gapMs,
    intervalMs,
    lastLapColour: lastLapColourOf(entry, sessionBest),
  }))
}

/** Who won, or null when nobody is classified. RAC-20 */
export function officialWinner(classified: readonly ClassifiedEntry[]): string | null {
  return classified.find((entry) => entry.status === "CLASSIFIED")?.driverId ?? null
}

function statusOf(entry: RaceEntry): ClassificationStatus {
  if (entry.isDnf) return "DNF"
  return entry.bestLap ? "CLASSIFIED" : "NO_TIME"
}

function standingOf(entry: RaceEntry) {
  return {
    entry,
    driverId: entry.driverId,
    name: entry.driverName,
    status: statusOf(entry),
    bestLapMs: entry.bestLap?.lapTimeMs ?? null,
    bestLapNumber: entry.bestLap?.sequence ?? null,
  }
}

function compareBestLaps(a: BestLap | null, b: BestLap | null): number {
  if (a && b) return a.lapTimeMs - b.lapTimeMs || a.sequence - b.sequence
  return (a ? 0 : 1) - (b ? 0 : 1)
}

function bestLapOf(entries: readonly RaceEntry[]): BestLap | null {
  return entries.map((entry) => entry.bestLap).sort(compareBestLaps)[0] ?? null
}

// Laps are told apart by number, not by time: equalling a best is not setting it.
function lastLapColourOf(entry: RaceEntry, sessionBest: BestLap | null): LapColour | null {
  if (!entry.lastLap) return null
  if (entry.lastLap.sequence === sessionBest?.sequence) return "PURPLE"
  if (entry.lastLap.sequence === entry.bestLap?.sequence) return "GREEN"
  return "YELLOW"
}
