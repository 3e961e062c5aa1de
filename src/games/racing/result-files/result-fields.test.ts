import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { LONGEST_LAP_MS } from "../lap-time"
import { countOrNull, lapMs, lapMsFromSeconds, lapMsFromTenThousandths, positionOrNull, text } from "./result-fields"

describe("laps", () => {
  it.each([-1, 0, 2_147_483_647, 999_999_999, LONGEST_LAP_MS + 1, 84_500.5, null, undefined])(
    "[RAC-27] %s is no lap",
    (value) => {
      expect(lapMs(value)).toBeNull()
    },
  )

  it.each([1, 84_500, LONGEST_LAP_MS])("[RAC-27] %i ms is a lap", (value) => {
    expect(lapMs(value)).toBe(value)
  })

  it.each([
    [1_296_209, 129_621],
    [1_296_205, 129_621],
    [1_296_204, 129_620],
    [-1, null],
    [0, null],
    [4, null],
    [5, 1],
    [35_999_994, LONGEST_LAP_MS],
    [35_999_995, null],
  ])("[RAC-27] %i ten-thousandths are %s ms", (value, ms) => {
    expect(lapMsFromTenThousandths(value)).toBe(ms)
  })

  it.each([
    ["122.0663", 122_066],
    ["122.5754", 122_575],
    ["123.1418", 123_142],
    ["125.5250", 125_525],
    ["125.5255", 125_526],
    ["84.5", 84_500],
    ["84", 84_000],
    ["1.001", 1001],
    ["122.06649", 122_066],
    ["--.----", null],
    ["-1.0000", null],
    ["0.0000", null],
    ["1e3", null],
    ["3600.0", null],
    ["", null],
    [undefined, null],
  ])("[RAC-27] %j seconds are %s ms", (value, ms) => {
    expect(lapMsFromSeconds(value)).toBe(ms)
  })

  it("[RAC-27] seconds as text and ten-thousandths as a number agree on every lap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000_000 }), (units) => {
        const written = `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, "0")}`
        expect(lapMsFromSeconds(written)).toBe(lapMsFromTenThousandths(units))
      }),
      { numRuns: 1000 },
    )
  })
})

describe("names and numbers", () => {
  it.each([
    ["  Ann  ", "Ann"],
    ["Federico Siv\nTEAMname", "Federico Siv\nTEAMname"],
    ["An\u0000n\u0007\r", "Ann"],
    ["Ann\ud83d", "Ann"],
    ["Ann 🏁", "Ann 🏁"],
    ["Jan Kundlￃﾡk", "Jan Kundlￃﾡk"],
  ])("[RAC-29] %j is the name %j", (written, name) => {
    expect(text.parse(written)).toBe(name)
  })

  it.each([
    [1, 1],
    [0, null],
    [-1, null],
    [1.5, null],
    [null, null],
  ])("[RAC-31] position %s is %s", (value, position) => {
    expect(positionOrNull(value)).toBe(position)
  })

  it("a count may be 0, but not less and not a fraction", () => {
    expect([0, 7, -1, 0.5, null].map(countOrNull)).toEqual([0, 7, null, null, null])
  })
})
