// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { useCountdown } from "./use-countdown"
import { type LiveNight, LiveNightContext } from "./use-night"

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-01-01T20:00:00.000Z") })
})
afterEach(() => {
  vi.useRealTimers()
})

function countdown(endsAt: string | null, serverOffsetMs = 0) {
  const live = { night: { serverTime: "2026-01-01T20:00:00.000Z" }, serverOffsetMs } as LiveNight
  const wrapper = ({ children }: { children: ReactNode }) => <LiveNightContext value={live}>{children}</LiveNightContext>
  let renders = 0
  const { result } = renderHook(
    () => {
      renders += 1
      return useCountdown(endsAt)
    },
    { wrapper },
  )
  return { left: () => result.current, renders: () => renders }
}

it("[IMP-18] counts down by the server's clock", () => {
  const { left } = countdown("2026-01-01T20:00:10.500Z", 2_000)
  expect(left()).toBe(9_000)
  act(() => void vi.advanceTimersByTime(500))
  expect(left()).toBe(8_000)
})

it("renders once a second and stops at zero", () => {
  const { left, renders } = countdown("2026-01-01T20:00:03.000Z")
  act(() => void vi.advanceTimersByTime(900))
  expect(renders()).toBe(1)
  act(() => void vi.advanceTimersByTime(100))
  expect(left()).toBe(2_000)
  act(() => void vi.advanceTimersByTime(60_000))
  expect(left()).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

it("has nothing to count without an instant", () => {
  expect(countdown(null).left()).toBeNull()
  expect(vi.getTimerCount()).toBe(0)
})
