import { describe, expect, it } from "vitest"
import { perSecond, phaseChangesMs, type Submit } from "./phase-changes"

const submit = (table: number, version: number, sentAt: number, endsPhase: boolean): Submit => ({ table, version, sentAt, answeredAt: sentAt + 50, endsPhase })

describe("phaseChangesMs", () => {
  it("counts from the submission that ended the phase to the last of its own session", () => {
    const submits = [submit(0, 2, 1_000, true), submit(0, 2, 1_010, false), submit(1, 2, 2_000, true)]
    const heard = [
      { table: 0, version: 3, at: 1_030 },
      { table: 0, version: 3, at: 1_045 },
      { table: 0, version: 2, at: 900 },
      { table: 1, version: 3, at: 2_020 },
      { table: 1, version: 3, at: 2_010 },
    ]
    expect(phaseChangesMs(submits, heard, 2)).toEqual([45, 20])
  })

  it("does not take a bot that heard nothing for a fast one", () => {
    expect(() => phaseChangesMs([submit(0, 2, 1_000, true)], [{ table: 0, version: 3, at: 1_010 }], 2)).toThrow("1 of 2 bots heard")
  })
})

describe("perSecond", () => {
  it("goes by when things were sent and answered, in whatever order they are listed", () => {
    expect(perSecond([submit(0, 1, 1_950, false), submit(0, 1, 1_000, false)])).toBe(2)
  })
})
