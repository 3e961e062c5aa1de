import { expect, it } from "vitest"
import { remainingText } from "./remaining"

it.each([
  [65_000, "1:05"],
  [60_000, "1:00"],
  [59_001, "1:00"],
  [59_000, "59"],
  [8_200, "9"],
  [1, "1"],
  [0, "0"],
  [-5_000, "0"],
])("%i ms left reads %s", (leftMs, text) => {
  expect(remainingText(leftMs)).toBe(text)
})
