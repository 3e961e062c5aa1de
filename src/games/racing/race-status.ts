/** Where a race is. The first three are unfinished, the last two final. RAC-1 */
export const RACE_STATUSES = ["PENDING", "OPEN_FOR_BETS", "LIVE", "FINISHED", "VOID"] as const

export type RaceStatus = (typeof RACE_STATUSES)[number]

/** What a host does to a race, and the status it leads to. */
export type RaceStep = {
  readonly name: "OPEN_BETTING" | "START" | "SETTLE" | "VOID"
  readonly to: RaceStatus
}

const VOIDING: RaceStep = { name: "VOID", to: "VOID" }

const NEXT_STEPS: Readonly<Record<RaceStatus, readonly RaceStep[]>> = {
  PENDING: [{ name: "OPEN_BETTING", to: "OPEN_FOR_BETS" }, VOIDING],
  OPEN_FOR_BETS: [{ name: "START", to: "LIVE" }, VOIDING],
  LIVE: [{ name: "SETTLE", to: "FINISHED" }, VOIDING],
  FINISHED: [],
  VOID: [],
}

/** What the host may do now; the first is the one sensible button, an empty list means the race is final. RAC-3 */
export function nextSteps(status: RaceStatus): readonly RaceStep[] {
  return NEXT_STEPS[status]
}

/** Whether a race is final: nothing more will happen in it, but for corrections [RAC-6]. RAC-2 */
export function hasEnded({ status }: { readonly status: RaceStatus }): boolean {
  return nextSteps(status).length === 0
}

/** Whether a race may go from one status straight to the other. RAC-2 */
export function canTransition(from: RaceStatus, to: RaceStatus): boolean {
  return nextSteps(from).some((step) => step.to === to)
}

/**
 * The statuses to pass through, in order, when the host enters a lap: empty when the race is LIVE already,
 * null when no lap can bring it there. RAC-4
 */
export function greenFlagPath(status: RaceStatus): readonly RaceStatus[] | null {
  if (status === "LIVE") return []
  const next = nextSteps(status)[0]
  if (!next) return null
  const rest = greenFlagPath(next.to)
  return rest && [next.to, ...rest]
}
