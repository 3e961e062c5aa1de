import { describe, expect, it } from "vitest"
import { aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aNight, ownAnn } from "@/testing/views"
import { applyEvent, endedSessionsShown, needsSnapshot } from "./apply-event"
import type { LiveEvent } from "./catalogue"
import { applyAnswer, partsNewerThan } from "./command-answer"
import type { NightView } from "./night-view"

const changed = (session: ReturnType<typeof aSession>): LiveEvent => ({ kind: "sessionChanged", version: 5, payload: { session } })
const over = (sessionId: string) => aSession({ sessionId, status: "COMPLETED", phase: "RESULTS" })
const seat = { sessionId: "session", participantId: "seat-ann", lifecycleVersion: 3, hasLeft: false, dealt: 2, done: 1, round: null, lentCoins: 0 }
const play = (night: NightView, events: readonly LiveEvent[]) => events.reduce(applyEvent, night)

describe("sessions of Quipflip on a screen", () => {
  it("come and change in their place, and of those that are over the newest stay", () => {
    const ids = Array.from({ length: endedSessionsShown + 2 }, (_, place) => `over-${place}`)
    const night = play(aNight(), [changed(aSession()), ...ids.map((id) => changed(over(id))), changed(aSession({ code: "ABCD2345" }))])
    expect(night.sessions.map(({ sessionId }) => sessionId)).toEqual(["session", ...ids.slice(2)])
    expect(night.sessions[0]?.code).toBe("ABCD2345")
  })

  it("stay until one's own results were seen, whoever else comes to theirs at the same time", () => {
    const ended = (sessionId: string, second: number, player: string) => ({
      ...over(sessionId),
      players: [aSessionPlayer(player)],
      completedAt: new Date(Date.UTC(2026, 0, 1, 20, 0, second)).toISOString(),
    })
    const others = Array.from({ length: endedSessionsShown }, (_, place) => ended(`others-${place}`, 10 + place, "bo"))
    const mine = [changed(ended("mine before", 1, "ann")), changed(ended("mine", 2, "ann"))]
    const ids = (night: NightView) => night.sessions.map(({ sessionId }) => sessionId)
    const night = play(aNight({ me: ownAnn() }), [...mine, ...others.map(changed)])
    expect(ids(night)).toEqual(["mine", ...others.map(({ sessionId }) => sessionId)])
    expect(ids(play({ ...aNight(), me: null }, [...mine, ...others.map(changed)]))).toEqual(others.map(({ sessionId }) => sessionId))
  })

  it("leave by when they ended, not by when they began", () => {
    const started = Array.from({ length: endedSessionsShown + 1 }, (_, place) => aSession({ sessionId: `session-${place}` }))
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 20, 0, second)).toISOString()
    const ends = started.toReversed().map(({ sessionId }, place) => changed({ ...over(sessionId), completedAt: at(place) }))
    const night = play({ ...aNight(), me: null }, [...started.map(changed), ...ends])
    expect(night.sessions.map(({ sessionId }) => sessionId)).toEqual(started.slice(0, -1).map(({ sessionId }) => sessionId))
  })

  it("have the name that is on the seat, also when they come from before a renaming", () => {
    const seated = aSession({ players: [aSessionPlayer("ann", { name: "Ann" }), aSessionPlayer("robot", { name: "Robot", guestId: null, isAi: true })] })
    const anna = { id: "ann", name: "Anna", avatarUrl: null, isDriverSeat: false, isKicked: false }
    const renamed: LiveEvent = { kind: "userChanged", version: 6, payload: { guest: anna } }
    const before = play(aNight({ guests: [{ ...anna, name: "Ann" }] }), [changed(seated)])
    const names = (night: NightView) => night.sessions.flatMap(({ players }) => players.map(({ name }) => name))
    expect(names(play(before, [renamed]))).toEqual(["Anna", "Robot"])
    expect(names(play(before, [renamed, changed(seated)]))).toEqual(["Anna", "Robot"])
  })

  it("[QF-S2] go with the last who sat in them, and the own seat with them", () => {
    const night = { ...play(aNight(), [changed(aSession())]), seat }
    expect(play(night, [{ kind: "sessionClosed", version: 6, payload: { sessionId: "session" } }])).toMatchObject({ sessions: [], seat: null })
    const other = play(night, [{ kind: "sessionClosed", version: 6, payload: { sessionId: "other" } }])
    expect(other.seat).toBe(seat)
  })

  it("[QF-S18] lead on to the next", () => {
    const next = aSession({ sessionId: "next" })
    const night = play(aNight(), [changed(over("session")), { kind: "sessionContinued", version: 6, payload: { session: next, previousId: "session" } }])
    expect(night.sessions).toMatchObject([{ sessionId: "session", nextSessionId: "next" }, { sessionId: "next" }])
  })

  it("ask for the snapshot when coins have moved that the event does not carry", () => {
    const mine = { ...over("session"), players: [aSessionPlayer("ann")] }
    const others = { ...over("session"), players: [aSessionPlayer("bo")] }
    const asGuest = aNight({ me: ownAnn() })
    const needs = (night: NightView, event: LiveEvent) => needsSnapshot(applyEvent(night, event), event)
    expect(needs(asGuest, changed(mine))).toBe(true)
    expect(needs(asGuest, changed(others))).toBe(false)
    expect(needs({ ...asGuest, me: null }, changed(others))).toBe(true)
    expect(needs({ ...asGuest, me: null }, changed(aSession()))).toBe(false)
  })
})

describe("the own seat", () => {
  it("comes with answers, and never falls back to an earlier phase", () => {
    const night = applyAnswer(aNight(), { seat, session: aSession() })
    expect(night).toMatchObject({ seat, sessions: [{ sessionId: "session" }] })
    expect(applyAnswer(night, { seat: { ...seat, lifecycleVersion: 2, done: 0 } }).seat).toBe(night.seat)
    expect(applyAnswer(night, { seat: { ...seat, lifecycleVersion: 4, done: 0 } }).seat).toMatchObject({ lifecycleVersion: 4 })
    expect(applyAnswer(night, { seat: { ...seat, sessionId: "other", lifecycleVersion: 1 } }).seat).toMatchObject({ sessionId: "other" })
  })

  it("is shown even when its session's channel was quicker than the answer", () => {
    expect(partsNewerThan({ seat, session: aSession() }, 5, () => 7)).toMatchObject({ seat, session: undefined })
  })
})
