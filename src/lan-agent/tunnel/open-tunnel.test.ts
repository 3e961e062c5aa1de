import { describe, expect, it } from "vitest"
import { ok } from "@/kernel/result"
import { openTunnel, prepareTunnel } from "./open-tunnel"
import { scriptedRun } from "./test-command"
import type { TunnelDevice, WireGuardControl } from "./tunnel-driver"

describe("opening a tunnel", () => {
  it("[TUN-1] refuses a system it does not know, and starts nothing there", async () => {
    const { run, calls } = scriptedRun({})
    const options = { interfaceName: "party0", platform: "plan9", run }
    const refused = await openTunnel({ ...options, virtualIp: "10.66.0.7", privateKey: Buffer.alloc(32, 1) })
    expect(refused).toMatchObject({ refusal: { code: "unknown_platform", detail: { platform: "plan9" } } })
    await prepareTunnel(options).cancel()
    expect(calls).toEqual([])
  })

  it("[TUN-1] what would become another line of a configuration is a bug of the caller", async () => {
    const { run } = scriptedRun({})
    const options = { interfaceName: "party0", platform: "plan9", run }
    expect(() => prepareTunnel({ ...options, interfaceName: "party0\nlink del eth0" })).toThrow("no name")
    expect(() => prepareTunnel({ ...options, interfaceName: "sixteen-letters-" })).toThrow("no name")
    const privateKey = Buffer.alloc(32, 1)
    const open = (virtualIp: string, key = privateKey) => openTunnel({ ...options, virtualIp, privateKey: key })
    await expect(open("10.66.0.7/8")).rejects.toThrow("no identity")
    await expect(open("10.66.0.7", Buffer.alloc(31))).rejects.toThrow("no identity")
  })
  it.each(["configure", "listenPort"] as const)("[TUN-5] takes the interface away again when %s breaks", async (breaks) => {
    const { run } = scriptedRun({})
    let removed = 0
    const broken = () => Promise.reject(new Error("WireGuard has closed its control socket."))
    const control = { listenPort: breaks === "listenPort" ? broken : async () => 1, close: () => undefined } as unknown as WireGuardControl
    const device: TunnelDevice = {
      carrier: "wireguard-go",
      interfaceName: "party0",
      configure: breaks === "configure" ? broken : async () => ok(control),
      gone: new Promise(() => undefined),
      remove: async () => void (removed += 1),
    }
    const options = { interfaceName: "party0", run, driver: { prepare: async () => ok(device) } }
    await expect(openTunnel({ ...options, virtualIp: "10.66.0.7", privateKey: Buffer.alloc(32, 1) })).rejects.toThrow("closed")
    expect(removed).toBe(1)
  })
})
