import { describe, expect, it } from "vitest"
import { openTunnel, prepareTunnel } from "./open-tunnel"
import { scriptedRun } from "./test-command"

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
})
