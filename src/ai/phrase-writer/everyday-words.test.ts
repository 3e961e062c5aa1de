import { beforeAll, expect, it } from "vitest"
import type { Dictionary } from "@/games/quipflip/dictionary"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { passesFamilyFilter } from "@/party/family-filter"
import { allEverydayWords, everydayWordsFor } from "./everyday-words"

let dictionary: Dictionary

beforeAll(async () => {
  dictionary = await readDictionary()
})

it("are many", () => {
  expect(allEverydayWords().length).toBeGreaterThan(1000)
})

it("are words a phrase may hold [QF-P4]", () => {
  expect(allEverydayWords().filter(({ lemma }) => !dictionary.has(lemma.toUpperCase()))).toEqual([])
})

it("pass the strict family filter [QF-P10]", () => {
  expect(allEverydayWords().filter(({ lemma }) => !passesFamilyFilter(lemma, "STRICT"))).toEqual([])
})

it("stand for each other in both directions, and never for themselves", () => {
  for (const { lemma, part } of allEverydayWords()) {
    const others = everydayWordsFor(lemma, part)
    expect(others.size).toBeGreaterThan(0)
    expect(others.has(lemma)).toBe(false)
    for (const other of others) expect(everydayWordsFor(other, part).has(lemma)).toBe(true)
  }
})

it("know the part of speech", () => {
  expect(everydayWordsFor("walk", "noun")).toContain("hike")
  expect(everydayWordsFor("walk", "verb")).toContain("wander")
  expect(everydayWordsFor("walk", "adj").size).toBe(0)
})
