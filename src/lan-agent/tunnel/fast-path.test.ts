import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { RunCommand } from "./command"
import { openFastPath, probeNft } from "./fast-path"
import { buildTable, tableName } from "./fast-path-rules"
import { failed, scriptedRun } from "./test-command"

const options = { interfaceName: "party0", agentPort: 40_000, wireGuardPort: 51_820, platform: "linux" }
const peer = { address: "192.0.2.1", port: 4500 }

describe("the fast path", () => {
  it("[TUN-7] two interfaces never share a table, whatever their names", () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9_.@-]{0,14}$/)
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(tableName(one)).toMatch(/^[a-z][a-z0-9_]*$/)
        expect(tableName(one) === tableName(other)).toBe(one === other)
      }),
    )
  })

  it("[TUN-7] the table replaces an older one in the same transaction", () => {
    const rules = buildTable(options, [peer])
    expect(rules.startsWith("table ip party_lan_party0 {}\ndelete table ip party_lan_party0\n")).toBe(true)
    expect(rules).toContain("elements = { 192.0.2.1 . 4500 }")
    expect(rules).toContain("udp dport 40000 ip saddr . udp sport @direct @th,64,8 1-4 @th,72,24 0 udp dport set 51820")
    expect(rules).toContain("udp sport 51820 ip daddr . udp dport @direct udp sport set 40000")
  })

  it("[TUN-7] changes are made in their order; what was never added is not removed", async () => {
    const { run, inputs } = scriptedRun({})
    const fastPath = await openFastPath({ ...options, run })
    await Promise.all([fastPath?.remove(peer), fastPath?.add(peer), fastPath?.remove(peer), fastPath?.close()])
    await fastPath?.add(peer)
    expect(inputs.slice(1)).toEqual([
      "add element ip party_lan_party0 direct { 192.0.2.1 . 4500 }\n",
      "delete element ip party_lan_party0 direct { 192.0.2.1 . 4500 }\n",
      "table ip party_lan_party0 {}\ndelete table ip party_lan_party0\n",
    ])
  })

  it("[TUN-7] a table that has gone is built again with everybody in it", async () => {
    const inputs: string[] = []
    const run: RunCommand = (_program, _args, input = "") => {
      inputs.push(input)
      return Promise.resolve(input.startsWith("add") && inputs.length > 2 ? failed("No such file or directory") : ok)
    }
    const fastPath = await openFastPath({ ...options, run })
    await fastPath?.add(peer)
    await fastPath?.add({ address: "192.0.2.2", port: 2 })
    expect(inputs.at(-1)).toContain("elements = { 192.0.2.1 . 4500, 192.0.2.2 . 2 }")
  })

  it("[TUN-7] why there is none is said in words", async () => {
    const reasons: string[] = []
    const onUnavailable = (reason: string) => reasons.push(reason)
    const missing = scriptedRun({ nft: failed("spawn nft ENOENT", null) })
    const forbidden = scriptedRun({ nft: failed("Operation not permitted (you must be root)\nnetlink: Error") })
    expect(await openFastPath({ ...options, run: missing.run, onUnavailable })).toBeNull()
    expect(await openFastPath({ ...options, run: forbidden.run, onUnavailable })).toBeNull()
    expect(await openFastPath({ ...options, platform: "darwin", run: forbidden.run, onUnavailable })).toBeNull()
    expect(reasons).toEqual([
      "nft (nftables) is not installed",
      "nft refused: Operation not permitted (you must be root) netlink: Error",
      "Only Linux lets the agent hand packets over to the kernel",
    ])
  })

  it("[TUN-8] tells what nft can do here", async () => {
    const answer = (outcome: ReturnType<typeof failed>) => probeNft(scriptedRun({ nft: outcome }).run)
    expect(await answer(ok)).toBe("works")
    expect(await answer(failed("spawn nft ENOENT", null))).toBe("not_installed")
    expect(await answer(failed("Operation not permitted (you must be root)"))).toBe("not_permitted")
    expect(await answer(failed("Error: Could not process rule: No such file or directory"))).toBe("unusable")
  })

  it("[TUN-7] IPv6 is a bug of the caller", async () => {
    const fastPath = await openFastPath({ ...options, run: scriptedRun({}).run })
    expect(() => fastPath?.add({ address: "2001:db8::1", port: 1 })).toThrow("IPv4")
  })
})

const ok = { exitCode: 0, stdout: "", stderr: "" }
