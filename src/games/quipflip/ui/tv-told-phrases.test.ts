import fc from "fast-check"
import { expect, it } from "vitest"
import { aRevealedSet } from "@/testing/quipflip-views"
import type { RevealedPhrase, RevealedSet } from "../view"
import { isTold, storyWords, toldPhrases, verdictWords, writerWords } from "./tv-told-phrases"

it("shows a set's phrases in the same order after a reload, whatever order they came in", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (phrasesetId, order) => {
      const set = aRevealedSet({ phrasesetId })
      const stirred = { ...set, phrases: order.flatMap((index) => set.phrases[index] ?? []) }
      expect(toldPhrases(stirred)).toEqual(toldPhrases(set))
      expect(toldPhrases(set).toSorted()).toHaveLength(3)
    }),
  )
})

it("has the original in every place, so that none gives it away", () => {
  const places = Array.from({ length: 60 }, (_, index) => toldPhrases(aRevealedSet({ phrasesetId: `set ${index}` })).findIndex(({ role }) => role === "ORIGINAL"))
  expect(new Set(places)).toEqual(new Set([0, 1, 2]))
})

it("tells beat after beat", () => {
  expect(isTold("phrases", "prompt")).toBe(true)
  expect(isTold("votes", "votes")).toBe(true)
  expect(isTold("votes", "original")).toBe(false)
})

/** A set whose original and first copy have so many voters. */
function voted(right: number, fooled: number): RevealedSet {
  const set = aRevealedSet()
  const [voter] = set.phrases[1]?.voters ?? []
  const counts: Record<RevealedPhrase["role"], number> = { ORIGINAL: right, COPY_1: fooled, COPY_2: 0 }
  return { ...set, phrases: set.phrases.map((phrase) => ({ ...phrase, voters: voter ? Array.from({ length: counts[phrase.role] }, () => voter) : [] })) }
}

it.each([
  [0, 0, "Nobody could vote on this one."],
  [0, 1, "Fooled!"],
  [0, 3, "Everybody was fooled!"],
  [1, 0, "Found it!"],
  [2, 0, "Everybody found it!"],
  [2, 3, "2 of 5 found it."],
])("says how the voters did: %i right, %i fooled", (right, fooled, words) => {
  expect(verdictWords(voted(right, fooled))).toBe(words)
})

it.each([
  [0, 0, null],
  [2, 0, null],
  [1, 1, "Bo fooled Cy!"],
  [0, 1, "Bo fooled Cy!"],
  [1, 2, "Bo fooled Cy and Cy!"],
  [1, 3, "Bo fooled 3!"],
  [0, 3, "Bo fooled everybody!"],
])("tells who fell for whom: %i right, %i fooled", (right, fooled, words) => {
  expect(storyWords(voted(right, fooled))).toBe(words)
})

it("[QF-S6] tells no story of what the house voted, and names the house where it wrote", () => {
  const set = voted(0, 1)
  const [original, copy, other] = set.phrases
  if (!original || !copy || !other) throw new Error("a set has three phrases")
  expect(storyWords({ ...set, phrases: [original, { ...copy, voters: copy.voters.map((voter) => ({ ...voter, isByHouse: true })) }, other] })).toBeNull()
  expect(storyWords({ ...set, phrases: [original, { ...copy, isByHouse: true }, other] })).toBe("The house fooled Cy!")
  expect(storyWords({ ...set, phrases: [original, copy, { ...other, voters: copy.voters }] })).toBeNull()
})

it("[QF-S6] names the house where it wrote in somebody's place", () => {
  const [original, , copy] = aRevealedSet().phrases
  expect(original && writerWords(original)).toBe("Ann")
  expect(copy && writerWords(copy)).toBe("the house, for Cy")
  expect(original && writerWords({ ...original, writer: null })).toBe("the house")
})
