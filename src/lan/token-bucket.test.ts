import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { KeyedBuckets, fullBucket, take } from "./token-bucket"

describe("rate limits", () => {
  it("[LANU-5] never lets through more than the burst and the rate allow, in any window", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 20 })), { maxLength: 200 })
    fc.assert(fc.property(steps, (taken) => {
      const limit = { perSecond: 40, burst: 25 }
      const bucket = fullBucket(limit, 0)
      let nowMs = 0
      let through = 0
      for (const [waitMs, amount] of taken) {
        nowMs += waitMs
        if (take(bucket, limit, amount, nowMs)) through += amount
        expect(through).toBeLessThanOrEqual(limit.burst + (limit.perSecond * nowMs) / 1000 + 1e-6)
      }
    }))
  })

  it("[LANU-5] one sender's flood costs another nothing, and made-up senders fill no memory", () => {
    const buckets = new KeyedBuckets({ perSecond: 1, burst: 2 }, 3)
    expect([1, 2, 3].map(() => buckets.take("flood", 0))).toEqual([true, true, false])
    expect(buckets.take("guest", 0)).toBe(true)
    for (let i = 0; i < 1000; i += 1) buckets.take(`made-up ${i}`, 0)
    expect(buckets.take("guest", 0)).toBe(true)
  })

  it("[LANU-5] a clock that steps back gives nothing away", () => {
    const limit = { perSecond: 10, burst: 1 }
    const bucket = fullBucket(limit, 1000)
    expect(take(bucket, limit, 1, 1000)).toBe(true)
    expect(take(bucket, limit, 1, 0)).toBe(false)
  })
})
