import { describe, expect, it } from "vitest"
import { median, percentile, summarise } from "./statistics"

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it("takes the nearest rank, whatever the order of the samples", () => {
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile(hundred, 1)).toBe(100)
    expect(percentile([7], 0.99)).toBe(7)
  })

  it("lets one slow sample in a hundred be p100 and not p99", () => {
    expect(summarise([...Array<number>(99).fill(1), 500])).toEqual({ count: 100, p50: 1, p99: 1 })
  })

  it("does not call nothing fast", () => {
    expect(() => median([])).toThrow("nothing was measured")
  })
})
