// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { beginSessionRoundAction, joinSessionAction, skipPlayerAction, submitSessionRoundAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSeat, aSession, aSessionPlayer, anOpenRound } from "@/testing/quipflip-views"
import { aLiveNight, aNight, ownAnn, startedAt } from "@/testing/views"
import { PhonePlay } from "./phone-play"

const { router } = vi.hoisted(() => ({ router: { replace: vi.fn(), push: vi.fn() } }))
vi.mock("next/navigation", () => ({ useRouter: () => router }))
vi.mock("@/app/actions/party-logic", () => ({
  beginSessionRoundAction: vi.fn(),
  submitSessionRoundAction: vi.fn(),
  joinSessionAction: vi.fn(),
  leaveSessionAction: vi.fn(),
  skipPlayerAction: vi.fn(),
  skipPhaseAction: vi.fn(),
  endSessionAction: vi.fn(),
  pingSessionAction: vi.fn(),
}))

const mergeAnswer = vi.fn()
const refetch = vi.fn()
const vote = anOpenRound({ type: "VOTE", feeCoins: 10, endsAt: "2026-11-21T20:01:00.000Z", originalPhrase: null, promptText: "Behind the sofa", phrases: ["MOULDY SNACK", "OLD SANDWICH", "STALE LUNCH"] })

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers({ now: Date.parse(startedAt) })
  vi.stubGlobal("fetch", vi.fn(() => new Promise(() => undefined)))
})
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function play(part: Partial<NightView>) {
  const night = aNight({ me: ownAnn(), sessions: [aRunningSession()], ...part })
  return (
    <LiveNightContext value={aLiveNight(night, { mergeAnswer, refetch })}>
      <PhonePlay sessionId="session" />
    </LiveNightContext>
  )
}

const tap = (name: string | RegExp) => act(async () => void fireEvent.click(screen.getByRole("button", { name })))
const write = (value: string) => act(async () => void fireEvent.change(screen.getByLabelText("Your copy"), { target: { value } }))
const answered = () => ({ success: true, version: 9, seat: aSeat({ done: 1 }), session: aRunningSession() }) as const

it("[QF-E1] begins the next round by itself, once, and shows what it answers", async () => {
  const seat = aSeat({ round: anOpenRound() })
  vi.mocked(beginSessionRoundAction).mockResolvedValue({ success: true, version: 8, seat, walletBalance: 950 })
  const { rerender } = render(play({ seat: aSeat() }))
  await act(async () => undefined)
  expect(beginSessionRoundAction).toHaveBeenCalledExactlyOnceWith("session", 3, expect.stringMatching(/^[0-9a-f]{32}$/))
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 8, walletBalance: 950, seat })
  rerender(play({ seat }))
  expect(screen.getByText("A VERY LOUD FRIDGE")).toBeTruthy()
  expect(screen.getByText("1 of 2")).toBeTruthy()
})

it("tries again with the same id when nobody answered, and says a refusal with a way on", async () => {
  vi.mocked(beginSessionRoundAction).mockRejectedValueOnce(new TypeError("Failed to fetch"))
  vi.mocked(beginSessionRoundAction).mockResolvedValue({ success: false, code: "no_prompts_available", error: "There is nothing to copy." })
  render(play({ seat: aSeat() }))
  await act(async () => undefined)
  await act(async () => void (await vi.advanceTimersByTimeAsync(2_000)))
  const ids = vi.mocked(beginSessionRoundAction).mock.calls.map(([, , id]) => id)
  expect(ids).toHaveLength(2)
  expect(ids[1]).toBe(ids[0])
  expect(screen.getByRole("alert").textContent).toContain("There is nothing to copy.")
  await tap("Try again")
  expect(beginSessionRoundAction).toHaveBeenCalledTimes(3)
})

it.each<[string, Partial<NightView>, boolean]>([
  ["is not looked at", { seat: aSeat() }, true],
  ["has a round", { seat: aSeat({ round: anOpenRound() }) }, false],
  ["has played everything", { seat: aSeat({ done: 2 }) }, false],
  ["has left", { seat: aSeat({ hasLeft: true }), sessions: [aRunningSession({ players: [aSessionPlayer("ann", { hasLeft: true, dealt: 2 })] })] }, false],
])("[QF-S6] begins nothing on a phone that %s", async (_what, part, isHidden) => {
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue(isHidden ? "hidden" : "visible")
  render(play(part))
  await act(async () => undefined)
  expect(beginSessionRoundAction).not.toHaveBeenCalled()
  visibility.mockRestore()
})

it("[QF-S3] begins a new phase at once, without waiting for its seat: the answer brings it", async () => {
  render(play({ seat: aSeat({ lifecycleVersion: 2 }) }))
  await act(async () => undefined)
  expect(beginSessionRoundAction).toHaveBeenCalledExactlyOnceWith("session", 3, expect.any(String))
})

it("keeps what was typed over a reload, sends it once, and starts the next round with an empty field", async () => {
  vi.mocked(submitSessionRoundAction).mockResolvedValue(answered())
  render(play({ seat: aSeat({ round: anOpenRound() }) }))
  await write("the noisy  cooler")
  cleanup()
  render(play({ seat: aSeat({ round: anOpenRound() }) }))
  expect(screen.getByLabelText<HTMLTextAreaElement>("Your copy").value).toBe("the noisy  cooler")
  const button = screen.getByRole("button", { name: "Send it" })
  await act(async () => {
    fireEvent.click(button)
    fireEvent.submit(button)
  })
  expect(submitSessionRoundAction).toHaveBeenCalledExactlyOnceWith({ sessionId: "session", roundId: "round", phrase: "the noisy cooler", lifecycleVersion: 3 }, expect.any(String))
  expect(mergeAnswer).toHaveBeenCalledWith({ version: 9, seat: aSeat({ done: 1 }), session: aRunningSession() })
  cleanup()
  render(play({ seat: aSeat({ done: 1, round: anOpenRound({ roundId: "second" }) }) }))
  expect(screen.getByLabelText<HTMLTextAreaElement>("Your copy").value).toBe("")
  expect(screen.getByText("2 of 2")).toBeTruthy()
})

it("sends with Enter, says a refusal at the field and keeps the text", async () => {
  vi.mocked(submitSessionRoundAction).mockResolvedValue({ success: false, code: "phrase_word_unknown", error: "FRDGE is not in the dictionary." })
  render(play({ seat: aSeat({ round: anOpenRound() }) }))
  await write("loud frdge")
  const field = screen.getByLabelText<HTMLTextAreaElement>("Your copy")
  await act(async () => void fireEvent.keyDown(field, { key: "Enter" }))
  expect(screen.getByRole("alert").textContent).toContain("FRDGE is not in the dictionary.")
  expect(field.getAttribute("aria-invalid")).toBe("true")
  expect(field.value).toBe("loud frdge")
})

it("[QF-N7] takes nothing at zero, and asks the server once the grace is over", async () => {
  render(play({ seat: aSeat({ round: anOpenRound() }) }))
  await write("the noisy cooler")
  act(() => void vi.advanceTimersByTime(180_000))
  expect(screen.getByLabelText<HTMLTextAreaElement>("Your copy").disabled).toBe(true)
  await tap("Time is up")
  expect(submitSessionRoundAction).not.toHaveBeenCalled()
  expect(refetch).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(5_000))
  expect(refetch).toHaveBeenCalledTimes(1)
})

it("[QF-S4] begins nothing any more once the phase is over, and says so", async () => {
  vi.setSystemTime(Date.parse("2026-11-21T20:06:01.000Z"))
  render(play({ seat: aSeat() }))
  await act(async () => undefined)
  expect(beginSessionRoundAction).not.toHaveBeenCalled()
  expect(screen.getByRole("heading", { name: "Time is up" })).toBeTruthy()
})

it("looks again when the session went on meanwhile", async () => {
  vi.mocked(submitSessionRoundAction).mockResolvedValue({ success: false, code: "stale_version", error: "The game has gone on meanwhile." })
  render(play({ seat: aSeat({ round: anOpenRound() }) }))
  await write("the noisy cooler")
  await tap("Send it")
  expect(refetch).toHaveBeenCalledTimes(1)
})

it("[QF-E6] votes with one tap, not with one meant for the last set, and with no second one", async () => {
  vi.mocked(submitSessionRoundAction).mockReturnValue(new Promise(() => undefined))
  render(play({ sessions: [aRunningSession({ phase: "VOTE" })], seat: aSeat({ dealt: 3, round: vote }) }))
  await tap(/OLD SANDWICH/)
  expect(submitSessionRoundAction).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(600))
  await tap(/OLD SANDWICH/)
  await tap(/STALE LUNCH/)
  expect(submitSessionRoundAction).toHaveBeenCalledExactlyOnceWith({ sessionId: "session", roundId: "round", phrase: "OLD SANDWICH", lifecycleVersion: 3 }, expect.any(String))
  expect(screen.getByRole("button", { name: /OLD SANDWICH/ }).getAttribute("aria-busy")).toBe("true")
})

it("[QF-S5] says what a round cost and what of it the house lent", () => {
  const { container } = render(play({ seat: aSeat({ round: anOpenRound({ lentCoins: 20 }) }) }))
  expect(container.textContent).toContain("This copy cost 50 coins, 20 of it lent by the house.")
})

it("[QF-S11] says when done for whom it waits, and how far everybody is", () => {
  const players = [aSessionPlayer("ann", { dealt: 2, done: 2 }), aSessionPlayer("bo", { dealt: 2, done: 1 }), aSessionPlayer("cy", { dealt: 2 }), aSessionPlayer("robo", { guestId: null, isAi: true, dealt: 2 })]
  const { container } = render(play({ sessions: [aRunningSession({ players })], seat: aSeat({ done: 2 }) }))
  expect(screen.getByRole("heading", { name: "Locked in!" })).toBeTruthy()
  expect(container.textContent).toContain("Waiting for Bo and Cy.")
  expect(screen.getByRole("img", { name: "1 of 2" })).toBeTruthy()
})

it("[QF-S6] gives a seat that was left back", async () => {
  vi.mocked(joinSessionAction).mockResolvedValue({ success: true, version: 9, session: aRunningSession() })
  render(play({ sessions: [aRunningSession({ players: [aSessionPlayer("ann", { hasLeft: true, dealt: 2 }), aSessionPlayer("bo", { dealt: 2 })] })], seat: aSeat({ hasLeft: true }) }))
  await tap("Come back")
  expect(joinSessionAction).toHaveBeenCalledExactlyOnceWith("QUIP2345", expect.any(String))
  expect(mergeAnswer).toHaveBeenCalledWith({ version: 9, session: aRunningSession() })
})

it("[QF-S11] lets the session's host alone skip a stuck player, after asking", async () => {
  vi.mocked(skipPlayerAction).mockResolvedValue({ success: true, version: 9, session: aRunningSession() })
  const { rerender } = render(play({ seat: aSeat({ done: 2 }) }))
  await tap("Skip Bo")
  expect(skipPlayerAction).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(400))
  await tap("The house plays for Bo")
  expect(skipPlayerAction).toHaveBeenCalledExactlyOnceWith("session", "seat-bo", 3)
  rerender(play({ sessions: [aRunningSession({ players: [aSessionPlayer("ann", { dealt: 2 }), aSessionPlayer("bo", { isHost: true, dealt: 2 })] })], seat: aSeat({ done: 2 }) }))
  expect(screen.queryByRole("button", { name: "Skip Bo" })).toBeNull()
})

it("[QF-S3] goes on to the results by itself, and back to the lobby of one that has not started", () => {
  const { rerender } = render(play({ sessions: [aRunningSession({ status: "COMPLETED", phase: "RESULTS" })] }))
  expect(router.replace).toHaveBeenCalledExactlyOnceWith("/party/results/session")
  rerender(play({ sessions: [aSession()] }))
  expect(router.replace).toHaveBeenLastCalledWith("/party/lobby/session")
})

it("[QF-S16] says that a session was given up, or is not there, with a way home", () => {
  const { rerender } = render(play({ sessions: [aRunningSession({ status: "ABANDONED" })] }))
  expect(screen.getByRole("heading", { name: "Session given up" })).toBeTruthy()
  rerender(play({ sessions: [] }))
  expect(screen.getByRole("heading", { name: "This session is gone" })).toBeTruthy()
  expect(screen.getByRole("link", { name: "Back to the party" })).toBeTruthy()
})
