import { describe, expect, it, vi } from "vitest"
import { createSharedReads } from "./shared-reads"

const at = (version: number, id = "party") => ({ id, version })

describe("what everybody at a party sees alike", () => {
  it("[PTY-26] is read once for a version, however many ask, and at the same time", async () => {
    const reads = createSharedReads()
    const read = vi.fn(async () => ({ laps: 3 }))
    const seen = await Promise.all(Array.from({ length: 100 }, () => reads.for(at(7))("races", read)))
    expect(read).toHaveBeenCalledTimes(1)
    expect(new Set(seen).size).toBe(1)
  })

  it("[PTY-26] is read anew for another version, another party and another part", async () => {
    const reads = createSharedReads()
    const asked = [reads.for(at(7)), reads.for(at(8)), reads.for(at(8, "other"))]
    const seen = await Promise.all(asked.map((shared, index) => shared("races", async () => index)))
    expect(seen).toEqual([0, 1, 2])
    expect(await reads.for(at(8))("guests", async () => "guests")).toBe("guests")
  })

  it("[PTY-26] is never what was read for a newer version: an older picture is read for itself", async () => {
    const reads = createSharedReads()
    await reads.for(at(8))("races", async () => "new")
    expect(await reads.for(at(7))("races", async () => "old")).toBe("old")
    expect(await reads.for(at(8))("races", async () => "again")).toBe("new")
  })

  it("[PTY-26] is read by oneself when whoever read it first failed, and a failure is not kept", async () => {
    const reads = createSharedReads()
    const shared = reads.for(at(7))
    const lost = shared("races", () => Promise.reject(new Error("connection lost")))
    const waiting = shared("races", async () => "own")
    await expect(lost).rejects.toThrow("connection lost")
    expect(await waiting).toBe("own")
    expect(await shared("races", async () => "later")).toBe("later")
  })

  it("[PTY-26] is waited for a second, when somebody else reads it: then each reads it themselves, and who comes later waits for one of them", async () => {
    vi.useFakeTimers()
    try {
      const shared = createSharedReads().for(at(7))
      let fail: (error: Error) => void = () => undefined
      const hanging = shared("races", () => new Promise<string>((_resolve, reject) => (fail = reject)))
      const read = vi.fn(async () => "own")
      const followers = Promise.all(Array.from({ length: 9 }, () => shared("races", read)))
      await vi.advanceTimersByTimeAsync(999)
      expect(read).not.toHaveBeenCalled()
      await vi.advanceTimersByTimeAsync(1)
      expect(await followers).toEqual(Array<string>(9).fill("own"))
      expect(read).toHaveBeenCalledTimes(9)
      const late = vi.fn(async () => "late")
      expect(await shared("races", late)).toBe("own")
      // What fails at last takes nothing away from those who come after it.
      fail(new Error("connection lost"))
      await expect(hanging).rejects.toThrow("connection lost")
      expect(await shared("races", late)).toBe("own")
      expect(late).not.toHaveBeenCalled()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it("[PTY-26] leaves no timer behind when it comes in time", async () => {
    vi.useFakeTimers()
    try {
      const shared = createSharedReads().for(at(7))
      let end: (value: string) => void = () => undefined
      const first = shared("races", () => new Promise<string>((resolve) => (end = resolve)))
      const second = shared("races", async () => "own")
      await vi.advanceTimersByTimeAsync(900)
      end("in time")
      expect(await Promise.all([first, second])).toEqual(["in time", "in time"])
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it("[PTY-26] is kept for a hundred parties, those asked about last", async () => {
    const reads = createSharedReads()
    const visit = (id: string) => reads.for(at(1, id))("races", async () => `first of ${id}`)
    await visit("first")
    for (let other = 0; other < 99; other++) await visit(`other ${other}`)
    expect(await reads.for(at(1, "first"))("races", async () => "anew")).toBe("first of first")
    await visit("one more")
    expect(await reads.for(at(1, "first"))("races", async () => "anew")).toBe("first of first")
    expect(await reads.for(at(1, "other 0"))("races", async () => "anew")).toBe("anew")
  })
})
