import { createHash, createPrivateKey, randomBytes, type KeyObject } from "node:crypto"
import os from "node:os"
import path from "node:path"
import { ok, type Refusal, type Result } from "@/kernel/result"
import { lanGames } from "@/lan/games"
import { publicKeyOf } from "@/lan/key-proof"
import { isSameEndpoint } from "@/lan/protocol"
import { systemAgentClock } from "./agent-clock"
import type { AgentDoors, DataDoor, DataOrder, DiscoveryDoor, SocketDoor, TunnelDoor } from "./agent-doors"
import { agentFetch } from "./agent-fetch"
import { controlPlane, type RelayOffer } from "./control-plane"
import { hostCandidates, openAgentSocket, type AgentSocket } from "./data-path/agent-socket"
import { DataPath } from "./data-path/data-path"
import { NetworkWatch } from "./data-path/network-watch"
import { openDiscovery, type DiscoveryPlan } from "./discovery/discovery"
import { drawPrivateKey, type IdentityFile } from "./identity-file"
import { openLiveChannel } from "./live-channel"
import { discoverNat } from "./nat-discovery"
import { libcOfThisPc, nativeFileFor } from "./native-file"
import { nativeFiles } from "./native-files"
import { gamesNotCarried } from "./refusal-words"
import { openFastPath } from "./tunnel/fast-path"
import { prepareTunnel } from "./tunnel/open-tunnel"
import type { Tunnel } from "./tunnel/tunnel"

type Order = {
  readonly party: string
  readonly identity: IdentityFile
  /** For what is worth knowing and nobody waits for. */
  readonly remark: (text: string) => void
}

/** [LANA-30] The world as it is: this PC's sockets, its WireGuard, its kernel, and the party. */
export function realDoors({ party, identity, remark }: Order): AgentDoors {
  const sockets = new Map<SocketDoor, AgentSocket>()
  const tunnels = new Map<TunnelDoor, Tunnel>()
  return {
    clock: systemAgentClock,
    controlPlane: (credentials) => controlPlane({ party, fetch: agentFetch, clock: systemAgentClock, credentials }),
    identity,
    drawPrivateKey,
    drawNonce: () => randomBytes(16).toString("hex"),
    async openSocket() {
      const socket = await openAgentSocket()
      const door = socketDoor(socket)
      sockets.set(door, socket)
      return door
    },
    prepareTunnel() {
      const prepared = prepareTunnel({ interfaceName: interfaceNameFor(identity.folder) })
      return {
        cancel: () => prepared.cancel(),
        async open(place) {
          const opened = await prepared.open(place)
          if (!opened.ok) return opened
          const { interfaceName, carrier, gone } = opened.value
          const door = { interfaceName, carrier, gone, close: () => opened.value.close() }
          tunnels.set(door, opened.value)
          return ok(door)
        },
      }
    },
    openData: (order) => openData({ party, order, remark, ...held(order, sockets, tunnels) }),
    openLive: (order) => openLiveChannel({ party, fetch: agentFetch, ...order }),
    openDiscovery: (order) => carryDiscovery(party, identity, order),
  }
}

function held(order: DataOrder, sockets: ReadonlyMap<SocketDoor, AgentSocket>, tunnels: ReadonlyMap<TunnelDoor, Tunnel>) {
  const socket = sockets.get(order.socket)
  const tunnel = tunnels.get(order.tunnel)
  if (!socket || !tunnel) throw new Error("a data path on a socket or tunnel that was not opened here")
  return { socket, tunnel }
}

/** [LANA-14] Always the same for one membership on one PC, so that what a killed agent left is found and taken away. */
function interfaceNameFor(folder: string): string {
  return `party${createHash("sha256").update(folder).digest("hex").slice(0, 6)}`
}

/** [LANA-20] A join waits so long for STUN; one that answers later is heard all the same, by the watch. */
const mappedWithinMs = 1_000

/** The questions that are asked from the agent's own socket. */
export function socketDoor(socket: AgentSocket): SocketDoor {
  const candidates = () => hostCandidates(socket.port, os.networkInterfaces())
  return {
    hostCandidates: candidates,
    async mappedAddress(server) {
      const answer = await socket.stun.request(server, { deadlineMs: mappedWithinMs })
      return answer.ok ? answer.value.mappedAddress : null
    },
    async natBehaviour(server) {
      const isOwn = (mapped: { address: string; port: number }) => candidates().some(({ endpoint }) => isSameEndpoint(endpoint, mapped))
      const found = await discoverNat((to, question) => socket.stun.request(to, question), server, isOwn)
      return found.ok ? found.value.behaviour : null
    },
    close: () => socket.close(),
  }
}

type DataParts = { party: string; order: DataOrder; socket: AgentSocket; tunnel: Tunnel; remark: (text: string) => void }

async function openData({ party, order, socket, tunnel, remark }: DataParts): Promise<DataDoor> {
  const fastPath = await openFastPath({
    interfaceName: tunnel.interfaceName,
    agentPort: socket.port,
    wireGuardPort: tunnel.listenPort,
    onUnavailable: remark,
  })
  const { privateKey, networkId, nonce, relay } = order
  const data = new DataPath({
    ...{ socket, tunnel, fastPath },
    own: { privateKey: keyObjectOf(privateKey), publicKey: publicKeyOf(privateKey), networkId, nonce },
    relay: relay?.relay ?? null,
    relayUrl: relayUrlOf(party, relay),
    isUdpDoubted: order.stun !== null && !order.candidates.some(({ kind }) => kind === "server_reflexive"),
    listener: {
      peerChanged: order.peerChanged,
      sendSignal: (peerId, signal) => order.sendSignal(peerId, signal),
      troubled: (error) => order.troubled(error),
    },
  })
  const watch = new NetworkWatch({
    port: socket.port,
    interfaces: os.networkInterfaces,
    known: order.candidates,
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    async askMapped() {
      const answer = order.stun && (await socket.stun.request(order.stun))
      return answer?.ok ? answer.value.mappedAddress : null
    },
    listener: {
      networkChanged() {
        data.networkChanged()
        order.networkChanged()
      },
      candidatesChanged: order.candidatesChanged,
    },
  })
  return {
    addPeer(peer) {
      const added = data.addPeer(peer)
      if (!added.ok) throw new Error(`the key of ${peer.virtualIp} is a weak one`)
    },
    updatePeer: (peerId, news) => data.updatePeer(peerId, news),
    removePeer: (peerId) => data.removePeer(peerId),
    signalArrived: (signal) => data.signalArrived(signal),
    moveRelay: (offer) => data.moveRelay({ relay: offer.relay, relayUrl: relayUrlOf(party, offer) }),
    peers: () => data.peers(),
    async close() {
      watch.close()
      await data.close()
      await fastPath?.close()
    },
  }
}

/** The party says a path on itself, and nothing else counts; it may stand behind somebody else's TLS. */
export function relayUrlOf(party: string, relay: Pick<RelayOffer, "relay_url"> | null): string | null {
  if (!relay?.relay_url || !URL.canParse(relay.relay_url, party)) return null
  const url = new URL(relay.relay_url, party)
  if (url.origin !== party) return null
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  return url.href
}

function keyObjectOf(privateKey: Buffer): KeyObject {
  const x = Buffer.from(publicKeyOf(privateKey), "base64").toString("base64url")
  return createPrivateKey({ key: { kty: "OKP", crv: "X25519", d: privateKey.toString("base64url"), x }, format: "jwk" })
}

type DiscoveryOrder = Parameters<AgentDoors["openDiscovery"]>[0]

async function carryDiscovery(party: string, { folder }: IdentityFile, order: DiscoveryOrder): Promise<Result<DiscoveryDoor, Refusal>> {
  const games = lanGames.filter(({ id }) => order.games.includes(id))
  const { virtualIp, interfaceName, peers } = order
  const plan = { virtualIp, interfaceName, games, peers, nowMs: () => performance.now() }
  if (nativeFiles === null) return carried(plan)
  const pc = { platform: process.platform, arch: process.arch, libc: await libcOfThisPc() }
  const native = await nativeFileFor({ party, folder: path.join(path.dirname(folder), "native"), fetch: agentFetch, pc, files: nativeFiles })
  return native.ok ? carried({ ...plan, koffiFile: native.value }) : native
}

async function carried(plan: DiscoveryPlan): Promise<Result<DiscoveryDoor, Refusal>> {
  const opened = await openDiscovery(plan)
  return opened.ok ? opened : { ok: false, refusal: gamesNotCarried(opened.refusal) }
}
