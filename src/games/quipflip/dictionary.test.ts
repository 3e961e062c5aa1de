import { readFile } from "node:fs/promises"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import wordListPath from "word-list"
import { dictionaryFrom, isKnownWord } from "./dictionary"
import { readDictionary } from "./dictionary-queries"

const smallLetters = fc.stringMatching(/^[a-d]{1,4}$/)

describe("the dictionary", () => {
  it("[QF-P4] holds the words of its list, and no others", () => {
    fc.assert(
      fc.property(fc.uniqueArray(smallLetters, { maxLength: 30 }), fc.boolean(), (words, endsInBlankLine) => {
        const dictionary = dictionaryFrom(words.join("\n") + (endsInBlankLine ? "\n" : ""))
        expect([...dictionary].toSorted()).toEqual(words.map((word) => word.toUpperCase()).toSorted())
      }),
    )
  })

  it("[QF-P4] knows a dictionary word, somebody's such word, and every common word", () => {
    const dictionary = dictionaryFrom("dog\ndogs\nlife")
    const known = ["DOG", "DOG'S", "DOGS'", "A", "I", "DON'T", "IT'S", "THE", "SOMEBODY'S"]
    expect(known.filter((word) => !isKnownWord(word, dictionary))).toEqual([])
  })

  it.each(["CAT", "CAT'S", "DO'G", "'DOG", "DOG'", "D'OG", "DOG'S'S", "DOG''S", "S'", "'S", "LIFE'LL", "O"])("[QF-P4] does not know %s", (word) => {
    expect(isKnownWord(word, dictionaryFrom("dog\ndogs\nlife"))).toBe(false)
  })
})

describe("the English word list", () => {
  it("[QF-P4] is read once", async () => {
    expect(await readDictionary()).toBe(await readDictionary())
  })

  it("[QF-P4] is all there", async () => {
    const dictionary = await readDictionary()
    const words = (await readFile(wordListPath, "utf8")).trim().split("\n")
    expect(dictionary.size).toBe(words.length)
    expect(words.filter((word) => !dictionary.has(word.toUpperCase()))).toEqual([])
  })

  it("[QF-P4] holds everyday words", async () => {
    const dictionary = await readDictionary()
    const everyday = ["AA", "APPLE", "BANANA", "LIBRARY", "LIBRARIES", "RUNNING", "PENGUIN", "WIZARD", "ZEBRA", "ZZZS"]
    expect(everyday.filter((word) => !dictionary.has(word))).toEqual([])
  })

  it("[QF-P4] holds no nonsense", async () => {
    const dictionary = await readDictionary()
    expect(["XQZ", "ASDFGH", "AAAA", "ZZZZ", "LIBRRARY"].filter((word) => dictionary.has(word))).toEqual([])
  })
})
