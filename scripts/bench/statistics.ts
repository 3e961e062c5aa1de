/** What many durations (ms) or one rate come down to. */
export type Summary = { readonly count: number; readonly p50: number; readonly p99: number }

/** The value below which `share` (0 to 1) of the samples lie, nearest rank. Throws without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error("nothing was measured")
  return value
}

export function summarise(samples: readonly number[]): Summary {
  return { count: samples.length, p50: percentile(samples, 0.5), p99: percentile(samples, 0.99) }
}

/** The middle one: of rounds on a machine that others use too, the fairest. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
