import { beforeAll, describe, expect, it } from "vitest"
import type { Dictionary } from "@/games/quipflip/dictionary"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { checkPrompt } from "@/games/quipflip/phrase-rules"
import { seededRandom } from "@/kernel/random"
import { passesFamilyFilter } from "@/party/family-filter"
import { fillerDeck } from "../filler-deck/filler-deck"
import { promptDeck } from "../prompt-deck/prompt-deck"
import { localOriginal } from "./local-original"
import { manyThings, nouns, qualities, sayings, things } from "./phrase-bank"

let dictionary: Dictionary

beforeAll(async () => {
  dictionary = await readDictionary()
})

const standard = () => ({ dictionary, isForFamily: (text: string) => passesFamilyFilter(text, "STRICT") })
const judge = (prompt: string) => (phrase: string) => checkPrompt(phrase, prompt, standard()).ok

describe("an original", () => {
  it("is found for every prompt of the deck, by the rules of the game [QF-P3]", () => {
    const random = seededRandom(1)
    for (const { prompt } of promptDeck) {
      const phrase = localOriginal({ prompt, random, accepts: judge(prompt) })
      expect(phrase, prompt).not.toBeNull()
      expect(judge(prompt)(phrase ?? "")).toBe(true)
    }
  })

  it("is that of the ready set where the prompt is one's", () => {
    for (const { prompt, original, isFamily } of fillerDeck) {
      if (isFamily) expect(localOriginal({ prompt, random: seededRandom(1), accepts: judge(prompt) })).toBe(original)
    }
  })

  it("is another where that one is refused", () => {
    const [set] = fillerDeck
    const prompt = set?.prompt ?? ""
    const phrase = localOriginal({ prompt, random: seededRandom(1), accepts: (one) => one !== set?.original && judge(prompt)(one) })
    expect(phrase).not.toBeNull()
    expect(phrase).not.toBe(set?.original)
  })

  it("differs from night to night", () => {
    const prompt = "The squirrel has been hoarding…"
    const phrases = Array.from({ length: 20 }, (_, seed) => localOriginal({ prompt, random: seededRandom(seed), accepts: judge(prompt) }))
    expect(new Set(phrases).size).toBeGreaterThan(10)
  })

  it("fits the prompt's grammar", () => {
    const write = (prompt: string) => localOriginal({ prompt, random: seededRandom(3), accepts: judge(prompt) })
    expect(write("The passenger next to me would not stop…")).toMatch(/^\w+ING /)
    expect(write("The town is famous for its annual…")).not.toMatch(/^(?:AN?|THE|ONE) /)
    expect(write("The losing team has to…")).not.toMatch(/^(?:AN?|THE|ONE|\w+ING|\w+ED) /)
  })

  it("is one of the ready sets where nothing else passes, and none where those do not either", () => {
    const [set] = fillerDeck
    const prompt = "Nobody expected…"
    const accepts = (phrase: string) => phrase === set?.original
    expect(localOriginal({ prompt, random: seededRandom(1), accepts })).toBe(set?.original)
    expect(localOriginal({ prompt, random: seededRandom(1), accepts: () => false })).toBeNull()
  })
})

describe("the bank", () => {
  it("holds phrases that stand by themselves, by the rules of the game [QF-P3]", () => {
    const made = nouns.flatMap((noun) => qualities.map((quality) => `a ${quality} ${noun}`))
    const answers = [...things, ...manyThings, ...sayings, ...made].map((phrase) => checkPrompt(phrase, "…", standard()))
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
  })

  it("repeats nothing", () => {
    for (const list of [things, manyThings, sayings, nouns, qualities]) expect(new Set(list).size).toBe(list.length)
  })
})
