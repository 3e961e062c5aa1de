import { describe, expect, it } from "vitest"
import { passesFamilyFilter } from "@/party/family-filter"
import { pairProblem, wordKey } from "../pair-rule"
import { wordDeck } from "./word-deck"

const pairs = wordDeck.flatMap((category) => category.pairs)

describe("the deck", () => {
  it("has at least 12 categories of at least 30 pairs", () => {
    expect(wordDeck.length).toBeGreaterThanOrEqual(12)
    for (const { category, pairs } of wordDeck) expect([category, pairs.length >= 30]).toEqual([category, true])
    expect(pairs.length).toBeGreaterThanOrEqual(360)
  })

  it("names each category once, by a slug and a title", () => {
    expect(new Set(wordDeck.map(({ category }) => category)).size).toBe(wordDeck.length)
    expect(new Set(wordDeck.map(({ title }) => title)).size).toBe(wordDeck.length)
    for (const { category, title } of wordDeck) {
      expect(category).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(title).toMatch(/^\p{Lu}/u)
    }
  })

  it("has no word twice, in whatever category", () => {
    const keys = pairs.map((pair) => wordKey(pair.word))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  it("keeps the pair rule", () => {
    expect(pairs.filter((pair) => pairProblem(pair) !== null)).toEqual([])
  })

  it("gives no hint that shares a word with its word", () => {
    const wordsOf = (text: string) => text.split(/[\s-]+/).map(wordKey)
    expect(pairs.filter(({ word, hint }) => wordsOf(hint).some((part) => wordsOf(word).includes(part)))).toEqual([])
  })

  it("passes the family filter, even the strict one", () => {
    expect(pairs.filter(({ word, hint }) => !passesFamilyFilter(`${word} ${hint}`, "STRICT"))).toEqual([])
    expect(pairs.filter(({ word, hint }) => ![word, hint].every((text) => passesFamilyFilter(text, "STRICT")))).toEqual([])
  })

  it("has hints of one or two words, and everything is written neatly", () => {
    expect(pairs.filter(({ hint }) => hint.split(" ").length > 2)).toEqual([])
    for (const text of pairs.flatMap(({ word, hint }) => [word, hint])) expect(text).toMatch(/^[\p{Lu}0-9][\p{L}0-9'. -]*[\p{L}0-9]$/u)
  })
})
