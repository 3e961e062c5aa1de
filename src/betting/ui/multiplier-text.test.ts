import { expect, it } from "vitest"
import { multiplierText } from "./multiplier-text"

it.each([
  [200, "×2"],
  [237, "×2.37"],
  [230, "×2.30"],
  [1000, "×10"],
  [1399, "×13.9"],
  [null, "–"],
])("%j hundredths read %s", (hundredths, text) => {
  expect(multiplierText(hundredths)).toBe(text)
})
