import { describe, expect, it } from "vitest"
import { isCommonWord, withoutPossessive } from "./common-words"

describe("common words", () => {
  it.each(["A", "I", "THE", "WITHOUT", "SOMETHING", "SOMEBODY'S", "DON'T", "THEY'VE", "O'CLOCK", "OTHERS'"])("[QF-P5] %s is one", (word) => {
    expect(isCommonWord(word)).toBe(true)
  })

  it.each(["CAT", "LOVE", "GHOST", "LIBRARY", "RUN", "O", "S", "", "the", "DON", "DON'"])("[QF-P5] %j is none", (word) => {
    expect(isCommonWord(word)).toBe(false)
  })

  it.each([
    ["DOG'S", "DOG"],
    ["DOGS'", "DOGS"],
    ["DOGS", "DOGS"],
    ["DOG'", "DOG'"],
    ["DON'T", "DON'T"],
  ])("[QF-P4] %s belongs to %s", (word, owner) => {
    expect(withoutPossessive(word)).toBe(owner)
  })
})
