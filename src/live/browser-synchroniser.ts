import type { EventProblem } from "./catalogue"
import type { NightView, Surface } from "./night-view"
import { fetchSnapshot } from "./snapshot"
import { createSynchroniser, type Synchroniser } from "./synchroniser"

/** A synchroniser with the browser's clock, timers, chance and network. */
export function createBrowserSynchroniser(
  initial: NightView,
  surface: Surface,
  onProblem?: (problem: EventProblem) => void,
): Synchroniser {
  return createSynchroniser({
    initial,
    fetchSnapshot: (knownVersion) => fetchSnapshot(surface, knownVersion),
    timers: {
      set(run, delayMs) {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
    },
    random: Math.random,
    nowMs: Date.now,
    isHidden: () => document.visibilityState === "hidden",
    onProblem,
  })
}
