/** A topic with fewer pairs than this ready gets more, up to `fullStock` [IMP-7]. */
export const fewestReady = 3
export const fullStock = 6

/** How long nobody else asks a model while one thinks, ms: longer than it may think. */
export const fillLeaseMs = 60_000

/** Nothing waits longer than this, ms. */
export const longestFillWaitMs = 15 * 60_000

/** The wait after the n-th failure in a row, ms: 30 s, then twice as long each time, at most 15 min [IMP-7]. */
export function fillWaitMs(failures: number): number {
  return Math.min(30_000 * 2 ** (failures - 1), longestFillWaitMs)
}
