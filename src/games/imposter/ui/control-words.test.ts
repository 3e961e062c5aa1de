import { describe, expect, it } from "vitest"
import type { Reveal, RoundView, SettingsView } from "../view"
import { resultWords, stockWords } from "./control-words"

const nameOf = (id: string) => ({ ann: "Ann", bo: "Bo" })[id] ?? "Somebody"

function ended(part: Partial<Reveal>): RoundView {
  const reveal: Reveal = { outcome: "CAUGHT", outId: "bo", imposterIds: ["bo"], misterWhiteId: null, votes: [], word: "Igloo", hint: "Cold", guessEndsAt: null, endedAt: "2026-11-21T20:00:00.000Z", guess: null, coins: [], ...part }
  return {
    roundId: "round", gameId: "game", round: 3, status: "REVEALED", startedAt: "", players: [], imposterCount: 1, hasMisterWhite: false,
    discussionEndsAt: "", isWarned: false, callsNeeded: 2, vote: 1, voteEndsAt: null, candidateIds: [], reveal,
  }
}

describe("the result", () => {
  it("[IMP-12] names who was caught or who got away", () => {
    expect(resultWords(ended({}), nameOf)).toBe("Round 3: Bo was caught. The word was “Igloo”, the hint “Cold”.")
    expect(resultWords(ended({ outcome: "ESCAPED", outId: "ann" }), nameOf)).toBe("Round 3: Bo got away, Ann was out and innocent. The word was “Igloo”, the hint “Cold”.")
    expect(resultWords(ended({ outcome: "ESCAPED", outId: null }), nameOf)).toContain("nobody was voted out")
    expect(resultWords(ended({ outcome: "CALLED_OFF", outId: null }), nameOf)).toMatch(/^Round 3 was called off/)
  })

  it("[IMP-4] has no word while it may be guessed, and says nothing before the reveal", () => {
    expect(resultWords(ended({ word: null, hint: null, guessEndsAt: "2026-11-21T20:00:00.000Z" }), nameOf)).toBe("Round 3: Bo was caught.")
    expect(resultWords({ ...ended({}), reveal: null }, nameOf)).toBe("")
  })

  it("[IMP-16] tells the guess", () => {
    expect(resultWords(ended({ guess: { text: "Fridge", isRight: false } }), nameOf)).toContain("The guess “Fridge” was wrong.")
  })
})

it("[IMP-6] says what a start would play", () => {
  const settings: SettingsView = { category: null, theme: null, language: "en", imposterCount: 1, hasMisterWhite: false, discussionMinutes: 5, pairsReady: 0 }
  expect(stockWords(settings, null)).toBe("No pair about any topic is written ahead. A start now plays the deck.")
  expect(stockWords({ ...settings, pairsReady: 1, theme: "Space" }, null)).toBe("1 pair about “Space” ready. After these: the deck.")
  expect(stockWords({ ...settings, language: "de" }, "Food")).toBe("No pair about Food is written ahead. A start now plays the deck, which is in English.")
})
