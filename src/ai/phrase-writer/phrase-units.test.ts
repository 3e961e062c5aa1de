import { beforeAll, describe, expect, it } from "vitest"
import { unitsOf } from "./phrase-units"
import { readWordNet, type WordNet } from "./wordnet"

let wordNet: WordNet

beforeAll(async () => {
  wordNet = await readWordNet()
})

/** "old:adj sock:noun": what each telling word is taken for. */
function taken(phrase: string): string {
  const units = unitsOf(phrase, wordNet).map((unit) => (unit.kind === "telling" ? `${unit.reading.lemma}:${unit.reading.part}` : unit.kind))
  return units.join(" ")
}

const roles = (phrase: string) =>
  unitsOf(phrase, wordNet).flatMap((unit) => (unit.kind === "telling" || unit.kind === "unknown" ? [unit.role] : []))

describe("a word is taken for what its place makes of it", () => {
  it.each([
    ["an old sock", "small old:adj sock:noun"],
    ["a hungry bear", "small hungry:adj bear:noun"],
    ["sing an opera", "sing:verb small opera:noun"],
    ["confusing the referee", "confuse:verb small referee:noun"],
    ["everybody wants cake", "small want:verb cake:noun"],
    ["nobody hid properly", "small hide:verb properly:adv"],
    ["two broken umbrellas", "number broken:adj umbrella:noun"],
    ["my grandma's teeth", "small grandma:noun tooth:noun"],
    ["my hoodies", "small hoodie:noun"],
  ])("%s: %s", (phrase, units) => {
    expect(taken(phrase)).toBe(units)
  })
})

it("keeps two words together that mean something together, but not where nothing else means that", () => {
  expect(taken("showing off biceps")).toBe("show off:verb biceps:noun")
  expect(unitsOf("garlic sandwich", wordNet)).toHaveLength(2)
})

it("knows what a phrase can do without", () => {
  expect(roles("a tired old wizard")).toEqual(["modifier", "modifier", "core"])
  expect(roles("nobody hid properly")).toEqual(["core", "aside"])
  expect(roles("buying cheese")).toEqual(["core", "core"])
  expect(roles("my qwertz sock")).toEqual(["modifier", "core"])
})
