// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { decideFlagAction, flaggedPhrasesAction } from "@/app/actions/party-logic"
import type { Moment } from "@/live/moment"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aLiveNight, aNight, startedAt } from "@/testing/views"
import type { FlaggedPhraseView } from "../solo-view"
import { FlaggedPhrases } from "./flagged-phrases"

vi.mock("@/app/actions/party-logic", () => ({ decideFlagAction: vi.fn(), flaggedPhrasesAction: vi.fn() }))

const flagged: FlaggedPhraseView = { promptRoundId: "p1", promptText: "The cat wants…", phrase: "WARM MILK", flaggedAt: startedAt, copies: 1 }
let listeners: ((moment: Moment, night: NightView) => void)[] = []

beforeEach(() => {
  vi.resetAllMocks()
  listeners = []
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

async function list(phrases: FlaggedPhraseView[]) {
  vi.mocked(flaggedPhrasesAction).mockResolvedValue({ success: true, phrases, version: 3 })
  const live = aLiveNight(aNight(), {
    onMoment: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
  })
  const shown = render(<LiveNightContext value={live}><FlaggedPhrases /></LiveNightContext>)
  await act(async () => undefined)
  return shown
}
const tap = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })))

it("is not there while nothing is flagged, and comes when something is", async () => {
  const { container } = await list([])
  expect(container.textContent).toBe("")
  vi.mocked(flaggedPhrasesAction).mockResolvedValue({ success: true, phrases: [flagged], version: 4 })
  const moment: Moment = { kind: "queueChanged", version: 4, payload: { waitingPrompts: 0, openSets: 0 } }
  await act(async () => listeners.forEach((listener) => listener(moment, aNight())))
  expect(screen.getByText("WARM MILK")).toBeTruthy()
  expect(screen.getByText("The cat wants…")).toBeTruthy()
})

it("[QF-E10] keeps with one tap", async () => {
  vi.mocked(decideFlagAction).mockResolvedValue({ success: true, version: 5, phrases: [] })
  const { container } = await list([flagged])
  await tap("Keep")
  expect(decideFlagAction).toHaveBeenCalledExactlyOnceWith("p1", true, expect.any(String))
  expect(container.textContent).toBe("")
})

it("[QF-E10] removes after a question, and says why not", async () => {
  vi.mocked(decideFlagAction).mockResolvedValue({ success: false, code: "not_flagged", error: "It is decided already." })
  await list([flagged])
  vi.useFakeTimers()
  await tap("Remove")
  expect(decideFlagAction).not.toHaveBeenCalled()
  await act(async () => void (await vi.advanceTimersByTimeAsync(400)))
  await tap("Gone for good. Sure?")
  expect(decideFlagAction).toHaveBeenCalledExactlyOnceWith("p1", false, expect.any(String))
  expect(screen.getByRole("alert").textContent).toContain("It is decided already.")
})
