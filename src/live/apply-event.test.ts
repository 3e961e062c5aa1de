import { describe, expect, it } from "vitest"
import { type MarketNews, marketNewsOf } from "@/betting/market-news"
import { type RaceNews, raceNewsOf } from "@/games/racing/race-news"
import { ranked } from "@/games/racing/ranking"
import { applyEvent, needsSnapshot } from "./apply-event"
import { applyAnswer } from "./command-answer"
import { type LiveEvent, parseEvent } from "./catalogue"
import type { NightView } from "./night-view"
import { annId, type SentEvent, simulatedParty } from "@/testing/simulated-party"
import { simulatedTime } from "@/testing/simulated-time"
import { aBoardRow, aRace } from "@/testing/views"

function eventOf(sent: SentEvent | undefined): LiveEvent {
  const event = sent && parseEvent(sent.topic, sent.name, sent.data).message?.event
  if (!event) throw new Error("no such event")
  return event
}

function setUp() {
  const time = simulatedTime()
  return simulatedParty(time.iso)
}

/** The same night as the TV gets it. */
const asTv = (night: NightView): NightView => ({ ...night, me: null, myBets: [] })
const playAll = (night: NightView, sent: SentEvent[]) => sent.map(eventOf).reduce(applyEvent, night)

describe("applyEvent", () => {
  it("renames a guest wherever the name stands", () => {
    const party = setUp()
    party.lap(0, "bo", 61_000)
    party.bet(annId, "bo", 10)
    const night = playAll(party.snapshot(), party.rename("bo", "Bobby"))
    expect(night).toEqual(party.snapshot())
    expect(JSON.stringify(night)).not.toContain('"Bo"')
  })

  it("moves a stake out of the evening's table at once, and the order with it", () => {
    const party = setUp()
    const before = asTv(party.snapshot())
    const after = playAll(before, party.bet(annId, "bo", 10))
    const coinsOf = (night: NightView) => night.table.find(({ guestId }) => guestId === annId)?.coins
    expect(coinsOf(after)).toBe((coinsOf(before) ?? 0) - 10)
    expect(after.table.at(-1)?.guestId).toBe(annId)
  })

  it("lets ties of the evening's table share the order of joining, as the snapshot does", () => {
    const party = setUp()
    const before = asTv(party.snapshot())
    const order = (night: NightView) => night.table.map(({ guestId }) => guestId)
    const tied = { ...before, table: before.guests.map(({ id, name }) => ({ guestId: id, name, coins: 1000 })) }
    const bets = tied.guests.flatMap(({ id }) => party.bet(id, id === "bo" ? "cy" : "bo", 10))
    expect(order(playAll(tied, bets))).toEqual(order(tied))
  })

  it("keeps the host's call for the phone that slept through the moment", () => {
    const party = setUp()
    const night = playAll(party.snapshot(), party.call(annId, "You drive next"))
    expect(night.call).toMatchObject({ message: "You drive next" })
    expect(night).toEqual(party.snapshot())
  })

  it("keeps a new name when a race from before the renaming comes after it", () => {
    const party = setUp()
    const before = party.snapshot()
    const race = party.lap(0, "bo", 61_000)
    const renaming = party.rename("bo", "Bobby")
    expect(playAll(before, [...renaming, ...race]).races[0]?.board[0]?.name).toBe("Bobby")
  })

  it("names a guest's own seat anew", () => {
    const party = setUp()
    expect(playAll(party.snapshot(), party.rename(annId, "Anna")).me?.name).toBe("Anna")
  })

  it("keeps all unfinished races and the newest three that ended, with their markets", () => {
    const party = setUp()
    let night = party.snapshot()
    for (let race = 0; race < 6; race++) night = playAll(night, party.newRace())
    for (let race = 0; race < 5; race++) night = playAll(night, party.settle(0, "bo"))
    expect(night.races.map(({ gameId }) => gameId)).toEqual(["race-7", "race-6", "race-5", "race-4", "race-3"])
    expect(night.markets.map(({ gameId }) => gameId).sort()).toEqual(["race-3", "race-4", "race-5", "race-6", "race-7"])
    expect(night.races).toEqual(party.snapshot().races)
  })

  it("leaves alone what an event does not touch, so that React skips it", () => {
    const party = setUp()
    const night = party.snapshot()
    const after = playAll(night, party.grant(annId, 5))
    expect(after.me?.walletBalance).toBe(1005)
    for (const part of ["party", "guests", "races", "markets", "table", "myBets"] as const) expect(after[part]).toBe(night[part])
  })

  it("gives a TV no purse", () => {
    const party = setUp()
    expect(playAll(asTv(party.snapshot()), party.grant(annId, 5)).me).toBeNull()
  })
})

describe("needsSnapshot", () => {
  const needs = (night: NightView, sent: SentEvent[], name: string) => {
    const event = eventOf(sent.find((other) => other.name === name))
    return needsSnapshot(applyEvent(night, event), event)
  }

  it("says so when a market with a bet of mine is settled, and on every TV", () => {
    const party = setUp()
    const without = party.snapshot()
    party.bet(annId, "bo", 10)
    const withBet = party.snapshot()
    const settled = party.settle(0, "cy")
    expect(needs(without, settled, "bets-settled")).toBe(false)
    expect(needs(withBet, settled, "bets-settled")).toBe(true)
    expect(needs(asTv(without), settled, "bets-settled")).toBe(true)
  })

  it("says so when a bet of mine is news to this phone", () => {
    const party = setUp()
    const before = party.snapshot()
    const placed = party.bet(annId, "bo", 10)
    expect(needs(before, placed, "bet-placed")).toBe(true)
    expect(needs(party.snapshot(), placed, "bet-placed")).toBe(false)
    const bet = party.snapshot().myBets[0]
    expect(needs(applyAnswer(before, { bet }), placed, "bet-placed")).toBe(false)
    expect(needs(before, party.bet("bo", "cy", 10), "bet-placed")).toBe(false)
  })

  it("says so on TV and host when somebody leaves the evening's table or comes back to it", () => {
    const tv = asTv(setUp().snapshot())
    const kicked = { id: "bo", name: "Bo", avatarUrl: null, isDriverSeat: false, isKicked: true }
    const needsOn = (night: NightView, guest: typeof kicked) => needsSnapshot(night, { kind: "userChanged", version: 2, payload: { guest } })
    expect(needsOn(tv, kicked)).toBe(true)
    expect(needsOn(tv, { ...kicked, isKicked: false })).toBe(false)
    const without = { ...tv, table: tv.table.filter(({ guestId }) => guestId !== "bo") }
    expect(needsOn(without, { ...kicked, isKicked: false })).toBe(true)
    expect(needsOn(without, { ...kicked, isDriverSeat: true, isKicked: false })).toBe(false)
  })

  it("says so when this seat is kicked, or seats came that the event does not carry", () => {
    const night = setUp().snapshot()
    const guest = { id: annId, name: "Ann", avatarUrl: null, isDriverSeat: false, isKicked: true }
    expect(needsSnapshot(night, { kind: "userChanged", version: 2, payload: { guest } })).toBe(true)
    expect(needsSnapshot(night, { kind: "userChanged", version: 2, payload: { guest: { ...guest, id: "bo" } } })).toBe(false)
    expect(needsSnapshot(night, { kind: "guestKicked", version: 2, payload: { timestamp: "" } })).toBe(true)
    expect(needsSnapshot(night, { kind: "seatsChanged", version: 2, payload: { count: 3 } })).toBe(true)
  })
})

describe("[BET-19] [RAC-34] news that tell a part", () => {
  const { races: [race], markets: [market] } = (() => {
    const party = setUp()
    party.lap(0, "bo", 61_000)
    return party.snapshot()
  })()
  if (!race || !market) throw new Error("there is a race with a market")
  const base = setUp().snapshot()
  const hear = (night: NightView, event: LiveEvent) => {
    const after = applyEvent(night, event)
    return { after, mustFetch: needsSnapshot(after, event) }
  }
  const lapOf = (news: Partial<RaceNews>): LiveEvent => ({ kind: "raceChanged", version: 9, payload: { race: { ...raceNewsOf(race.board, race), ...news } } })
  const marketOf = (news: Partial<MarketNews>): LiveEvent => ({ kind: "marketChanged", version: 9, payload: { market: { ...marketNewsOf(market, {}), ...news } } })

  it("are taken where the rest is shown", () => {
    const shown = { ...base, races: [race], markets: [market] }
    expect(hear(shown, lapOf({ title: "Final" }))).toEqual({ after: { ...shown, version: 9, races: [{ ...race, title: "Final" }] }, mustFetch: false })
    expect(hear(shown, marketOf({ status: "CLOSED" }))).toEqual({ after: { ...shown, version: 9, markets: [{ ...market, status: "CLOSED" }] }, mustFetch: false })
  })

  it("have the night fetched where a driver is missing", () => {
    expect(hear({ ...base, races: [{ ...race, board: [] }] }, lapOf({})).mustFetch).toBe(true)
    expect(hear({ ...base, races: [race], markets: [{ ...market, selections: [] }] }, marketOf({})).mustFetch).toBe(true)
  })

  it("have the night fetched, and show nothing half, where the race or its market is not shown", () => {
    const withoutRace = hear({ ...base, races: [] }, lapOf({}))
    expect(withoutRace).toMatchObject({ after: { races: [] }, mustFetch: true })
    const withoutMarket = hear({ ...base, races: [race], markets: [] }, marketOf({}))
    expect(withoutMarket).toMatchObject({ after: { markets: [] }, mustFetch: true })
  })

  it("of a race that ended before those shown, and of its market, are nobody's loss", () => {
    const ended = ["x", "y", "z"].map((gameId) => ({ ...race, gameId, status: "FINISHED" as const }))
    expect(hear({ ...base, races: ended }, lapOf({ status: "FINISHED" }))).toMatchObject({ after: { races: ended }, mustFetch: false })
    expect(hear({ ...base, races: ended, markets: [] }, marketOf({}))).toMatchObject({ after: { markets: [] }, mustFetch: false })
  })

  it("put a driver where the seat says, though the seat comes last", () => {
    const line = (targetId: string) => ({ targetId, targetName: targetId, stakedCoins: 0, betCount: 0 })
    const party = setUp()
    const joined = eventOf(party.join("Newcomer")[0])
    const event: LiveEvent = { kind: "marketChanged", version: 3, payload: { market: { ...marketNewsOf(market, {}), changed: [line("guest-3"), line(annId)], selectionCount: 4 } } }
    const early = applyEvent({ ...base, markets: [market] }, event)
    const order = (night: NightView) => night.markets[0]?.selections.map(({ targetId }) => targetId)
    expect(order(early)).toEqual([annId, "bo", "cy", "guest-3"])
    expect(order(applyEvent(early, joined))).toEqual([annId, "bo", "cy", "guest-3"])
  })

  it("order drivers without a time by the names they have now", () => {
    const party = setUp()
    const board = ranked(["bo", "cy"].map((driverId) => aBoardRow(driverId, { name: driverId === "bo" ? "Bo" : "Cy" })))
    const night = { ...base, races: [aRace("race-1", { board })] }
    expect(playAll(night, party.rename("bo", "Zoe")).races[0]?.board.map(({ driverId, position }) => [driverId, position])).toEqual([["cy", 1], ["bo", 2]])
  })
})

describe("applyAnswer", () => {
  it("puts every part where it belongs", () => {
    const party = setUp()
    const before = party.snapshot()
    party.bet(annId, "bo", 10)
    party.rename("cy", "Cyd")
    party.retitle("Saturday")
    party.lap(0, "bo", 61_000)
    const now = party.snapshot()
    const guest = now.guests.find(({ id }) => id === "cy")
    const answer = { walletBalance: 990, bet: now.myBets[0], race: now.races[0], market: now.markets[0], party: now.party, guest, version: now.version }
    const { table: _, ...rest } = applyAnswer(before, answer)
    expect(now).toMatchObject(rest)
  })
})
