import { describe, expect, it } from "vitest"
import type { ResultDriver, ResultSession } from "../result-files/result-file"
import { likeliestSession, matchDrivers } from "./driver-match"

const driver = (name: string, bestLapMs: number | null = 84_500): ResultDriver => ({ name, carModel: null, bestLapMs, lapCount: null, isDnf: false, position: null })
const guests = [
  { id: "ann", name: "Ann" },
  { id: "ann2", name: "Ann Berg" },
  { id: "jose", name: "José" },
  { id: "max", name: "MAX" },
]
const seat = { kind: "NEW_SEAT" }
const guest = (guestId: string) => ({ kind: "GUEST", guestId })

describe("matchDrivers", () => {
  it("[RAC-33] believes what was said the last time before any name", () => {
    expect(matchDrivers([driver("MAX")], guests, { MAX: "jose" })).toEqual([guest("jose")])
  })

  it("takes the same name in other letters, and one word of it when only one fits", () => {
    expect(matchDrivers([driver("jose"), driver("Max Power")], guests, {})).toEqual([guest("jose"), guest("max")])
  })

  it("makes no guess between two who fit", () => {
    expect(matchDrivers([driver("Ann Smith-Berg")], guests, {})).toEqual([seat])
  })

  it("never makes one guest two drivers, and lets the exact name go first", () => {
    expect(matchDrivers([driver("Max Power"), driver("Max")], guests, {})).toEqual([seat, guest("max")])
  })

  it("knows nobody by an initial", () => {
    expect(matchDrivers([driver("A. Nobody")], [{ id: "a", name: "A" }], {})).toEqual([seat])
  })

  it("forgets a remembered guest who is no longer here", () => {
    expect(matchDrivers([driver("Zed")], guests, { Zed: "gone" })).toEqual([seat])
  })
})

describe("likeliestSession", () => {
  const session = (kind: ResultSession["kind"], times: (number | null)[]): ResultSession => ({ name: kind, kind, drivers: times.map((time, at) => driver(`d${at}`, time)) })

  it("takes the race, also when qualifying was busier", () => {
    expect(likeliestSession([session("QUALIFY", [1, 2, 3]), session("RACE", [1])])).toBe(1)
  })

  it("leaves a race in which nobody set a time", () => {
    expect(likeliestSession([session("PRACTICE", [1]), session("QUALIFY", [1, 2]), session("RACE", [null])])).toBe(1)
  })
})
