import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { describeNetwork } from "./describe-network"
import { bundleProgram, type NetworkProgram } from "./network-program"
import { routerKinds, type RouterKind } from "./routers"
import { serverAddresses } from "./server-addresses"
import { openTestNetwork, type TestNetwork } from "./test-network"

const named: Record<RouterKind, string> = {
  none: "open",
  full_cone: "full_cone",
  restricted: "restricted_cone",
  port_restricted: "port_restricted_cone",
  symmetric: "symmetric",
  udp_blocked: "udp_blocked",
}

type Report = { type?: string; mapped?: { address: string; port: number }; code?: string }

describeNetwork("homes and routers out of namespaces", () => {
  let network: TestNetwork
  let report: NetworkProgram
  let house: NetworkProgram

  beforeAll(async () => {
    const homes = routerKinds.map((router) => ({ router, pcs: router === "port_restricted" ? 2 : 1 }))
    ;[network, report, house] = await Promise.all([
      openTestNetwork({ homes }),
      bundleProgram("src/testing/network/nat-report.ts"),
      bundleProgram("src/testing/network/stun-house.ts"),
    ])
    const server = network.internet.spawn("node", [house.file, ...serverAddresses])
    await server.line((line) => line === "ready")
  })

  afterAll(async () => {
    await network.close()
    await Promise.all([report.remove(), house.remove()])
  })

  const home = (router: RouterKind) => {
    const found = network.homes[routerKinds.indexOf(router)]
    if (!found) throw new Error(`no home with ${router}`)
    return found
  }
  const pc = (router: RouterKind, number = 0) => {
    const found = home(router).pcs[number]
    if (!found) throw new Error(`no PC ${number} behind ${router}`)
    return found
  }
  const reportOf = async (router: RouterKind): Promise<Report> => {
    const own = pc(router)
    const said = await own.runOrThrow(process.execPath, [report.file, own.address, serverAddresses[0]])
    return JSON.parse(said) as Report
  }
  const canPing = async (router: RouterKind, address: string, number = 0) => {
    const { code } = await pc(router, number).run("ping", ["-n", "-c", "1", "-i", "0.2", "-w", "1", address])
    return code === 0
  }

  it.each(routerKinds)("[LANU-8] [LANU-11] our own STUN tells what the router %s is", async (router) => {
    const { type, mapped, code } = await reportOf(router)
    expect(type ?? code).toBe(named[router])
    if (router === "udp_blocked") return
    expect(mapped?.address).toBe(router === "none" ? pc(router).address : home(router).wanAddress)
  })

  describe("their cables and addresses", () => {
    it("lets a PC out through every router", async () => {
      const reached = await Promise.all(routerKinds.map((router) => canPing(router, serverAddresses[0])))
      expect(reached).toEqual(routerKinds.map(() => true))
    })

    it("keeps the homes behind routers out of each other's reach, and a home without one in everybody's", async () => {
      expect(await canPing("symmetric", pc("port_restricted").address)).toBe(false)
      expect(await canPing("symmetric", pc("none").address)).toBe(true)
    })

    it("has two PCs of one home in one LAN", async () => {
      expect(await canPing("port_restricted", pc("port_restricted", 1).address)).toBe(true)
    })

    it("cuts and mends a cable and a line", async () => {
      await pc("restricted").cutCable()
      await home("none").cutLine()
      expect(await Promise.all([canPing("restricted", serverAddresses[0]), canPing("none", serverAddresses[0])])).toEqual([false, false])
      await pc("restricted").mendCable()
      await home("none").mendLine()
      expect(await Promise.all([canPing("restricted", serverAddresses[0]), canPing("none", serverAddresses[0])])).toEqual([true, true])
    })

    it("changes the address of a PC, and what the world sees of a router", async () => {
      const before = pc("full_cone").address
      expect(await pc("full_cone").changeAddress()).not.toBe(before)
      const wan = await home("full_cone").changeWanAddress()
      const { type, mapped } = await reportOf("full_cone")
      expect({ type, address: mapped?.address }).toEqual({ type: "full_cone", address: wan })
    })

    it("ends with everything that was started in it", async () => {
      const other = await openTestNetwork({ homes: [{ router: "none" }] })
      const child = other.internet.spawn("sh", ["-c", "sleep 300 & echo $!; wait"])
      const pid = await child.line((line) => Number(line))
      await other.close()
      expect(child.hasEnded).toBe(true)
      // A process that has ended and that nobody has asked about yet has no command line either.
      await vi.waitFor(async () => expect(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).toBe(""))
    })
  })
})
