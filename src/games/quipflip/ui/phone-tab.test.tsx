// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createSessionAction, joinSessionAction, joinSessionByIdAction } from "@/app/actions/party-logic"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aLiveNight, aNight, aParty, ownAnn } from "@/testing/views"
import { QuipflipTab } from "./phone-tab"

const { router } = vi.hoisted(() => ({ router: { push: vi.fn() } }))
// It is tested beside its own file.
vi.mock("./solo-desk", () => ({ SoloDesk: () => "the desk of who plays alone" }))
vi.mock("next/navigation", () => ({ useRouter: () => router }))
vi.mock("@/app/actions/party-logic", () => ({ createSessionAction: vi.fn(), joinSessionAction: vi.fn(), joinSessionByIdAction: vi.fn() }))

const theirs = aSession({ sessionId: "theirs", players: [aSessionPlayer("bo", { isHost: true }), aSessionPlayer("cy")] })

beforeEach(() => vi.resetAllMocks())
afterEach(() => {
  cleanup()
  sessionStorage.clear()
})

function tab(part: Partial<NightView>) {
  const me = ownAnn()
  return (
    <LiveNightContext value={aLiveNight(aNight({ me, ...part }))}>
      <QuipflipTab me={me} />
    </LiveNightContext>
  )
}

const tap = (element: HTMLElement) => act(async () => void fireEvent.click(element))

it("[QF-S2] joins an open lobby with one tap and goes there", async () => {
  vi.mocked(joinSessionByIdAction).mockResolvedValue({ success: true, version: 7, session: theirs })
  render(tab({ sessions: [theirs] }))
  const [join] = screen.getAllByRole("button", { name: "Join" })
  if (join) await tap(join)
  expect(joinSessionByIdAction).toHaveBeenCalledExactlyOnceWith("theirs", expect.any(String))
  expect(router.push).toHaveBeenCalledExactlyOnceWith("/party/lobby/theirs")
})

it("[QF-S1] joins by a code as it was typed, and says a refusal at the field", async () => {
  vi.mocked(joinSessionAction).mockResolvedValueOnce({ success: false, code: "session_not_found", error: "No session has that code." })
  vi.mocked(joinSessionAction).mockResolvedValueOnce({ success: true, version: 7, session: theirs })
  render(tab({}))
  const field = screen.getByLabelText<HTMLInputElement>("Or type a code")
  await act(async () => void fireEvent.change(field, { target: { value: "quip 2345" } }))
  await tap(screen.getByRole("button", { name: "Join" }))
  expect(screen.getByRole("alert").textContent).toContain("No session has that code.")
  await tap(screen.getByRole("button", { name: "Join" }))
  expect(joinSessionAction).toHaveBeenLastCalledWith("quip 2345", expect.any(String))
  expect(router.push).toHaveBeenCalledExactlyOnceWith("/party/lobby/theirs")
  expect(field.value).toBe("")
})

it("[QF-S2] opens a session and goes to its lobby", async () => {
  vi.mocked(createSessionAction).mockResolvedValue({ success: true, version: 7, session: aSession() })
  render(tab({}))
  await tap(screen.getByRole("button", { name: "Open a session" }))
  expect(router.push).toHaveBeenCalledExactlyOnceWith("/party/lobby/session")
})

it.each([
  ["To the lobby", aSession(), "/party/lobby/session"],
  ["Go on", aRunningSession(), "/party/play/session"],
  ["Come back", aRunningSession({ players: [aSessionPlayer("ann", { hasLeft: true, dealt: 2 })] }), "/party/play/session"],
])("[QF-S17] shows the own session instead of a way into another: %s", (name, session, path) => {
  render(tab({ sessions: [theirs, session] }))
  expect(screen.getByRole("link", { name }).getAttribute("href")).toBe(path)
  expect(screen.queryByRole("button", { name: /Open|Join/ })).toBeNull()
})

it("lists what runs and what was played, and after the party only that", () => {
  const running = aRunningSession({ sessionId: "running", players: [aSessionPlayer("di"), aSessionPlayer("ed")] })
  const over = aSession({ sessionId: "over", code: "OVER2345", status: "COMPLETED", phase: "RESULTS" })
  const { container, rerender } = render(tab({ sessions: [over, running] }))
  expect(container.textContent).toContain("Di and EdCopy")
  expect(container.textContent).toContain("the desk of who plays alone")
  expect(screen.getByRole("link", { name: "Results of OVER2345" }).getAttribute("href")).toBe("/party/results/over")
  rerender(tab({ sessions: [over, running], party: aParty({ status: "ENDED" }) }))
  expect(screen.getByRole("link", { name: "Results of OVER2345" })).toBeTruthy()
  expect(screen.queryAllByRole("button")).toEqual([])
})
