import { describe, expect, it } from "vitest"
import { QuietInterval } from "./quiet-interval"

const minuteMs = 60_000

/** Answers until the pause does not grow any more. */
function lengthened(interval: QuietInterval, nowMs: number): number[] {
  const seen = [interval.ms]
  for (let i = 0; i < 30; i += 1) {
    interval.answered(nowMs)
    if (interval.ms !== seen.at(-1)) seen.push(interval.ms)
  }
  return seen
}

describe("the pause between probes of a path nobody uses", () => {
  it("[LANU-73] grows from 5 s to 25 s, after three answers each", () => {
    const interval = new QuietInterval()
    interval.answered(0)
    interval.answered(0)
    expect(interval.ms).toBe(5_000)
    interval.answered(0)
    expect(interval.ms).toBe(10_000)
    expect(lengthened(interval, 0)).toEqual([10_000, 15_000, 20_000, 25_000])
  })

  it("[LANU-73] shrinks at once and does not try what proved too long for ten minutes", () => {
    const interval = new QuietInterval()
    lengthened(interval, 0)
    interval.unanswered(minuteMs)
    interval.unanswered(2 * minuteMs)
    expect(interval.ms).toBe(15_000)
    expect(lengthened(interval, 11 * minuteMs)).toEqual([15_000])
    expect(lengthened(interval, 12 * minuteMs)).toEqual([15_000, 20_000, 25_000])
  })

  it("[LANU-73] never goes below 2 s", () => {
    const interval = new QuietInterval()
    for (let i = 0; i < 10; i += 1) interval.unanswered(0)
    expect(interval.ms).toBe(2_000)
  })
})
