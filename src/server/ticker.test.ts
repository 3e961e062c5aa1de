import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { startTicker } from "./due-work"
import { createLog } from "./log"
import { noMetrics } from "./metrics"
import type { Runtime } from "./runtime"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A process whose database takes as long as it is told to. */
function slowProcess() {
  const state = { running: 0, most: 0, started: 0, finish: [] as (() => void)[] }
  const work = () => {
    state.started++
    state.most = Math.max(state.most, ++state.running)
    return new Promise<{ found: number }>((resolve) =>
      state.finish.push(() => {
        state.running--
        resolve({ found: 0 })
      }),
    )
  }
  const db = { transaction: work, delete: () => ({ where: async () => undefined }) }
  const stops: (() => Promise<void>)[] = []
  const parts = {
    db,
    clock: { now: () => new Date(Date.now()) },
    log: createLog("silent"),
    metrics: noMetrics,
    onClose: (stop: () => Promise<void>) => void stops.push(stop),
  } as unknown as Runtime
  return { state, parts, close: () => Promise.all(stops.map((stop) => stop())) }
}

describe("the ticker", () => {
  it("looks every second, and never begins again while the last look is under way", async () => {
    const { state, parts } = slowProcess()
    startTicker(parts)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(state.started).toBe(1)
    state.finish.pop()?.()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(state.started).toBe(2)
    expect(state.most).toBe(1)
  })

  it("stops when the process closes, once the look under way is done", async () => {
    const { state, parts, close } = slowProcess()
    startTicker(parts)
    await vi.advanceTimersByTimeAsync(1_000)
    let isClosed = false
    const closed = close().then(() => (isClosed = true))
    await vi.advanceTimersByTimeAsync(10_000)
    expect({ isClosed, started: state.started }).toEqual({ isClosed: false, started: 1 })
    state.finish.pop()?.()
    await closed
  })
})
