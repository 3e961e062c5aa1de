import { describe, expect, it } from "vitest"
import { inflected, readingsOf, type WordForm } from "./word-forms"

const forms: [string, WordForm, string][] = [
  ["sock", "plural", "socks"],
  ["mouse", "plural", "mice"],
  ["potato", "plural", "potatoes"],
  ["piano", "plural", "pianos"],
  ["baby", "plural", "babies"],
  ["monkey", "plural", "monkeys"],
  ["dish", "plural", "dishes"],
  ["sheep", "plural", "sheep"],
  ["police car", "plural", "police cars"],
  ["grandma", "owner", "grandma's"],
  ["kiss", "third", "kisses"],
  ["carry", "third", "carries"],
  ["show off", "third", "shows off"],
  ["dance", "ing", "dancing"],
  ["hit", "ing", "hitting"],
  ["lie", "ing", "lying"],
  ["see", "ing", "seeing"],
  ["visit", "ing", "visiting"],
  ["eat", "ing", "eating"],
  ["ring up", "ing", "ringing up"],
  ["eat", "past", "ate"],
  ["eat", "participle", "eaten"],
  ["stop", "past", "stopped"],
  ["open", "past", "opened"],
  ["carry", "past", "carried"],
  ["dance", "past", "danced"],
  ["quit", "past", "quit"],
  ["old", "base", "old"],
]

describe("a form", () => {
  it.each(forms)("of %s as %s is %s", (lemma, form, word) => {
    expect(inflected(lemma, form)).toBe(word)
  })

  it.each(forms.filter(([lemma]) => !lemma.includes(" ")))("of %s as %s is taken for what it is: %s", (lemma, form, word) => {
    // A participle that is the past as well is known as the past.
    expect(readingsOf(word)).toContainEqual({ lemma, form })
  })
})

it("may be a form of several words", () => {
  const lemmas = readingsOf("leaves").map(({ lemma, form }) => `${lemma} ${form}`)
  expect(lemmas).toEqual(expect.arrayContaining(["leave third", "leaf plural"]))
})

it("reads no ending into a word that has none", () => {
  for (const word of ["glass", "red", "sing", "bus", "bed", "ring"]) expect(readingsOf(word).map(({ lemma }) => lemma)).toContain(word)
  expect(readingsOf("glass")).toEqual([{ lemma: "glass", form: "base" }])
})
