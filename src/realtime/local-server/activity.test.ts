import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { watchActivity, type ActivityWatch } from "./activity"

let did: string[]
let watch: ActivityWatch

beforeEach(() => {
  vi.useFakeTimers()
  did = []
  watch = watchActivity({
    idleMs: 120_000,
    pongTimeoutMs: 30_000,
    ping: () => did.push("ping"),
    onSilent: () => did.push("silent"),
  })
})

afterEach(() => {
  vi.useRealTimers()
})

describe("activity watch", () => {
  it("[PSH-36] asks once after the idle time and gives up after the pong time", () => {
    vi.advanceTimersByTime(119_999)
    expect(did).toEqual([])
    vi.advanceTimersByTime(1)
    expect(did).toEqual(["ping"])
    vi.advanceTimersByTime(29_999)
    expect(did).toEqual(["ping"])
    vi.advanceTimersByTime(1)
    expect(did).toEqual(["ping", "silent"])
  })

  it("[PSH-36] starts over with every sign of life, also with one in the last moment", () => {
    vi.advanceTimersByTime(100_000)
    watch.seen()
    vi.advanceTimersByTime(119_999)
    expect(did).toEqual([])
    vi.advanceTimersByTime(30_000)
    expect(did).toEqual(["ping"])
    watch.seen()
    vi.advanceTimersByTime(119_999)
    expect(did).toEqual(["ping"])
    vi.advanceTimersByTime(1)
    expect(did).toEqual(["ping", "ping"])
  })

  it("[PSH-36] ends for good, before and after asking", () => {
    vi.advanceTimersByTime(120_000)
    watch.stop()
    watch.seen()
    watch.stop()
    vi.advanceTimersByTime(1_000_000)
    expect(did).toEqual(["ping"])
  })
})
