import { afterEach, describe, expect, it } from "vitest"
import { startQuipflip } from "@/testing/quipflip-table"
import { expectConserved, startParty, type Night } from "@/testing/start-party"

let night: Night
afterEach(() => night.stop())

describe("a session", () => {
  it("[QF-S3] [QF-S13] goes from lobby to results, and pays what it says", async () => {
    night = await startParty({ guests: 4 })
    const table = await startQuipflip(night, { players: ["Ann", "Bo", "Cy", "Di"] })
    expect((await table.status()).phase).toBe("PROMPT")
    expect((await table.playPhase()).phase).toBe("COPY")
    expect((await table.playPhase()).phase).toBe("VOTE")
    expect(await table.playPhase()).toMatchObject({ phase: "RESULTS", status: "COMPLETED" })
    const results = await table.results()
    expect(results.sets).toHaveLength(6)
    await expectConserved(night)
  })
})
