// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { playAgainAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aRevealedSet, aRunningSession, aSession, aSessionPlayer, someResults } from "@/testing/quipflip-views"
import { aLiveNight, aNight, ownAnn } from "@/testing/views"
import { PhoneResults } from "./phone-results"

const { router } = vi.hoisted(() => ({ router: { replace: vi.fn(), push: vi.fn() } }))
vi.mock("next/navigation", () => ({ useRouter: () => router }))
vi.mock("@/app/actions/party-logic", () => ({ playAgainAction: vi.fn() }))

const played = aSession({ status: "COMPLETED", phase: "RESULTS" })
const next = aSession({ sessionId: "next", players: [aSessionPlayer("bo", { isHost: true }), aSessionPlayer("ann")] })
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()
const mergeAnswer = vi.fn()

/** A second after these results came about. */
const now = Date.parse(someResults().completedAt) + 1_000

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers({ now, toFake: ["Date"] })
  vi.stubGlobal("fetch", fetched)
  fetched.mockImplementation(async () => Response.json({ success: true, results: someResults() }))
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function results(part: Partial<NightView> = {}, guestId = "ann") {
  const night = aNight({ me: ownAnn({ id: guestId }), sessions: [played], ...part })
  const page = (
    <LiveNightContext value={aLiveNight(night, { mergeAnswer })}>
      <PhoneResults sessionId="session" />
    </LiveNightContext>
  )
  const { container } = render(page)
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve))))
  return container
}

/** The same after the TV has told it. */
async function resultsToldAlready(part: Partial<NightView> = {}, guestId = "ann") {
  const container = await results(part, guestId)
  const lift = screen.queryByRole("button", { name: "Show me now" })
  if (lift) fireEvent.click(lift)
  return container
}

it("leaves the telling to the TV, and shows it at once to who has none, or is late", async () => {
  const container = await results()
  expect(screen.getByRole("heading", { name: "Look at the TV!" })).toBeTruthy()
  expect(container.textContent).not.toMatch(/FRIDGE|Bo wins/)
  fireEvent.click(screen.getByRole("button", { name: "Show me now" }))
  expect(screen.getByRole("heading", { name: "Bo wins" })).toBeTruthy()
  cleanup()
  fetched.mockImplementation(async () => Response.json({ success: true, results: someResults({ completedAt: "2020-01-01T00:00:00.000Z" }) }))
  await results()
  expect(screen.getByRole("heading", { name: "Bo wins" })).toBeTruthy()
})

it("[QF-S14] ranks everybody by net coins, equals sharing a rank, and says who won", async () => {
  await resultsToldAlready()
  expect(screen.getByRole("heading", { name: "Bo wins" })).toBeTruthy()
  const rows = within(screen.getByRole("list", { name: "Ranking" })).getAllByRole("listitem").map(({ textContent }) => textContent)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatch(/^Rank 1.*Bo.*\+120/)
  expect(rows[1]).toMatch(/^Rank 2.*Ann \(you\).*−210/)
  expect(rows[2]).toMatch(/^Rank 2.*Cy/)
})

it("[QF-S15] names the holders of each award, and no award nobody earned", async () => {
  await resultsToldAlready()
  const awards = within(screen.getByRole("list", { name: "Awards" })).getAllByRole("listitem").map(({ textContent }) => textContent)
  expect(awards).toHaveLength(2)
  expect(awards[0]).toContain("Top ImpostorBo")
  expect(awards[1]).toContain("Sharpest VoterYou and Cy")
})

it("names the reader first among those who share an award", async () => {
  await resultsToldAlready({}, "cy")
  expect(screen.getByRole("list", { name: "Awards" }).textContent).toContain("Sharpest VoterYou and Ann")
})

it("[QF-S6] tells set by set who wrote what, who fell for it, and what the house wrote for somebody", async () => {
  const text = (await resultsToldAlready()).textContent
  for (const part of ["A VERY LOUD FRIDGE", "by you", "THE NOISY COOLER", "by Bo", "Cy fell for it", "by the house for Cy"]) expect(text).toContain(part)
})

it("names who fell for a phrase in a sentence, the reader first", async () => {
  const set = aRevealedSet()
  const [original, copy, other] = set.phrases
  const [cy] = copy?.voters ?? []
  if (!original || !copy || !other || !cy) throw new Error("Cy votes in this set")
  const bo = { ...cy, participantId: "seat-bo", guestId: "bo", name: "Bo" }
  fetched.mockImplementation(async () => Response.json({ success: true, results: someResults({ sets: [{ ...set, phrases: [original, { ...copy, voters: [cy, bo] }, other] }] }) }))
  expect((await resultsToldAlready({}, "bo")).textContent).toContain("You and Cy fell for it")
})

it("fetches them once, and tries again while they are not there yet", async () => {
  fetched.mockResolvedValueOnce(Response.json({ success: false, code: "session_not_over", error: "It still runs." }))
  vi.useFakeTimers({ now })
  render(
    <LiveNightContext value={aLiveNight(aNight({ me: ownAnn(), sessions: [played] }))}>
      <PhoneResults sessionId="session" />
    </LiveNightContext>,
  )
  await act(async () => void (await vi.advanceTimersByTimeAsync(0)))
  expect(screen.getByRole("status", { name: "The results are coming" })).toBeTruthy()
  await act(async () => void (await vi.advanceTimersByTimeAsync(250)))
  expect(screen.getByRole("heading", { name: "Look at the TV!" })).toBeTruthy()
  await act(async () => void (await vi.advanceTimersByTimeAsync(60_000)))
  expect(fetched.mock.calls.filter(([url]) => url.includes("/results?"))).toHaveLength(2)
})

it("says why there are none", async () => {
  fetched.mockImplementation(async () => Response.json({ success: false, code: "session_not_found", error: "That session does not exist." }))
  await resultsToldAlready({ sessions: [] })
  expect(screen.getByRole("alert").textContent).toContain("That session does not exist.")
})

it("[QF-S18] plays again with one tap, and leads whoever comes later to the same lobby", async () => {
  vi.mocked(playAgainAction).mockResolvedValue({ success: true, version: 9, session: next })
  await resultsToldAlready()
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Play again" })))
  expect(playAgainAction).toHaveBeenCalledExactlyOnceWith("session", expect.any(String))
  expect(router.push).toHaveBeenCalledExactlyOnceWith("/party/lobby/next")
  cleanup()
  const container = await resultsToldAlready({ sessions: [{ ...played, nextSessionId: "next" }, next] })
  expect(container.textContent).toContain("Bo wants to play again!")
  expect(screen.getByRole("link", { name: "To the lobby" }).getAttribute("href")).toBe("/party/lobby/next")
})

it("offers no new session to who only looked on", async () => {
  await resultsToldAlready({}, "zoe")
  expect(screen.queryByRole("button", { name: "Play again" })).toBeNull()
})

it("goes back to a session that still runs", async () => {
  await resultsToldAlready({ sessions: [aRunningSession()] })
  expect(router.replace).toHaveBeenCalledExactlyOnceWith("/party/play/session")
})

it("shares without a share menu by saving the picture, and leaves out one that cannot be drawn", async () => {
  await resultsToldAlready()
  const save = screen.getByRole("link", { name: "Save picture" })
  expect(save.getAttribute("download")).toBe("quipflip-QUIP2345.png")
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull()
  act(() => void fireEvent.error(screen.getByRole("img", { name: /ranking and the awards/ })))
  expect(screen.queryByRole("link", { name: "Save picture" })).toBeNull()
})
