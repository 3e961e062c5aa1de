import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { startTicker } from "./due-work"
import { createLog } from "./log"
import type { Runtime } from "./runtime"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A process whose database takes as long as it is told to. */
function slowProcess() {
  const state = { running: 0, most: 0, started: 0, finish: [] as (() => void)[] }
  const work = () => {
    state.started++
    state.most = Math.max(state.most, ++state.running)
    return new Promise<number>((resolve) =>
      state.finish.push(() => {
        state.running--
        resolve(0)
      }),
    )
  }
  const db = { transaction: work, delete: () => ({ where: async () => undefined }) }
  const parts = { db, clock: { now: () => new Date(Date.now()) }, log: createLog("silent") } as unknown as Runtime
  return { state, parts }
}

describe("the ticker", () => {
  it("looks every second, and never begins again while the last look is under way", async () => {
    const { state, parts } = slowProcess()
    const stop = startTicker(parts)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(state.started).toBe(1)
    state.finish.pop()?.()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(state.started).toBe(2)
    expect(state.most).toBe(1)
    stop()
  })

  it("stops when it is told to", async () => {
    const { state, parts } = slowProcess()
    startTicker(parts)()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state.started).toBe(0)
  })
})
