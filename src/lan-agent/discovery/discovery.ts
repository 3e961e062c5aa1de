import { randomBytes } from "node:crypto"
import type { Socket } from "node:dgram"
import { readFile, writeFile } from "node:fs/promises"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import type { LanGame } from "@/lan/games"
import { type DiscoveryCounts, Exchange } from "./exchange"
import { type Koffi, loadKoffi } from "./koffi"
import { type Libc, libcOf } from "./libc"
import { cleanUpLines, setUpLines } from "./routes"
import { type RunIp, runIp } from "./run-ip"
import { type Tap, type TapRefusal, openTap } from "./tap"
import { discoveryPort, openTunnelSocket } from "./tunnel-socket"

export type DiscoveryPlan = {
  /** This PC's address in the LAN. */
  virtualIp: string
  /** The WireGuard interface. When it is made anew, discovery has to be opened anew. */
  interfaceName: string
  games: readonly LanGame[]
  /** The addresses in the LAN of the PCs that are in now; asked for every packet. */
  peers: () => readonly string[]
  /** A monotonic clock. */
  nowMs: () => number
  /** koffi's native file, for an agent that is one file. */
  koffiFile?: string
  platform?: NodeJS.Platform
  ip?: RunIp
}

export type DiscoveryRefusal =
  | TapRefusal
  | Refusal<"not_supported" | "no_games" | "no_koffi" | "no_routes" | "no_tunnel" | "port_taken">

/** Carries what games shout into the LAN. */
export type Discovery = {
  /** The interface that was made for it. */
  readonly interfaceName: string
  counts(): DiscoveryCounts
  /** Resolves when the interface was taken away by somebody else; `close` is still to be called. */
  readonly gone: Promise<void>
  /** Takes interface, routes and rules away, without residue. */
  close(): Promise<void>
}

const broadcastAddress = "10.66.255.255"
/** How many frames are read before others in this process have their turn. */
const framesAtATime = 64

const ipLevel = 0
const joinGroup = 35

/** The interface that belongs to a WireGuard interface; Linux allows 15 characters. */
export function discoveryInterfaceOf(interfaceName: string): string {
  return `${interfaceName.slice(0, 12)}-bc`
}

/**
 * Opens discovery for the chosen games [LAND-1]. Refused: `not_supported` (macOS, Windows), `no_games` (none chosen),
 * `no_koffi`, `no_tun` (no /dev/net/tun), `not_permitted`, `interface_taken` (another agent's), `no_tunnel` (no WireGuard
 * interface of that name and address), `port_taken`, `no_routes` (`ip` is missing or refuses).
 */
export async function openDiscovery(plan: DiscoveryPlan): Promise<Result<Discovery, DiscoveryRefusal>> {
  const { platform = process.platform, ip = runIp } = plan
  if (platform !== "linux") return refuse("not_supported", { platform })
  if (plan.games.length === 0) return refuse("no_games")
  const koffi: Result<Koffi, Refusal<"no_koffi">> = await loadKoffi(plan.koffiFile)
  if (!koffi.ok) return koffi
  const libc = libcOf(koffi.value)
  const socket = await openTunnelSocket(plan, libc)
  if (!socket.ok) return socket
  const tap = openTap(discoveryInterfaceOf(plan.interfaceName), libc)
  if (!tap.ok) {
    socket.value.close()
    return tap
  }
  const parts = { socket: socket.value, tap: tap.value, memberships: libc.udpSocket() }
  const set = await setUp(plan, tap.value.name, ip)
  if (!set.ok) {
    await ip(cleanUpLines)
    closeParts(parts, libc)
    return set
  }
  await joinGroups(plan.games, parts, libc)
  return ok(new RunningDiscovery(plan, parts, libc, ip))
}

type Parts = { socket: Socket; tap: Tap; memberships: number }

function closeParts({ socket, tap, memberships }: Parts, libc: Libc) {
  socket.close()
  tap.close()
  libc.close(memberships)
}

async function setUp({ virtualIp, games }: DiscoveryPlan, tapName: string, ip: RunIp) {
  await setKernelSwitch(`ipv6/conf/${tapName}/disable_ipv6`, "1")
  // [LAND-42] The stricter of this one and of that for all interfaces counts, and 2 (loose) is above 1 (strict) there.
  await setKernelSwitch(`ipv4/conf/${tapName}/rp_filter`, "2")
  const cleaned = await ip(cleanUpLines)
  return cleaned.ok ? ip(setUpLines({ tapName, virtualIp, broadcastAddress, games })) : cleaned
}

async function setKernelSwitch(name: string, value: string): Promise<void> {
  // A kernel without IPv6 has no such switch and needs none.
  await writeFile(`/proc/sys/net/${name}`, value).catch(() => undefined)
}

/** [LAND-43] The interface itself belongs to the games' groups: a game that joined elsewhere hears it nevertheless. */
async function joinGroups(games: readonly LanGame[], { tap, memberships }: Parts, libc: Libc): Promise<void> {
  const index = Number(await readFile(`/sys/class/net/${tap.name}/ifindex`, "utf8"))
  for (const group of new Set(games.flatMap(({ multicastGroups = [] }) => multicastGroups))) {
    const request = Buffer.alloc(12)
    Buffer.from(group.split(".").map(Number)).copy(request)
    request.writeInt32LE(index, 8)
    libc.setOption(memberships, ipLevel, joinGroup, request)
  }
}

class RunningDiscovery implements Discovery {
  readonly gone: Promise<void>
  readonly #plan: DiscoveryPlan
  readonly #parts: Parts
  readonly #libc: Libc
  readonly #ip: RunIp
  readonly #exchange: Exchange
  readonly #reading: Promise<void>
  #closing: Promise<void> | null = null

  constructor(plan: DiscoveryPlan, parts: Parts, libc: Libc, ip: RunIp) {
    this.#plan = plan
    this.#parts = parts
    this.#libc = libc
    this.#ip = ip
    this.#exchange = new Exchange({
      virtualIp: plan.virtualIp,
      broadcastAddress,
      udpPorts: new Set(plan.games.flatMap(({ udpPorts }) => udpPorts)),
      session: randomBytes(4).readUInt32BE(),
      nowMs: plan.nowMs(),
    })
    parts.socket.on("message", (datagram, { address }) => this.#fromPeer(datagram, address))
    // A peer that cannot be reached right now is its path's trouble, not discovery's.
    parts.socket.on("error", () => undefined)
    let tellGone = () => {}
    this.gone = new Promise((resolve) => (tellGone = resolve))
    this.#reading = this.#read(tellGone)
  }

  get interfaceName(): string {
    return this.#parts.tap.name
  }

  counts(): DiscoveryCounts {
    return this.#exchange.counts()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#parts.tap.wake()
    await this.#reading
    closeParts(this.#parts, this.#libc)
    await this.#ip(cleanUpLines)
  }

  async #read(tellGone: () => void): Promise<void> {
    while (this.#closing === null) {
      await this.#parts.tap.readable()
      for (let frames = 0; frames < framesAtATime && this.#closing === null; frames++) {
        const frame = this.#parts.tap.read()
        if (frame === "gone") return tellGone()
        if (frame === null) break
        this.#fromGames(frame)
      }
    }
  }

  #fromGames(frame: Buffer) {
    const datagram = this.#exchange.outgoing(frame, this.#plan.nowMs())
    if (!datagram) return
    for (const peer of this.#plan.peers()) {
      if (peer !== this.#plan.virtualIp) this.#parts.socket.send(datagram, discoveryPort, peer, () => undefined)
    }
  }

  #fromPeer(datagram: Buffer, address: string) {
    const isPeer = address !== this.#plan.virtualIp && this.#plan.peers().includes(address)
    const frame = this.#exchange.incoming(datagram, { address, isPeer }, this.#plan.nowMs())
    if (frame && this.#closing === null) this.#parts.tap.write(frame)
  }
}
