import { afterAll, beforeAll, expect, it } from "vitest"
import { closeLan, createLanInvitation } from "@/lan/commands"
import { lanSummaryFor } from "@/lan/queries"
import { pcOf } from "@/testing/lan-pc"
import { accepted, startParty, type Night } from "@/testing/start-party"
import { nightFor } from "./night-view"
import { runQuery } from "./run-query"

let night: Night
beforeAll(async () => {
  night = await startParty({ guests: 2 })
})
afterAll(() => night.stop())

async function lanOn(surface: "guest" | "host") {
  const claims = surface === "guest" ? night.claimsOf("Ann") : night.hostClaims
  return accepted(await runQuery(night.runtime, nightFor(surface), claims, {})).night?.lan
}

it("[LAN-71] the snapshot of every screen has the network as it is: none, empty, with its PCs, and none again", async () => {
  expect(await lanOn("guest")).toBeNull()
  accepted(await night.guest("Bo", createLanInvitation, {}))
  expect(await lanOn("guest")).toMatchObject({ peerCount: 0, peers: [] })
  const pcs = [await pcOf(night, "Ann"), await pcOf(night, "Bo")]
  const expected = [
    { id: pcs[0]?.peerId, guestId: night.idOf("Ann"), name: "Ann", virtualIp: "10.66.0.2", connectionType: "unknown", latencyMs: null },
    { id: pcs[1]?.peerId, guestId: night.idOf("Bo"), name: "Bo", virtualIp: "10.66.0.3", connectionType: "unknown", latencyMs: null },
  ]
  for (const surface of ["guest", "host"] as const) expect(await lanOn(surface)).toMatchObject({ peerCount: 2, counts: { unknown: 2 }, peers: expected })
  expect(await lanOn("host")).toEqual(await lanSummaryFor(night.runtime.db, night.party.id))
  accepted(await night.host(closeLan, {}))
  expect(await lanOn("guest")).toBeNull()
})
