import { expect, it } from "vitest"
import type { RevealedSet } from "@/games/quipflip/view"
import { aRevealedSet } from "@/testing/quipflip-views"
import { funniestSet } from "./funniest-set"

/** A set whose first copy took in so many. */
function fooling(count: number, part: Partial<RevealedSet> = {}): RevealedSet {
  const set = aRevealedSet(part)
  const [voter] = set.phrases[1]?.voters ?? []
  return { ...set, phrases: set.phrases.map((phrase) => ({ ...phrase, voters: phrase.role === "COPY_1" && voter ? Array.from({ length: count }, () => voter) : [] })) }
}

it("is the set whose copy took in the most", () => {
  const found = funniestSet([fooling(1, { promptText: "one" }), fooling(3, { promptText: "three" }), fooling(2, { promptText: "two" })])
  expect(found?.promptText).toBe("three")
  expect(found?.copy.role).toBe("COPY_1")
  expect(found?.original.role).toBe("ORIGINAL")
})

it("is of equals rather the players' own than the house's", () => {
  expect(funniestSet([fooling(2, { promptText: "house", isFiller: true }), fooling(2, { promptText: "own" })])?.promptText).toBe("own")
})

it("is none where nobody was fooled", () => {
  expect(funniestSet([fooling(0)])).toBeNull()
})
