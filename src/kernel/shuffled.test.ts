import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "./random"
import { shuffled } from "./shuffled"

const anySeed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

describe("shuffling", () => {
  it("keeps everything, what is there twice as well", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), anySeed, (list, seed) => {
        expect(shuffled(Object.freeze(list), seededRandom(seed)).sort()).toEqual([...list].sort())
      }),
    )
  })

  it("makes every order of three about equally likely", () => {
    const times = 12_000
    const counts = new Map<string, number>()
    for (let seed = 0; seed < times; seed++) {
      const order = shuffled(["a", "b", "c"], seededRandom(seed)).join("")
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // Five standard deviations of a count of 12 000 × 1/6.
    const tolerance = 5 * Math.sqrt(times * (1 / 6) * (5 / 6))
    for (const [order, count] of counts) expect([order, Math.abs(count - times / 6) < tolerance]).toEqual([order, true])
  })
})
