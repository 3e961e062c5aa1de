// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { createRef } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { changeImposterSettingsAction, openImposterVoteAction, revealImposterRoundAction, startImposterRoundAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aReveal, aRound } from "@/testing/imposter-views"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import type { RoundView, SettingsView } from "../view"
import { ImposterPanel } from "./control-panel"

vi.mock("@/app/actions/party-logic", () => ({
  startImposterRoundAction: vi.fn(),
  openImposterVoteAction: vi.fn(),
  revealImposterRoundAction: vi.fn(),
  callOffImposterRoundAction: vi.fn(),
  changeImposterSettingsAction: vi.fn(),
}))

const guest = (id: string, name: string) => ({ id, name, avatarUrl: null, isDriverSeat: false, isKicked: false })
const guests = [guest("ann", "Ann"), guest("bo", "Bo"), guest("cy", "Cy"), guest("di", "Di")]
const settings: SettingsView = { category: null, theme: null, language: "en", imposterCount: 1, hasMisterWhite: false, discussionMinutes: 5, pairsReady: 0 }
const soon = new Date(Date.parse(startedAt) + 60_000).toISOString()
const talking = aRound()
const caught = aReveal({ word: null, hint: null, guessEndsAt: soon, endedAt: null })

const mergeAnswer = vi.fn()
function panel(imposter: RoundView | null, part: Partial<NightView> = {}) {
  const live = aLiveNight(aNight({ guests, imposter, imposterSettings: settings, ...part }), { mergeAnswer })
  return (
    <LiveNightContext value={live}>
      <ImposterPanel categories={[{ category: "food", title: "Food" }]} stepRef={createRef()} />
    </LiveNightContext>
  )
}

const button = (name: string) => screen.getByRole("button", { name })
const refused = { success: false as const, code: "words_used_up", error: "Every word was played tonight." }

beforeEach(() => {
  vi.resetAllMocks()
  sessionStorage.clear()
})
afterEach(cleanup)

it("[IMP-2] starts with everybody living, or with those picked", async () => {
  const start = vi.mocked(startImposterRoundAction)
  start.mockResolvedValue({ success: true, version: 2, round: talking, playerCount: 4 })
  render(panel(null))
  fireEvent.click(button("Start"))
  await waitFor(() => expect(mergeAnswer).toHaveBeenCalledWith(expect.objectContaining({ round: talking })))
  fireEvent.click(screen.getByRole("checkbox", { name: "Bo" }))
  fireEvent.click(button("Start"))
  await waitFor(() => expect(start).toHaveBeenCalledTimes(2))
  expect(start.mock.calls.map(([picked]) => picked)).toEqual([undefined, ["ann", "cy", "di"]])
})

it("[IMP-2] picks the people of the last round with one button", () => {
  render(panel({ ...talking, status: "REVEALED", reveal: { ...caught, word: "Igloo", hint: "Cold", guessEndsAt: null } }))
  fireEvent.click(button("Same as last round"))
  const picked = screen.getAllByRole<HTMLInputElement>("checkbox").filter(({ checked }) => checked)
  expect(picked.map((box) => box.labels?.[0]?.textContent)).toEqual([expect.stringContaining("Ann"), expect.stringContaining("Bo"), expect.stringContaining("Cy")])
  expect(screen.getByText(/Bo was caught. The word was “Igloo”/)).toBeTruthy()
})

it("[IMP-2] does not start with two, and says who is missing", () => {
  render(panel(null, { guests: guests.slice(0, 2) }))
  expect(button("Start").getAttribute("aria-disabled")).toBe("true")
  expect(screen.getByText(/At least 3 play. 2 can now/)).toBeTruthy()
})

it("[PTY-12] starts none when the party is over, and says so", () => {
  render(panel(null, { party: { ...aNight().party, status: "ENDED" } }))
  expect(button("Start").getAttribute("aria-disabled")).toBe("true")
  expect(screen.getByText("The party is over.")).toBeTruthy()
})

it("says why a start was refused", async () => {
  vi.mocked(startImposterRoundAction).mockResolvedValue(refused)
  render(panel(null))
  fireEvent.click(button("Start"))
  expect((await screen.findByRole("alert")).textContent).toContain("Every word was played tonight.")
})

it("has one next button in every state of a round", async () => {
  const answer = { success: true as const, version: 2, round: talking }
  vi.mocked(openImposterVoteAction).mockResolvedValue(answer)
  vi.mocked(revealImposterRoundAction).mockResolvedValue(answer)
  const { rerender } = render(panel(talking))
  fireEvent.click(button("Call the vote"))
  await waitFor(() => expect(openImposterVoteAction).toHaveBeenCalledOnce())

  rerender(panel({ ...talking, status: "VOTING", vote: 1, voteEndsAt: soon, candidateIds: ["ann", "bo", "cy"] }))
  expect(screen.queryByRole("button", { name: "Call the vote" })).toBeNull()
  fireEvent.click(button("Reveal now"))
  expect(button("0 of 3 voted: count now?")).toBeTruthy()
  expect(revealImposterRoundAction).not.toHaveBeenCalled()

  rerender(panel({ ...talking, status: "REVEALED", reveal: caught }))
  fireEvent.click(button("End the guess"))
  await waitFor(() => expect(revealImposterRoundAction).toHaveBeenCalledExactlyOnceWith({ status: "REVEALED", vote: 0 }, expect.any(String)))
  expect(screen.queryByRole("button", { name: "Call it off" })).toBeNull()
})

it("[IMP-7] changes the topic: a category, anything, or a theme of the host's", async () => {
  const change = vi.mocked(changeImposterSettingsAction)
  change.mockResolvedValue({ success: true, version: 2, settings })
  render(panel(null))
  fireEvent.change(screen.getByLabelText("Words about"), { target: { value: "food" } })
  await waitFor(() => expect(mergeAnswer).toHaveBeenCalledOnce())
  fireEvent.change(screen.getByLabelText("Or a theme of yours"), { target: { value: " Space " } })
  fireEvent.click(button("Save"))
  await waitFor(() => expect(change).toHaveBeenCalledTimes(2))
  expect(change.mock.calls).toEqual([[{ category: "food" }], [{ theme: "Space" }]])
})
