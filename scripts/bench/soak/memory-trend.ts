import { median } from "../statistics"

/** What a process held at a moment. ms on any one clock; bytes. */
export type MemorySample = { readonly at: number; readonly bytes: number }

/**
 * By how much memory has grown since `warmAt`, as a share (0.05 is five percent): the median of its last third against that
 * of its first, for garbage comes and goes in between; with fewer than six samples a third is one of them. Negative when it shrank; undefined with fewer than three samples.
 */
export function growthAfter(samples: readonly MemorySample[], warmAt: number): number | undefined {
  const warm = samples.filter(({ at }) => at >= warmAt).map(({ bytes }) => bytes)
  const third = Math.floor(warm.length / 3)
  if (third === 0) return undefined
  return median(warm.slice(-third)) / median(warm.slice(0, third)) - 1
}
