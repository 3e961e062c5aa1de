// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LiveNightContext } from "@/live/use-night"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import type { Reveal, RoundView } from "../view"
import { TvRevealStage } from "./tv-reveal-stage"
import { stepMs } from "./tv-telling"

// What it shoots needs a canvas.
vi.mock("@/ui/confetti", () => ({ Confetti: ({ shot }: { shot: string | null }) => <output>{shot === null ? "loaded" : "shot"}</output> }))

const guest = (id: string, name: string) => ({ id, name, avatarUrl: null, isDriverSeat: false, isKicked: false })
const live = aLiveNight(aNight({ guests: [guest("ann", "Ann"), guest("bo", "Bo"), guest("cy", "Cy")] }))

const caught: Reveal = {
  outcome: "CAUGHT",
  outId: "bo",
  imposterIds: ["bo"],
  misterWhiteId: null,
  votes: [{ voterId: "ann", targetId: "bo" }],
  word: "Igloo",
  hint: "Cold",
  guessEndsAt: null,
  endedAt: "2026-11-21T20:00:00.000Z",
  guess: { text: "igloos", isRight: true },
  coins: [{ guestId: "ann", coins: 50 }],
}

const round: RoundView = {
  roundId: "round", gameId: "game", round: 2, status: "REVEALED", startedAt, players: [], imposterCount: 1, hasMisterWhite: false,
  discussionEndsAt: startedAt, isWarned: true, callsNeeded: 2, vote: 1, voteEndsAt: null, candidateIds: [], reveal: caught,
}

function stage(reveal: Reveal, isFresh: boolean) {
  return (
    <LiveNightContext value={live}>
      <TvRevealStage round={{ ...round, reveal }} reveal={reveal} isFresh={isFresh} corner={null} />
    </LiveNightContext>
  )
}

function allowMotion(isAllowed: boolean) {
  vi.stubGlobal("matchMedia", () => ({ matches: !isAllowed, addEventListener: () => undefined, removeEventListener: () => undefined }))
}

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms)
  })
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(startedAt) })
  allowMotion(true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it("tells a fresh reveal step by step", () => {
  render(stage(caught, true))
  expect(screen.getByText(/is out/)).toBeTruthy()
  expect(screen.queryByText("was the imposter!")).toBeNull()

  pass(stepMs.out)
  expect(screen.getByText("was the imposter!")).toBeTruthy()
  expect(screen.getByText("shot")).toBeTruthy()
  expect(screen.queryByRole("region", { name: "Who named whom" })).toBeNull()

  pass(stepMs.verdict)
  expect(screen.getByRole("region", { name: "Who named whom" }).textContent).toContain("Ann")
  expect(screen.queryByText("Igloo")).toBeNull()

  pass(stepMs.votes)
  expect(screen.getByText("Igloo")).toBeTruthy()
  expect(screen.getByText(/right!/)).toBeTruthy()
})

it("shows everything at once after a reload, and fires no second time", () => {
  render(stage(caught, false))
  expect(screen.getByText("was the imposter!")).toBeTruthy()
  expect(screen.getByText("Igloo")).toBeTruthy()
  expect(screen.getByText("loaded")).toBeTruthy()
})

it("shows everything at once to who asked for less motion", () => {
  allowMotion(false)
  render(stage(caught, true))
  expect(screen.getByText("Igloo")).toBeTruthy()
})

it("[IMP-4] [IMP-16] keeps the word hidden for as long as it may be guessed, and shows the time for it", () => {
  const guessing = { ...caught, word: null, hint: null, guess: null, guessEndsAt: new Date(Date.parse(startedAt) + 20_000).toISOString() }
  const { rerender } = render(stage(guessing, false))
  expect(screen.getByRole("region", { name: "The last guess" }).textContent).toContain("Bo may guess the word")
  expect(screen.getByRole("timer").textContent).toContain("0:20")
  expect(screen.queryByText("The word")).toBeNull()
  rerender(stage(caught, false))
  expect(screen.getByText("Igloo")).toBeTruthy()
})

it.each<[string, Partial<Reveal>, string[]]>([
  ["an innocent is out", { outcome: "ESCAPED", outId: "cy" }, ["was innocent", "The imposter was"]],
  ["nobody is out", { outcome: "ESCAPED", outId: null }, ["A tie again: the imposter gets away", "The imposter was"]],
  ["one of several is out", { imposterIds: ["ann", "bo"] }, ["was an imposter!", "The other imposter:"]],
  ["Mr White is out", { misterWhiteId: "bo" }, ["was Mr White!", "The hint Mr White did not get"]],
  ["it was called off", { outcome: "CALLED_OFF", outId: null, votes: [] }, ["Nobody gets coins for this one.", "The imposter was"]],
])("says in words that %s", (_case, part, words) => {
  render(stage({ ...caught, guess: null, coins: [], ...part }, false))
  for (const text of words) expect(screen.getByText(text)).toBeTruthy()
})
