/** Chance as an argument, so that a test can set it and a match can replay it. */
export type Random = {
  /** An integer in [min, max], every value equally likely. */
  int(min: number, max: number): number
}

/** The same numbers for the same seed (mulberry32): draws that must be replayable. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { int: (min, max) => min + Math.floor(next() * (max - min + 1)) }
}
