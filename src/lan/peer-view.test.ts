import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addressOf } from "./addresses"
import { lanPeerEvents } from "./peer-events"
import { lanSummaryOf, partyInfo, partyInfoFor, peerInfo, peerInfoFor, peerInfoForAll, type NetworkFacts, type PeerFacts } from "./peer-view"
import { signalBody, signalBodyInput } from "./signals"
import { lanSummary, mostShown } from "./view"

const at = new Date("2026-11-21T20:00:00Z")
const network: NetworkFacts = { id: "0123456789ab", name: "Night", maxPeers: 64, hasPassword: true, channelEpoch: 3, createdAt: at }

/** A row of the database has more than a view may show. */
const secrets = { tokenHash: "SECRET-1", formerTokenHash: "SECRET-2", passwordHash: "SECRET-3" }

function peer(place: number, more: Partial<PeerFacts> = {}): PeerFacts {
  return {
    ...secrets,
    id: place.toString(16).padStart(16, "0"),
    guestId: place === 0 ? null : `guest-${place}`,
    isHost: place === 0,
    name: `PC ${place}`,
    publicKey: "k".repeat(43) + "=",
    virtualIp: addressOf(place),
    endpoint: { address: "198.51.100.7", port: 4500 + place },
    observedAddress: "198.51.100.7",
    candidates: [{ kind: "host", endpoint: { address: "192.168.77.2", port: 4500 } }],
    probeNonce: "0".repeat(32),
    nat: { mapping: "endpoint_independent", filtering: "endpoint_independent" },
    links: {},
    joinedAt: at,
    ...more,
  }
}

describe("what others see of a PC", () => {
  it("[LAN-50] has the seeds' names, and exactly the shape that is documented", () => {
    const [host, ann] = [peer(0), peer(1, { links: { [peer(0).id]: { connectionType: "direct", latencyMs: 12.5 } } })]
    const told = partyInfoFor(ann, { ...network, ...secrets }, [host, ann])
    expect(partyInfo.parse(told)).toEqual(told)
    expect(told).toMatchObject({ id: network.id, name: "Night", host_id: host.id, created_at: at.toISOString() })
    expect(Object.keys(told.peers)).toEqual([host.id, ann.id])
    expect(told.peers[host.id]).toMatchObject({
      name: "PC 0",
      virtual_ip: "10.66.0.1",
      endpoint: "198.51.100.7:4500",
      latency_ms: 12.5,
      connection_type: "direct",
      nat_type: "full_cone",
      joined_at: at.toISOString(),
    })
    expect(partyInfoFor(ann, network, [ann]).host_id).toBeNull()
  })

  it("[LAN-30] [LAN-50] no view shows a token, a hash or where a request came from", () => {
    const [one, other] = [peer(1, { endpoint: null, observedAddress: "198.51.100.99" }), peer(2, { observedAddress: "203.0.113.9", endpoint: null })]
    const views = JSON.stringify([
      peerInfoFor(one, one),
      peerInfoFor(one, other),
      peerInfoForAll(one),
      partyInfoFor(one, { ...network, ...secrets }, [one, other]),
      lanSummaryOf({ ...network, ...secrets }, [one, other]),
    ])
    for (const hidden of ["SECRET", "198.51.100.99", "203.0.113.9"]) expect(views).not.toContain(hidden)
  })

  it("[LAN-43] an event for all shows nothing from inside a home, nor does a viewer elsewhere; a PC sees all of its own", () => {
    const inside = peer(1, { endpoint: { address: "192.168.77.2", port: 4500 } })
    const elsewhere = peer(2, { observedAddress: "203.0.113.9" })
    for (const told of [peerInfoForAll(inside), peerInfoFor(elsewhere, inside)]) {
      expect(peerInfo.parse(told)).toEqual(told)
      expect(told).toMatchObject({ endpoint: null, candidates: [] })
    }
    for (const viewer of [inside, peer(3)]) {
      expect(peerInfoFor(viewer, inside)).toMatchObject({ endpoint: "192.168.77.2:4500", candidates: inside.candidates })
    }
  })

  it("[LAN-71] the screens see no endpoint and no key; the first 40 by address, and all in the counts; it travels in one event", () => {
    const peers = Array.from({ length: 300 }, (_, index) => peer(299 - index, { guestId: "6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11", name: index % 2 ? "N".repeat(24) : "Ann" }))
    const told = lanSummaryOf(network, peers)
    expect(lanSummary.parse(told)).toEqual(told)
    expect(told.peers).toHaveLength(mostShown)
    expect(told.peers.map(({ virtualIp }) => virtualIp).slice(0, 3)).toEqual(["10.66.0.1", "10.66.0.2", "10.66.0.3"])
    expect(told).toMatchObject({ peerCount: 300, counts: { host: 1, unknown: 299 } })
    for (const hidden of ["198.51.100.7", "192.168.77.2", "kkkk"]) expect(JSON.stringify(told)).not.toContain(hidden)
    expect(Buffer.byteLength(JSON.stringify({ version: 1, previous: 0, payload: { lan: told } }))).toBeLessThan(10_240)
  })

  it("[LAN-70] the largest event about one PC travels too", () => {
    const candidates = Array.from({ length: 16 }, (_, index) => ({ kind: "server_reflexive" as const, endpoint: { address: `2001:db8:ffff:ffff:ffff:ffff:ffff:${(index + 0x1000).toString(16)}`, port: 65_535 } }))
    const event = lanPeerEvents.peerJoined.to(network, { peer: peerInfoForAll(peer(1, { candidates, name: "👩‍🚀".repeat(24) })) })
    expect(Buffer.byteLength(JSON.stringify(event.payload))).toBeLessThan(10_000)
  })
})

describe("[LAN-60] signals", () => {
  it("nothing that is not of the three kinds is read", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        const read = signalBodyInput.safeParse(body)
        if (read.success) expect(["offer", "punch", "path"]).toContain(read.data.kind)
      }),
    )
    expect(signalBodyInput.safeParse({ kind: "punch", in_ms: 10_001, attempt: 1 }).success).toBe(false)
    expect(signalBodyInput.safeParse({ kind: "punch", in_ms: -1, attempt: 1 }).success).toBe(false)
    expect(signalBody.safeParse({ kind: "punch", at: at.toISOString(), attempt: 1 }).success).toBe(true)
  })
})
