import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { normalisePhrase } from "./phrase"

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(" ", "\u00a0", "\t", "\n", "’", "´", "ŉ", "ß", "ﬁ", "ΐ", "\u0301", "\u0308", "a", "A", "'"), maxLength: 12 }),
)

describe("the stored form of a phrase", () => {
  it.each([
    ["  big   red\tdog \n", "BIG RED DOG"],
    ["Big\u00a0Red\u3000Dog", "BIG RED DOG"],
    ["ｂｉｇ ｒｅｄ", "BIG RED"],
    ["ﬁne ﬂavour", "FINE FLAVOUR"],
    ["straße", "STRASSE"],
    ["don’t", "DON'T"],
    ["don‘t", "DON'T"],
    ["donʼt", "DON'T"],
    ["don´t", "DON'T"],
    ["don`t", "DON'T"],
    ["don＇t", "DON'T"],
    ["cafe\u0301", "CAFÉ"],
    ["", ""],
    [" \u2003 ", ""],
  ])("[QF-P1] of %j is %j", (typed, stored) => {
    expect(normalisePhrase(typed)).toBe(stored)
  })

  it("[QF-P1] stays as it is when normalised again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalisePhrase(text)
        expect(normalisePhrase(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  it("[QF-P1] stays as it is when normalised again, whatever sign stands between two letters", () => {
    const unstable: string[] = []
    for (let point = 0; point <= 0x10ffff; point++) {
      const once = normalisePhrase(`a${String.fromCodePoint(point)}b`)
      if (normalisePhrase(once) !== once) unstable.push(point.toString(16))
    }
    expect(unstable).toEqual([])
  })

  it("[QF-P1] does not depend on capitals, or on blanks around it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abyzABYZ ’'"), maxLength: 20 }), (text) => {
        expect(normalisePhrase(` ${text.toLowerCase()}  `)).toBe(normalisePhrase(text.toUpperCase()))
      }),
    )
  })
})
