import { beforeAll, describe, expect, it, vi } from "vitest"
import type { Dictionary } from "@/games/quipflip/dictionary"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { checkCopy, type CopiedTexts } from "@/games/quipflip/phrase-rules"
import { seededRandom } from "@/kernel/random"
import { passesFamilyFilter } from "@/party/family-filter"
import { fillerDeck } from "../filler-deck/filler-deck"
import { everydayWordsFor } from "./everyday-words"
import { localCopy, plainModifiers, rewordedCopy } from "./local-copy"
import { unitsOf } from "./phrase-units"
import { isSmallWord, nearNumbers } from "./small-words"
import { inflected } from "./word-forms"
import { readWordNet, type WordNet } from "./wordnet"

let dictionary: Dictionary
let wordNet: WordNet

beforeAll(async () => {
  dictionary = await readDictionary()
  wordNet = await readWordNet()
})

/** The whole judgement a copy meets at a party with the strict filter. */
function judge(texts: CopiedTexts) {
  const standard = { dictionary, isForFamily: (text: string) => passesFamilyFilter(text, "STRICT") }
  return (phrase: string) => checkCopy(phrase, texts, standard).ok
}

/** Words of a copy that neither our own lists nor the original gave. */
function wordsOfWordNet(copy: string, original: string): string[] {
  const own = unitsOf(original.toLowerCase(), wordNet).flatMap((unit) => {
    if (unit.kind !== "telling") return [unit.text]
    const { lemma, part, form } = unit.reading
    return [...everydayWordsFor(lemma, part)].map((word) => inflected(word, form))
  })
  const given = new Set([...own, ...plainModifiers.map(({ text }) => text)])
  return copy.toLowerCase().split(" ").filter((word) => !given.has(word) && !isSmallWord(word) && nearNumbers(word).length === 0)
}

// Some hundred copies per test: seconds, where the machine has other things to do.
describe("copies of every ready original, by the rules of the game [QF-P3]", { timeout: 30_000 }, () => {
  it.each([1, 2])("are found twice, the second beside the first (seed %i)", async (seed) => {
    const random = seededRandom(seed)
    for (const { original, prompt } of fillerDeck) {
      const first = await localCopy({ original, random, accepts: judge({ original, prompt, otherCopy: null }) })
      expect(first, original).not.toBeNull()
      const second = await localCopy({ original, random, accepts: judge({ original, prompt, otherCopy: first }) })
      expect(second, `${original} beside ${first}`).not.toBeNull()
      expect(judge({ original, prompt, otherCopy: null })(first ?? "")).toBe(true)
      expect(judge({ original, prompt, otherCopy: first })(second ?? "")).toBe(true)
    }
  })

  it("are rewordings in nearly every case, the second as well, and most of them need WordNet", () => {
    const random = seededRandom(4)
    const sets = fillerDeck.map(({ original, prompt }) => {
      const first = rewordedCopy({ original, random, accepts: judge({ original, prompt, otherCopy: null }) }, wordNet)
      const second = rewordedCopy({ original, random, accepts: judge({ original, prompt, otherCopy: first }) }, wordNet)
      return { original, first, second }
    })
    const share = (holds: (set: (typeof sets)[number]) => boolean) => sets.filter(holds).length / sets.length
    expect(share(({ first }) => first !== null)).toBeGreaterThan(0.95)
    expect(share(({ second }) => second !== null)).toBeGreaterThan(0.95)
    expect(share(({ original, first }) => first !== null && wordsOfWordNet(first, original).length > 0)).toBeGreaterThan(0.5)
    expect(share(({ original, second }) => second !== null && wordsOfWordNet(second, original).length > 0)).toBeGreaterThan(0.5)
  })

  it("keep the length of the original, give or take a word or two", () => {
    const random = seededRandom(6)
    for (const { original, prompt } of fillerDeck) {
      const copy = rewordedCopy({ original, random, accepts: judge({ original, prompt, otherCopy: null }) }, wordNet)
      if (copy !== null) expect(Math.abs(copy.split(" ").length - original.split(" ").length)).toBeLessThanOrEqual(2)
    }
  })
})

describe("a copy", () => {
  const original = "AN OLD SOCK"
  const accepts = () => true

  it("is the same for the same chance, and seldom for another", async () => {
    const copies = [1, 2, 3, 4, 5, 6].map((seed) => rewordedCopy({ original, accepts, random: seededRandom(seed) }, wordNet))
    expect(new Set(copies).size).toBeGreaterThan(2)
    expect(await localCopy({ original, accepts, random: seededRandom(1) })).toBe(copies[0])
  })

  it("is never the original, even where that would be accepted", async () => {
    for (const only of ["QWERTZ ZZYX", "THE OF", "GARLIC BREAD"]) {
      expect(await localCopy({ original: only, accepts, random: seededRandom(1) })).not.toBe(only)
    }
  })

  it("keeps A and AN right", async () => {
    for (let seed = 0; seed < 40; seed++) {
      const copy = rewordedCopy({ original, accepts, random: seededRandom(seed) }, wordNet)
      expect(copy).not.toMatch(/\bA [AEIO]|\bAN [^AEIOUH]/)
    }
  })

  it("is a ready phrase of the same shape where no rewording passes", async () => {
    const others = fillerDeck.filter((set) => set.original !== original)
    const ready = new Set(others.flatMap((set) => [set.original, ...set.copies]))
    const copy = await localCopy({ original, accepts: (phrase) => ready.has(phrase), random: seededRandom(1) })
    expect(copy).toMatch(/^AN \w+ \w+$/)
  })

  it("is not taken from the original's own ready set, which may be voted on as well", async () => {
    const own: readonly string[] = fillerDeck.find((set) => set.original === "GARLIC BREAD")?.copies ?? []
    expect(own).toHaveLength(2)
    const accepts = (phrase: string) => own.includes(phrase)
    expect(await localCopy({ original: "GARLIC BREAD", accepts, random: seededRandom(1) })).toBeNull()
  })

  it("is none where nothing at all passes, after a bounded number of checks", async () => {
    const never = vi.fn(() => false)
    expect(await localCopy({ original, accepts: never, random: seededRandom(1) })).toBeNull()
    expect(never.mock.calls.length).toBeLessThan(1000)
  })

  it("is found for what people type: odd words, apostrophes, one letter", async () => {
    const typed = ["MY GRANDMA'S HOODIE", "I LOVE BRUNCH", "DON'T ASK BOB", "DOGS' BREAKFAST", "YOLO SWAG", "A A A A HAT"]
    for (const text of typed) {
      const texts = { original: text, prompt: "The best thing ever is…", otherCopy: null }
      expect(await localCopy({ original: text, accepts: judge(texts), random: seededRandom(7) }), text).not.toBeNull()
    }
  })
})
