// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { addAiPlayerAction, changeSessionAction, joinSessionByIdAction, leaveSessionAction, removeAiPlayerAction, setReadyAction, startSessionAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aLiveNight, aNight, ownAnn } from "@/testing/views"
import { PhoneLobby } from "./phone-lobby"

const { router } = vi.hoisted(() => ({ router: { replace: vi.fn(), push: vi.fn() } }))
vi.mock("next/navigation", () => ({ useRouter: () => router }))
vi.mock("@/app/actions/party-logic", () => ({
  addAiPlayerAction: vi.fn(),
  changeSessionAction: vi.fn(),
  joinSessionByIdAction: vi.fn(),
  leaveSessionAction: vi.fn(),
  pingSessionAction: vi.fn(),
  removeAiPlayerAction: vi.fn(),
  setReadyAction: vi.fn(),
  startSessionAction: vi.fn(),
}))

const mergeAnswer = vi.fn()
const robo = aSessionPlayer("robo", { guestId: null, isAi: true, isReady: true })
const ready = aSession({ players: [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo", { isReady: true }), robo] })

beforeEach(() => {
  vi.resetAllMocks()
  vi.stubGlobal("fetch", vi.fn(() => new Promise(() => undefined)))
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function lobby(part: Partial<NightView>, guestId = "ann") {
  const night = aNight({ me: ownAnn({ id: guestId }), sessions: [aSession()], ...part })
  return (
    <LiveNightContext value={aLiveNight(night, { mergeAnswer })}>
      <PhoneLobby sessionId="session">the code as a picture</PhoneLobby>
    </LiveNightContext>
  )
}

const button = (name: string | RegExp) => screen.getByRole("button", { name })
const tap = (name: string | RegExp) => act(async () => void fireEvent.click(button(name)))

it("[QF-S1] shows how to get in: the QR code and the code, spelled out for who cannot see it", () => {
  render(lobby({}))
  expect(screen.getByText("the code as a picture")).toBeTruthy()
  expect(screen.getByText("Q U I P 2 3 4 5")).toBeTruthy()
})

it("[QF-S2] lets a player get ready and back, and shows it at once", async () => {
  const session = aSession({ players: [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo", { isReady: true })] })
  vi.mocked(setReadyAction).mockResolvedValue({ success: true, version: 7, session })
  const { rerender } = render(lobby({}, "bo"))
  await tap("I am ready")
  expect(setReadyAction).toHaveBeenCalledExactlyOnceWith("session", true)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 7, session })
  rerender(lobby({ sessions: [session] }, "bo"))
  await tap("You are ready")
  expect(setReadyAction).toHaveBeenLastCalledWith("session", false)
})

it("[QF-S2] tells the host how many are missing, and starts once nobody is", async () => {
  vi.mocked(addAiPlayerAction).mockResolvedValue({ success: true, version: 7, session: ready })
  vi.mocked(startSessionAction).mockResolvedValue({ success: false, code: "not_enough_players", error: "1 more must be ready to start." })
  const { rerender } = render(lobby({}))
  expect(screen.getByText("2 more must be ready")).toBeTruthy()
  await tap("Start")
  expect(startSessionAction).not.toHaveBeenCalled()
  await tap("Add AI")
  expect(addAiPlayerAction).toHaveBeenCalledExactlyOnceWith("session")
  rerender(lobby({ sessions: [ready] }))
  await tap("Start")
  expect(startSessionAction).toHaveBeenCalledExactlyOnceWith("session")
  expect(screen.getByRole("alert").textContent).toContain("1 more must be ready to start.")
})

it("[QF-E5] tells three who copy twice that they will not vote on each other, and nobody else", () => {
  const hint = "With 4, you vote on each other’s phrases"
  const { rerender } = render(lobby({ sessions: [ready] }))
  expect(screen.getByText(hint)).toBeTruthy()
  rerender(lobby({ sessions: [{ ...ready, copiesPerPlayer: 1 }] }))
  expect(screen.queryByText(hint)).toBeNull()
  rerender(lobby({ sessions: [{ ...ready, players: [...ready.players, aSessionPlayer("di", { isReady: true })] }] }))
  expect(screen.getByText("Everybody who is in plays")).toBeTruthy()
})

it("[QF-S2] lets the host alone remove an AI player and change the settings", async () => {
  vi.mocked(removeAiPlayerAction).mockResolvedValue({ success: true, version: 7, session: aSession() })
  vi.mocked(changeSessionAction).mockReturnValue(new Promise(() => undefined))
  const { rerender } = render(lobby({ sessions: [ready] }))
  await tap("Remove Robo")
  expect(removeAiPlayerAction).toHaveBeenCalledExactlyOnceWith("session", "seat-robo")
  const votes = screen.getByLabelText<HTMLSelectElement>("Votes each")
  expect([...votes.options].map(({ value }) => value)).toEqual(["2", "3", "4", "5"])
  await act(async () => void fireEvent.change(votes, { target: { value: "5" } }))
  expect(changeSessionAction).toHaveBeenCalledExactlyOnceWith("session", { votesPerPlayer: 5 })
  expect(votes.value).toBe("5")
  rerender(lobby({ sessions: [ready] }, "bo"))
  expect(screen.queryByLabelText("Votes each")).toBeNull()
  expect(screen.queryByRole("button", { name: /Remove|Add AI|Start/ })).toBeNull()
})

it.each([[249, true], [250, false]])("[QF-S5] with %i coins it warns: %s", (walletBalance, isWarned) => {
  render(lobby({ me: ownAnn({ walletBalance }) }))
  expect(screen.queryByText(/the house lends you/) !== null).toBe(isWarned)
})

it("[QF-S2] lets somebody who is not in join, or says why not", async () => {
  vi.mocked(joinSessionByIdAction).mockResolvedValue({ success: true, version: 7, session: aSession() })
  const { rerender } = render(lobby({}, "zoe"))
  await tap("Join")
  expect(joinSessionByIdAction).toHaveBeenCalledExactlyOnceWith("session", expect.any(String))
  rerender(lobby({ sessions: [aSession({ maxPlayers: 3 })] }, "zoe"))
  expect(button("Full").getAttribute("aria-disabled")).toBe("true")
  rerender(lobby({ sessions: [aRunningSession()] }, "zoe"))
  expect(screen.getByRole("heading", { name: "Too late" })).toBeTruthy()
  expect(router.replace).not.toHaveBeenCalled()
})

it("[QF-S3] goes on to the game by itself when the session starts, once", () => {
  const { rerender } = render(lobby({}))
  rerender(lobby({ sessions: [aRunningSession()] }))
  expect(router.replace).toHaveBeenCalledExactlyOnceWith("/party/play/session")
  expect(router.push).not.toHaveBeenCalled()
})

it("[QF-S2] leaves after asking once, and goes home", async () => {
  vi.useFakeTimers()
  vi.mocked(leaveSessionAction).mockResolvedValue({ success: true, version: 7, session: null })
  render(lobby({}))
  await tap("Leave")
  act(() => void vi.advanceTimersByTime(400))
  await tap("Leave this lobby?")
  expect(leaveSessionAction).toHaveBeenCalledExactlyOnceWith("session")
  expect(router.replace).toHaveBeenCalledExactlyOnceWith("/party/dashboard")
})

it("says that a lobby is gone", () => {
  render(lobby({ sessions: [] }))
  expect(screen.getByRole("heading", { name: "This session is gone" })).toBeTruthy()
})
