import type { NetworkInterfaceInfo } from "node:os"
import { describe, expect, it } from "vitest"
import { addressesOf, isOwnAddress, readLanAddresses } from "./lan-addresses"

const at = (address: string, netmask = "255.255.255.0", internal = false): NetworkInterfaceInfo => ({
  ...{ address, netmask, internal, mac: "02:00:00:00:00:01", cidr: null },
  family: "IPv4",
})

describe("the LAN's addresses", () => {
  it("are what LAN_ADDRESSES says", () => {
    expect(readLanAddresses(undefined)).toBeNull()
    expect(readLanAddresses("198.51.100.1")).toEqual(["198.51.100.1"])
    expect(readLanAddresses("198.51.100.1, 198.51.100.2")).toEqual(["198.51.100.1", "198.51.100.2"])
  })

  it.each(["party.local", "198.51.100.1,", "198.51.100.1,198.51.100.1", "1.2.3.4,1.2.3.5,1.2.3.6", "2001:db8::1"])("are not %j", (text) => {
    expect(() => readLanAddresses(text)).toThrow(/LAN_ADDRESSES is/)
  })

  it("are the one guests reach us by, and another only of the same network", async () => {
    const wired = { eth0: [at("192.168.1.20")], wlan0: [at("192.168.1.21")], docker0: [at("172.17.0.1", "255.255.0.0")] }
    expect(await addressesOf("192.168.1.20", wired)).toEqual(["192.168.1.20", "192.168.1.21"])
    expect(await addressesOf("192.168.1.20", { eth0: wired.eth0, docker0: wired.docker0 })).toEqual(["192.168.1.20"])
    // A router's address in front of this machine.
    expect(await addressesOf("203.0.113.7", wired)).toEqual(["203.0.113.7"])
    const loopback = { lo: [at("127.0.0.1", "255.0.0.0", true), at("127.0.0.2", "255.0.0.0", true)] }
    expect(await addressesOf("127.0.0.1", loopback)).toEqual(["127.0.0.1"])
  })

  it("of a name are asked for, and a name without one has none", async () => {
    expect(await addressesOf("localhost", {})).toEqual(["127.0.0.1"])
    expect(await addressesOf("no-such-name.invalid", {})).toBeNull()
  })

  it("are the machine's own or a router's", () => {
    const interfaces = { lo: [at("127.0.0.1", "255.0.0.0", true), at("198.51.100.1", "255.255.255.255", true)] }
    expect(isOwnAddress("198.51.100.1", interfaces)).toBe(true)
    expect(isOwnAddress("198.51.100.2", interfaces)).toBe(false)
  })
})
