import { describe, expect, it } from "vitest"
import { tapToScreenMs, type Sightings, type Tap } from "./notes"

const tap: Tap = { command: "placeBetAction", sentAt: 100, answeredAt: 110, version: 7 }
const screen = (part: Partial<Sightings>): Sightings => ({ openAt: 0, events: new Map(), snapshots: [], ...part })

describe("tapToScreenMs", () => {
  it("counts to the event of the tap", () => {
    expect(tapToScreenMs(tap, screen({ events: new Map([[6, 101], [7, 125], [8, 104]]) }))).toBe(25)
  })

  it("counts to a snapshot that has it, when that was first", () => {
    const snapshots = [{ version: 6, at: 105 }, { version: 9, at: 112 }, { version: 12, at: 300 }]
    expect(tapToScreenMs(tap, screen({ snapshots }))).toBe(12)
    expect(tapToScreenMs(tap, screen({ snapshots, events: new Map([[7, 108]]) }))).toBe(8)
  })

  it("says when a screen never held it: neither an older nor a newer event will do", () => {
    expect(tapToScreenMs(tap, screen({ events: new Map([[6, 101], [8, 130]]), snapshots: [{ version: 6, at: 105 }] }))).toBeNull()
  })

  it("asks no screen that was not open yet, and of no tap without a version", () => {
    expect(tapToScreenMs(tap, screen({ openAt: 101 }))).toBeUndefined()
    expect(tapToScreenMs({ ...tap, version: null }, screen({}))).toBeUndefined()
  })
})
