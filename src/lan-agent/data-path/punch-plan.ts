import type { ExpectedPath } from "@/lan/compatibility"
import type { PathView } from "../path-finder"

/** [LANU-74] Between the signals to one peer, ms: a door that stays shut is knocked at ever more seldom. */
const waitsMs = [3_000, 10_000, 30_000, 60_000, 300_000] as const

/** How far ahead the moment is, ms: a signal takes part of it. */
export const punchAheadMs = 1_000
/** Moments that a peer asks for closer together than this are one, ms. */
export const punchApartMs = 2_000

/** When to ask the peer for the next common attempt, ms from now; `null` when there is nothing to gain. */
export function nextPunchMs(view: PathView, expected: ExpectedPath, attempt: number): number | null {
  if (expected === "relayed" || view.path?.kind === "direct") return null
  return waitsMs[Math.min(attempt, waitsMs.length - 1)]!
}
