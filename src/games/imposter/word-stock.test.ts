import { describe, expect, it } from "vitest"
import { fewestReady, fillLeaseMs, fillWaitMs, fullStock } from "./word-stock"

describe("the stock", () => {
  it("[IMP-7] waits 30 s after a failure, then twice as long each time, at most 15 minutes", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(fillWaitMs)).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000])
  })

  it("[IMP-7] never waits longer, after however many failures, nor shorter than before", () => {
    for (let failures = 1; failures <= 2000; failures++) {
      expect(fillWaitMs(failures)).toBeLessThanOrEqual(15 * 60_000)
      expect(fillWaitMs(failures + 1)).toBeGreaterThanOrEqual(fillWaitMs(failures))
    }
    expect(fillWaitMs(1000)).toBe(900_000)
  })

  it("[IMP-7] is filled to 6 pairs when fewer than 3 are left", () => {
    expect([fewestReady, fullStock]).toEqual([3, 6])
  })

  it("[IMP-7] is left to one asker for as long as the first wait at least", () => {
    expect(fillLeaseMs).toBeGreaterThanOrEqual(fillWaitMs(1))
  })
})
