import { describe, expect, it } from "vitest"
import { wordKey } from "@/ai/pair-rule"
import { wordDeck } from "@/ai/word-deck/word-deck"
import { seededRandom } from "@/kernel/random"
import { choosePair, unusedPairs } from "./deck-choice"

const deckPairs = wordDeck.flatMap(({ pairs }) => pairs)
const food = wordDeck.find(({ category }) => category === "food")!.pairs
const isPlayable = () => true
const nothingUsed = { usedKeys: new Set<string>(), isPlayable }
const knowing = (words: readonly { word: string }[]) => ({ usedKeys: new Set(words.map(({ word }) => wordKey(word))), isPlayable })

describe("what is free in the deck", () => {
  it("[IMP-6] is the category, or all of it", () => {
    expect(unusedPairs("food", new Set())).toEqual(food)
    expect(unusedPairs(null, new Set())).toEqual(deckPairs)
    expect(unusedPairs("no such category", new Set())).toEqual([])
  })

  it("[IMP-5] is without the words the party knows, however they were written", () => {
    const [first, second, ...rest] = food
    expect(unusedPairs("food", knowing([{ word: ` ${first!.word.toUpperCase()}!` }, second!]).usedKeys)).toEqual(rest)
    expect(unusedPairs("food", knowing(deckPairs).usedKeys)).toEqual([])
  })

  it("[IMP-5] is without what the party may not be shown", () => {
    const [only] = food
    const isPlayable = ({ word }: { word: string }) => word === only!.word
    for (let seed = 0; seed < 20; seed++) expect(choosePair("food", { ...nothingUsed, isPlayable }, seededRandom(seed))).toEqual(only)
    expect(choosePair("food", { ...nothingUsed, isPlayable: () => false }, seededRandom(1))).toBe(null)
  })
})

describe("the choice", () => {
  it("[IMP-6] is of the category while it has a free pair, then of any", () => {
    const [last, ...others] = food
    for (let seed = 0; seed < 20; seed++) {
      expect(choosePair("food", knowing(others), seededRandom(seed))).toEqual(last)
      const other = choosePair("food", knowing(food), seededRandom(seed))
      expect(deckPairs).toContainEqual(other)
      expect(food).not.toContainEqual(other)
    }
  })

  it("[IMP-6] is any free pair of the category sooner or later", () => {
    const random = seededRandom(5)
    const chosen = new Set(Array.from({ length: food.length * 12 }, () => choosePair("food", nothingUsed, random)?.word))
    expect(chosen).toEqual(new Set(food.map(({ word }) => word)))
  })

  it("[IMP-5] [IMP-6] plays the deck to its end without a word twice, then there is none", () => {
    const random = seededRandom(6)
    const usedKeys = new Set<string>()
    for (let round = 1; round <= deckPairs.length; round++) {
      const pair = choosePair(wordDeck[round % wordDeck.length]!.category, { usedKeys, isPlayable }, random)
      usedKeys.add(wordKey(pair!.word))
      expect(usedKeys.size).toBe(round)
    }
    expect(choosePair("food", { usedKeys, isPlayable }, random)).toBe(null)
    expect(choosePair(null, { usedKeys, isPlayable }, random)).toBe(null)
  })
})
