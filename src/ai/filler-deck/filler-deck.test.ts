import { beforeAll, describe, expect, it } from "vitest"
import type { Dictionary } from "@/games/quipflip/dictionary"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { normalisePhrase } from "@/games/quipflip/phrase"
import { checkCopy, checkPrompt, type PhraseStandard } from "@/games/quipflip/phrase-rules"
import { passesFamilyFilter } from "@/party/family-filter"
import { fillerDeck } from "./filler-deck"
import type { FillerSet } from "./filler-set"

let dictionary: Dictionary

beforeAll(async () => {
  dictionary = await readDictionary()
})

const phrasesOf = ({ original, copies }: FillerSet) => [original, ...copies]
const textsOf = (set: FillerSet) => [set.prompt, ...phrasesOf(set)]
const beginnings = [/^AN? /, /^(?:ONE|SOME) /, /^THE /, /^(?:MY|YOUR|HIS|HER|OUR|THEIR) /]
const familySets = fillerDeck.filter(({ isFamily }) => isFamily)

describe("the ready sets", () => {
  it("are at least 110, and at least 100 of them are for families", () => {
    expect(fillerDeck.length).toBeGreaterThanOrEqual(110)
    expect(familySets.length).toBeGreaterThanOrEqual(100)
    expect(familySets.length).toBeLessThan(fillerDeck.length)
  })

  it("repeat no prompt and no phrase", () => {
    expect(repeated(fillerDeck.map(({ prompt }) => prompt.toUpperCase()))).toEqual([])
    expect(repeated(fillerDeck.flatMap(phrasesOf).map((phrase) => phrase.toUpperCase()))).toEqual([])
  })

  it("hold an original that a player could have answered the prompt with [QF-P3]", () => {
    const answers = fillerDeck.map((set) => checkPrompt(set.original, set.prompt, standardOf(set)))
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
  })

  it("hold two copies that players could have written, whichever came first [QF-P3]", () => {
    const answers = fillerDeck.flatMap((set) => {
      const { prompt, original, copies: [one, other] } = set
      return [
        checkCopy(one, { original, prompt, otherCopy: other }, standardOf(set)),
        checkCopy(other, { original, prompt, otherCopy: one }, standardOf(set)),
      ]
    })
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
  })

  it("hold phrases that stand as they are stored [QF-P1]", () => {
    expect(fillerDeck.flatMap(phrasesOf).filter((phrase) => normalisePhrase(phrase) !== phrase)).toEqual([])
  })

  it("pass the strict family filter where they are for families, piece by piece and read together", () => {
    const isRefused = (text: string) => !passesFamilyFilter(text, "STRICT")
    expect(familySets.flatMap(textsOf).filter(isRefused)).toEqual([])
    expect(familySets.map((set) => textsOf(set).join(" ")).filter(isRefused)).toEqual([])
  })

  it("pass the mild filter where they are not", () => {
    expect(fillerDeck.flatMap(textsOf).filter((text) => !passesFamilyFilter(text, "MILD"))).toEqual([])
  })

  it("have prompts of 10 to 100 characters that wait for an ending", () => {
    expect(fillerDeck.filter(({ prompt }) => prompt.length < 10 || prompt.length > 100)).toEqual([])
    for (const { prompt } of fillerDeck) expect(prompt).toMatch(/^[A-Z][A-Za-z' ,]*[a-z]…$/)
  })

  it("give the original away by its length", () => {
    const share = (matches: (set: FillerSet) => boolean) => fillerDeck.filter(matches).length / fillerDeck.length
    const isShortest = ({ original, copies }: FillerSet) => copies.every((copy) => copy.length > original.length)
    const isLongest = ({ original, copies }: FillerSet) => copies.every((copy) => copy.length < original.length)
    expect(share(isShortest)).toBeLessThan(0.45)
    expect(share(isLongest)).toBeLessThan(0.45)
  })

  it.each(beginnings)("begin with %s as often in originals as in copies", (beginning) => {
    const share = (phrases: readonly string[]) => phrases.filter((phrase) => beginning.test(phrase)).length / phrases.length
    const originals = share(fillerDeck.map(({ original }) => original))
    const copies = share(fillerDeck.flatMap((set) => set.copies))
    expect(Math.abs(originals - copies)).toBeLessThan(0.1)
  })
})

function standardOf({ isFamily }: FillerSet): PhraseStandard {
  return { dictionary, isForFamily: (text) => passesFamilyFilter(text, isFamily ? "STRICT" : "MILD") }
}

function repeated(texts: readonly string[]): string[] {
  const known = new Set<string>()
  return texts.filter((text) => known.size === known.add(text).size)
}
