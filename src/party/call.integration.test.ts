import { afterAll, beforeAll, expect, it } from "vitest"
import { nightFor } from "@/server/night-view"
import { accepted, startParty, type Night } from "@/testing/start-party"
import { callGuest } from "./commands"

let night: Night
beforeAll(async () => {
  night = await startParty({ guests: 2 })
})
afterAll(() => night.stop())

const callFor = async (name: string) => accepted(await night.ask(night.claimsOf(name), nightFor("guest"))).night?.call

it("a call is in the night of the guest it is for, for a quarter of an hour, the latest only", async () => {
  accepted(await night.host(callGuest, { guestId: night.idOf("Ann"), message: "Warm up" }))
  night.clock.advance(1_000)
  accepted(await night.host(callGuest, { guestId: night.idOf("Ann"), message: "You drive next" }))
  expect(await callFor("Ann")).toEqual({ message: "You drive next", at: night.clock.now().toISOString() })
  expect(await callFor("Bo")).toBeNull()
  expect(accepted(await night.ask(night.hostClaims, nightFor("host"))).night?.call).toBeNull()
  night.clock.advance(15 * 60_000)
  expect(await callFor("Ann")).toBeNull()
})
