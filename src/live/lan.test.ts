import { expect, it } from "vitest"
import { lanEvents } from "@/lan/events"
import { mostShown } from "@/lan/view"
import { channelOf } from "@/realtime/channels"
import { aLan, aLanPeer } from "@/testing/lan-views"
import { aNight, ownAnn } from "@/testing/views"
import { applyEvent, needsSnapshot } from "./apply-event"
import { type LiveEvent, parseEvent } from "./catalogue"
import { channelsFor } from "./channels-for"
import type { NightView } from "./night-view"

const changed = (lan: NightView["lan"]): LiveEvent => ({ kind: "lanChanged", version: 7, payload: { lan } })

it("[LAN-71] shows the network as the event has it, and asks nobody for more", () => {
  const before = aNight({ me: ownAnn(), lan: aLan([aLanPeer("ann")]) })
  const lan = aLan([aLanPeer("ann", { connectionType: "relayed", latencyMs: 31 }), aLanPeer("bo")])
  const after = applyEvent(before, changed(lan))
  expect(after).toEqual({ ...before, lan, version: 7 })
  expect(after.guests).toBe(before.guests)
  for (const night of [after, { ...after, me: null }]) expect(needsSnapshot(night, changed(lan))).toBe(false)
})

it("[LAN-82] shows none once it has ended", () => {
  expect(applyEvent(aNight({ lan: aLan([aLanPeer("ann")]) }), changed(null)).lan).toBeNull()
})

it("[LAN-71] is heard of by phones, TVs and race control", () => {
  const night = aNight({ me: ownAnn() })
  const lan = channelOf({ kind: "party", topic: "lan", partyId: night.party.id })
  for (const surface of ["guest", "host", "tv"] as const) expect(channelsFor(surface, night)).toContain(lan)
})

it("[LAN-71] has no room for an endpoint, a key or a token: what the view does not name is cut off on arrival", () => {
  const peer = { ...aLanPeer("ann"), endpoint: "203.0.113.9:4000", publicKey: "key", token: "token", candidates: ["192.168.1.2:1"] }
  const payload = { lan: { ...aLan([]), peers: [peer], channelEpoch: 3 } }
  const { message } = parseEvent("lan", lanEvents.lanChanged.name, { version: 7, previous: 6, payload })
  expect(message?.event?.kind).toBe("lanChanged")
  expect(JSON.stringify(message)).not.toMatch(/endpoint|publicKey|token|candidates|Epoch/i)
})

it("[LAN-71] fits into one event at its fullest; names in four bytes a sign would have the screens ask instead", () => {
  // Pusher takes 10 KB; names have 24 characters.
  const peers = Array.from({ length: mostShown }, (_, place) => aLanPeer(`0123456789abcd${place}`, { guestId: "0b6f6c1e-0000-4000-8000-000000000003", name: "é".repeat(24), virtualIp: "10.66.255.254", connectionType: "connecting", latencyMs: 59_999.5 }))
  expect(Buffer.byteLength(JSON.stringify(lanEvents.lanChanged.to("0b6f6c1e-0000-4000-8000-000000000003", { lan: aLan(peers) }).payload))).toBeLessThan(10_240)
})
