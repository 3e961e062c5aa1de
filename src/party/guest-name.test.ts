import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { freeName, guestName, longestName, nameKey } from "./guest-name"

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })
const lengthOf = (text: string) => [...graphemes.segment(text)].length
const named = (typed: string) => {
  const name = guestName(typed)
  return name.ok ? name.value : name.refusal.code
}

describe("[PTY-3] a name", () => {
  it.each([
    ["Ann", "Ann"],
    ["  Ann  ", "Ann"],
    ["Anna \t Lena", "Anna Lena"],
    ["A\u200bn\u202en", "Ann"],
    ["Zoe\u0308", "Zo\u00eb"],
    ["👩‍🚀 Ann", "👩‍🚀 Ann"],
    ["👨‍👩‍👧‍👦".repeat(18), "👨‍👩‍👧‍👦".repeat(18)],
    ["👨‍👩‍👧‍👦".repeat(24), "name_too_long"],
    ["x".repeat(24), "x".repeat(24)],
    ["x".repeat(25), "name_too_long"],
    ["é".repeat(24), "é".repeat(24)],
    ["", "name_empty"],
    ["\u00a0\u2003", "name_empty"],
    ["\u200d", "name_empty"],
    ["!", "!"],
    ["\u3164", "name_empty"],
    ["\u2800\uffa0", "name_empty"],
    ["An\u034fn\u061c", "Ann"],
    ["Ann \u200b Lena", "Ann Lena"],
    ["Zoe\u200b\u0308", "Zo\u00eb"],
  ])("%j becomes %j", (typed, name) => {
    expect(named(typed)).toBe(name)
  })

  it("that is taken as it is shown: what comes out goes in again unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme", maxLength: 24 })), (typed) => {
        const name = guestName(typed)
        if (!name.ok) return
        expect(guestName(name.value)).toEqual(name)
        expect(name.value.trim()).toBe(name.value)
        expect(lengthOf(name.value)).toBeLessThanOrEqual(longestName)
        expect(name.value).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it("is the same in any case and any form of its letters", () => {
    expect(new Set(["Zoë", "ZOË", "zoe\u0308", "Ｚｏë"].map(nameKey)).size).toBe(1)
    expect(nameKey("Ann")).not.toBe(nameKey("Anna"))
  })

  it("is the same with and without what cannot be seen", () => {
    expect(new Set(["Ann", "Ann\u200d", "An\ufe0fn"].map((typed) => nameKey(named(typed)))).size).toBe(1)
  })
})

describe("[PTY-3] a name that is taken", () => {
  const taken = (...names: string[]) => new Set(names.map(nameKey))

  it("gets the first free number", () => {
    expect(freeName("Ann", taken())).toBe("Ann")
    expect(freeName("Ann", taken("ANN"))).toBe("Ann 2")
    expect(freeName("Ann", taken("ann", "Ann 2", "ann 3"))).toBe("Ann 4")
    expect(freeName("Ann 2", taken("Ann 2"))).toBe("Ann 2 2")
  })

  it("is shortened where the number would not fit, between two characters", () => {
    const long = "👩‍🚀".repeat(8) + "x".repeat(16)
    expect(freeName(long, taken(long))).toBe(`${"👩‍🚀".repeat(8)}${"x".repeat(14)} 2`)
    expect(lengthOf(freeName("x".repeat(24), taken("x".repeat(24))))).toBe(24)
  })

  it("is free, fits and can be typed, for whatever name by however many people", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 24 }).filter((text) => guestName(text).ok)
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 130 }), (typed, people) => {
        const first = guestName(typed)
        if (!first.ok) return
        const keys = new Set<string>()
        for (let person = 0; person < people; person++) {
          const free = freeName(first.value, keys)
          expect(keys.has(nameKey(free))).toBe(false)
          expect(lengthOf(free)).toBeLessThanOrEqual(longestName)
          keys.add(nameKey(free))
        }
      }),
      { numRuns: 40 },
    )
  })
})
