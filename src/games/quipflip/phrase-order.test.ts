import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { phraseOrder } from "./phrase-order"
import { phrasesetRoles } from "./roles"

const anySeed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

describe("the order of the phrases", () => {
  it("[QF-E6] has each phrase once, and is the same for the same seed", () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect([...phraseOrder(seed)].sort()).toEqual([...phrasesetRoles].sort())
        expect(phraseOrder(seed)).toEqual(phraseOrder(seed))
      }),
    )
  })

  it("[QF-E6] every order is about equally likely", () => {
    const times = 12_000
    const counts = new Map<string, number>()
    for (let seed = 0; seed < times; seed++) {
      const order = phraseOrder(seed).join(" ")
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // Five standard deviations of a count of 12 000 × 1/6.
    const tolerance = 5 * Math.sqrt(times * (1 / 6) * (5 / 6))
    for (const [order, count] of counts) expect([order, Math.abs(count - times / 6) < tolerance]).toEqual([order, true])
  })
})
