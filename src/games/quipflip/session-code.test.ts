import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { drawSessionCode, parseSessionCode } from "./session-code"

const draws = Array.from({ length: 4000 }, (_, seed) => drawSessionCode(seededRandom(seed)))
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ"
const digits = "23456789"

describe("a drawn code", () => {
  it("[QF-S1] is four letters and four digits, none taken for a 1 or a 0", () => {
    for (const code of draws) expect(code).toMatch(/^[ABCDEFGHJKMNPQRSTUVWXYZ]{4}[23456789]{4}$/)
  })

  it("[QF-S1] has each of them at each place", () => {
    for (let place = 0; place < 8; place++) {
      const seen = new Set(draws.map((code) => code[place]))
      expect([place, [...seen].sort().join("")]).toEqual([place, place < 4 ? letters : digits])
    }
  })

  it("[QF-S1] can be typed back", () => {
    for (const code of draws.slice(0, 200)) expect(parseSessionCode(code)).toBe(code)
  })
})

describe("a typed code", () => {
  it.each(["ABCD2345", "abcd2345", "AbCd 2345", "  a b c d 2 3 4 5 ", "abcd\u00a02345", "ABCD\t2345\n"])("[QF-S1] %j is ABCD2345", (typed) => {
    expect(parseSessionCode(typed)).toBe("ABCD2345")
  })

  it.each([
    "",
    "ABCD234",
    "ABCD23456",
    "ABC2345",
    "2345ABCD",
    "ABID2345",
    "ABLD2345",
    "abod2345",
    "ABCD1345",
    "ABCD0345",
    "ABCD-2345",
    "ſBCD2345",
    "ßAB2345",
    "ABCD２345",
  ])("[QF-S1] %j is none", (typed) => {
    expect(parseSessionCode(typed)).toBe(null)
  })

  it("[QF-S1] is found whatever the case and the blanks", () => {
    const sloppy = fc.array(fc.record({ isSmall: fc.boolean(), blanks: fc.constantFrom("", " ", "  ") }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom(...draws), sloppy, (code, how) => {
        const typed = how.map(({ isSmall, blanks }, place) => blanks + (isSmall ? code[place]!.toLowerCase() : code[place]!)).join("")
        expect(parseSessionCode(typed)).toBe(code)
      }),
    )
  })
})
