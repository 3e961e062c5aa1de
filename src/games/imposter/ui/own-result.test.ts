import { expect, it } from "vitest"
import { aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import type { Reveal } from "../view"
import { ownResult } from "./own-result"

const of = (guestId: string, part: Partial<Reveal> = {}) => ownResult(aRound({ status: "REVEALED", reveal: aReveal(part) }), guestId)
const escaped: Partial<Reveal> = { outcome: "ESCAPED", outId: "ann", coins: [{ guestId: "bo", coins: 150 }] }

it("[IMP-14] a civilian who voted for the caught one wins, another civilian does not", () => {
  expect(of("ann")).toMatchObject({ title: "You caught one", coins: 50, isWin: true })
  const votes = [{ voterId: "ann", targetId: "cy" }, { voterId: "cy", targetId: "bo" }]
  expect(of("ann", { votes, coins: [{ guestId: "cy", coins: 50 }] })).toMatchObject({ title: "Caught without you", coins: 0, isWin: false })
})

it("[IMP-15] an imposter who escaped wins, and the civilian thrown out hears of it", () => {
  expect(of("bo", escaped)).toMatchObject({ title: "You escaped", coins: 150, isWin: true })
  expect(of("ann", escaped)).toMatchObject({ title: "Fooled", sentence: "They threw you out, and you knew the word." })
  expect(of("cy", escaped)).toMatchObject({ title: "Fooled", sentence: "Nobody caught an imposter." })
})

it("[IMP-16] the caught imposter hears of the guess: still to come, right, wrong, none", () => {
  expect(of("bo", { guessEndsAt: "2026-11-21T20:06:30.000Z" })?.sentence).toBe("Name the word, and you still get coins.")
  const right = of("bo", { guess: { text: "lighthouse", isRight: true }, coins: [{ guestId: "bo", coins: 100 }] })
  expect(right).toMatchObject({ title: "Caught, but clever", coins: 100, isWin: true })
  expect(of("bo", { guess: { text: "ship", isRight: false } })?.sentence).toBe("Your guess was wrong.")
  expect(of("bo")?.sentence).toBe("You did not name the word.")
})

it("[IMP-12] with two imposters one is caught and the other lost with them", () => {
  expect(of("cy", { imposterIds: ["bo", "cy"], coins: [] })).toMatchObject({ title: "Your side is caught", isWin: false })
})

it("[IMP-13] nobody wins a round that is called off; who watched or left has no result", () => {
  for (const id of ["ann", "bo"]) expect(of(id, { outcome: "CALLED_OFF", outId: null, coins: [] })).toMatchObject({ title: "Called off", coins: 0 })
  expect(of("zoe")).toBeNull()
  expect(ownResult(aRound({ players: [aRoundPlayer("ann", { hasLeft: true })], reveal: aReveal() }), "ann")).toBeNull()
  expect(ownResult(aRound(), "ann")).toBeNull()
})
