import { expect, it } from "vitest"
import { bytesText, mbitsText, relayMbits } from "./relay-rate"

it("says how much went through between two looks", () => {
  expect(relayMbits({ atMs: 1_000, bytes: 0 }, { atMs: 6_000, bytes: 6_250_000 })).toBe(10)
  expect(relayMbits({ atMs: 1_000, bytes: 5 }, { atMs: 6_000, bytes: 5 })).toBe(0)
})

it("says nothing of no time, and of a relay that began anew", () => {
  expect(relayMbits({ atMs: 1_000, bytes: 0 }, { atMs: 1_000, bytes: 9 })).toBeNull()
  expect(relayMbits({ atMs: 1_000, bytes: 10 }, { atMs: 2_000, bytes: 9 })).toBeNull()
})

it.each([[0, "0"], [0.04, "0"], [0.44, "0.4"], [9.96, "10.0"], [12.4, "12"]])("writes %d Mbit/s as %s", (mbits, text) => {
  expect(mbitsText(mbits)).toBe(text)
})

it.each([[0, "0 kB"], [999, "1 kB"], [1_500_000, "1.5 MB"], [999_600, "1.0 MB"], [23_400_000_000, "23 GB"], [5e15, "5000 TB"]])("writes %d bytes as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
