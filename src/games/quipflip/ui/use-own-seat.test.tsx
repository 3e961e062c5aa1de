// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aRunningSession, aSeat, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { aLiveNight, aNight, ownAnn } from "@/testing/views"
import { useOwnSeat } from "./use-own-seat"

const mergeAnswer = vi.fn()
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers()
  vi.stubGlobal("fetch", fetched)
  fetched.mockImplementation(async () => Response.json({ success: true, version: 9, seat: aSeat() }))
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function phone(part: Partial<NightView>) {
  let night = aNight({ me: ownAnn(), ...part })
  const wrapper = ({ children }: { children: ReactNode }) => <LiveNightContext value={aLiveNight(night, { mergeAnswer })}>{children}</LiveNightContext>
  const { rerender } = renderHook(() => useOwnSeat(), { wrapper })
  return (next: Partial<NightView>) => {
    night = { ...night, ...next }
    rerender()
  }
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
const annDone = (done: number) => aRunningSession({ players: [aSessionPlayer("ann", { dealt: 2, done }), aSessionPlayer("bo", { dealt: 2 })] })

it("[QF-S13] fetches the own seat when a session starts and no round has brought it, and no more once it is there", async () => {
  const show = phone({ sessions: [aSession()] })
  expect(fetched).not.toHaveBeenCalled()
  show({ sessions: [aRunningSession()] })
  await pass(599)
  expect(fetched).not.toHaveBeenCalled()
  await pass(1)
  expect(fetched).toHaveBeenCalledExactlyOnceWith("/api/v1/quipflip/seat", expect.objectContaining({ cache: "no-store" }))
  await pass(0)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 9, seat: aSeat() })
  show({ seat: aSeat() })
  await pass(60_000)
  expect(fetched).toHaveBeenCalledTimes(1)
})

it.each([
  ["of another session", { sessions: [aRunningSession()], seat: aSeat({ sessionId: "last" }) }],
  ["of an earlier phase", { sessions: [aRunningSession()], seat: aSeat({ lifecycleVersion: 2 }) }],
  ["from before something was played for it", { sessions: [annDone(1)], seat: aSeat() }],
  ["from before it was left", { sessions: [aRunningSession({ players: [aSessionPlayer("ann", { dealt: 2, hasLeft: true })] })], seat: aSeat() }],
] as const)("fetches it anew when the seat held is %s", async (_what, part) => {
  phone({ ...part, sessions: [...part.sessions] })
  await pass(600)
  expect(fetched).toHaveBeenCalled()
})

it("asks for nothing where the begun round brought the seat, and at once where nothing can be begun", async () => {
  const show = phone({ sessions: [aRunningSession()] })
  await pass(300)
  show({ seat: aSeat() })
  await pass(10_000)
  expect(fetched).not.toHaveBeenCalled()
  show({ sessions: [annDone(2)] })
  expect(fetched).toHaveBeenCalledTimes(1)
})

it.each([
  ["a seat that is true", { sessions: [aRunningSession()], seat: aSeat() }],
  ["a seat that is ahead of the session's news", { sessions: [aRunningSession()], seat: aSeat({ lifecycleVersion: 4, dealt: 3 }) }],
  ["a lobby", { sessions: [aSession()] }],
  ["a session of others", { sessions: [aRunningSession({ players: [aSessionPlayer("bo")] })] }],
  ["a session that is over", { sessions: [aRunningSession({ status: "COMPLETED", phase: "RESULTS" })] }],
  ["host and TV", { sessions: [aRunningSession()], me: null }],
] as const)("fetches nothing for %s", async (_what, part) => {
  phone({ ...part, sessions: [...part.sessions] })
  await pass(10_000)
  expect(fetched).not.toHaveBeenCalled()
})

it("goes on asking while there is no answer", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"))
  fetched.mockResolvedValueOnce(Response.json({ success: true, version: 8, seat: null }))
  phone({ sessions: [aRunningSession()] })
  await pass(600)
  await pass(250)
  await pass(500)
  expect(fetched).toHaveBeenCalledTimes(3)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith({ version: 9, seat: aSeat() })
})
