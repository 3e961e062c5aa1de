// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { guessImposterWordAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import type { ScreenAwake } from "@/party/ui/screen-awake"
import { aCard, aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { aLiveNight, aNight, aParty, ownAnn } from "@/testing/views"
import { ImposterTab } from "./phone-tab"

vi.mock("@/app/actions/party-logic", () => ({ guessImposterWordAction: vi.fn() }))

const guests: NightView["guests"] = [["ann", "Ann"], ["bo", "Bo"], ["cy", "Cy"]].map(([id = "", name = ""]) => ({ id, name, avatarUrl: null, isDriverSeat: false, isKicked: false }))
const awake: ScreenAwake = { state: "off", turnOn: vi.fn(), turnOff: vi.fn(), holder: null }

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers({ now: Date.parse("2026-11-21T20:01:00.000Z") })
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.useRealTimers()
})

function tabOf(part: Partial<NightView>, live: { refetch?: () => void } = {}) {
  const me = ownAnn()
  return (
    <LiveNightContext value={aLiveNight(aNight({ me, guests, ...part }), live)}>
      <ImposterTab me={me} awake={awake} />
    </LiveNightContext>
  )
}

it("says what will be before the first round, and once the party is over", () => {
  const { rerender } = render(tabOf({}))
  expect(screen.getByRole("heading", { name: "No round yet" })).toBeTruthy()
  rerender(tabOf({ imposter: aRound(), party: aParty({ status: "ENDED" }) }))
  expect(screen.getByText("The party is over.")).toBeTruthy()
})

it("[IMP-4] keeps the card at hand while they talk and while they vote; looking at it keeps the screen on", () => {
  const { rerender } = render(tabOf({ imposter: aRound(), card: aCard() }))
  fireEvent.pointerDown(screen.getByRole("button", { name: "Hold to see your card" }))
  expect(awake.turnOn).toHaveBeenCalledTimes(1)
  rerender(tabOf({ imposter: aRound({ status: "VOTING", vote: 1 }), card: aCard() }))
  expect(screen.getByRole("button", { name: "Hold to see your card" })).toBeTruthy()
})

it("[IMP-2] [IMP-13] gives whoever watches or left neither card nor vote, and says when they play", () => {
  const voting = { status: "VOTING", vote: 1 } as const
  const { rerender } = render(tabOf({ imposter: aRound({ ...voting, players: ["bo", "cy", "di"].map((id) => aRoundPlayer(id)) }) }))
  expect(screen.getByText("You watch this round. You play in the next round.")).toBeTruthy()
  expect(screen.queryAllByRole("button")).toEqual([])
  rerender(tabOf({ imposter: aRound({ ...voting, players: [aRoundPlayer("ann", { hasLeft: true }), aRoundPlayer("bo"), aRoundPlayer("cy")] }) }))
  expect(screen.getByText("You left this round. You play in the next round.")).toBeTruthy()
  expect(screen.queryAllByRole("button")).toEqual([])
})

it("[IMP-12] tells after the reveal who it was, the word, the votes and the coins", () => {
  const { container } = render(tabOf({ imposter: aRound({ status: "REVEALED", reveal: aReveal() }), card: aCard() }))
  expect(screen.getByRole("heading", { name: "You caught one" })).toBeTruthy()
  for (const text of ["Bo is out. Caught!", "Lighthouse", "Coast", "named by Ann and Cy", "named by Bo", "+50 coins"]) expect(container.textContent).toContain(text)
})

it("[IMP-16] lets the caught imposter guess, keeps what was typed over a reload, and stops at zero", () => {
  const reveal = aReveal({ outId: "ann", imposterIds: ["ann"], word: null, hint: null, guessEndsAt: "2026-11-21T20:01:20.000Z" })
  const night = { imposter: aRound({ status: "REVEALED" as const, reveal }) }
  render(tabOf(night))
  fireEvent.change(screen.getByLabelText("Your one guess"), { target: { value: "Light" } })
  cleanup()
  vi.setSystemTime(Date.parse("2026-11-21T20:01:20.000Z"))
  render(tabOf(night))
  expect(screen.getByLabelText<HTMLInputElement>("Your one guess").value).toBe("Light")
  fireEvent.click(screen.getByRole("button", { name: "Time is up" }))
  expect(guessImposterWordAction).not.toHaveBeenCalled()
})

it("[IMP-16] tells everybody else whom they wait for", () => {
  const reveal = aReveal({ word: null, hint: null, guessEndsAt: "2026-11-21T20:01:20.000Z" })
  const { container } = render(tabOf({ imposter: aRound({ status: "REVEALED", reveal }) }))
  expect(container.textContent).toContain("Bo may guess the word.0:20")
  expect(screen.queryByLabelText("Your one guess")).toBeNull()
})

it("[IMP-18] asks the server when a deadline has passed and nothing came of it, again and again, and no more once it has", () => {
  const refetch = vi.fn()
  const voteEndsAt = new Date(Date.now() + 10_000).toISOString()
  const { rerender } = render(tabOf({ imposter: aRound({ status: "VOTING", vote: 1, voteEndsAt }) }, { refetch }))
  for (const ms of [10_000, 2_000]) act(() => void vi.advanceTimersByTime(ms))
  expect(refetch).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(1_000))
  expect(refetch).toHaveBeenCalledTimes(1)
  act(() => void vi.advanceTimersByTime(4_000))
  expect(refetch).toHaveBeenCalledTimes(2)
  rerender(tabOf({ imposter: aRound({ status: "REVEALED", reveal: aReveal({ guessEndsAt: null }) }) }, { refetch }))
  act(() => void vi.advanceTimersByTime(60_000))
  expect(refetch).toHaveBeenCalledTimes(2)
})
