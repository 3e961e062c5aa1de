import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createPatience, DatabaseTooSlow } from "./patience"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe("[PTY-23] patience", () => {
  it("hands on what came in time, a failure too, and is not over", async () => {
    const patience = createPatience(100)
    await expect(patience.wait(Promise.resolve("done"))).resolves.toBe("done")
    await expect(patience.wait(Promise.reject(new Error("no")))).rejects.toThrow("no")
    await vi.advanceTimersByTimeAsync(1_000)
    expect(patience.isOver).toBe(false)
    expect(() => patience.check()).not.toThrow()
    expect(vi.getTimerCount()).toBe(0)
  })

  it("is over at its limit, not before: the caller hears at once, and the work hears when it looks", async () => {
    const patience = createPatience(100)
    let end: () => void = () => undefined
    const work = new Promise<void>((resolve) => (end = resolve)).then(() => patience.check())
    const waited = expect(patience.wait(work)).rejects.toBeInstanceOf(DatabaseTooSlow)
    await vi.advanceTimersByTimeAsync(99)
    expect(patience.isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await waited
    expect(patience.isOver).toBe(true)
    end()
    await expect(work).rejects.toBeInstanceOf(DatabaseTooSlow)
  })

  it("[PTY-25] is too short for what takes longer than is left, but never before half of the time is over", async () => {
    const patience = createPatience(100)
    await vi.advanceTimersByTimeAsync(40)
    expect([60, 61, 1_000].map((ms) => patience.isTooShortFor(ms))).toEqual([false, false, false])
    await vi.advanceTimersByTimeAsync(20)
    expect([0, 40, 41, 1_000].map((ms) => patience.isTooShortFor(ms))).toEqual([false, false, true, true])
  })
})
