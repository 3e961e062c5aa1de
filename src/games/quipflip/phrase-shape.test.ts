import { describe, expect, it } from "vitest"
import { checkShape } from "./phrase-shape"

const fifteen = "ABCDEFGHIJKLMNO"

function codeFor(phrase: string) {
  const shape = checkShape(phrase)
  return shape.ok ? "ok" : shape.refusal.code
}

describe("the shape of a phrase", () => {
  it.each([
    ["", "phrase_too_short"],
    ["A I", "phrase_too_short"],
    ["A OX", "ok"],
    ["ABCD", "phrase_too_few_words"],
    ["X".repeat(100), "phrase_too_few_words"],
    ["X".repeat(101), "phrase_too_long"],
    [Array(20).fill("ABCD").join(" ") + "X", "phrase_too_many_words"],
    [Array(20).fill("ABCD").join(" ") + "XY", "phrase_too_long"],
    ["ONE TWO", "ok"],
    ["ONE TWO THREE FOUR FIVE", "ok"],
    ["ONE TWO THREE FOUR FIVE SIX", "phrase_too_many_words"],
    [Array(5).fill(fifteen).join(" "), "ok"],
    [`BIG ${fifteen}`, "ok"],
    [`BIG ${fifteen}P`, "phrase_word_too_long"],
    [`BIG ABCDEFG'HIJKLMNO`, "ok"],
    ["I SLEEP", "ok"],
    ["A DOG", "ok"],
    ["O DOG", "phrase_word_too_short"],
    ["X RAY", "phrase_word_too_short"],
    ["ROCK N ROLL", "phrase_word_too_short"],
    ["ROCK 'N' ROLL", "phrase_word_too_short"],
    ["DOG '' CAT", "phrase_word_too_short"],
    ["DOG A' CAT", "phrase_word_too_short"],
    ["I'M HERE", "ok"],
    ["DOG-EARED BOOK", "phrase_has_other_signs"],
    ["CATCH 22", "phrase_has_other_signs"],
    ["WHY NOT?", "phrase_has_other_signs"],
    ["CAFÉ TABLE", "phrase_has_other_signs"],
    ["BIG\u200bRED DOG", "phrase_has_other_signs"],
    ["ПРИВЕТ МИР", "phrase_has_other_signs"],
    ["BIG\nDOG", "phrase_has_other_signs"],
    ["BIG DOG\n", "phrase_has_other_signs"],
  ])("[QF-P2] of %j is %s", (phrase, code) => {
    expect(codeFor(phrase)).toBe(code)
  })

  it("[QF-P2] comes with the words", () => {
    expect(checkShape("A DOG'S LIFE")).toEqual({ ok: true, value: ["A", "DOG'S", "LIFE"] })
  })

  it("[QF-P3] names the word it stops at, and the limit", () => {
    expect(checkShape("X RAY")).toEqual({ ok: false, refusal: { code: "phrase_word_too_short", detail: { word: "X", fewest: 2 } } })
    expect(checkShape("A B C D E F")).toEqual({ ok: false, refusal: { code: "phrase_too_many_words", detail: { most: 5 } } })
  })
})
