import { describe, expect, it } from "vitest"
import { meansTheSame } from "./same-meaning"

describe("[QF-P12] two phrases mean the same", () => {
  it.each([
    ["at exactly 0.8", [0.8], true],
    ["just below", [0.8 - Number.EPSILON], false],
    ["the same text", [1], true],
    ["the opposite", [-1], false],
    ["nothing to be held against", [], false],
    ["the first of two", [0.9, 0.1], true],
    ["the second of two", [0.1, 0.8], true],
    ["neither of two, though both are near", [0.79, 0.79], false],
  ])("%s", (_, cosines, isSame) => {
    expect(meansTheSame(cosines)).toBe(isSame)
  })
})
