import { afterEach, beforeAll, afterAll, beforeEach, expect, it } from "vitest"
import type { Pc } from "@/testing/network/home"
import type { Child } from "@/testing/network/host"
import { type NetworkProgram, bundleProgram } from "@/testing/network/network-program"
import { describeNetwork } from "@/testing/network/network-tests-can-run"
import { type TestNetwork, openTestNetwork } from "@/testing/network/test-network"
import { joinOverlay, overlayAddress } from "./test-overlay"

type Heard = { from: string; number: number; tookMs: number }

describeNetwork("discovery across the LAN", () => {
  let programs: { discovery: NetworkProgram; game: NetworkProgram }
  let network: TestNetwork
  let pcs: readonly Pc[]

  beforeAll(async () => {
    const [discovery, game] = await Promise.all([
      bundleProgram("src/lan-agent/discovery/test-discovery-pc.ts"),
      bundleProgram("src/lan-agent/discovery/test-game.ts"),
    ])
    programs = { discovery, game }
  })
  afterAll(() => Promise.all([programs.discovery.remove(), programs.game.remove()]))

  beforeEach(async () => {
    network = await openTestNetwork({ homes: [{ router: "none", pcs: 3 }] })
    pcs = network.homes[0]?.pcs ?? []
    await joinOverlay(pcs)
  })
  afterEach(() => network.close())

  function pcAt(index: number): Pc {
    const pc = pcs[index]
    if (!pc) throw new Error("no such PC")
    return pc
  }

  async function openAt(index: number, games: string): Promise<Child> {
    const peers = pcs.map((_, other) => overlayAddress(other)).join(",")
    const child = pcAt(index).spawn("node", [programs.discovery.file, overlayAddress(index), games, peers])
    expect(await child.line((line) => line)).toBe("ready")
    return child
  }

  async function listenAt(index: number, ...what: string[]) {
    const child = pcAt(index).spawn("node", [programs.game.file, "listen", ...what])
    await child.line((line) => line === "ready")
    return { child, heard: () => child.stdout.split("\n").slice(1).filter(Boolean).map((line) => JSON.parse(line) as Heard) }
  }

  async function shoutAt(index: number, from: string, address: string, port: number, count = 1, perSecond = 20) {
    await pcAt(index).runOrThrow("node", [programs.game.file, "shout", from, address, `${port}`, `${count}`, `${perSecond}`])
  }

  it("[LAND-10] a game's broadcast reaches the others under its real address, exactly once, in less than 5 ms", async () => {
    for (const index of [0, 1, 2]) await openAt(index, "warcraft-3")
    const listeners = await Promise.all([0, 1, 2].map((index) => listenAt(index, "6112")))
    await shoutAt(0, "0.0.0.0", "255.255.255.255", 6112, 20)
    await listeners[2]?.child.line((line) => line.includes('"number":19'))
    await listeners[1]?.child.line((line) => line.includes('"number":19'))
    for (const listener of listeners) console.log(listener.heard().length, listener.heard().slice(0, 4))
  })
})
