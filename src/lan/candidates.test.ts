import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { admittedCandidates, candidatesFor, isSameLan, plainAddress, reachOf, readEndpoint, type Reach } from "./candidates"
import { endpointText, mostCandidates, type Candidate } from "./protocol"

const at = (address: string, port = 4500): Candidate => ({ kind: "host", endpoint: { address, port } })
const addressesOf = (candidates: readonly Candidate[]) => candidates.map(({ endpoint }) => endpoint.address)

describe("candidates", () => {
  it.each<[Reach, string[]]>([
    ["public", ["8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.1.1", "100.63.0.1", "100.128.0.1", "198.51.100.1", "11.0.0.1", "2001:db8::1", "2a00::1"]],
    ["private", ["10.0.0.1", "10.65.0.1", "10.67.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "100.127.1.1", "fd00::1", "fc00::1", "fe80::1"]],
    ["loopback", ["127.0.0.1", "127.255.0.1", "::1", "0:0:0:0:0:0:0:1"]],
    ["never", ["0.0.0.0", "0.1.2.3", "10.66.0.1", "10.66.255.254", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "ff02::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "localhost", ""]],
  ])("[LAN-41] tells what is %s", (reach, addresses) => {
    for (const address of addresses) expect([address, reachOf(address)]).toEqual([address, reach])
  })

  it("[LAN-42] believes a public address that the PC's requests come from, and no other of that family", () => {
    const offered = [at("198.51.100.7"), at("8.8.8.8"), at("2001:db8::7"), at("192.168.1.2")]
    expect(addressesOf(admittedCandidates(offered, "198.51.100.7"))).toEqual(["198.51.100.7", "2001:db8::7", "192.168.1.2"])
    expect(addressesOf(admittedCandidates(offered, "2001:db8::99"))).toEqual(["198.51.100.7", "8.8.8.8", "2001:db8::7", "192.168.1.2"])
    expect(addressesOf(admittedCandidates(offered, "2001:db8:1::99"))).toEqual(["198.51.100.7", "8.8.8.8", "192.168.1.2"])
    // The control plane is in the PC's own home, and cannot know.
    for (const inside of ["192.168.1.2", "127.0.0.1", null]) expect(admittedCandidates(offered, inside)).toHaveLength(4)
  })

  it("[LAN-41] keeps each once, in one spelling, and no more than may be", () => {
    expect(admittedCandidates([at("2001:db8:0:0::7"), at("2001:DB8::7"), at("2001:db8::7", 1)], null)).toEqual([at("2001:db8::7"), at("2001:db8::7", 1)])
    expect(admittedCandidates(Array.from({ length: 99 }, (_, port) => at("192.168.1.2", port + 1)), null)).toHaveLength(mostCandidates)
  })

  it.each<[string | null, string | null, boolean]>([
    ["198.51.100.7", "198.51.100.7", true],
    ["198.51.100.7", "198.51.100.8", false],
    ["192.168.1.2", "192.168.1.3", true],
    ["127.0.0.1", "192.168.1.3", true],
    ["192.168.1.2", "198.51.100.7", false],
    ["2001:db8:0:1::2", "2001:db8:0:1::3", true],
    ["2001:db8:0:1::2", "2001:db8:0:2::2", false],
    [null, null, false],
    ["198.51.100.7", null, false],
    ["10.66.0.2", "10.66.0.3", false],
  ])("[LAN-43] %s and %s in one LAN: %s", (one, other, expected) => {
    expect([isSameLan(one, other), isSameLan(other, one)]).toEqual([expected, expected])
  })

  it("[LAN-43] what is inside stays inside, and loopback on its machine", () => {
    const all = [at("198.51.100.7"), at("192.168.1.2"), at("127.0.0.1")]
    const told = (viewer: string | null, peer: string | null) => addressesOf(candidatesFor({ observedAddress: viewer }, all, { observedAddress: peer }))
    expect(told("203.0.113.1", "198.51.100.7")).toEqual(["198.51.100.7"])
    expect(told(null, "198.51.100.7")).toEqual(["198.51.100.7"])
    expect(told("198.51.100.7", "198.51.100.7")).toEqual(["198.51.100.7", "192.168.1.2"])
    expect(told("127.0.0.1", "192.168.1.2")).toEqual(["198.51.100.7", "192.168.1.2"])
    expect(told("127.0.0.1", "::1")).toEqual(["198.51.100.7", "192.168.1.2", "127.0.0.1"])
  })

  const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6())

  it("[LAN-41] [LAN-42] [LAN-43] whatever is offered, a stranger in another home is told only the offerer's own public address", () => {
    fc.assert(
      fc.property(fc.array(anyAddress, { maxLength: 30 }), (addresses) => {
        const from = "198.51.100.7"
        const told = candidatesFor({ observedAddress: "203.0.113.1" }, admittedCandidates(addresses.map((address) => at(address)), from), { observedAddress: from })
        for (const address of addressesOf(told)) expect(address.includes(":") || address === from).toBe(true)
        for (const address of addressesOf(told)) expect(reachOf(address)).toBe("public")
      }),
    )
  })

  it("reads an endpoint back from its text, and an address in its one spelling", () => {
    fc.assert(
      fc.property(anyAddress, fc.integer({ min: 1, max: 65_535 }), (text, port) => {
        const address = plainAddress(text)
        if (address === null) return
        expect(readEndpoint(endpointText({ address, port }))).toEqual({ address, port })
        expect(plainAddress(address)).toBe(address)
      }),
    )
    expect(plainAddress("::ffff:192.168.1.5")).toBe("192.168.1.5")
    for (const text of ["unknown", "", "1.2.3", "host.example"]) expect(plainAddress(text)).toBeNull()
  })
})
