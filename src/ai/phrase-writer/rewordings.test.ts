import { beforeAll, expect, it } from "vitest"
import { farReach, hasRewordings, nearReach, type Reading, rewordingsOf } from "./rewordings"
import { readWordNet, type WordNet } from "./wordnet"

let wordNet: WordNet

beforeAll(async () => {
  wordNet = await readWordNet()
})

const words = (reading: Reading, reach = nearReach) => rewordingsOf(reading, wordNet, reach).map(({ text }) => text)

it("say about the same", () => {
  expect(words({ lemma: "umpire", part: "noun", form: "base" })).toContain("referee")
  expect(words({ lemma: "deafening", part: "adj", form: "base" })).toContain("loud")
  expect(words({ lemma: "chortle", part: "verb", form: "base" })).toContain("chuckle")
})

it("stand in the form of the word", () => {
  expect(words({ lemma: "mouse", part: "noun", form: "plural" })).toEqual(expect.arrayContaining(["rats", "rodents"]))
  expect(words({ lemma: "eat", part: "verb", form: "past" })).toEqual(expect.arrayContaining(["devoured", "swallowed"]))
  expect(words({ lemma: "grandma", part: "noun", form: "owner" })).toContain("granny's")
})

it("come the readiest first, everyday words before all", () => {
  const weights = rewordingsOf({ lemma: "old", part: "adj", form: "base" }, wordNet).map(({ weight }) => weight)
  expect(weights).toEqual([...weights].sort((one, other) => other - one))
  expect(words({ lemma: "old", part: "adj", form: "base" })[0]).toBe("ancient")
  expect(Math.min(...weights)).toBeGreaterThan(0)
})

it("hold words that our own list does not, and words for what it does not know", () => {
  expect(words({ lemma: "mouse", part: "noun", form: "base" })).toContain("squirrel")
  for (const lemma of ["harpsichord", "lizard", "turbulence"]) expect(words({ lemma, part: "noun", form: "base" }, farReach)).not.toEqual([])
})

it("leave out what begins like the word: the rules would refuse it", () => {
  for (const lemma of ["sun", "library", "light"]) {
    for (const word of words({ lemma, part: "noun", form: "base" }, farReach)) expect(word.startsWith(lemma.slice(0, 4))).toBe(false)
  }
})

it("leave out what WordNet calls an insult", () => {
  const people = ["man", "woman", "person", "fool", "foreigner"].flatMap((lemma) => words({ lemma, part: "noun", form: "base" }, farReach))
  expect(people.length).toBeGreaterThan(20)
  for (const word of ["bastard", "bitch", "skunk", "dirty dog", "jap", "yid", "whore", "hooker"]) expect(people).not.toContain(word)
})

it("leave out what the house would not say, whatever a party's filter lets through", () => {
  const said = (["noun", "verb", "adj"] as const).flatMap((part) =>
    ["dog", "rooster", "donkey", "sheep", "destroy", "work", "strange", "bell", "sing", "grumble", "fry"].flatMap((lemma) =>
      words({ lemma, part, form: "base" }, farReach),
    ),
  )
  expect(said.length).toBeGreaterThan(150)
  for (const word of ["bitch", "cock", "ass", "retard", "rape", "fag", "queer", "chink", "ejaculate", "murder"]) {
    expect(said).not.toContain(word)
  }
})

it("are more from far", () => {
  const reading: Reading = { lemma: "brass", part: "noun", form: "base" }
  expect(words(reading, farReach).length).toBeGreaterThan(words(reading, nearReach).length)
})

it("are none for what nobody knows", () => {
  expect(hasRewordings({ lemma: "qwertz", part: "noun", form: "base" }, wordNet)).toBe(false)
})
