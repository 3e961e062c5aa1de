import { expectedPath } from "@/lan/compatibility"
import type { NatType } from "@/lan/nat-behaviour"
import type { Home, Pc } from "@/testing/network/home"
import { LanPcAgent, type PeerSeen } from "@/testing/network/lan-pc-agent"
import { NetworkParty, type NetworkGuest } from "@/testing/network/network-party"
import { bundleAgent } from "@/testing/network/network-program"
import type { RouterKind } from "@/testing/network/routers"
import { openTestNetwork } from "@/testing/network/test-network"
import { firstAnswerAt, serveEcho, startAsking, type Effort, type Felt } from "./lan-measure"
import { felt } from "./lan-pairs"
import { sharedNow } from "./processes"

/** The routers of the table of pairs; where UDP is blocked everything is relayed. */
export const pairRouters = ["none", "full_cone", "restricted", "port_restricted", "symmetric", "udp_blocked"] as const satisfies readonly RouterKind[]
type PairRouter = (typeof pairRouters)[number]

const natOf: Record<Exclude<PairRouter, "udp_blocked">, NatType> = {
  none: "open",
  full_cone: "full_cone",
  restricted: "restricted_cone",
  port_restricted: "port_restricted_cone",
  symmetric: "symmetric",
}

const patienceMs = 20_000
/** So long after the first answer a direct path may still be found. */
const settlingMs = 5_000
/** The first two addresses that the control plane gives to guests' PCs. */
const guestAddresses = ["10.66.0.2", "10.66.0.3"] as const

/** A party with two homes behind each kind of router. */
export type LanStage = {
  place(router: RouterKind, which: "ann" | "bob"): { home: Home; pc: Pc; guest: NetworkGuest }
  readonly agentFile: string
  readonly echoFile: string
}

export async function withLanStage<T>(echoFile: string, work: (stage: LanStage) => Promise<T>): Promise<T> {
  const names = ["ann", "bob"] as const
  const network = await openTestNetwork({ homes: pairRouters.flatMap((router) => names.map(() => ({ router }))) })
  try {
    const agent = await bundleAgent()
    const party = await NetworkParty.open(network.internet)
    try {
      const guests = new Map<string, NetworkGuest>()
      for (const [index] of network.homes.entries()) guests.set(String(index), await party.guest(`Guest ${index + 1}`))
      const place = (router: RouterKind, which: "ann" | "bob") => {
        const index = pairRouters.findIndex((kind) => kind === router) * names.length + names.indexOf(which)
        const [home, guest] = [network.homes[index], guests.get(String(index))]
        const pc = home?.pcs[0]
        if (!home || !guest || !pc) throw new Error(`nobody lives behind ${router}`)
        return { home, pc, guest }
      }
      await Promise.all(network.homes.flatMap(({ pcs }) => pcs.map((pc) => serveEcho(pc, echoFile))))
      return await work({ place, agentFile: agent.file, echoFile })
    } finally {
      await Promise.all([party.tidy(), agent.remove()])
    }
  } finally {
    await network.close()
  }
}

export type PartyWay = { readonly routers: readonly [RouterKind, RouterKind]; readonly hasFastPath: boolean }

/** Two agents started in the same instant, as the other programs are. */
export async function measureParty(stage: LanStage, { routers, hasFastPath }: PartyWay, effort: Effort): Promise<Felt & { path: string }> {
  const [ann, bob] = [stage.place(routers[0], "ann"), stage.place(routers[1], "bob")]
  const lines = [await ann.guest.line(), await bob.guest.line()] as const
  const asking = await startAsking(ann.pc, stage.echoFile, guestAddresses)
  const startedAt = sharedNow()
  const agents = [
    new LanPcAgent(ann.pc, stage.agentFile, lines[0], { hasFastPath }),
    new LanPcAgent(bob.pc, stage.agentFile, lines[1], { hasFastPath }),
  ] as const
  try {
    const answeredAt = await firstAnswerAt(asking, patienceMs).catch((error: unknown) => {
      throw new Error(`no way between two PCs: ${agents.map(({ said }) => said).join("\n")}`, { cause: error })
    })
    const firstAnswerMs = answeredAt - startedAt
    const address = await agents[1].virtualIp()
    const isSettled = ([peer]: readonly PeerSeen[]) => hasPath(peer, routers) && (!hasFastPath || peer?.connectionType === "relayed" || peer?.isHandedOver === true)
    await Promise.all(agents.map((agent) => agent.seesPeers(isSettled, settlingMs)))
    return { firstAnswerMs, path: agents[0].peers[0]?.connectionType ?? "none", ...(await felt(ann.pc, bob.pc, address, effort)) }
  } finally {
    await Promise.all(agents.map((agent) => agent.leave()))
  }
}

/** One pair of routers over many joins: Bob is in, Ann comes and goes. */
export type PairJoins = {
  readonly routers: readonly [PairRouter, PairRouter]
  readonly expected: "direct" | "relayed"
  readonly joins: number
  readonly direct: number
  readonly relayed: number
  readonly failed: number
  readonly firstAnswersMs: readonly number[]
}

export async function measureJoins(stage: LanStage, routers: readonly [PairRouter, PairRouter], joins: number): Promise<PairJoins> {
  const [ann, bob] = [stage.place(routers[0], "ann"), stage.place(routers[1], "bob")]
  const bobsAgent = new LanPcAgent(bob.pc, stage.agentFile, await bob.guest.line())
  const paths: string[] = []
  const firstAnswersMs: number[] = []
  try {
    const address = await bobsAgent.virtualIp()
    for (let join = 0; join < joins; join++) {
      const line = await ann.guest.line()
      const asking = await startAsking(ann.pc, stage.echoFile, [address])
      const startedAt = sharedNow()
      const agent = new LanPcAgent(ann.pc, stage.agentFile, line)
      const answeredAt = await firstAnswerAt(asking, patienceMs).catch(() => null)
      if (answeredAt === null) {
        paths.push("failed")
        await asking.end("SIGKILL")
      } else {
        firstAnswersMs.push(answeredAt - startedAt)
        await agent.seesPeers(([peer]) => hasPath(peer, routers), settlingMs).catch(() => undefined)
        paths.push(agent.peers[0]?.connectionType ?? "failed")
      }
      await agent.leave()
    }
  } finally {
    await bobsAgent.leave()
  }
  const count = (path: string) => paths.filter((each) => each === path).length
  const [direct, relayed] = [count("direct"), count("relayed")]
  return { routers, expected: pathBetween(routers), joins, direct, relayed, failed: joins - direct - relayed, firstAnswersMs }
}

function hasPath(peer: PeerSeen | undefined, routers: readonly RouterKind[]): boolean {
  return peer?.connectionType === pathBetween(routers)
}

/** What RFC 5128 says of the two. */
function pathBetween([one, other]: readonly RouterKind[]): "direct" | "relayed" {
  if (!one || !other || one === "udp_blocked" || other === "udp_blocked") return "relayed"
  return expectedPath(natOf[one], natOf[other]) === "relayed" ? "relayed" : "direct"
}
