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

export type ClassifiedEntry = RaceEntry & {
  /** 1, 2, 3 … without a hole. */
  readonly position: number
  readonly status: ClassificationStatus
  /** Behind the leader; 0 for the leader, null when not classified. */
  readonly gapMs: number | null
  /** Behind the car ahead; null for the leader and when not classified. */
  readonly intervalMs: number | null
  readonly lastLapColour: LapColour | null
}

const STATUS_ORDER: Readonly<Record<ClassificationStatus, number>> = { CLASSIFIED: 0, NO_TIME: 1, DNF: 2 }

/** The order of a race with its gaps and colours, the same for any order of `entries`. RAC-18 to RAC-22 */
export function classify(entries: readonly RaceEntry[]): ClassifiedEntry[] {
  const ordered = [...entries].sort(compareEntries)
  const sessionBest = bestLapOf(entries)
  const leader = ordered[0]

  return ordered.map((entry, index) => ({
    ...entry,
    position: index + 1,
    status: statusOf(entry),
    gapMs: leader ? behind(entry, leader) : null,
    intervalMs: behind(entry, ordered[index - 1]),
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

function compareEntries(a: RaceEntry, b: RaceEntry): number {
  return (
    STATUS_ORDER[statusOf(a)] - STATUS_ORDER[statusOf(b)] ||
    compareBestLaps(a.bestLap, b.bestLap) ||
    compareText(a.driverName, b.driverName) ||
    compareText(a.driverId, b.driverId)
  )
}

function compareBestLaps(a: BestLap | null, b: BestLap | null): number {
  if (a && b) return a.lapTimeMs - b.lapTimeMs || a.sequence - b.sequence
  return (a ? 0 : 1) - (b ? 0 : 1)
}

// By code unit, not by locale: the laptop and the cloud must agree on the order.
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function behind(entry: RaceEntry, ahead: RaceEntry | undefined): number | null {
  if (statusOf(entry) !== "CLASSIFIED" || !entry.bestLap || !ahead?.bestLap) return null
  return entry.bestLap.lapTimeMs - ahead.bestLap.lapTimeMs
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
