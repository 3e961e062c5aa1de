import { afterEach, describe, expect, it, vi } from "vitest"
import { newTapId } from "./tap-id"

describe("newTapId", () => {
  afterEach(() => vi.unstubAllGlobals())

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
