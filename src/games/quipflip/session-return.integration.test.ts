import { afterEach, expect, it } from "vitest"
import { startQuipflip } from "@/testing/quipflip-table"
import { accepted, expectConserved, startParty, type Night } from "@/testing/start-party"
import { joinSession } from "./lobby-commands"
import { leaveSession } from "./session-commands"

let night: Night
afterEach(() => night.stop())

it("[QF-S12] [QF-S6] a lone human who leaves by mistake and is back at once has the whole phase again, and their turn", async () => {
  night = await startParty({ guests: 1 })
  const table = await startQuipflip(night, { players: ["Ann"], ai: 2 })
  const before = await table.status()
  const { sessionId, code } = table
  night.clock.advance(1_000)
  const left = accepted(await night.guest("Ann", leaveSession, { sessionId })).session
  expect(Date.parse(left?.phaseEndsAt ?? "")).toBeLessThanOrEqual(night.clock.now().getTime() + 5_000)
  night.clock.advance(2_000)
  const back = accepted(await night.guest("Ann", joinSession, { code })).session
  expect(back.phaseEndsAt).toBe(before.phaseEndsAt)
  expect(await table.playOne("Ann")).toBe(true)
  await expectConserved(night)
})
