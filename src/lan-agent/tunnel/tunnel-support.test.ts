import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { failed, scriptedRun } from "./test-command"
import { findProgram, hasNetAdmin, inspectTunnelSupport } from "./tunnel-support"

function status(effective: string, ambient: string) {
  return `Name:\tnode\nCapPrm:\t${effective}\nCapEff:\t${effective}\nCapBnd:\t000001ffffffffff\nCapAmb:\t${ambient}\n`
}
const none = "0000000000000000"
const netAdmin = "0000000000001000"

describe("what a PC has for a tunnel", () => {
  it("[TUN-8] root needs the right; anybody else needs one that programs inherit", () => {
    expect(hasNetAdmin(status("000001ffffffffff", none), true)).toBe(true)
    expect(hasNetAdmin(status("00000000a80425fb", none), true)).toBe(false)
    expect(hasNetAdmin(status(netAdmin, none), false)).toBe(false)
    expect(hasNetAdmin(status(netAdmin, netAdmin), false)).toBe(true)
    expect(hasNetAdmin("", true)).toBe(false)
  })

  it("[TUN-8] finds the first program in PATH that may be run", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "party-path-"))
    try {
      const program = path.join(directory, "wireguard-go")
      await writeFile(program, "#!/bin/sh\n", { mode: 0o644 })
      expect(await findProgram("wireguard-go", `/nowhere:${directory}`)).toBeNull()
      await chmod(program, 0o755)
      expect(await findProgram("wireguard-go", `/nowhere::${directory}`)).toBe(program)
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  it("[TUN-8] tries kernel WireGuard by making an interface, and takes it away", async () => {
    const without = scriptedRun({ "ip link add": failed("Error: Unknown device type.", 2) })
    expect(await inspectTunnelSupport(without.run)).toMatchObject({ hasKernelWireGuard: false })
    const withIt = scriptedRun({})
    expect(await inspectTunnelSupport(withIt.run)).toMatchObject({ hasKernelWireGuard: true, nft: "works" })
    const [added, removed] = withIt.calls.filter((call) => call.startsWith("ip link"))
    const name = added?.split(" ")[4] ?? ""
    expect(name.length).toBeLessThan(16)
    expect(removed).toBe(`ip link del dev ${name}`)
  })
})
