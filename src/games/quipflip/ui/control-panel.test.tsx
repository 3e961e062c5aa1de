// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react"
import { createRef } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { endSessionAction, flaggedPhrasesAction, pingSessionAction, skipPhaseAction, skipPlayerAction } from "@/app/actions/party-logic"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSession, aSessionPlayer, someResults } from "@/testing/quipflip-views"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import type { SessionView } from "../view"
import { QuipflipPanel } from "./control-panel"

vi.mock("@/app/actions/party-logic", () => ({ endSessionAction: vi.fn(), pingSessionAction: vi.fn(), skipPhaseAction: vi.fn(), skipPlayerAction: vi.fn(), flaggedPhrasesAction: vi.fn(), decideFlagAction: vi.fn() }))

const step = createRef<HTMLDivElement>()
const mergeAnswer = vi.fn()
const running = aRunningSession({
  players: [
    aSessionPlayer("ann", { isHost: true, dealt: 2, done: 2 }),
    aSessionPlayer("bo", { dealt: 2 }),
    aSessionPlayer("cy", { isAi: true, guestId: null, dealt: 2 }),
  ],
})

function panel(...sessions: SessionView[]) {
  return (
    <LiveNightContext value={aLiveNight(aNight({ sessions }), { mergeAnswer })}>
      <QuipflipPanel stepRef={step} />
    </LiveNightContext>
  )
}

/** The host means it: the second press comes after the time of a double tap. */
async function confirm(name: string, question: RegExp, action: unknown) {
  const clock = vi.spyOn(performance, "now")
  clock.mockReturnValue(1000)
  fireEvent.click(screen.getByRole("button", { name }))
  expect(action).not.toHaveBeenCalled()
  clock.mockReturnValue(2000)
  fireEvent.click(await screen.findByRole("button", { name: question }))
  clock.mockRestore()
}

beforeEach(() => {
  vi.resetAllMocks()
  vi.mocked(flaggedPhrasesAction).mockResolvedValue({ success: true, version: 1, phrases: [] })
  sessionStorage.clear()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it("says how guests begin when there is no session", () => {
  render(panel())
  expect(screen.getByText(/one of them opens Quipflip on the phone/)).toBeTruthy()
  expect(screen.queryByRole("button")).toBeNull()
})

it("[QF-S12] nudges the people a phase waits for, never AI players", async () => {
  vi.mocked(pingSessionAction).mockResolvedValue({ success: true, version: 2, pinged: 1 })
  render(panel(running))
  expect(screen.getByText(/1 of 3 are done/)).toBeTruthy()
  const nudge = screen.getByRole("button", { name: "Nudge Bo" })
  expect(step.current?.contains(nudge)).toBe(true)
  fireEvent.click(nudge)
  expect(await screen.findByText("1 phone buzzes.")).toBeTruthy()
  expect(pingSessionAction).toHaveBeenCalledExactlyOnceWith("session")
})

it("[QF-S2] nudges in a lobby whoever is not ready, and skips nobody there", () => {
  render(panel(aSession({ players: [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo"), aSessionPlayer("cy", { isReady: true })] })))
  expect(screen.getByRole("button", { name: "Nudge Bo" })).toBeTruthy()
  expect(screen.queryByRole("button", { name: /Skip/ })).toBeNull()
  expect(screen.getByText(/2 are ready, 3 have to be. Then Ann starts it./)).toBeTruthy()
})

it("[QF-S6] skips a player who is stuck, with the phase it is about", async () => {
  const session = { ...running, lifecycleVersion: 4 }
  vi.mocked(skipPlayerAction).mockResolvedValue({ success: true, version: 2, session })
  render(panel(running))
  expect(screen.getAllByRole("button", { name: /^Skip (Ann|Bo|Cy)$/ })).toHaveLength(1)
  await confirm("Skip Bo", /House plays/, skipPlayerAction)
  await waitFor(() => expect(mergeAnswer).toHaveBeenCalledWith(expect.objectContaining({ session })))
  expect(skipPlayerAction).toHaveBeenCalledExactlyOnceWith("session", "seat-bo", 3)
})

it("[QF-S11] skips a phase and ends a session only when asked twice", async () => {
  vi.mocked(skipPhaseAction).mockResolvedValue({ success: true, version: 2, session: running })
  vi.mocked(endSessionAction).mockResolvedValue({ success: false, code: "session_over", error: "It is over already." })
  render(panel(running))
  await confirm("Skip the phase", /The house plays what is owed/, skipPhaseAction)
  await waitFor(() => expect(skipPhaseAction).toHaveBeenCalledExactlyOnceWith("session", 3))
  await confirm("End the session", /no results. Sure/, endSessionAction)
  expect((await screen.findByRole("alert")).textContent).toContain("It is over already.")
})

it("puts what runs before what gathers, and gives the first alone the big button", () => {
  const lobby = aSession({ sessionId: "lobby", code: "KLMN2222" })
  render(panel(lobby, running))
  const sections = screen.getAllByRole("region", { name: /^Session/ })
  expect(sections.map((section) => section.getAttribute("aria-label"))).toEqual(["Session QUIP 2345", "Session KLMN 2222"])
  expect(sections[0]?.contains(step.current)).toBe(true)
})

it("[QF-E10] shows what was flagged, whether a session runs or not", async () => {
  vi.mocked(flaggedPhrasesAction).mockResolvedValue({ success: true, version: 1, phrases: [{ promptRoundId: "round", promptText: "The line", phrase: "RATHER RUDE WORDS", flaggedAt: startedAt, copies: 0 }] })
  render(panel())
  expect(await screen.findByText("RATHER RUDE WORDS")).toBeTruthy()
})

it("says who won the newest session", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ success: true, results: someResults() }))))
  render(panel(aSession({ status: "COMPLETED", phase: "RESULTS" })))
  const result = await screen.findByRole("region", { name: "Newest result" })
  expect(await within(result).findByText("Bo")).toBeTruthy()
  expect(within(result).getByText("+120 coins")).toBeTruthy()
})
