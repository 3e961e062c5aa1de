// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { castImposterVoteAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aCard, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { aLiveNight, aNight, ownAnn } from "@/testing/views"
import type { CardView, RoundView } from "../view"
import { PhoneVote } from "./phone-vote"
import { ownPart } from "./round-people"

vi.mock("@/app/actions/party-logic", () => ({ castImposterVoteAction: vi.fn() }))

const people = [["ann", "Ann"], ["bo", "Bo"], ["cy", "Cy"], ["di", "Di"]] as const
const guests: NightView["guests"] = people.map(([id, name]) => ({ id, name, avatarUrl: null, isDriverSeat: false, isKicked: false }))
const first = { status: "VOTING", vote: 1 } as const
const voted = aRound({ ...first, players: [aRoundPlayer("ann", { hasVoted: true }), aRoundPlayer("bo"), aRoundPlayer("cy"), aRoundPlayer("di", { hasLeft: true })] })
const revote = aRound({ status: "VOTING", vote: 2, candidateIds: ["bo", "cy"] })
const mergeAnswer = vi.fn()

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers({ now: Date.parse("2026-11-21T20:05:10.000Z") })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function voteOf(round: RoundView, card: CardView = aCard()) {
  const live = aLiveNight(aNight({ me: ownAnn(), guests, imposter: round, card }), { mergeAnswer })
  return (
    <LiveNightContext value={live}>
      <PhoneVote round={round} own={ownPart(round, "ann")} card={card} cardButton={null} />
    </LiveNightContext>
  )
}

const tap = (name: string | RegExp) => act(async () => void fireEvent.click(screen.getByRole("button", { name })))

it("[IMP-10] names another player with one tap and shows it at once, but not oneself", async () => {
  vi.mocked(castImposterVoteAction).mockResolvedValue({ success: true, version: 8, round: voted, votedForId: "bo" })
  render(voteOf(aRound(first)))
  expect(screen.queryByRole("button", { name: "Ann" })).toBeNull()
  await tap("Bo")
  expect(castImposterVoteAction).toHaveBeenCalledExactlyOnceWith("bo", 1)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 8, round: voted, card: aCard({ votedForId: "bo" }) })
})

it("[IMP-10] marks the own vote, lets it change, and says who is still missing", async () => {
  vi.mocked(castImposterVoteAction).mockResolvedValue({ success: true, version: 9, round: voted, votedForId: "cy" })
  render(voteOf(voted, aCard({ votedForId: "bo" })))
  expect(screen.getByRole("button", { pressed: true }).textContent).toMatch(/Bo.*Your vote/)
  expect(screen.getByText(/have voted/).parentElement?.textContent).toBe("1 of 3 have voted. Waiting for Bo and Cy.")
  await tap(/^Bo/)
  expect(castImposterVoteAction).not.toHaveBeenCalled()
  await tap("Cy")
  expect(castImposterVoteAction).toHaveBeenCalledExactlyOnceWith("cy", 1)
})

it("[IMP-11] a vote that ties, answered after the revote has begun, marks nobody in it", async () => {
  const answers: ((answer: Awaited<ReturnType<typeof castImposterVoteAction>>) => void)[] = []
  vi.mocked(castImposterVoteAction).mockReturnValue(new Promise((resolve) => answers.push(resolve)))
  const { rerender } = render(voteOf(aRound(first)))
  await tap("Bo")
  rerender(voteOf(revote))
  expect(screen.getByText(/^Tie!/).textContent).toBe("Tie! Between Bo and Cy.")
  await act(async () => answers.forEach((answer) => answer({ success: true, version: 8, round: voted, votedForId: "bo" })))
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 8, round: voted })
})

it("[IMP-10] takes no vote at zero", async () => {
  render(voteOf(aRound(first)))
  act(() => void vi.advanceTimersByTime(50_000))
  expect(screen.getByRole("heading", { name: "Counting…" })).toBeTruthy()
  await tap("Bo")
  expect(castImposterVoteAction).not.toHaveBeenCalled()
})

it("says a refusal beside the names", async () => {
  vi.mocked(castImposterVoteAction).mockResolvedValue({ success: false, code: "vote_over", error: "The vote is over." })
  render(voteOf(aRound(first)))
  await tap("Bo")
  expect(screen.getByRole("alert").textContent).toContain("The vote is over.")
  expect(mergeAnswer).not.toHaveBeenCalled()
})
