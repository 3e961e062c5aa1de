import { expect, it } from "vitest"
import { aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { waitsForGuest } from "./waits-for-guest"

const voting = { status: "VOTING", vote: 1 } as const

it("waits for a card that nobody has looked at", () => {
  expect(waitsForGuest(aRound(), "ann", false)).toBe(true)
  expect(waitsForGuest(aRound(), "ann", true)).toBe(false)
})

it("[IMP-10] waits for a vote until it is cast", () => {
  expect(waitsForGuest(aRound(voting), "ann", true)).toBe(true)
  const voted = aRound({ ...voting, players: [aRoundPlayer("ann", { hasVoted: true }), aRoundPlayer("bo")] })
  expect(waitsForGuest(voted, "ann", true)).toBe(false)
})

it("[IMP-16] waits for the caught imposter's guess, and for nobody else's", () => {
  const caught = aRound({ status: "REVEALED", reveal: aReveal({ outId: "ann", guessEndsAt: "2026-11-21T20:06:30.000Z" }) })
  expect(waitsForGuest(caught, "ann", false)).toBe(true)
  expect(waitsForGuest(caught, "bo", false)).toBe(false)
  const over = aRound({ status: "REVEALED", reveal: aReveal({ outId: "ann", guessEndsAt: null }) })
  expect(waitsForGuest(over, "ann", false)).toBe(false)
})

it("[IMP-13] waits for nobody who watches or has left", () => {
  expect(waitsForGuest(null, "ann", false)).toBe(false)
  expect(waitsForGuest(aRound(), "zoe", false)).toBe(false)
  expect(waitsForGuest(aRound({ players: [aRoundPlayer("ann", { hasLeft: true })] }), "ann", false)).toBe(false)
})
