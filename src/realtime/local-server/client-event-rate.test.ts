import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ClientEventRate } from "./client-event-rate"

describe("client event rate", () => {
  it("[PSH-34] lets ten through, refuses the eleventh, and forgets after a second", () => {
    const rate = new ClientEventRate(10)
    const accepted = Array.from({ length: 11 }, () => rate.accept(5_000))
    expect(accepted).toEqual([...Array.from({ length: 10 }, () => true), false])
    expect(rate.accept(5_999)).toBe(false)
    expect(rate.accept(6_000)).toBe(true)
  })

  it("[PSH-34] never lets more than the limit through within any second, and refuses only at the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (gaps, limit) => {
        const rate = new ClientEventRate(limit)
        const accepted: number[] = []
        let nowMs = 0
        for (const gap of gaps) {
          nowMs += gap
          const recent = accepted.filter((atMs) => nowMs - atMs < 1000).length
          const isAccepted = rate.accept(nowMs)
          expect(isAccepted).toBe(recent < limit)
          if (isAccepted) accepted.push(nowMs)
        }
      }),
    )
  })
})
