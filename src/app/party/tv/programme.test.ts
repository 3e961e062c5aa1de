import { describe, expect, it } from "vitest"
import type { RaceView } from "@/games/racing/view"
import { aBoardRow, aParty, aRace } from "@/testing/views"
import { firstSight, nextSight, pageMs, type PinnedView, programmeOf, resultShownMs } from "./programme"

const atMs = Date.parse("2026-11-21T20:00:00.000Z")
const minute = 60_000

const party = aParty()

function race(gameId: string, status: RaceView["status"], createdMs = atMs - 30 * minute, lapMs?: number): RaceView {
  const lap = { lapId: "l", driverId: "d", lapTimeMs: 84_500, source: "HOST" as const, voidReason: null }
  const recentLaps = lapMs === undefined ? [] : [{ ...lap, setAt: new Date(lapMs).toISOString() }]
  return aRace(gameId, { status, createdAt: new Date(createdMs).toISOString(), recentLaps })
}

/** What is on `laterMs` after a screen saw `before` turn into `after`. */
function shownAfter(before: RaceView[], after: RaceView[], laterMs: number, pinned: PinnedView = null) {
  const ends = nextSight(firstSight(before), after, atMs)
  return programmeOf({ party, races: after }, ends, { pinned, nowMs: atMs + laterMs })
}

function shown(races: RaceView[], pinned: PinnedView = null, nowMs = atMs) {
  return programmeOf({ party, races }, firstSight(races), { pinned, nowMs })
}

describe("between games", () => {
  it("invites", () => {
    expect(shown([])).toEqual({ kind: "invitation" })
    expect(shown([race("old", "VOID")])).toEqual({ kind: "invitation" })
  })

  it("says goodbye when the party has ended", () => {
    const over = { party: { ...party, status: "ENDED" as const }, races: [] }
    expect(programmeOf(over, firstSight([]), { pinned: null, nowMs: atMs })).toEqual({ kind: "ended" })
  })
})

describe("a result", () => {
  const running = [race("a", "LIVE")]
  const finished = [race("a", "FINISHED")]

  it("stays three minutes, then the invitation comes back", () => {
    expect(shownAfter(running, finished, resultShownMs - 1)).toMatchObject({ kind: "result", race: { gameId: "a" } })
    expect(shownAfter(running, finished, resultShownMs)).toEqual({ kind: "invitation" })
  })

  it("makes room at once for a race that was created after it", () => {
    const next = race("b", "PENDING", atMs + 1000)
    expect(shownAfter(running, [next, ...finished], 2000)).toMatchObject({ kind: "races", races: [{ gameId: "b" }] })
  })

  it("is short while another race goes on", () => {
    const other = race("b", "LIVE")
    const before = [...running, other]
    const after = [...finished, other]
    expect(shownAfter(before, after, 5000).kind).toBe("result")
    expect(shownAfter(before, after, 21_000)).toMatchObject({ kind: "races", races: [{ gameId: "b" }] })
  })

  it("goes before the news that another race was called off", () => {
    const after = [race("void", "VOID"), race("won", "FINISHED")]
    expect(shownAfter([race("void", "LIVE"), race("won", "LIVE")], after, 0)).toMatchObject({ race: { gameId: "won" } })
  })

  it("is found again after a reload, by its last lap", () => {
    expect(shown([race("a", "FINISHED", atMs - 30 * minute, atMs - minute)]).kind).toBe("result")
    expect(shown([race("a", "FINISHED", atMs - 30 * minute, atMs - 4 * minute)]).kind).toBe("invitation")
  })

  it("comes back when a correction made another winner", () => {
    const won = (by: string) => [aRace("a", { status: "FINISHED", board: [aBoardRow(by)] })]
    const ends = nextSight(nextSight(firstSight(running), won("ann"), atMs), won("bo"), atMs + 5 * minute)
    expect(programmeOf({ party, races: won("bo") }, ends, { pinned: null, nowMs: atMs + 5 * minute }).kind).toBe("result")
  })

  it("keeps its time when the race changes afterwards", () => {
    const ends = nextSight(nextSight(firstSight(running), finished, atMs), [race("a", "FINISHED")], atMs + minute)
    expect(ends.endedAtMs.get("a")).toBe(atMs)
  })
})

it("shows two races side by side, and takes turns with more, oldest first", () => {
  const three = [race("c", "PENDING", atMs - 1000), race("b", "LIVE", atMs - 2000), race("a", "LIVE", atMs - 3000)]
  const ids = (nowMs: number) => {
    const programme = shown(three, null, nowMs)
    return programme.kind === "races" ? programme.races.map(({ gameId }) => gameId) : programme.kind
  }
  const start = Math.ceil(atMs / (2 * pageMs)) * 2 * pageMs
  expect([ids(start), ids(start + pageMs), ids(start + 2 * pageMs)]).toEqual([["a", "b"], ["c"], ["a", "b"]])
})

it("obeys the host who pinned a view", () => {
  const races = [race("a", "LIVE")]
  expect(shown(races, "invite")).toEqual({ kind: "invitation" })
  expect(shown(races, "table")).toEqual({ kind: "table" })
  expect(shown(races, "race").kind).toBe("races")
  expect(shown([race("old", "FINISHED")], "race")).toMatchObject({ kind: "result", race: { gameId: "old" } })
  expect(shown([], "race")).toEqual({ kind: "invitation" })
})
