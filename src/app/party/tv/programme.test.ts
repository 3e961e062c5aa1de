import { describe, expect, it } from "vitest"
import type { Reveal, RoundView } from "@/games/imposter/view"
import type { SessionView } from "@/games/quipflip/view"
import type { RaceView } from "@/games/racing/view"
import { aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aBoardRow, aParty, aRace } from "@/testing/views"
import { besideOf } from "./beside"
import { pageMs, resultShownMs, shortResultMs } from "./candidate"
import { type PinnedView, programmeOf } from "./programme"
import { dramaMs, shortRevealMs } from "./round-on"
import { lobbyShownMs } from "./sessions-on"
import { firstSight, nextSight, type Played } from "./sight"

const atMs = Date.parse("2026-11-21T20:00:00.000Z")
const minute = 60_000

const party = aParty()

function playing(part: Partial<Played>): Played {
  return { races: [], imposter: null, sessions: [], ...part }
}

/** So long every session's results are told. */
const telling = minute

function watched(played: Played, sight: ReturnType<typeof firstSight>, nowMs: number) {
  return { night: { party, ...played }, sight, tellingMsOf: () => telling, nowMs }
}

function race(gameId: string, status: RaceView["status"], createdMs = atMs - 30 * minute, lapMs?: number): RaceView {
  const lap = { lapId: "l", driverId: "d", lapTimeMs: 84_500, source: "HOST" as const, voidReason: null }
  const recentLaps = lapMs === undefined ? [] : [{ ...lap, setAt: new Date(lapMs).toISOString() }]
  return aRace(gameId, { status, createdAt: new Date(createdMs).toISOString(), recentLaps })
}

/** What is on `laterMs` after a screen saw `before` turn into `after`. */
function shownAfter(before: RaceView[], after: RaceView[], laterMs: number, pinned: PinnedView = null) {
  const sight = nextSight(firstSight(playing({ races: before })), playing({ races: after }), atMs)
  return programmeOf(watched(playing({ races: after }), sight, atMs + laterMs), pinned)
}

function shown(races: RaceView[], pinned: PinnedView = null, nowMs = atMs) {
  return programmeOf(watched(playing({ races }), firstSight(playing({ races })), nowMs), pinned)
}

describe("between games", () => {
  it("invites", () => {
    expect(shown([])).toEqual({ kind: "invitation" })
    expect(shown([race("old", "VOID")])).toEqual({ kind: "invitation" })
  })

  it("says goodbye when the party has ended", () => {
    const over = { ...watched(playing({}), firstSight(playing({})), atMs), night: { ...playing({}), party: aParty({ status: "ENDED" }) } }
    expect(programmeOf(over, null)).toEqual({ kind: "ended" })
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
    const won = (by: string) => playing({ races: [aRace("a", { status: "FINISHED", board: [aBoardRow(by)] })] })
    const before = nextSight(firstSight(playing({ races: running })), won("ann"), atMs)
    const sight = nextSight(before, won("bo"), atMs + 5 * minute)
    expect(programmeOf(watched(won("bo"), sight, atMs + 5 * minute), null).kind).toBe("result")
  })

  it("keeps its time when the race changes afterwards", () => {
    const sight = nextSight(firstSight(playing({ races: running })), playing({ races: finished }), atMs)
    const later = nextSight(sight, playing({ races: [race("a", "FINISHED")] }), atMs + minute)
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

/** Plays what a screen sees, each at its time after `atMs`, and tells what is on at the end and `laterMs` after it. */
function onAfter(first: Partial<Played>, steps: [number, Partial<Played>][], laterMs = 0, pinned: PinnedView = null) {
  const last = steps.at(-1) ?? [0, first]
  const sight = steps.reduce((seen, [ms, part]) => nextSight(seen, playing(part), atMs + ms), firstSight(playing(first)))
  const seen = watched(playing(last[1]), sight, atMs + last[0] + laterMs)
  const programme = programmeOf(seen, pinned)
  return { programme, beside: besideOf(programme, seen) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

describe("a round of Imposter", () => {
  const talking = aRound({ startedAt: iso(atMs), discussionEndsAt: iso(atMs + 5 * minute) })
  const voting = { ...talking, status: "VOTING" as const, vote: 1, voteEndsAt: iso(atMs + 3 * minute) }
  const guessing = { ...talking, status: "REVEALED" as const, vote: 1, reveal: aReveal({ guessEndsAt: iso(atMs + 3 * minute) }) }
  const over = { ...guessing, reveal: aReveal({ word: "Igloo", hint: "Cold", endedAt: iso(atMs + 2 * minute) }) }

  function after(first: Partial<Played>, steps: [number, Partial<Played>][], laterMs = 0, pinned: PinnedView = null) {
    const { programme, beside } = onAfter(first, steps, laterMs, pinned)
    return { kind: programme.kind, isFresh: programme.kind === "imposter" && programme.isFresh, beside: beside?.kind ?? null }
  }

  it("is on from its start, its guess included", () => {
    const steps: [number, Partial<Played>][] = [[0, { races: [], imposter: talking }]]
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
    const toGreen: [number, Partial<Played>][] = [[0, { races: open, imposter: talking }], [minute, { races: green, imposter: talking }]]
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
    const ended: [number, Partial<Played>][] = [[minute, { races: [race("a", "FINISHED")], imposter: talking }]]
    expect(after({ races: [race("a", "LIVE")], imposter: talking }, ended, 19_000)).toEqual({ kind: "result", isFresh: false, beside: "imposter" })
    expect(after({ races: [race("a", "LIVE")], imposter: talking }, ended, 21_000).kind).toBe("imposter")
  })

  it("lets nothing interrupt a reveal that is being told", () => {
    const green = [race("b", "LIVE", atMs + 2 * minute + 1000)]
    const steps: [number, Partial<Played>][] = [[2 * minute, { races: [], imposter: over }], [2 * minute + 2000, { races: green, imposter: over }]]
    expect(after({ races: [], imposter: voting }, steps)).toEqual({ kind: "imposter", isFresh: true, beside: "race" })
    expect(after({ races: [], imposter: voting }, steps, dramaMs).kind).toBe("races")
  })

  it("leaves some minutes after its end, sooner while a race goes on", () => {
    const end = (races: RaceView[]): [number, Partial<Played>][] => [[2 * minute, { races, imposter: over }]]
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

describe("a session of Quipflip", () => {
  const lobby = aSession({ createdAt: iso(atMs) })
  const at = (phase: "PROMPT" | "COPY" | "VOTE", ms: number) => aSession({ status: "IN_PROGRESS", phase, createdAt: iso(atMs), startedAt: iso(atMs + minute), phaseStartedAt: iso(atMs + ms) })
  const over = (ms: number, part: Partial<SessionView> = {}) => aSession({ status: "COMPLETED", phase: "RESULTS", createdAt: iso(atMs), completedAt: iso(atMs + ms), ...part })
  const talking = aRound({ startedAt: iso(atMs), discussionEndsAt: iso(atMs + 20 * minute) })
  const live = race("a", "LIVE")

  /** "session" or the kind of what is on; behind a slash what is in the strip. */
  function on(...watch: Parameters<typeof onAfter>) {
    const { programme, beside } = onAfter(...watch)
    const name = (shown: typeof programme | NonNullable<typeof beside>) => (shown.kind === "quipflip" ? shown.session.sessionId : shown.kind)
    return beside ? `${name(programme)} / ${name(beside)}` : name(programme)
  }

  it("is on from its lobby, phase by phase", () => {
    const lobbyOpens: [number, Partial<Played>] = [0, { sessions: [lobby] }]
    expect(on({}, [lobbyOpens])).toBe("session")
    expect(on({}, [lobbyOpens, [2 * minute, { sessions: [at("PROMPT", 2 * minute)] }]])).toBe("session")
    expect(on({ sessions: [at("VOTE", 0)] }, [], 30 * minute)).toBe("session")
  })

  it("goes back to the invitation when nobody comes to the lobby, which stays in a strip; whoever comes brings it back", () => {
    expect(on({ sessions: [lobby] }, [], lobbyShownMs - 1)).toBe("session")
    expect(on({ sessions: [lobby] }, [], lobbyShownMs)).toBe("invitation / session")
    const joined = { ...lobby, players: [...lobby.players, aSessionPlayer("di")] }
    expect(on({ sessions: [lobby] }, [[lobbyShownMs + minute, { sessions: [joined] }]])).toBe("session")
    expect(on({ sessions: [lobby] }, [], 60 * minute)).toBe("invitation")
  })

  it("takes the TV from nobody who plays while it is a lobby", () => {
    const opened: [number, Partial<Played>][] = [[minute, { races: [live], sessions: [aSession({ createdAt: iso(atMs + minute) })] }]]
    expect(on({ races: [live] }, opened)).toBe("races / session")
    expect(on({ imposter: talking }, [[minute, { imposter: talking, sessions: [lobby] }]])).toBe("imposter / session")
    const prepared = [race("a", "PENDING", atMs - minute)]
    expect(on({ races: prepared }, [[0, { races: prepared, sessions: [lobby] }]])).toBe("session")
  })

  it("and other games: whichever made the last step is on, the others in a strip", () => {
    expect(on({ races: [live] }, [[2 * minute, { races: [live], sessions: [at("COPY", 2 * minute)] }]])).toBe("session / race")
    const green: [number, Partial<Played>][] = [[3 * minute, { races: [live], sessions: [at("COPY", 2 * minute)] }]]
    expect(on({ races: [race("a", "OPEN_FOR_BETS")], sessions: [at("COPY", 2 * minute)] }, green)).toBe("races / session")
    expect(on({ imposter: talking, sessions: [at("PROMPT", -minute)] }, [])).toBe("imposter / session")
    expect(on({ imposter: talking, sessions: [at("VOTE", minute)] }, [], minute)).toBe("session / imposter")
    // A race that is only being prepared has to wait.
    const prepared = race("b", "PENDING", atMs + 5 * minute)
    expect(on({ sessions: [at("COPY", 0)] }, [[5 * minute, { races: [prepared], sessions: [at("COPY", 0)] }]])).toBe("session")
  })

  it("and another session: the newest step is on, the other in the strip, where several take turns", () => {
    const other = (sessionId: string, ms: number) => ({ ...at("COPY", ms), sessionId })
    const both = { sessions: [other("one", minute), other("two", 2 * minute)] }
    expect(on(both, [], 3 * minute)).toBe("two / one")
    const three = { sessions: [...both.sessions, other("three", 3 * minute)] }
    expect(new Set([0, 1, 2].map((page) => on(three, [], 4 * minute + page * pageMs)))).toEqual(new Set(["three / one", "three / two"]))
  })

  it("is told to its end, whatever happens meanwhile", () => {
    const done = { sessions: [over(0)] }
    const steps: [number, Partial<Played>][] = [[0, done], [1000, { ...done, races: [race("b", "LIVE", atMs + 1000)] }]]
    const running = { sessions: [at("VOTE", -minute)], races: [race("b", "OPEN_FOR_BETS", atMs - minute)] }
    expect(on(running, steps, telling - 1001)).toBe("session / race")
    expect(on(running, steps, telling - 1000)).toBe("races")
    const { programme } = onAfter(running, steps)
    expect(programme).toMatchObject({ kind: "quipflip", toldFromMs: atMs })
  })

  it("is told where it was after a reload", () => {
    expect(onAfter({ sessions: [over(-30_000)], races: [live] }, []).programme).toMatchObject({ kind: "quipflip", toldFromMs: atMs - 30_000 })
  })

  it("waits for a reveal of Imposter that is being told, and the other way round", () => {
    const guessed = { ...talking, status: "REVEALED" as const, reveal: aReveal({ endedAt: iso(atMs) }) }
    const voting = { ...talking, status: "VOTING" as const, vote: 1, voteEndsAt: iso(atMs + minute) }
    const revealFirst: [number, Partial<Played>][] = [[0, { imposter: guessed, sessions: [at("VOTE", -minute)] }], [5000, { imposter: guessed, sessions: [over(5000)] }]]
    expect(on({ imposter: voting, sessions: [at("VOTE", -minute)] }, revealFirst)).toBe("imposter")
    expect(on({ imposter: voting, sessions: [at("VOTE", -minute)] }, revealFirst, dramaMs - 5000)).toBe("session")
    const sessionFirst: [number, Partial<Played>][] = [[0, { imposter: voting, sessions: [over(0)] }], [5000, { imposter: guessed, sessions: [over(0)] }]]
    expect(on({ imposter: voting, sessions: [at("VOTE", -minute)] }, sessionFirst)).toBe("session")
  })

  it("is told after the session that ended before it, not across it", () => {
    const both = { sessions: [over(0, { sessionId: "one" }), over(10_000, { sessionId: "two" })] }
    expect(on(both, [], telling - 1)).toBe("one")
    expect(onAfter(both, [], telling).programme).toMatchObject({ session: { sessionId: "two" }, toldFromMs: atMs + telling })
  })

  it("keeps its ranking for some minutes, less where something goes on, and makes room for the next match", () => {
    expect(on({ sessions: [over(0)] }, [], telling + resultShownMs - 1)).toBe("session")
    expect(on({ sessions: [over(0)] }, [], telling + resultShownMs)).toBe("invitation")
    expect(on({ sessions: [over(0)], races: [live] }, [], telling + shortResultMs - 1)).toBe("session / race")
    expect(on({ sessions: [over(0)], races: [live] }, [], telling + shortResultMs)).toBe("races")
    const again = aSession({ sessionId: "again", createdAt: iso(atMs + 30_000) })
    expect(on({ sessions: [over(0), again] }, [], telling - 1)).toBe("session / again")
    expect(on({ sessions: [over(0), again] }, [], telling)).toBe("again")
  })

  it("does not swallow the result of a race that ended while it was told", () => {
    const finished = [race("a", "FINISHED")]
    const steps: [number, Partial<Played>][] = [[20_000, { races: finished, sessions: [over(0), at("COPY", -minute)] }]]
    expect(on({ races: [live], sessions: [over(0)] }, steps, telling - 20_000).startsWith("result")).toBe(true)
    expect(on({ races: [live], sessions: [over(0)] }, steps, telling - 20_000 + shortResultMs).startsWith("result")).toBe(false)
  })

  it("leaves without a word when it was given up", () => {
    expect(on({ sessions: [aSession({ status: "ABANDONED", phase: "COPY", completedAt: iso(atMs) })] }, [])).toBe("invitation")
  })

  it("obeys the host who pinned a view", () => {
    expect(on({ sessions: [lobby], races: [live] }, [], 60 * minute, "quipflip")).toBe("session / race")
    expect(on({ sessions: [over(-60 * minute)] }, [], 0, "quipflip")).toBe("session")
    expect(on({}, [], 0, "quipflip")).toBe("invitation")
    expect(on({ sessions: [at("COPY", 0)] }, [], 0, "table")).toBe("table")
    expect(on({ sessions: [at("COPY", 0)] }, [], 0, "race")).toBe("invitation")
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
