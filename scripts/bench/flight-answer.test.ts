import { describe, expect, it } from "vitest"
import { flightAnswer } from "./flight-answer"

describe("flightAnswer", () => {
  it("follows row 0 to the value of the action", () => {
    const text = '0:{"a":"$@1","q":"","i":false,"b":"build"}\n1:{"success":true,"bet":{"id":"b"},"version":12}\n'
    expect(flightAnswer(text)).toMatchObject({ success: true, version: 12 })
  })

  it("reads a refusal", () => {
    expect(flightAnswer('0:{"a":"$@2"}\n2:{"success":false,"code":"betting_closed"}')).toEqual({ success: false, code: "betting_closed" })
  })

  it("puts back what stands in rows of its own", () => {
    const text = '0:{"a":"$@1"}\n1:{"success":true,"seat":"$2","same":"$2:round","later":"$L3","cost":"$$5","left":"$undefined","at":"$D2026"}\n2:{"round":{"phrases":["A","$4"]}}\n3:[1]\n4:"B"\n'
    expect(flightAnswer(text)).toEqual({
      success: true,
      seat: { round: { phrases: ["A", "B"] } },
      same: { phrases: ["A", "B"] },
      later: [1],
      cost: "$5",
      left: undefined,
      at: "$D2026",
    })
  })

  it("takes a page for no answer", () => {
    expect(() => flightAnswer("<!DOCTYPE html>")).toThrow("no row 0")
    expect(() => flightAnswer('0:{"a":"$@1"}\n')).toThrow("no row 1")
  })
})
