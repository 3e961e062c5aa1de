import { isProgram } from "@/testing/network/network-tests-can-run"
import type { RouterKind } from "@/testing/network/routers"
import { openTestNetwork, type TestNetwork } from "@/testing/network/test-network"
import type { Home, Pc } from "@/testing/network/home"
import { firstAnswerAt, roundTripMs, serveEcho, startAsking, tcpMbits, type Effort, type Felt } from "./lan-measure"
import type { Overlay, OverlayPc } from "./lan-overlays"
import { sharedNow } from "./processes"

/** Longer than any of the programs takes when it gets there at all: WireGuard alone repeats a handshake after five seconds. */
const patienceMs = 20_000

export type Pair = { network: TestNetwork; homes: readonly [Home, Home]; pcs: readonly [Pc, Pc] }

/** Two homes for one measurement. */
async function withPair<T>(routers: readonly [RouterKind, RouterKind], work: (pair: Pair) => Promise<T>): Promise<T> {
  const network = await openTestNetwork({ homes: routers.map((router) => ({ router })) })
  try {
    const [ann, bob] = network.homes
    const [annsPc, bobsPc] = [ann?.pcs[0], bob?.pcs[0]]
    if (!ann || !bob || !annsPc || !bobsPc) throw new Error("two homes with a PC each")
    return await work({ network, homes: [ann, bob], pcs: [annsPc, bobsPc] })
  } finally {
    await network.close()
  }
}

/** The wires themselves: no tunnel, no translation. */
export function measureBare(effort: Effort): Promise<Felt> {
  return withPair(["none", "none"], async ({ pcs: [ann, bob] }) => {
    return { firstAnswerMs: null, ...(await felt(ann, bob, bob.address, effort)) }
  })
}

/** One program between two homes, from the start of both daemons. `null` when it never gets through. */
export function measureOverlay(overlay: Overlay, routers: readonly [RouterKind, RouterKind], echoFile: string, effort: Effort): Promise<Felt | null> {
  return withPair(routers, async ({ network, homes, pcs }) => {
    const [ann, bob] = [overlayPc(homes[0], pcs[0], "ann"), overlayPc(homes[1], pcs[1], "bob")]
    await overlay.prepare(network, [ann, bob])
    await serveEcho(bob.pc, echoFile)
    const asking = await startAsking(ann.pc, echoFile, [bob.virtualIp])
    const startedAt = sharedNow()
    overlay.start(ann)
    overlay.start(bob)
    const answeredAt = await firstAnswerAt(asking, patienceMs).catch(() => null)
    if (answeredAt === null) return null
    return { firstAnswerMs: answeredAt - startedAt, ...(await felt(ann.pc, bob.pc, bob.virtualIp, effort)) }
  })
}

export function missingPrograms({ programs }: Overlay): string[] {
  return programs.filter((program) => !isProgram(program))
}

/** Round trip and throughput between two PCs that reach each other. */
export async function felt(from: Pc, to: Pc, address: string, { pings, tcpSeconds }: Effort): Promise<Omit<Felt, "firstAnswerMs">> {
  const trip = await roundTripMs(from, address, pings)
  return { roundTripMs: trip, tcpMbits: await tcpMbits(from, to, address, tcpSeconds) }
}

function overlayPc(home: Home, pc: Pc, name: OverlayPc["name"]): OverlayPc {
  return { pc, wan: home.wanAddress, name, virtualIp: name === "ann" ? "10.67.0.1" : "10.67.0.2" }
}
