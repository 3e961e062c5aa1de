import { median } from "../statistics"

/** What a process held at a moment. ms on any one clock; bytes. */
export type MemorySample = { readonly at: number; readonly bytes: number }

/**
 * By how much memory has grown after the warm-up, as a share (0.05 is five percent): the median of its last third against that
 * of its first, for garbage comes and goes in between. Negative when it shrank; undefined with fewer than three samples.
 */
export function growthAfter(samples: readonly MemorySample[], warmUpMs: number): number | undefined {
  const began = samples[0]?.at ?? 0
  const warm = samples.filter(({ at }) => at - began >= warmUpMs).map(({ bytes }) => bytes)
  const third = Math.floor(warm.length / 3)
  if (third === 0) return undefined
  return median(warm.slice(-third)) / median(warm.slice(0, third)) - 1
}
