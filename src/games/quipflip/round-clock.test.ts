import { describe, expect, it } from "vitest"
import { isOver, roundMsAt, type TimerPace } from "./round-clock"
import type { RoundKind } from "./roles"

const at = (ms: number) => new Date(1_700_000_000_000 + ms)

describe("the clock of a round", () => {
  it.each<[RoundKind, TimerPace, number | null]>([
    ["PROMPT", "X1", 180_000],
    ["COPY", "X1", 180_000],
    ["VOTE", "X1", 60_000],
    ["COPY", "X1_5", 270_000],
    ["VOTE", "X1_5", 90_000],
    ["PROMPT", "X2", 360_000],
    ["VOTE", "X2", 120_000],
    ["PROMPT", "OFF", null],
  ])("[QF-N7] [QF-S4] a %s at %s takes %d ms", (kind, pace, ms) => {
    expect(roundMsAt(kind, pace)).toBe(ms)
  })

  it.each([
    [-1, false],
    [0, false],
    [4_999, false],
    [5_000, true],
    [60_000, true],
  ])("[QF-N7] %d ms after the end it is over: %s", (ms, over) => {
    expect(isOver(at(0), at(ms))).toBe(over)
  })

  it("[QF-S4] without an end it is never over", () => {
    expect(isOver(null, at(1e12))).toBe(false)
  })
})
