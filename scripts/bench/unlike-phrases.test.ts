import { beforeAll, describe, expect, it } from "vitest"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { checkCopy, type PhraseStandard } from "@/games/quipflip/phrase-rules"
import { phrasesOfSeat, unlikePhrases } from "./unlike-phrases"

let standard: PhraseStandard
beforeAll(async () => {
  standard = { dictionary: await readDictionary(), isForFamily: () => true }
})

describe("unlikePhrases", () => {
  it("[QF-P6] [QF-P8] gives phrases that may all be copies of each other", () => {
    const phrases = unlikePhrases(24, standard)
    expect(new Set(phrases).size).toBe(24)
    for (const original of phrases) {
      for (const copy of phrases) {
        expect([original, copy, checkCopy(copy, { original, otherCopy: null, prompt: "" }, standard).ok]).toEqual([original, copy, copy !== original])
      }
    }
  })

  it("says so when there are not as many", () => {
    expect(() => unlikePhrases(100_000, standard)).toThrow("are unlike each other, and 100000 are wanted")
  })
})

describe("phrasesOfSeat", () => {
  it("gives every phrase to one seat", () => {
    const phrases = ["A", "B", "C", "D", "E"]
    expect(phrasesOfSeat(phrases, 0, 2)).toEqual(["A", "C", "E"])
    expect(phrasesOfSeat(phrases, 1, 2)).toEqual(["B", "D"])
  })
})
