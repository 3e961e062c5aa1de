import type { Endpoint } from "@/lan/protocol"

/** A peer as WireGuard knows it. What comes from it is believed for its one address only. */
export type TunnelPeer = {
  /** X25519, base64. */
  publicKey: string
  virtualIp: string
  endpoint: Endpoint
}

export type TunnelTraffic = {
  /** UTC, ms; `null` before the first handshake. */
  lastHandshakeAtMs: number | null
  receivedBytes: number
  sentBytes: number
  endpoint: Endpoint | null
}

/** The PC's WireGuard interface, whatever carries it. */
export type Tunnel = {
  readonly carrier: "kernel" | "wireguard-go"
  readonly interfaceName: string
  /** The UDP port WireGuard itself listens on; it is not the agent's. */
  readonly listenPort: number
  /** Adds a peer, or moves it to another endpoint. */
  setPeer(peer: TunnelPeer): Promise<void>
  removePeer(publicKey: string): Promise<void>
  /** @param seconds 0 turns them off. */
  setKeepalive(publicKey: string, seconds: number): Promise<void>
  /** By public key. */
  traffic(): Promise<ReadonlyMap<string, TunnelTraffic>>
  /** Resolves when the interface has gone without having been closed. */
  readonly gone: Promise<string>
  /** Takes interface, address and process away, without residue. */
  close(): Promise<void>
}

/**
 * Lets the kernel carry the WireGuard packets of a confirmed direct path past the agent: to the peer they come from the
 * agent's port, as if the agent had sent them, and what the peer sends there goes straight to WireGuard. Probes still reach
 * the agent.
 */
export type FastPath = {
  /** WireGuard's packets to and from this endpoint go by the kernel from now on. */
  add(peer: Endpoint): Promise<void>
  remove(peer: Endpoint): Promise<void>
  close(): Promise<void>
}
