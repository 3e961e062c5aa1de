import type { ClassificationStatus } from "./classification"

/** What decides a driver's place. Milliseconds; of equal times the lap with the smaller number is ahead. RAC-16 */
export type Standing = {
  readonly driverId: string
  readonly name: string
  readonly status: ClassificationStatus
  readonly bestLapMs: number | null
  readonly bestLapNumber: number | null
}

/** The place that follows from everybody's standing. */
export type Ranking = {
  /** 1, 2, 3 … without a hole. */
  readonly position: number
  /** Behind the leader; 0 for the leader, null when not classified. */
  readonly gapMs: number | null
  /** Behind the car ahead; null for the leader and when not classified. */
  readonly intervalMs: number | null
}

const STATUS_ORDER: Readonly<Record<ClassificationStatus, number>> = { CLASSIFIED: 0, NO_TIME: 1, DNF: 2 }

/** The order of a race with its gaps, the same for any order of `standings`. Who stays where they were keeps its identity. RAC-18 RAC-19 RAC-21 */
export function ranked<S extends Standing>(standings: readonly S[]): (S & Ranking)[] {
  const ordered = standings.toSorted(compareStandings)
  const leader = ordered[0]
  return ordered.map((standing, index) => {
    const ranking = { position: index + 1, gapMs: leader ? behind(standing, leader) : null, intervalMs: behind(standing, ordered[index - 1]) }
    return hasRanking(standing, ranking) ? standing : { ...standing, ...ranking }
  })
}

function hasRanking<S extends Standing>(standing: S & Partial<Ranking>, { position, gapMs, intervalMs }: Ranking): standing is S & Ranking {
  return standing.position === position && standing.gapMs === gapMs && standing.intervalMs === intervalMs
}

function compareStandings(a: Standing, b: Standing): number {
  return (
    STATUS_ORDER[a.status] - STATUS_ORDER[b.status] ||
    compareNumbers(a.bestLapMs, b.bestLapMs) ||
    compareNumbers(a.bestLapNumber, b.bestLapNumber) ||
    compareText(a.name, b.name) ||
    compareText(a.driverId, b.driverId)
  )
}

function compareNumbers(a: number | null, b: number | null): number {
  if (a !== null && b !== null) return a - b
  return (a === null ? 1 : 0) - (b === null ? 1 : 0)
}

// By code unit, not by locale: the laptop and the cloud must agree on the order.
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function behind({ status, bestLapMs }: Standing, ahead: Standing | undefined): number | null {
  if (status !== "CLASSIFIED" || bestLapMs === null || !ahead || ahead.bestLapMs === null) return null
  return bestLapMs - ahead.bestLapMs
}
