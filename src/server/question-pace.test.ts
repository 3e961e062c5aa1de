import { describe, expect, it } from "vitest"
import { createQuestionPace } from "./question-pace"

const most = 100

/** Screens that each wait as told, 2.8 s when they are not, and whether they still poll. */
function poll(screens: number, seconds: number, pace = createPace()) {
  const next = Array.from({ length: screens }, (_, index) => pace.time.ms + (index * 2800) / screens)
  const perSecond: number[] = []
  for (let second = 0; second < seconds; second++) {
    const untilMs = pace.time.ms + 1000
    let asked = 0
    for (;;) {
      const first = next.indexOf(Math.min(...next))
      const dueMs = next[first] ?? Infinity
      if (dueMs >= untilMs) break
      pace.time.ms = Math.max(dueMs, pace.time.ms)
      asked += 1
      next[first] = pace.time.ms + Math.max(2800, pace.asked() * 800)
    }
    pace.time.ms = untilMs
    perSecond.push(asked)
  }
  return perSecond
}

function createPace() {
  const time = { ms: 0 }
  return { time, asked: createQuestionPace({ nowMs: () => time.ms, most }).asked }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe("how often a process is asked for the night", () => {
  it("is up to the screens while they are few", () => {
    const pace = createPace()
    expect(mean(poll(250, 30, pace).slice(5))).toBeCloseTo(250 / 2.8, -1)
    expect(pace.asked()).toBe(0)
  })

  it("comes down to what it can bear when they are too many, and stays there", () => {
    const perSecond = poll(900, 60)
    expect(perSecond[1]).toBeGreaterThan(300)
    expect(mean(perSecond.slice(30))).toBeGreaterThan(most * 0.6)
    expect(mean(perSecond.slice(30))).toBeLessThan(most * 1.3)
  })

  it("never asks anybody to wait for more than 15 s", () => {
    const pace = createPace()
    for (let second = 0; second < 5; second++) {
      for (let n = 0; n < 5000; n++) expect(pace.asked()).toBeLessThanOrEqual(15)
      pace.time.ms += 1000
    }
    expect(pace.asked()).toBe(15)
  })

  it("is up to the screens again soon after the many are gone, whoever asks meanwhile", () => {
    const pace = createPace()
    poll(3000, 20, pace)
    expect(pace.asked()).toBeGreaterThan(4)
    pace.time.ms += 15_000
    expect(pace.asked()).toBe(0)
  })
})
