import { describe, expect, it } from "vitest"
import { ok } from "@/kernel/result"
import { examine, findingLines, type DoctorDoors } from "./doctor"

const well: DoctorDoors = {
  nodeVersion: "20.20.0",
  platform: "linux",
  installCommand: "sudo apt install wireguard-go",
  tunnelSupport: async () => ({ isPermitted: true, hasTun: true, hasKernelWireGuard: false, wireguardGo: "/usr/bin/wireguard-go", wg: null, nft: "works" }),
  party: "http://party:3000",
  challenge: async () => ok({ server_public_key: "s", nonce: "n", stun: [{ address: "198.51.100.1", port: 3478 }] }),
  mappedAddress: async () => ({ address: "203.0.113.7", port: 4 }),
  natBehaviour: async () => ({ mapping: "endpoint_independent", filtering: "endpoint_independent" }),
  relay: async () => ({ endpoint: { address: "198.51.100.1", port: 3479 }, answers: true }),
}

const marksOf = async (doors: DoctorDoors) => Object.fromEntries((await examine(doors)).map(({ what, isFine }) => [what, isFine]))
const todoOf = async (doors: DoctorDoors, what: string) => (await examine(doors)).find((finding) => finding.what === what)?.todo

describe("the doctor", () => {
  it("[LANA-65] finds everything well", async () => {
    const findings = await examine(well)
    expect(findingLines(findings)).toEqual([
      "✓ Node       20.20.0",
      "✓ Rights     may make network interfaces",
      "✓ TUN        /dev/net/tun opens",
      "✓ WireGuard  /usr/bin/wireguard-go",
      "✓ nft        the kernel carries direct paths at full speed",
      "✓ Party      http://party:3000 answers",
      "✓ UDP        seen from outside as 203.0.113.7:4",
      "✓ Router     easy (full cone): direct to everybody",
      "✓ Relay      198.51.100.1:3479 answers",
    ])
  })

  it("[LANA-65] says what to do for each that is not", async () => {
    const ill: DoctorDoors = {
      ...well,
      nodeVersion: "18.2.0",
      tunnelSupport: async () => ({ isPermitted: false, hasTun: false, hasKernelWireGuard: false, wireguardGo: null, wg: null, nft: "not_installed" }),
      mappedAddress: async () => null,
      relay: async () => ({ endpoint: { address: "198.51.100.1", port: 3479 }, answers: false }),
    }
    expect(await marksOf(ill)).toEqual({ Node: false, Rights: false, TUN: null, WireGuard: false, nft: null, Party: true, UDP: false, Relay: false })
    for (const finding of await examine(ill)) if (finding.isFine === false) expect(finding.todo).toBeTruthy()
    expect(await todoOf(ill, "WireGuard")).toBe("Type: sudo apt install wireguard-go")
    expect(await todoOf(ill, "Rights")).toContain("sudo")
  })

  it("[LANA-65] asks nothing of a party that does not answer, nor of none", async () => {
    const away = { ...well, challenge: async () => ({ ok: false, refusal: { code: "party_unreachable", detail: { why: "ECONNREFUSED" } } }) as const }
    expect(await marksOf(away)).toMatchObject({ Party: false })
    expect(await marksOf(away)).not.toHaveProperty("UDP")
    expect(await marksOf({ ...well, party: null })).toMatchObject({ Party: null })
  })

  it("[LANA-65] the kernel's WireGuard does without TUN, but not without its tools", async () => {
    const kernel = { isPermitted: true, hasTun: false, hasKernelWireGuard: true, wireguardGo: null, nft: "works" } as const
    expect(await marksOf({ ...well, tunnelSupport: async () => ({ ...kernel, wg: "/usr/bin/wg" }) })).toMatchObject({ TUN: null, WireGuard: true })
    expect(await marksOf({ ...well, tunnelSupport: async () => ({ ...kernel, wg: null }) })).toMatchObject({ WireGuard: false })
  })
})
