import { expect, it } from "vitest"
import { imposterWords, misterWhiteWords, tieWords } from "./tv-words"

it("[IMP-3] says how many imposters there are, and what Mr White lacks", () => {
  expect(imposterWords(1)).toBe("One of you is the imposter")
  expect(imposterWords(2)).toBe("2 of you are imposters")
  expect(misterWhiteWords(1)).toBe("Mr White plays: the imposter has no hint at all.")
  expect(misterWhiteWords(3)).toBe("Mr White plays: one of them has no hint at all.")
})

it("[IMP-11] asks between whom the second vote is, by name as long as a headline holds them", () => {
  expect(tieWords(["Bo", "Cy"])).toBe("Bo or Cy?")
  expect(tieWords(["Ann", "Bo", "Cy", "Di"])).toBe("Ann, Bo, Cy or Di?")
  expect(tieWords(["Ann", "Bo", "Cy", "Di", "Eve"])).toBe("5 are level")
})
