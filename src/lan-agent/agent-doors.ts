import type { Refusal, Result } from "@/kernel/result"
import type { NatBehaviour } from "@/lan/nat-behaviour"
import type { Candidate, Endpoint } from "@/lan/protocol"
import type { RelayTicket } from "@/lan/relay/ticket"
import type { ExpectedPath } from "@/lan/compatibility"
import type { SignalBodyInput, SignalView } from "@/lan/signals"
import type { PeerInfo } from "@/lan/peer-view"
import type { AgentClock } from "./agent-clock"
import type { ControlPlane, Credentials, Realtime, RelayOffer } from "./control-plane"
import type { Identity, IdentityRefusal } from "./identity-file"
import type { PathView } from "./path-finder"

// [LANA-30] What the orchestrator needs of the world, so that a test can be the world.

/** The one UDP socket, as far as finding out where this PC is goes. */
export type SocketDoor = {
  /** This PC's own addresses with the socket's port. */
  hostCandidates(): readonly Candidate[]
  /** The address the router shows to that STUN server; null when nothing came back. */
  mappedAddress(server: Endpoint): Promise<Endpoint | null>
  /** What the router does; takes about 800 ms. */
  natBehaviour(server: Endpoint): Promise<NatBehaviour | null>
  close(): Promise<void> | void
}

export type PreparedTunnel = {
  open(identity: { virtualIp: string; privateKey: Buffer }): Promise<Result<TunnelDoor, Refusal>>
  /** Gives up what was prepared. */
  cancel(): Promise<void>
}

export type TunnelDoor = {
  readonly interfaceName: string
  readonly carrier: string
  readonly gone: Promise<string>
  close(): Promise<void>
}

export type DataPeer = {
  readonly peerId: string
  readonly publicKey: string
  readonly virtualIp: string
  readonly nonce: string
  readonly candidates: readonly Endpoint[]
  readonly relayTicket: RelayTicket | null
  /** What the two routers allow, as far as they are known. */
  readonly expected: ExpectedPath
}

export type DataPeerNews = { candidates?: readonly Endpoint[]; relayTicket?: RelayTicket; expected?: ExpectedPath }

export type DataPeerView = {
  readonly peerId: string
  readonly virtualIp: string
  readonly view: PathView
  readonly isHandedOver: boolean
  readonly receivedBytes: number
  readonly sentBytes: number
}

export type DataDoor = {
  addPeer(peer: DataPeer): void | Promise<void>
  updatePeer(peerId: string, news: DataPeerNews): void | Promise<void>
  /** Returns when WireGuard knows the key no more. */
  removePeer(peerId: string): void | Promise<void>
  /** Another agent proposes a moment to try. */
  signalArrived(signal: SignalView): void
  /** The party's relay is elsewhere now. */
  moveRelay(offer: RelayOffer): void
  peers(): readonly DataPeerView[]
  close(): void | Promise<void>
}

export type DataOrder = {
  readonly socket: SocketDoor
  readonly tunnel: TunnelDoor
  readonly privateKey: Buffer
  readonly networkId: string
  readonly nonce: string
  readonly relay: RelayOffer | null
  readonly peerChanged: () => void
  readonly sendSignal: (peerId: string, body: SignalBodyInput) => void
  readonly troubled: (error: unknown) => void
  /** What the party has been told already. */
  readonly candidates: readonly Candidate[]
  readonly stun: Endpoint | null
  /** The PC slept, or is elsewhere; the paths know already. */
  readonly networkChanged: () => void
  readonly candidatesChanged: (candidates: readonly Candidate[]) => void
}

/** What is heard on the party's channels. */
export type LiveNews =
  | { readonly type: "peer_joined"; readonly peer: PeerInfo }
  | { readonly type: "peer_changed"; readonly peer: PeerInfo }
  | { readonly type: "peers_left"; readonly peerIds: readonly string[]; readonly reason: "LEFT" | "KICKED" | "SILENT"; readonly epoch: number }
  | { readonly type: "network_changed"; readonly name: string }
  | { readonly type: "network_ended"; readonly reason: string }
  | { readonly type: "signal"; readonly signal: SignalView }
  | { readonly type: "kicked" }
  /** Something was said that did not arrive: ask. */
  | { readonly type: "missed" }
  | { readonly type: "line"; readonly isUp: boolean }

export type LiveDoor = {
  /** Listens elsewhere from now on. */
  follow(realtime: Realtime): void
  /** Comes again by another connection: the one there is may be dead without anybody having said so. */
  renew(): void
  close(): void
}

export type DiscoveryDoor = { close(): void | Promise<void> }

export type IdentityStore = {
  read(): Promise<Result<Identity | null, IdentityRefusal>>
  write(identity: Identity): Promise<void>
  remove(): Promise<void>
}

export type AgentDoors = {
  readonly clock: AgentClock
  controlPlane(credentials: () => Credentials | null): ControlPlane
  readonly identity: IdentityStore
  drawPrivateKey(): Buffer
  /** 16 bytes as hex. */
  drawNonce(): string
  openSocket(): Promise<SocketDoor>
  prepareTunnel(): PreparedTunnel
  openData(order: DataOrder): Promise<DataDoor>
  openLive(order: { realtime: Realtime; token: () => string; hear: (news: LiveNews) => void }): LiveDoor
  openDiscovery(order: { virtualIp: string; interfaceName: string; games: readonly string[]; peers: () => readonly string[] }): Promise<Result<DiscoveryDoor, Refusal>>
}
