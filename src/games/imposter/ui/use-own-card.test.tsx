// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { NightView } from "@/live/night-view"
import { LiveNightContext } from "@/live/use-night"
import { aCard, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { aLiveNight, aNight, ownAnn } from "@/testing/views"
import { useOwnCard } from "./use-own-card"

const mergeAnswer = vi.fn()
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()
const answered = { version: 7, round: aRound(), card: aCard() }
const aResponse = (part: object = {}) => Response.json({ success: true, ...answered, ...part })

beforeEach(() => {
  vi.resetAllMocks()
  vi.useFakeTimers()
  vi.stubGlobal("fetch", fetched)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function phone(part: Partial<NightView>) {
  let night = aNight({ me: ownAnn(), ...part })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <LiveNightContext value={aLiveNight(night, { mergeAnswer })}>{children}</LiveNightContext>
  )
  const { rerender, unmount } = renderHook(() => useOwnCard(), { wrapper })
  return {
    unmount,
    show(next: Partial<NightView>) {
      night = { ...night, ...next }
      rerender()
    },
  }
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)))

it("[IMP-4] fetches the card the moment a round starts, and no more once it is there", async () => {
  fetched.mockImplementation(async () => aResponse())
  const { show } = phone({ imposter: null })
  expect(fetched).not.toHaveBeenCalled()
  show({ imposter: aRound() })
  expect(fetched).toHaveBeenCalledExactlyOnceWith("/api/v1/imposter", expect.objectContaining({ cache: "no-store" }))
  await pass(0)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith(answered)
  show({ card: aCard() })
  await pass(60_000)
  expect(fetched).toHaveBeenCalledTimes(1)
})

it("fetches the next round's card although the last one's is still there", () => {
  fetched.mockReturnValue(new Promise(() => {}))
  phone({ imposter: aRound({ roundId: "second" }), card: aCard() })
  expect(fetched).toHaveBeenCalledTimes(1)
})

it.each([
  ["somebody who watches", { imposter: aRound({ players: [aRoundPlayer("bo")] }) }],
  ["somebody who left", { imposter: aRound({ players: [aRoundPlayer("ann", { hasLeft: true })] }) }],
  ["a round that is over", { imposter: aRound({ status: "REVEALED" }) }],
  ["a card that is there", { imposter: aRound(), card: aCard() }],
  ["host and TV", { imposter: aRound(), me: null }],
] as const)("fetches nothing for %s", async (_who, part) => {
  phone(part)
  await pass(10_000)
  expect(fetched).not.toHaveBeenCalled()
})

it("tries again with growing waits while there is no card", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"))
  fetched.mockResolvedValueOnce(new Response("<html>", { status: 502 }))
  fetched.mockImplementation(async () => aResponse())
  phone({ imposter: aRound() })
  await pass(0)
  expect(fetched).toHaveBeenCalledTimes(1)
  await pass(249)
  expect(fetched).toHaveBeenCalledTimes(1)
  await pass(1)
  expect(fetched).toHaveBeenCalledTimes(2)
  await pass(499)
  expect(fetched).toHaveBeenCalledTimes(2)
  await pass(1)
  expect(fetched).toHaveBeenCalledTimes(3)
  expect(mergeAnswer).toHaveBeenCalledExactlyOnceWith(answered)
})

it("asks one at a time, whatever changes meanwhile, and gives up a request that hangs", async () => {
  const signals: (AbortSignal | null | undefined)[] = []
  fetched.mockImplementation((_url, { signal }) => {
    signals.push(signal)
    return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))))
  })
  const { show, unmount } = phone({ imposter: aRound() })
  show({ imposter: aRound({ isWarned: true }), version: 9 })
  await pass(3_999)
  expect(fetched).toHaveBeenCalledTimes(1)
  await pass(251)
  expect(fetched).toHaveBeenCalledTimes(2)
  expect(signals[0]?.aborted).toBe(true)
  unmount()
  expect(signals[1]?.aborted).toBe(true)
  await pass(60_000)
  expect(fetched).toHaveBeenCalledTimes(2)
  expect(mergeAnswer).not.toHaveBeenCalled()
})
