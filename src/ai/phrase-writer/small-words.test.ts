import { expect, it } from "vitest"
import { isCommonWord } from "@/games/quipflip/common-words"
import { determiners, isSmallWord, nearNumbers, particles, smallWordsFor, subjects } from "./small-words"

const sample = "thing myself without because having somewhere made down every outside inside beneath beyond".split(" ")

it("are such as may stay in a copy, by the rules of the game [QF-P5], unless something stands for them", () => {
  const words = [...determiners, ...subjects, ...particles, ...sample].filter((word) => !isCommonWord(word.toUpperCase()))
  expect(words.filter((word) => word.length > 3 && smallWordsFor(word).includes(word))).toEqual([])
})

it("are not such as tell something", () => {
  for (const word of ["sock", "various", "full", "dozen", "grandma's"]) expect(isSmallWord(word)).toBe(false)
  for (const word of [...sample, "it's", "who's"]) expect(isSmallWord(word)).toBe(true)
})

it("stand for each other without a telling word among them", () => {
  for (const word of ["a", "one", "those", "my", "whoever", "several", "outside"]) {
    expect(smallWordsFor(word).length).toBeGreaterThan(1)
    expect(smallWordsFor(word).join(" ").split(" ").every(isSmallWord)).toBe(true)
  }
})

it("are no numbers: those have others of about their size", () => {
  expect(nearNumbers("seven")).toEqual(["five", "six", "eight", "nine"])
  expect(nearNumbers("two")).toEqual(["three", "four"])
  expect(nearNumbers("million")).toEqual(["hundred", "thousand"])
  expect(nearNumbers("sock")).toEqual([])
})
