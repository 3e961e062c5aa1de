import { describe, expect, it } from "vitest"
import { decideJoin, decideStart, hasOpenedTooMany, hostAmong, type LobbySeat } from "./lobby"
import type { SessionStatus } from "./phases"

const at = (minutes: number) => new Date(1_700_000_000_000 + minutes * 60_000)
const seat = (playerId: string, change: Partial<LobbySeat> = {}): LobbySeat => ({
  playerId,
  isHuman: true,
  isReady: true,
  joinedAt: at(0),
  ...change,
})
const lobby = (seats: LobbySeat[], status: SessionStatus = "OPEN") => ({ status, hostId: "ann", minPlayers: 3, maxPlayers: 4, seats })
const robot = seat("robot", { isHuman: false, joinedAt: at(-9) })
const three = [seat("ann"), seat("bo"), robot]

describe("joining", () => {
  const join = (...ask: Parameters<typeof decideJoin>) => {
    const decision = decideJoin(...ask)
    return decision.ok ? "yes" : decision.refusal.code
  }

  it("[QF-S2] [QF-N8] is for anybody while there is a seat", () => {
    expect(join(lobby(three), "di")).toBe("yes")
    expect(join(lobby([...three, seat("cy")]), "di")).toBe("session_full")
  })

  it.each<SessionStatus>(["IN_PROGRESS", "COMPLETED", "ABANDONED"])("[QF-S2] is over when the session is %s", (status) => {
    expect(join(lobby(three, status), "di")).toBe("session_already_started")
  })

  it("[QF-S2] twice is told so, in a full session and after the start as well", () => {
    expect(join(lobby(three), "bo")).toBe("already_joined")
    expect(join(lobby([...three, seat("cy")]), "bo")).toBe("already_joined")
    expect(join(lobby(three, "IN_PROGRESS"), "bo")).toBe("already_joined")
  })
})

describe("starting", () => {
  const start = (...ask: Parameters<typeof decideStart>) => {
    const decision = decideStart(...ask)
    return decision.ok ? "yes" : decision.refusal
  }

  it("[QF-S2] is the host's, once", () => {
    expect(start(lobby(three), "ann")).toBe("yes")
    expect(start(lobby(three), "bo")).toEqual({ code: "not_host" })
    expect(start(lobby(three, "IN_PROGRESS"), "ann")).toEqual({ code: "session_already_started" })
  })

  it("[QF-S2] needs enough who are ready, the host being so by starting", () => {
    const notReady = { isReady: false }
    expect(start(lobby([seat("ann", notReady), seat("bo"), robot]), "ann")).toBe("yes")
    expect(start(lobby([seat("ann"), seat("bo", notReady), robot]), "ann")).toEqual({ code: "not_enough_players", detail: { missing: 1 } })
    expect(start(lobby([seat("ann", notReady)]), "ann")).toEqual({ code: "not_enough_players", detail: { missing: 2 } })
    expect(start(lobby([...three, seat("cy", notReady)]), "ann")).toBe("yes")
  })
})

describe("the host", () => {
  const early = seat("cy", { joinedAt: at(1) })
  const late = seat("bo", { joinedAt: at(2) })

  it("[QF-S2] stays while there, whoever else leaves", () => {
    expect(hostAmong([late, early, seat("ann", { joinedAt: at(3) })], "ann")).toBe("ann")
  })

  it("[QF-S2] who leaves hands over to the human who joined first", () => {
    expect(hostAmong([late, robot, early], "ann")).toBe("cy")
  })

  it("[QF-S2] is nobody when no human is left", () => {
    expect(hostAmong([robot], "ann")).toBe(null)
    expect(hostAmong([], "ann")).toBe(null)
  })
})

describe("opening sessions", () => {
  it("[QF-S17] is for five times an hour", () => {
    const opened = [0, 10, 20, 30, 40].map(at)
    expect(hasOpenedTooMany(opened.slice(1), at(50))).toBe(false)
    expect(hasOpenedTooMany(opened, new Date(at(60).getTime() - 1))).toBe(true)
    expect(hasOpenedTooMany(opened, at(60))).toBe(false)
  })
})
