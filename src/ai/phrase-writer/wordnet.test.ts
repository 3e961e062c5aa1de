import { beforeAll, describe, expect, it } from "vitest"
import { readWordNet, type WordNet } from "./wordnet"

let wordNet: WordNet

beforeAll(async () => {
  wordNet = await readWordNet()
})

const partsOf = (lemma: string) => new Set(wordNet.sensesOf(lemma).map(({ part }) => part))
const meanings = (lemma: string) => wordNet.sensesOf(lemma).map((sense) => wordNet.synsetOf(sense))

describe("the meanings of a word", () => {
  it("are all found, of every part of speech", () => {
    expect(partsOf("light")).toEqual(new Set(["noun", "verb", "adj", "adv"]))
    expect(meanings("light").every(({ words }) => /\blight\b/i.test(words.join()))).toBe(true)
  })

  it("come with the most used first", () => {
    expect(meanings("mouse")[0]?.gloss).toContain("rodents")
    const uses = wordNet.sensesOf("dog").map((sense) => sense.uses)
    expect(uses[0]).toBe(Math.max(...uses))
  })

  it("are found for two words", () => {
    expect(meanings("show off")[0]?.words).toContain("flaunt")
  })

  it("are none for what is no word, or only the beginning of one", () => {
    for (const word of ["", "hoodie", "elephan", "zzzz", "Elephant"]) expect(wordNet.sensesOf(word)).toEqual([])
  })

  it("are found at both ends of the index", () => {
    expect(meanings("'hood")[0]?.words).toContain("'hood")
    expect(meanings("zymurgy")[0]?.words).toContain("zymurgy")
  })
})

describe("a set of words", () => {
  it("leads to the wider term and to the narrower ones", () => {
    const [rodent] = meanings("mouse").flatMap(({ relations }) => relations.filter(({ sign }) => sign === "@"))
    expect(rodent && wordNet.synsetOf(rodent).words).toContain("rodent")
  })

  it("holds adjectives without the note on where they stand", () => {
    const words = meanings("awake").flatMap(({ words }) => words)
    expect(words.length).toBeGreaterThan(0)
    expect(words.filter((word) => /[(_]/.test(word))).toEqual([])
  })

  it("knows its field: animals, food", () => {
    expect([meanings("hamster")[0]?.field, meanings("pizza")[0]?.field]).toEqual([5, 13])
  })
})

it("tells well-known words by how often the definitions need them", () => {
  expect(wordNet.mentionsOf("stocking")).toBeGreaterThan(wordNet.mentionsOf("argyle"))
  expect(wordNet.mentionsOf("water")).toBeGreaterThan(1000)
  expect(wordNet.mentionsOf("qwertz")).toBe(0)
})

it("is read once", async () => {
  expect(await readWordNet()).toBe(wordNet)
})
