import { describe, expect, it } from "vitest"
import { growthAfter, type MemorySample } from "./memory-trend"

const everySecond = (bytes: readonly number[]): MemorySample[] => bytes.map((held, index) => ({ at: 5_000 + index * 1_000, bytes: held }))

describe("growthAfter", () => {
  it("does not count what a process needs to get warm", () => {
    expect(growthAfter(everySecond([10, 50, 90, ...Array<number>(9).fill(100)]), 8_000)).toBe(0)
  })

  it("sees what goes on growing", () => {
    expect(growthAfter(everySecond(Array.from({ length: 30 }, (_, second) => 100 + second)), 0)).toBeCloseTo(0.2, 1)
  })

  it("is not fooled by garbage that waits to be collected", () => {
    const saw = Array.from({ length: 30 }, (_, second) => 100 + (second % 5))
    expect(growthAfter(everySecond(saw), 0)).toBe(0)
  })

  it("says when memory shrank", () => {
    expect(growthAfter(everySecond([100, 100, 100, 90, 90, 90, 80, 80, 80]), 0)).toBeCloseTo(-0.2)
  })

  it("says nothing of fewer than three samples", () => {
    expect(growthAfter(everySecond([1, 2]), 0)).toBeUndefined()
    expect(growthAfter(everySecond([9, 9, 1, 2]), 7_000)).toBeUndefined()
    expect(growthAfter([], 0)).toBeUndefined()
  })
})
