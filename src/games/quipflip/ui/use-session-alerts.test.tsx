// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Moment } from "@/live/moment"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aLiveNight, aNight } from "@/testing/views"
import { vibrate } from "@/ui/vibrate"
import type { SessionView } from "../view"
import { useSessionAlerts, useSessionCall } from "./use-session-alerts"

vi.mock("@/ui/vibrate", () => ({ vibrate: vi.fn() }))
const onStart = vi.fn()
beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function phone(first: SessionView | null, guestId = "ann") {
  let sessions = first ? [first] : []
  const wrapper = ({ children }: { children: ReactNode }) => <LiveNightContext value={aLiveNight(aNight({ sessions }))}>{children}</LiveNightContext>
  const { rerender } = renderHook(() => useSessionAlerts(guestId, onStart), { wrapper })
  return (next: SessionView | null) => {
    sessions = next ? [next] : []
    rerender()
  }
}

it("[QF-S3] buzzes at the start and at each phase that waits for this guest, and tells of the start once", () => {
  const show = phone(aSession())
  const running = aRunningSession({ phase: "PROMPT", lifecycleVersion: 2 })
  show(running)
  expect(onStart).toHaveBeenCalledExactlyOnceWith(running)
  show(aRunningSession({ phase: "PROMPT", lifecycleVersion: 2, players: [aSessionPlayer("ann", { dealt: 1, done: 1 })] }))
  expect(vibrate).toHaveBeenCalledTimes(1)
  show(aRunningSession())
  expect(vibrate).toHaveBeenCalledTimes(2)
  show(aSession({ status: "COMPLETED", phase: "RESULTS" }))
  expect(vibrate).toHaveBeenCalledTimes(2)
  show(aRunningSession({ sessionId: "next" }))
  expect(onStart).toHaveBeenCalledTimes(2)
})

it("tells a phone that slept through the start and wakes two phases later", () => {
  phone(aSession())(aRunningSession())
  expect(onStart).toHaveBeenCalledTimes(1)
})

it("leaves alone whoever loads the page in the middle of a session, looks on or has left", () => {
  phone(aRunningSession())(aRunningSession({ code: "OTHR2345" }))
  phone(null, "zoe")(aRunningSession())
  phone(null)(aRunningSession({ players: [aSessionPlayer("ann", { dealt: 2, hasLeft: true })] }))
  expect(onStart).not.toHaveBeenCalled()
  expect(vibrate).not.toHaveBeenCalled()
})

it("[QF-S2] buzzes for the host's call when it names this guest, and forgets it after a while", () => {
  const listeners: ((moment: Moment, night: ReturnType<typeof aNight>) => void)[] = []
  const live = aLiveNight(aNight({ sessions: [aRunningSession({ players: [aSessionPlayer("ann", { dealt: 2 }), aSessionPlayer("cy", { dealt: 2, done: 2 })] })] }), {
    onMoment: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
  })
  const { result } = renderHook(() => useSessionCall("ann"), { wrapper: ({ children }: { children: ReactNode }) => <LiveNightContext value={live}>{children}</LiveNightContext> })
  const call = (guestIds: string[]) => act(() => listeners.forEach((listener) => listener({ kind: "sessionPinged", version: 5, payload: { sessionId: "session", guestIds, at: "2026-11-21T20:00:00.000Z" } } as Moment, live.night)))
  call(["bo"])
  call([])
  expect(vibrate).not.toHaveBeenCalled()
  call(["bo", "ann"])
  expect(vibrate).toHaveBeenCalledTimes(1)
  expect(result.current[0]).toEqual({ sessionId: "session", at: "2026-11-21T20:00:00.000Z" })
  act(() => void vi.advanceTimersByTime(20_000))
  expect(result.current[0]).toBeNull()
})
