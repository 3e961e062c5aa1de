import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import type { Endpoint } from "@/lan/protocol"
import { issueTicket } from "@/lan/relay/ticket"
import { describeNetwork } from "@/testing/network/describe-network"
import type { Home, Pc } from "@/testing/network/home"
import type { Child } from "@/testing/network/host"
import { bundleProgram, type NetworkProgram } from "@/testing/network/network-program"
import type { RouterKind } from "@/testing/network/routers"
import { serverAddresses } from "@/testing/network/server-addresses"
import { openTestNetwork, type TestNetwork } from "@/testing/network/test-network"
import type { AgentHears, AgentSays } from "./test-agent"

const secret = Buffer.alloc(32, 3)
const idOf = (index: number) => `${index}`.repeat(16)

type Who = Extract<AgentSays, { publicKey: string }>
type Shown = Extract<AgentSays, { status: string }>

/** One PC with its agent, and what its agent said from some moment on. */
class Agent {
  constructor(
    readonly index: number,
    readonly pc: Pc,
    readonly home: Home,
    readonly child: Child,
    readonly who: Who,
  ) {}

  tell(told: AgentHears) {
    this.child.process.stdin.write(`${JSON.stringify(told)}\n`)
  }

  shows(wanted: Partial<Shown>, withinMs = 15_000): Promise<Shown> {
    const isWanted = (shown: Record<string, unknown>) => Object.entries(wanted).every(([key, value]) => shown[key] === value)
    return this.says((said): said is Shown => "status" in said && isWanted(said), withinMs)
  }

  /** The first thing it says from now on that is wanted. */
  async says<T extends AgentSays>(isWanted: (said: AgentSays) => said is T, withinMs = 15_000): Promise<T> {
    let before = this.child.stdout.split("\n").length - 1
    return this.child.line((line) => {
      before -= 1
      if (before >= 0 || !line.startsWith("{")) return null
      const said = JSON.parse(line) as AgentSays
      return isWanted(said) ? said : null
    }, withinMs)
  }

  async canReach(other: Agent): Promise<boolean> {
    const { code } = await this.pc.run("ping", ["-n", "-c", "3", "-i", "0.1", "-w", "3", other.who.virtualIp])
    return code === 0
  }
}

describeNetwork("two PCs with a real WireGuard, each at home", () => {
  let agentProgram: NetworkProgram
  let houseProgram: NetworkProgram
  let network: TestNetwork | undefined

  beforeAll(async () => {
    agentProgram = await bundleProgram("src/lan-agent/data-path/test-agent.ts")
    houseProgram = await bundleProgram("src/lan-agent/data-path/test-house.ts")
  })
  afterEach(async () => {
    await network?.close()
    network = undefined
  })
  afterAll(async () => {
    await agentProgram.remove()
    await houseProgram.remove()
  })

  async function homes(routers: readonly [RouterKind, RouterKind], carrier = "handed-over"): Promise<[Agent, Agent]> {
    const opened = await openTestNetwork({ homes: routers.map((router) => ({ router })) })
    network = opened
    const house = opened.internet.spawn("node", [houseProgram.file, ...serverAddresses, secret.toString("hex")])
    await house.line((line) => line === "ready")
    const start = async (home: Home, index: number) => {
      const pc = home.pcs[0]!
      const child = pc.spawn("node", [agentProgram.file, `${index}`, serverAddresses[0], carrier])
      const who = await child.line((line) => line.startsWith("{") && (JSON.parse(line) as Who))
      return new Agent(index, pc, home, child, who)
    }
    const [a, b] = await Promise.all([start(opened.homes[0]!, 1), start(opened.homes[1]!, 2)])
    return [a!, b!]
  }

  function introduce(self: Agent, peer: Agent) {
    const claims = { networkId: "0123456789ab", selfId: idOf(self.index), selfIndex: self.index, peerId: idOf(peer.index), peerIndex: peer.index }
    const { ticket, key } = issueTicket(secret, { ...claims, expiresAt: Math.floor(Date.now() / 1000) + 3600 })
    self.tell({ do: "add", peerId: idOf(peer.index), ...peer.who, ticket: ticket.toString("hex"), ticketKey: key.toString("hex") })
  }

  async function met(a: Agent, b: Agent, wanted: Partial<Shown>) {
    const shown = [a, b].map((agent) => agent.shows(wanted))
    introduce(a, b)
    introduce(b, a)
    await Promise.all(shown)
  }

  const direct = { status: "connected", connectionType: "direct", isHandedOver: true } as const
  const relayed = { status: "connected", connectionType: "relayed", isHandedOver: false } as const

  it("[LANU-75] behind port-restricted routers the kernel carries, and a kick ends it at once", async () => {
    const [a, b] = await homes(["port_restricted", "port_restricted"])
    await met(a, b, direct)
    expect(await a.canReach(b)).toBe(true)
    expect(await b.canReach(a)).toBe(true)
    const removed = a.says((said): said is Extract<AgentSays, { removed: string }> => "removed" in said)
    a.tell({ do: "remove", peerId: idOf(2) })
    await removed
    expect(await b.canReach(a)).toBe(false)
    expect(await a.canReach(b)).toBe(false)
  }, 60_000)

  it("[LANU-72] [LANU-39] behind symmetric routers the relay carries", async () => {
    const [a, b] = await homes(["symmetric", "symmetric"])
    await met(a, b, relayed)
    expect(await a.canReach(b)).toBe(true)
    expect(await b.canReach(a)).toBe(true)
  }, 60_000)

  it("[LANU-77] [LANU-38] another address outside: direct again within 10 s", async () => {
    const [a, b] = await homes(["port_restricted", "port_restricted"])
    await met(a, b, direct)
    const offered = a.says((said): said is { offers: Endpoint[]; because: string } => "offers" in said)
    const again = [a, b].map((agent) => agent.shows({ isHandedOver: false }).then(() => agent.shows(direct)))
    const changedAtMs = performance.now()
    await a.home.changeWanAddress()
    const { offers } = await offered
    b.tell({ do: "update", peerId: idOf(1), candidates: offers })
    await Promise.all(again)
    expect(performance.now() - changedAtMs).toBeLessThan(10_000)
    expect(await b.canReach(a)).toBe(true)
  }, 60_000)
})
