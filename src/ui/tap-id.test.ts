// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest"
import { dropTapId, keptTapId, newTapId } from "./tap-id"

afterEach(() => vi.unstubAllGlobals())

describe("newTapId", () => {
  it("makes ids the server accepts (16 to 64 characters), no two alike", () => {
    const ids = Array.from({ length: 500 }, newTapId)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(ids).size).toBe(500)
  })

  it("still makes ids where the browser has no crypto", () => {
    vi.stubGlobal("crypto", undefined)
    const ids = Array.from({ length: 100 }, newTapId)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(ids).size).toBe(100)
  })
})

describe("keptTapId", () => {
  it("[PTY-14] stays the same for an attempt until it was answered, and survives a reload", async () => {
    const id = keptTapId("join:123456:Ann")
    expect(keptTapId("join:123456:Ann")).toBe(id)
    expect(keptTapId("join:123456:Bo")).not.toBe(id)

    vi.resetModules()
    const reloaded = await import("./tap-id")
    expect(reloaded.keptTapId("join:123456:Ann")).toBe(id)

    reloaded.dropTapId("join:123456:Ann")
    expect(reloaded.keptTapId("join:123456:Ann")).not.toBe(id)
  })

  it("keeps the id for the page where storage is forbidden", () => {
    const forbidden = () => {
      throw new DOMException("no", "SecurityError")
    }
    vi.stubGlobal("sessionStorage", { getItem: forbidden, setItem: forbidden, removeItem: forbidden })
    const id = keptTapId("bet:1")
    expect(keptTapId("bet:1")).toBe(id)
    dropTapId("bet:1")
    expect(keptTapId("bet:1")).not.toBe(id)
  })
})
