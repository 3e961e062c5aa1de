import type { ExpectedPath } from "@/lan/compatibility"
import type { Endpoint } from "@/lan/protocol"
import type { RelayTicket } from "@/lan/relay/ticket"
import type { SignalBodyInput } from "@/lan/signals"
import type { PathView } from "../path-finder"
import type { LinkedPeer, OwnIdentity } from "../peer-links"
import type { FastPath, Tunnel } from "../tunnel/tunnel"
import type { AgentSocket } from "./agent-socket"

export type DataPathPeer = LinkedPeer & {
  virtualIp: string
  /** What the two routers allow; left out, it has to be tried. */
  expected?: ExpectedPath
}

/** What may change of a peer whose agent still runs. */
export type PeerNews = { candidates?: readonly Endpoint[]; relayTicket?: RelayTicket; expected?: ExpectedPath }

export type DataPathListener = {
  /** The status, the kind of path, or whether the kernel carries it, is another than before. */
  peerChanged(peerId: string, peer: PeerState): void
  /** Tell this peer's agent so, through the control plane. A signal that is lost costs time only. */
  sendSignal(peerId: string, signal: SignalBodyInput): void
  /** WireGuard or the fast path refused an order; what can be tried again is. */
  troubled(error: unknown): void
}

export type DataPathOptions = {
  socket: AgentSocket
  tunnel: Tunnel
  /** `null`: every packet goes through the agent. */
  fastPath: FastPath | null
  own: OwnIdentity
  relay: Endpoint | null
  /** `wss://<party>/lan/relay`: the last resort where UDP is blocked. */
  relayUrl?: string | null
  /** STUN was asked and said nothing: UDP is perhaps blocked here. */
  isUdpDoubted?: boolean
  listener: DataPathListener
}

export type PeerState = {
  peerId: string
  virtualIp: string
  view: PathView
  /** The kernel carries this peer's packets past the agent. */
  isHandedOver: boolean
  /** What WireGuard counted, since the peer was added. */
  receivedBytes: number
  sentBytes: number
  /** UTC, ms. */
  lastHandshakeAtMs: number | null
}
