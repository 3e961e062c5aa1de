import { describe, expect, it } from "vitest"
import { processWide } from "./process-wide"

describe("processWide", () => {
  it("makes one thing for everybody who asks, also at the same time", async () => {
    let made = 0
    const make = async () => ({ number: ++made })
    const [one, other] = await Promise.all([processWide("test: one", make), processWide("test: one", make)])
    expect(one).toBe(other)
    expect(made).toBe(1)
  })

  it("makes it anew after a failure", async () => {
    await expect(processWide("test: failing", () => Promise.reject(new Error("no disk")))).rejects.toThrow("no disk")
    expect(await processWide("test: failing", async () => "read")).toBe("read")
  })
})
