import type { Refusal } from "@/kernel/result"
import type { ConnectionType, Endpoint } from "@/lan/protocol"

export type AgentState = "joining" | "connected" | "degraded" | "failed" | "ended"

/** Why a PC that is in is not well: while one of them holds, the state is `degraded`. */
export type Trouble = "party_away" | "tunnel_gone"

/** [LANA-31] How it went out. `failed` for what nobody wanted. */
export type AgentEnd =
  | { readonly kind: "left" }
  /** Stopped without leaving: the same line brings it back. */
  | { readonly kind: "stopped" }
  | { readonly kind: "kicked" }
  | { readonly kind: "network_ended"; readonly reason: string }
  | { readonly kind: "failed"; readonly refusal: Refusal }

export type PeerLine = {
  readonly id: string
  readonly name: string
  readonly virtualIp: string
  readonly connectionType: ConnectionType
  readonly latencyMs: number | null
  /** Whether the kernel carries it past the agent. */
  readonly isHandedOver: boolean
}

export type AgentStatus = {
  readonly state: AgentState
  readonly troubles: readonly Trouble[]
  readonly party: string
  readonly networkId: string | null
  readonly networkName: string | null
  readonly peerId: string | null
  readonly name: string | null
  readonly virtualIp: string | null
  readonly isHost: boolean
  readonly carrier: string | null
  readonly interfaceName: string | null
  readonly relay: Endpoint | null
  readonly peers: readonly PeerLine[]
}

/** What the agent has to say, in the order it happens. */
export type AgentNews =
  | { readonly type: "party_found"; readonly party: string }
  | { readonly type: "address"; readonly virtualIp: string; readonly networkName: string; readonly name: string; readonly isHost: boolean; readonly isReturn: boolean }
  | { readonly type: "ready"; readonly interfaceName: string; readonly carrier: string }
  | { readonly type: "state"; readonly state: AgentState; readonly troubles: readonly Trouble[] }
  | { readonly type: "peers"; readonly peers: readonly PeerLine[] }
  | { readonly type: "warning"; readonly refusal: Refusal }
  | { readonly type: "end"; readonly end: AgentEnd }
