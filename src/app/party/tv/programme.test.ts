import { describe, expect, it } from "vitest"
import type { Reveal, RoundView } from "@/games/imposter/view"
import type { RaceView } from "@/games/racing/view"
import { aBoardRow, aParty, aRace } from "@/testing/views"
import { besideOf, dramaMs, pageMs, type PinnedView, programmeOf, resultShownMs, shortRevealMs } from "./programme"
import { firstSight, nextSight } from "./sight"

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
  const sight = nextSight(firstSight({ races: before, imposter: null }), { races: after, imposter: null }, atMs)
  return programmeOf({ party, races: after, imposter: null }, sight, { pinned, nowMs: atMs + laterMs })
}

function shown(races: RaceView[], pinned: PinnedView = null, nowMs = atMs) {
  return programmeOf({ party, races, imposter: null }, firstSight({ races, imposter: null }), { pinned, nowMs })
}

describe("between games", () => {
  it("invites", () => {
    expect(shown([])).toEqual({ kind: "invitation" })
    expect(shown([race("old", "VOID")])).toEqual({ kind: "invitation" })
  })

  it("says goodbye when the party has ended", () => {
    const over = { party: { ...party, status: "ENDED" as const }, races: [], imposter: null }
    expect(programmeOf(over, firstSight(over), { pinned: null, nowMs: atMs })).toEqual({ kind: "ended" })
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
    const won = (by: string) => ({ races: [aRace("a", { status: "FINISHED", board: [aBoardRow(by)] })], imposter: null })
    const before = nextSight(firstSight({ races: running, imposter: null }), won("ann"), atMs)
    const sight = nextSight(before, won("bo"), atMs + 5 * minute)
    expect(programmeOf({ party, ...won("bo") }, sight, { pinned: null, nowMs: atMs + 5 * minute }).kind).toBe("result")
  })

  it("keeps its time when the race changes afterwards", () => {
    const sight = nextSight(firstSight({ races: running, imposter: null }), { races: finished, imposter: null }, atMs)
    const later = nextSight(sight, { races: [race("a", "FINISHED")], imposter: null }, atMs + minute)
    expect(later.endedAtMs.get("a")).toBe(atMs)
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

describe("a round of Imposter", () => {
  type Played = { races: RaceView[]; imposter: RoundView | null }
  const iso = (ms: number) => new Date(ms).toISOString()
  const talking = aRound({ startedAt: iso(atMs), discussionEndsAt: iso(atMs + 5 * minute) })
  const voting = { ...talking, status: "VOTING" as const, vote: 1, voteEndsAt: iso(atMs + 3 * minute) }
  const guessing = { ...talking, status: "REVEALED" as const, vote: 1, reveal: aReveal({ guessEndsAt: iso(atMs + 3 * minute) }) }
  const over = { ...guessing, reveal: aReveal({ word: "Igloo", hint: "Cold", endedAt: iso(atMs + 2 * minute) }) }

  /** Plays what a screen sees, each at its time after `atMs`, and tells what is on at the end and `laterMs` after it. */
  function after(first: Played, steps: [number, Played][], laterMs = 0, pinned: PinnedView = null) {
    const last = steps.at(-1) ?? [0, first]
    const sight = steps.reduce((seen, [ms, played]) => nextSight(seen, played, atMs + ms), firstSight(first))
    const programme = programmeOf({ party, ...last[1] }, sight, { pinned, nowMs: atMs + last[0] + laterMs })
    return { kind: programme.kind, isFresh: programme.kind === "imposter" && programme.isFresh, beside: besideOf(programme, last[1])?.kind ?? null }
  }

  it("is on from its start, its guess included", () => {
    const steps: [number, Played][] = [[0, { races: [], imposter: talking }]]
    expect(after({ races: [], imposter: null }, steps)).toEqual({ kind: "imposter", isFresh: false, beside: null })
    steps.push([2 * minute, { races: [], imposter: voting }], [2.5 * minute, { races: [], imposter: guessing }])
    expect(after({ races: [], imposter: null }, steps, 25_000).kind).toBe("imposter")
  })

  it("and a race: whichever made the last step is on, the other in a strip", () => {
    const live = [race("a", "LIVE", atMs - minute)]
    const green = [race("a", "LIVE")]
    const open = [race("a", "OPEN_FOR_BETS")]
    const imposter = { kind: "imposter", isFresh: false, beside: "race" }
    expect(after({ races: live, imposter: null }, [[0, { races: live, imposter: talking }]])).toEqual(imposter)
    const toGreen: [number, Played][] = [[0, { races: open, imposter: talking }], [minute, { races: green, imposter: talking }]]
    expect(after({ races: open, imposter: null }, toGreen)).toEqual({ kind: "races", isFresh: false, beside: "imposter" })
    expect(after({ races: open, imposter: null }, [...toGreen, [2 * minute, { races: green, imposter: voting }]])).toEqual(imposter)
  })

  it("[IMP-8] comes back for its warning", () => {
    const live = [race("a", "LIVE", atMs + minute)]
    const both = { races: live, imposter: talking }
    expect(after({ races: [], imposter: talking }, [[minute, both]]).kind).toBe("races")
    expect(after({ races: [], imposter: talking }, [[minute, both], [4 * minute, { races: live, imposter: { ...talking, isWarned: true } }]]).kind).toBe("imposter")
  })

  it("keeps the TV from a race that is only being prepared, and gives it a short result of another", () => {
    expect(after({ races: [], imposter: talking }, [[minute, { races: [race("a", "PENDING", atMs + minute)], imposter: talking }]])).toEqual({ kind: "imposter", isFresh: false, beside: null })
    const ended: [number, Played][] = [[minute, { races: [race("a", "FINISHED")], imposter: talking }]]
    expect(after({ races: [race("a", "LIVE")], imposter: talking }, ended, 19_000)).toEqual({ kind: "result", isFresh: false, beside: "imposter" })
    expect(after({ races: [race("a", "LIVE")], imposter: talking }, ended, 21_000).kind).toBe("imposter")
  })

  it("lets nothing interrupt a reveal that is being told", () => {
    const green = [race("b", "LIVE", atMs + 2 * minute + 1000)]
    const steps: [number, Played][] = [[2 * minute, { races: [], imposter: over }], [2 * minute + 2000, { races: green, imposter: over }]]
    expect(after({ races: [], imposter: voting }, steps)).toEqual({ kind: "imposter", isFresh: true, beside: "race" })
    expect(after({ races: [], imposter: voting }, steps, dramaMs).kind).toBe("races")
  })

  it("leaves some minutes after its end, sooner while a race goes on", () => {
    const end = (races: RaceView[]): [number, Played][] => [[2 * minute, { races, imposter: over }]]
    const live = [race("a", "LIVE")]
    expect(after({ races: [], imposter: voting }, end([]), resultShownMs - 1).kind).toBe("imposter")
    expect(after({ races: [], imposter: voting }, end([]), resultShownMs).kind).toBe("invitation")
    expect(after({ races: live, imposter: voting }, end(live), shortRevealMs - 1).kind).toBe("imposter")
    expect(after({ races: live, imposter: voting }, end(live), shortRevealMs).kind).toBe("races")
  })

  it("is not told again after a reload, and forgotten when it is long over", () => {
    expect(after({ races: [], imposter: over }, [])).toEqual({ kind: "imposter", isFresh: false, beside: null })
    const old = { ...over, reveal: { ...over.reveal, endedAt: iso(atMs - resultShownMs) } }
    expect(after({ races: [], imposter: old }, []).kind).toBe("invitation")
  })

  it("obeys the host who pinned a view", () => {
    const old = { races: [race("a", "LIVE")], imposter: { ...over, reveal: { ...over.reveal, endedAt: iso(atMs - 60 * minute) } } }
    expect(after(old, [], 0, "imposter")).toEqual({ kind: "imposter", isFresh: false, beside: "race" })
    expect(after({ races: [], imposter: null }, [], 0, "imposter").kind).toBe("invitation")
    expect(after({ races: [race("a", "LIVE", atMs - minute)], imposter: talking }, [], 0, "race")).toEqual({ kind: "races", isFresh: false, beside: "imposter" })
    expect(after({ races: [], imposter: talking }, [], 0, "invite")).toEqual({ kind: "invitation", isFresh: false, beside: null })
  })
})

function aReveal(part: Partial<Reveal>): Reveal {
  return { outcome: "CAUGHT", outId: "bo", imposterIds: ["bo"], misterWhiteId: null, votes: [], word: null, hint: null, guessEndsAt: null, endedAt: null, guess: null, coins: [], ...part }
}

function aRound(part: Partial<RoundView>): RoundView {
  return {
    roundId: "round",
    gameId: "game",
    round: 1,
    status: "ACTIVE",
    startedAt: "",
    players: [],
    imposterCount: 1,
    hasMisterWhite: false,
    discussionEndsAt: "",
    isWarned: false,
    callsNeeded: 2,
    vote: 0,
    voteEndsAt: null,
    candidateIds: [],
    reveal: null,
    ...part,
  }
}
