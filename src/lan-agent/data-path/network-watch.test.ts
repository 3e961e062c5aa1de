import type { NetworkInterfaceInfo } from "node:os"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Candidate, Endpoint } from "@/lan/protocol"
import { hasSlept, NetworkWatch } from "./network-watch"

const ipv4 = (address: string): NetworkInterfaceInfo => ({ address, internal: false, family: "IPv4", netmask: "", mac: "", cidr: null })
const mappedAt = (address: string): Endpoint => ({ address, port: 40_000 })

/** A PC at home whose STUN server answers with `mapped`, or not when that is null. */
function pc() {
  const changes: string[] = []
  const offers: string[][] = []
  const state = { address: "192.168.1.2", mapped: mappedAt("203.0.113.1") as Endpoint | null, asked: 0, sleptMs: 0 }
  const known: Candidate[] = [
    { kind: "host", endpoint: { address: state.address, port: 5 } },
    { kind: "server_reflexive", endpoint: mappedAt("203.0.113.1") },
  ]
  const watch = new NetworkWatch({
    port: 5,
    known,
    interfaces: () => ({ eth0: [ipv4(state.address)] }),
    askMapped: () => {
      state.asked += 1
      return Promise.resolve(state.mapped)
    },
    nowMs: () => Date.now(),
    wallMs: () => Date.now() + state.sleptMs,
    listener: {
      networkChanged: (reason) => void changes.push(reason),
      candidatesChanged: (candidates) => void offers.push(candidates.map(({ endpoint }) => endpoint.address)),
    },
  })
  return { state, changes, offers, watch }
}

describe("noticing that the network is another", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }))
  afterEach(() => void vi.useRealTimers())

  it("[LANU-77] asks every 25 s and says nothing while nothing changes, and leaves no timer", async () => {
    const { state, changes, offers, watch } = pc()
    await vi.advanceTimersByTimeAsync(100_000)
    expect([state.asked, changes, offers]).toEqual([3, [], []])
    watch.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it("[LANU-77] another address on an interface is noticed within 2 s, and the new candidates are told", async () => {
    const { state, changes, offers, watch } = pc()
    state.address = "192.168.7.9"
    state.mapped = mappedAt("203.0.113.7")
    await vi.advanceTimersByTimeAsync(2_000)
    expect(changes).toEqual(["interfaces"])
    expect(offers).toEqual([["192.168.7.9", "203.0.113.7"]])
    watch.close()
  })

  it("[LANU-77] where nobody answers the old outside address is not offered any more, and it is asked every 4 s", async () => {
    const { state, offers, watch } = pc()
    state.address = "192.168.7.9"
    state.mapped = null
    await vi.advanceTimersByTimeAsync(2_000)
    expect(offers).toEqual([["192.168.7.9"]])
    state.mapped = mappedAt("203.0.113.7")
    await vi.advanceTimersByTimeAsync(4_000)
    expect(offers.at(-1)).toEqual(["192.168.7.9", "203.0.113.7"])
    watch.close()
  })

  it("[LANU-77] another address outside is told, at the latest after 25 s and at once when asked to look", async () => {
    const { state, changes, offers, watch } = pc()
    state.mapped = mappedAt("203.0.113.8")
    await watch.check()
    expect(changes).toEqual(["mapped_address"])
    state.mapped = mappedAt("203.0.113.9")
    await vi.advanceTimersByTimeAsync(26_000)
    expect(changes).toEqual(["mapped_address", "mapped_address"])
    expect(offers.map((addresses) => addresses.at(-1))).toEqual(["203.0.113.8", "203.0.113.9"])
    watch.close()
  })

  it("[LANU-77] a PC that wakes up says so and asks at once", async () => {
    const { state, changes, watch } = pc()
    await vi.advanceTimersByTimeAsync(3_000)
    state.sleptMs = 3_600_000
    await vi.advanceTimersByTimeAsync(2_000)
    expect([changes, state.asked]).toEqual([["woke_up"], 1])
    watch.close()
  })

  it("[LANU-77] a clock that is set by a little is no sleep; one that stood still, or a late look, is", () => {
    const before = { nowMs: 0, wallMs: 1_000 }
    expect(hasSlept(before, { nowMs: 2_000, wallMs: 3_000 + 4_000 })).toBe(false)
    expect(hasSlept(before, { nowMs: 2_000, wallMs: 3_000 + 6_000 })).toBe(true)
    expect(hasSlept(before, { nowMs: 6_500, wallMs: 7_500 })).toBe(false)
    expect(hasSlept(before, { nowMs: 7_500, wallMs: 8_500 })).toBe(true)
  })
})
