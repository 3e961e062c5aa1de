import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { topicKey, type Topic } from "./topic"

const language = fc.stringMatching(/^[a-z]{2}$/)
const anyTopic: fc.Arbitrary<Topic> = fc.oneof(
  fc.record({ category: fc.constantFrom("food", "drinks", "at-home"), theme: fc.constant(null), language }),
  fc.record({ category: fc.constant(null), theme: fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.constantFrom("anything", "category food")), language }),
  fc.record({ category: fc.constant(null), theme: fc.constant(null), language }),
)

describe("where words of a topic are kept", () => {
  it("[IMP-7] is one place for a category, a theme and anything, each in its language", () => {
    const nothing = { category: null, theme: null, language: "en" }
    const keys = [
      nothing,
      { ...nothing, language: "de" },
      { ...nothing, category: "food" },
      { ...nothing, theme: "food" },
      { ...nothing, theme: "anything" },
      { ...nothing, theme: "category food" },
    ].map(topicKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it("[IMP-7] does not depend on a theme's capitals", () => {
    const key = (theme: string) => topicKey({ category: null, theme, language: "en" })
    expect(key("The Eighties")).toBe(key("the eighties"))
    expect(key("the eighties")).not.toBe(key("the nineties"))
  })

  it("[IMP-7] is never shared by two topics", () => {
    const meaning = ({ category, theme, language }: Topic) => JSON.stringify([category, theme?.toLowerCase() ?? null, language])
    fc.assert(
      fc.property(anyTopic, anyTopic, (one, other) => {
        expect(topicKey(one) === topicKey(other)).toBe(meaning(one) === meaning(other))
      }),
      { numRuns: 500 },
    )
  })
})
