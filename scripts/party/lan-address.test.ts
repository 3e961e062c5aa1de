import type { NetworkInterfaceInfo } from "node:os"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chooseLanAddress, routeAddress } from "./lan-address"

function card(address: string, facts: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo[] {
  const base = { address, netmask: "255.255.255.0", family: "IPv4", mac: "3c:22:fb:01:02:03", internal: false, cidr: null } as const
  return [{ ...base, ...facts } as NetworkInterfaceInfo]
}
const loopback = card("127.0.0.1", { internal: true, mac: "00:00:00:00:00:00" })

describe("chooseLanAddress", () => {
  it("finds the Wi-Fi among Docker's bridges, virtual machines and tunnels, wherever they stand", () => {
    const others = {
      lo: loopback,
      docker0: card("172.17.0.1"),
      "br-3fa9c1d20b44": card("172.18.0.1"),
      veth12ab: card("10.9.9.9"),
      virbr0: card("192.168.122.1"),
      tun0: card("10.8.0.6", { mac: "00:00:00:00:00:00" }),
      tailscale0: card("100.101.102.103"),
      utun4: card("10.7.0.2"),
      "vEthernet (WSL)": card("172.29.16.1"),
      "VirtualBox Host-Only Network": card("192.168.56.1"),
      "VMware Network Adapter VMnet8": card("192.168.80.1"),
    }
    const shuffled = fc.shuffledSubarray(Object.entries(others)).chain((some) =>
      fc.nat(some.length).map((at) => Object.fromEntries([...some.slice(0, at), ["wlan0", card("192.168.1.20")] as const, ...some.slice(at)])),
    )
    fc.assert(fc.property(shuffled, (interfaces) => chooseLanAddress(interfaces) === "192.168.1.20"))
    expect(chooseLanAddress(others)).toBeUndefined()
  })

  it("takes the names of macOS and Windows for real cards", () => {
    expect(chooseLanAddress({ lo0: loopback, en0: card("10.0.0.7") })).toBe("10.0.0.7")
    expect(chooseLanAddress({ "Wi-Fi": card("192.168.178.33") })).toBe("192.168.178.33")
  })

  it("keeps the bridge of a laptop that is the hotspot itself, and a host's own bridge", () => {
    expect(chooseLanAddress({ bridge100: card("192.168.2.1") })).toBe("192.168.2.1")
    expect(chooseLanAddress({ br0: card("192.168.1.5") })).toBe("192.168.1.5")
  })

  it("of two cards takes the one that leads outside", () => {
    const interfaces = { eth0: card("192.168.1.2"), wlan0: card("192.168.7.2") }
    expect(chooseLanAddress(interfaces, "192.168.7.2")).toBe("192.168.7.2")
    expect(chooseLanAddress(interfaces)).toBe("192.168.1.2")
    // A VPN's route names an address no guest can reach.
    expect(chooseLanAddress({ ...interfaces, tun0: card("10.8.0.2") }, "10.8.0.2")).toBe("192.168.1.2")
  })

  it("prefers a private address to a public one, and that to one nobody handed out", () => {
    expect(chooseLanAddress({ eth1: card("169.254.3.4"), eth0: card("93.184.216.34"), wlan0: card("172.20.0.4") })).toBe("172.20.0.4")
    expect(chooseLanAddress({ eth1: card("169.254.3.4"), eth0: card("93.184.216.34") })).toBe("93.184.216.34")
    expect(chooseLanAddress({ eth0: card("172.32.0.1"), eth1: card("10.1.1.1") })).toBe("10.1.1.1")
  })

  it("finds nothing on a laptop without a network", () => {
    expect(chooseLanAddress({ lo: loopback, eth0: undefined })).toBeUndefined()
    expect(chooseLanAddress({ eth0: card("fe80::1", { family: "IPv6" } as Partial<NetworkInterfaceInfo>) })).toBeUndefined()
  })
})

describe("routeAddress", () => {
  it("answers with an IPv4 address or with nothing, and leaves no socket open", async () => {
    expect((await routeAddress()) ?? "0.0.0.0").toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  })
})
