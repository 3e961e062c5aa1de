import { describe, expect, it } from "vitest"
import { imposterEvents } from "@/games/imposter/events"
import { inBrief } from "@/games/imposter/round-in-brief"
import type { RoundView } from "@/games/imposter/view"
import { aCard, aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { aNight, ownAnn } from "@/testing/views"
import { applyEvent, needsSnapshot } from "./apply-event"
import type { LiveEvent } from "./catalogue"
import { applyAnswer } from "./command-answer"
import type { NightView } from "./night-view"

const idsOf = (round: RoundView) => round.players.map(({ guestId }) => guestId)
const started = (round: RoundView): LiveEvent => ({ kind: "roundStarted", version: 2, payload: { playerCount: round.players.length, playerIds: idsOf(round), round: inBrief(round) } })
const changed = (round: RoundView): LiveEvent => ({ kind: "roundChanged", version: 3, payload: { round: inBrief(round) } })
const revealed = (round: RoundView): LiveEvent => ({ kind: "roundRevealed", version: 4, payload: { round: inBrief(round) } })
const annsNight = (part: Partial<NightView> = {}) => aNight({ me: ownAnn(), ...part })

describe("a round of Imposter on a screen", () => {
  it("takes the last round's place and card when it starts: the new card is asked for", () => {
    const before = annsNight({ imposter: aRound({ roundId: "last" }), card: aCard({ roundId: "last" }) })
    expect(applyEvent(before, started(aRound()))).toMatchObject({ imposter: aRound(), card: null })
  })

  it("keeps the own card while one plays, and takes it from who left", () => {
    const before = annsNight({ imposter: aRound(), card: aCard() })
    expect(applyEvent(before, changed(aRound({ isWarned: true }))).card).toEqual(aCard())
    const players = [aRoundPlayer("ann", { hasLeft: true }), aRoundPlayer("bo"), aRoundPlayer("cy")]
    expect(applyEvent(before, changed(aRound({ players }))).card).toBeNull()
  })

  it("forgets whom one named when a revote begins, and not before", () => {
    const voting = aRound({ status: "VOTING", vote: 1 })
    const before = annsNight({ imposter: voting, card: aCard({ votedForId: "bo" }) })
    expect(applyEvent(before, changed(voting)).card?.votedForId).toBe("bo")
    expect(applyEvent(before, changed(aRound({ status: "VOTING", vote: 2, candidateIds: ["bo", "cy"] }))).card?.votedForId).toBeNull()
  })

  it("has the evening's table fetched by TV and host once coins moved, by no phone", () => {
    const over = aRound({ status: "REVEALED", reveal: aReveal() })
    const calledOff = aRound({ status: "REVEALED", reveal: aReveal({ outcome: "CALLED_OFF", coins: [] }) })
    const needs = (night: NightView, event: LiveEvent) => needsSnapshot(applyEvent(night, event), event)
    const imposter = aRound()
    expect(needs(aNight({ imposter }), revealed(over))).toBe(true)
    expect(needs(annsNight({ imposter }), revealed(over))).toBe(false)
    expect(needs(aNight({ imposter }), revealed(calledOff))).toBe(false)
    expect(needs(aNight({ imposter }), changed(aRound()))).toBe(false)
  })

  it("[IMP-19] shows of a change what the server shows, having been told who plays", () => {
    const players = [aRoundPlayer("ann", { hasVoted: true }), aRoundPlayer("bo", { hasLeft: true }), aRoundPlayer("cy")]
    const after = aRound({ status: "VOTING", vote: 1, players, candidateIds: ["ann", "cy"] })
    const night = [started(aRound()), changed(after)].reduce(applyEvent, annsNight())
    expect(night.imposter).toEqual(after)
    const over = aRound({ status: "REVEALED", reveal: aReveal() })
    expect(applyEvent(night, revealed(over)).imposter).toEqual(over)
  })

  it.each([
    ["no round", null],
    ["another round", aRound({ roundId: "another" })],
    ["that round with others", aRound({ players: [aRoundPlayer("ann")] })],
  ])("[IMP-19] asks for the night when it shows %s, and keeps what it shows until then", (_, imposter) => {
    for (const event of [changed(aRound()), revealed(aRound({ status: "REVEALED", reveal: aReveal() }))]) {
      const after = applyEvent(annsNight({ imposter }), event)
      expect(after.imposter).toEqual(imposter)
      expect(needsSnapshot(after, event)).toBe(true)
    }
  })

  it("[IMP-19] asks for the night when a round starts with other players than it has", () => {
    const event: LiveEvent = { kind: "roundStarted", version: 2, payload: { playerCount: 3, playerIds: ["ann"], round: inBrief(aRound()) } }
    expect(needsSnapshot(applyEvent(annsNight(), event), event)).toBe(true)
  })

  it("takes a card only for the round that is shown", () => {
    const before = annsNight({ imposter: aRound() })
    expect(applyAnswer(before, { version: 2, card: aCard() }).card).toEqual(aCard())
    expect(applyAnswer(before, { version: 2, card: aCard({ roundId: "last" }) }).card).toBeNull()
    expect(applyAnswer(before, { version: 2, round: aRound({ roundId: "next" }), card: aCard({ roundId: "next" }) }).card?.roundId).toBe("next")
  })
})

it("[IMP-4] no event has room for a card: what it does not name is cut off on arrival", () => {
  const sent = { playerCount: 3, playerIds: idsOf(aRound()), round: { ...inBrief(aRound()), word: "Lighthouse", role: "IMPOSTER" }, card: aCard() }
  expect(JSON.stringify(imposterEvents.roundStarted.payload.parse(sent))).not.toMatch(/Lighthouse|role|card/)
})
