import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatGap, formatLapTime, LONGEST_LAP_MS, parseLapTime } from "./lap-time"

function msOf(text: string): number {
  const result = parseLapTime(text)
  if (!result.ok) throw new Error(`${JSON.stringify(text)} was refused: ${result.refusal.code}`)
  return result.value
}

function codeOf(text: string): string {
  const result = parseLapTime(text)
  return result.ok ? `accepted as ${result.value}` : result.refusal.code
}

const digits = (length: number, max: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, "0"))
const decimals = fc.stringMatching(/^[0-9]{1,3}$/)
const blanks = fc.constantFrom("", " ", "  ", "\t", "\n", "\u00a0")

/** A text of the grammar together with its parts, so that the expected value is computed from the parts. */
const written = fc
  .record({
    minutes: fc.option(fc.oneof(digits(1, 59), digits(2, 59)), { nil: null }),
    seconds: digits(2, 59),
    longSeconds: fc.oneof(digits(1, 3599), digits(2, 3599), digits(4, 3599)),
    decimals: fc.option(decimals, { nil: null }),
    sign: fc.constantFrom(".", ","),
    before: blanks,
    after: blanks,
  })
  .map((parts) => {
    const seconds = parts.minutes === null ? parts.longSeconds : parts.seconds
    const front = parts.minutes === null ? seconds : `${parts.minutes}:${seconds}`
    const tail = parts.decimals === null ? "" : `${parts.sign}${parts.decimals}`
    // BigInt over the padded digits: a second way to the same number, without the code's arithmetic.
    const fraction = BigInt(((parts.decimals ?? "") + "000").slice(0, 3))
    const ms = (BigInt(parts.minutes ?? "0") * 60n + BigInt(seconds)) * 1000n + fraction
    return { core: front + tail, text: parts.before + front + tail + parts.after, ms: Number(ms) }
  })
  .filter(({ ms }) => ms > 0)

describe("reading", () => {
  it.each([
    ["1:24.500", 84_500],
    ["84.5", 84_500],
    ["84,5", 84_500],
    ["1:24", 84_000],
    ["24", 24_000],
    ["24.05", 24_050],
    ["1:24.5", 84_500],
    ["1:24,50", 84_500],
    ["00:59.001", 59_001],
    ["0:00.001", 1],
    ["  1:24.500\n", 84_500],
    ["0.001", 1],
    ["59:59.999", LONGEST_LAP_MS],
    ["3599.999", LONGEST_LAP_MS],
  ])("[RAC-9] %j is %i ms", (text, ms) => {
    expect(parseLapTime(text)).toEqual({ ok: true, value: ms })
  })

  it.each([
    ["1.001", 1001],
    ["1.1", 1100],
    ["2.675", 2675],
    ["64.07", 64_070],
    ["1:04.035", 64_035],
    ["1.005", 1005],
  ])("[RAC-10] %j is exactly %i ms", (text, ms) => {
    expect(msOf(text)).toBe(ms)
  })

  it("[RAC-9][RAC-10] every text of the grammar equals the integers it is made of", () => {
    fc.assert(
      fc.property(written, ({ text, ms }) => {
        expect(msOf(text)).toBe(ms)
      }),
      { numRuns: 2000 },
    )
  })
})

describe("refusing", () => {
  it.each([
    ["", "lap_time_empty"],
    [" \t\n ", "lap_time_empty"],
    ["fast", "lap_time_unreadable"],
    ["-1:24.500", "lap_time_unreadable"],
    ["+84.5", "lap_time_unreadable"],
    ["1:24.", "lap_time_unreadable"],
    [".500", "lap_time_unreadable"],
    [":24.500", "lap_time_unreadable"],
    ["1:24.5.0", "lap_time_unreadable"],
    ["1:24:500", "lap_time_unreadable"],
    ["1 24.5", "lap_time_unreadable"],
    ["1: 24.5", "lap_time_unreadable"],
    ["1e3", "lap_time_unreadable"],
    ["0x10", "lap_time_unreadable"],
    ["NaN", "lap_time_unreadable"],
    ["Infinity", "lap_time_unreadable"],
    ["1:24;500", "lap_time_unreadable"],
    ["１:２４.５", "lap_time_unreadable"],
    ["١:٢٤", "lap_time_unreadable"],
    ["1:24.500\u0000", "lap_time_unreadable"],
    ["001:24.500", "lap_time_unreadable"],
    ["00084.5", "lap_time_unreadable"],
    ["1:5", "lap_time_seconds_two_digits"],
    ["1:005", "lap_time_seconds_two_digits"],
    ["1:60", "lap_time_seconds_over_59"],
    ["1:75.2", "lap_time_seconds_over_59"],
    ["1:24.5001", "lap_time_too_many_decimals"],
    ["84.50000", "lap_time_too_many_decimals"],
    ["0", "lap_time_too_short"],
    ["0.000", "lap_time_too_short"],
    ["00:00", "lap_time_too_short"],
    ["60:00", "lap_time_too_long"],
    ["99:59.999", "lap_time_too_long"],
    ["100:00", "lap_time_too_long"],
    ["3600", "lap_time_too_long"],
    ["99999999999999999999", "lap_time_too_long"],
  ])("[RAC-12] %j: %s", (text, code) => {
    expect(parseLapTime(text)).toEqual({ ok: false, refusal: { code, detail: { example: "1:24.500" } } })
  })

  it("[RAC-12] a foreign sign anywhere inside a good text makes it unreadable", () => {
    const foreign = fc.constantFrom("-", "+", "e", "x", "h", "_", "'", " ", "/", "٣", "１", "\u200b", "\u0000")
    fc.assert(
      fc.property(written, foreign, fc.nat(), ({ core }, sign, at) => {
        // Strictly inside: the ends are where blanks are allowed.
        fc.pre(core.length > 1)
        const index = 1 + (at % (core.length - 1))
        expect(codeOf(core.slice(0, index) + sign + core.slice(index))).toBe("lap_time_unreadable")
      }),
      { numRuns: 1000 },
    )
  })

  it("[RAC-12] a doubled separator makes it unreadable", () => {
    fc.assert(
      fc.property(written, ({ core }) => {
        fc.pre(/[:.,]/.test(core))
        expect(codeOf(core.replace(/[:.,]/, (sign) => sign + sign))).toBe("lap_time_unreadable")
      }),
    )
  })

  it("[RAC-10][RAC-11] any text at all is a whole number in range or a refusal", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[0-9:.,\- ]{0,12}$/),
      fc.double().map(String),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseLapTime(text)
        if (!result.ok) return
        expect(Number.isInteger(result.value)).toBe(true)
        expect(result.value).toBeGreaterThanOrEqual(1)
        expect(result.value).toBeLessThanOrEqual(LONGEST_LAP_MS)
      }),
      { numRuns: 3000 },
    )
  })

  it("[RAC-12] a very long text is refused quickly", () => {
    expect(codeOf("9".repeat(200_000))).toBe("lap_time_too_long")
    expect(codeOf(`${"9".repeat(200_000)}x`)).toBe("lap_time_unreadable")
  })
})

describe("showing", () => {
  it.each([
    [84_500, "1:24.500"],
    [24_500, "24.500"],
    [60_000, "1:00.000"],
    [59_999, "59.999"],
    [1, "0.001"],
    [0, "0.000"],
    [LONGEST_LAP_MS, "59:59.999"],
    [65_007, "1:05.007"],
  ])("[RAC-13] %i ms is shown as %s", (ms, text) => {
    expect(formatLapTime(ms)).toBe(text)
  })

  it.each([
    [123, "+0.123"],
    [0, "+0.000"],
    [61_050, "+1:01.050"],
  ])("[RAC-13] a gap of %i ms is shown as %s", (ms, text) => {
    expect(formatGap(ms)).toBe(text)
  })

  it("[RAC-13] what is shown can be typed in again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LONGEST_LAP_MS }), (ms) => {
        expect(msOf(formatLapTime(ms))).toBe(ms)
      }),
      { numRuns: 5000 },
    )
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("[RAC-13] %d is a bug, not a time", (ms) => {
    expect(() => formatLapTime(ms)).toThrow(/whole milliseconds/)
  })
})
