import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pairProblem, wordKey } from "./pair-rule"

const text = fc.string({ unit: "grapheme", maxLength: 30 })
const visibleWord = fc.stringMatching(/^[A-Za-zÄÖÜäöüßéñ]{1,20}$/)

describe("wordKey", () => {
  it.each([
    ["Ice cream", "ICE-CREAM"],
    ["Café", "cafe"],
    ["Cafe\u0301", "Café"],
    ["Straße", "STRASSE"],
    ["STRAẞE", "Strasse"],
    ["ｐｉｚｚａ", "Pizza!"],
    ["Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"],
    ["“Jaws”", "jaws"],
    ["№ 1", "no 1"],
  ])("takes %j and %j for the same word", (one, other) => {
    expect(wordKey(one)).toBe(wordKey(other))
  })

  it.each([
    ["boat", "goat"],
    ["कला", "काला"],
    ["ぱん", "ばん"],
    ["Formula 1", "Formula 2"],
  ])("tells %j from %j", (one, other) => {
    expect(wordKey(one)).not.toBe(wordKey(other))
  })

  it("is its own key, and knows neither case nor blanks", () => {
    fc.assert(
      fc.property(text, (word) => {
        const key = wordKey(word)
        expect(wordKey(key)).toBe(key)
        expect(wordKey(` ${word}\t.`)).toBe(key)
        expect(wordKey(word.toUpperCase())).toBe(key)
        expect(key).not.toMatch(/[\s\p{P}]/u)
      }),
      { numRuns: 500 },
    )
  })
})

describe("the pair rule", () => {
  it.each([
    [{ word: "Pizza", hint: "Takeaway" }, null],
    [{ word: "", hint: "Takeaway" }, "empty"],
    [{ word: "Pizza", hint: " … " }, "empty"],
    [{ word: "Pizza", hint: "pízza" }, "hint_tells_word"],
    [{ word: "Pizza", hint: "Pizza oven" }, "hint_tells_word"],
    [{ word: "Fire truck", hint: "Truck" }, "hint_tells_word"],
    [{ word: "Fire truck", hint: "Big firetrucks" }, "hint_tells_word"],
    [{ word: "x".repeat(40), hint: "Letters" }, null],
    [{ word: "x".repeat(41), hint: "Letters" }, "too_long"],
    [{ word: "Alphabet", hint: "x".repeat(41) }, "too_long"],
    [{ word: "𝒳𝒴".repeat(20), hint: "Letters" }, null],
  ] as const)("says of %j: %s", (pair, problem) => {
    expect(pairProblem(pair)).toBe(problem)
  })

  it("never lets a hint hold the word or be a part of it, however it is written", () => {
    fc.assert(
      fc.property(visibleWord, fc.constantFrom("", " ", "-", "…"), visibleWord, (word, glue, more) => {
        const whole = `${more}${glue}${word}`
        for (const hint of [whole, whole.toUpperCase(), whole.normalize("NFD")]) {
          expect(pairProblem({ word, hint })).not.toBe(null)
          expect(pairProblem({ word: hint, hint: word })).not.toBe(null)
        }
      }),
    )
  })
})
