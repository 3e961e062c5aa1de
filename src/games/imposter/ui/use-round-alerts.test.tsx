// @vitest-environment jsdom
import { cleanup, renderHook } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LiveNightContext } from "@/live/use-night"
import { aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { aLiveNight, aNight } from "@/testing/views"
import { vibrate } from "@/ui/vibrate"
import type { RoundView } from "../view"
import { useRoundAlerts } from "./use-round-alerts"

vi.mock("@/ui/vibrate", () => ({ vibrate: vi.fn() }))
const onStart = vi.fn()
beforeEach(() => vi.resetAllMocks())
afterEach(cleanup)

function phone(first: RoundView | null, guestId = "ann") {
  let imposter = first
  const wrapper = ({ children }: { children: ReactNode }) => <LiveNightContext value={aLiveNight(aNight({ imposter }))}>{children}</LiveNightContext>
  const { rerender } = renderHook(() => useRoundAlerts(guestId, onStart), { wrapper })
  return (next: RoundView) => {
    imposter = next
    rerender()
  }
}

it("[IMP-1] buzzes at the start, at each vote and at the reveal, and tells of the start once", () => {
  const show = phone(null)
  show(aRound())
  expect(onStart).toHaveBeenCalledTimes(1)
  show(aRound({ isWarned: true }))
  expect(vibrate).toHaveBeenCalledTimes(1)
  show(aRound({ status: "VOTING", vote: 1 }))
  show(aRound({ status: "VOTING", vote: 2 }))
  show(aRound({ status: "REVEALED", vote: 2, reveal: aReveal() }))
  expect(vibrate).toHaveBeenCalledTimes(4)
  show(aRound({ roundId: "next" }))
  expect(onStart).toHaveBeenCalledTimes(2)
})

it("tells a phone that slept through the start and wakes in the vote", () => {
  const show = phone(aRound({ roundId: "last", status: "REVEALED", reveal: aReveal() }))
  show(aRound({ status: "VOTING", vote: 1 }))
  expect(onStart).toHaveBeenCalledTimes(1)
})

it("leaves alone whoever loads the page in the middle of a round, watches or has left", () => {
  phone(aRound())(aRound({ isWarned: true }))
  phone(null, "zoe")(aRound())
  phone(null)(aRound({ players: [aRoundPlayer("ann", { hasLeft: true }), aRoundPlayer("bo")] }))
  expect(onStart).not.toHaveBeenCalled()
  expect(vibrate).not.toHaveBeenCalled()
})
