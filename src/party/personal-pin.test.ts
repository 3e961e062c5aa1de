import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { drawPersonalPin } from "./personal-pin"

const everyPin = Array.from({ length: 9000 }, (_, index) => 1000 + index)

describe("[PTY-4] a personal PIN", () => {
  it("has four digits and is nobody's, however full the party is", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 8999 }), (seed, others) => {
        const random = seededRandom(seed)
        const start = random.int(0, 8999)
        const taken = new Set(Array.from({ length: others }, (_, index) => everyPin[(start + index) % 9000] ?? 0))
        const pin = drawPersonalPin(taken, random)
        expect(pin.ok && pin.value >= 1000 && pin.value <= 9999 && !taken.has(pin.value)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it("is the last one when one is left, and refused when none is", () => {
    const taken = new Set(everyPin.filter((pin) => pin !== 4711))
    expect(drawPersonalPin(taken, seededRandom(1))).toEqual({ ok: true, value: 4711 })
    expect(drawPersonalPin(new Set(everyPin), seededRandom(1))).toEqual({ ok: false, refusal: { code: "no_pin_left" } })
  })

  it("can be any: the lowest and the highest are drawn too", () => {
    expect(drawPersonalPin(new Set(), { int: (min) => min })).toEqual({ ok: true, value: 1000 })
    expect(drawPersonalPin(new Set(), { int: (_min, max) => max })).toEqual({ ok: true, value: 9999 })
  })
})
