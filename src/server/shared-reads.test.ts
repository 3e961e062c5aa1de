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
