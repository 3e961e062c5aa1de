import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isNearSpelling } from "./near-spelling"

describe("near spellings", () => {
  it.each([
    ["LIGHT", "NIGHT", "4 of 5 letters: 0.8"],
    ["ABCDEFX", "YABCDEFZ", "6 of 7 and 8 letters: 0.8"],
    ["ABCDEFGHXX", "YYABCDEFGH", "8 of 10 letters: 0.8"],
    ["ABCDEFGHIJKLXXX", "YYYABCDEFGHIJKL", "12 of 15 letters: 0.8"],
    ["ABCD", "ABCDEF", "4 of 4 and 6 letters: 0.8"],
    ["COLOUR", "COLOR", "5 of 6 and 5 letters: 0.91"],
    ["MOON", "MOON", "the same"],
    ["ACCUSERS", "ACCURSES", "0.875 in this order, 0.75 in the other"],
    ["ALANS", "ANLAS", "0.8 in this order, 0.6 in the other"],
  ])("[QF-P8] %s and %s are near: %s", (one, other) => {
    expect(isNearSpelling(one, other)).toBe(true)
    expect(isNearSpelling(other, one)).toBe(true)
  })

  it.each([
    ["MOON", "SOON", "3 of 4 letters: 0.75"],
    ["ABCDEFGXX", "YYABCDEFG", "7 of 9 letters: 0.778"],
    ["ABCDEFGHIXX", "YYYABCDEFGHI", "9 of 11 and 12 letters: 0.783"],
    ["ABCDEFGHIJKXXX", "YYYABCDEFGHIJK", "11 of 14 letters: 0.786"],
    ["ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMNOPQRSTUVW", "15 of 15 and 23 letters: 0.789"],
    ["ABCD", "ABCDEFG", "4 of 4 and 7 letters: 0.727"],
    ["APPLE", "PEACH", "hardly a letter"],
    ["STARES", "ASSERT", "the same letters: 0.333"],
  ])("[QF-P8] %s and %s are not: %s", (one, other) => {
    expect(isNearSpelling(one, other)).toBe(false)
    expect(isNearSpelling(other, one)).toBe(false)
  })

  it("[QF-P8] works both ways round", () => {
    const word = fc.stringMatching(/^[A-D]{4,15}$/)
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isNearSpelling(one, other)).toBe(isNearSpelling(other, one))
        expect(isNearSpelling(one, one)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
