import type { Refusal, Result } from "@/kernel/result"
import type { Tunnel, TunnelPeer, TunnelTraffic } from "./tunnel"

/**
 * Why there is no tunnel: no right to make interfaces, no TUN device, no WireGuard of any kind, the interface's name is in
 * use by somebody else, or the operating system said no (`reason` repeats it for people).
 */
export type TunnelRefusal = Refusal<
  "not_permitted" | "no_tun" | "no_wireguard" | "interface_taken" | "tunnel_failed" | "unknown_platform"
>

export type TunnelIdentity = {
  virtualIp: string
  /** X25519, 32 bytes. */
  privateKey: Buffer
}

/** [TUN-3] Speaks to one WireGuard interface that is there. Failures throw: they mean that the interface has gone. */
export type WireGuardControl = {
  addPeer(peer: TunnelPeer): Promise<void>
  /** Moves a peer to another endpoint and touches nothing else of it. */
  movePeer(peer: TunnelPeer): Promise<void>
  removePeer(publicKey: string): Promise<void>
  setKeepalive(publicKey: string, seconds: number): Promise<void>
  traffic(): Promise<ReadonlyMap<string, TunnelTraffic>>
  listenPort(): Promise<number>
  close(): void
}

/** A WireGuard interface that has neither key nor address yet. */
export type TunnelDevice = {
  readonly carrier: Tunnel["carrier"]
  readonly interfaceName: string
  /** [TUN-1] Gives it key, address, MTU and a free port, and brings it up. */
  configure(identity: TunnelIdentity): Promise<Result<WireGuardControl, TunnelRefusal>>
  /** Resolves, with a reason for people, when the interface has gone by itself; never after `remove`. */
  readonly gone: Promise<string>
  /** Takes everything away that preparing and configuring made. */
  remove(): Promise<void>
}

/** What each operating system has to be able to do for a tunnel. */
export type TunnelDriver = {
  /** [TUN-5] Removes what a killed agent left under this name, then makes the interface. */
  prepare(interfaceName: string): Promise<Result<TunnelDevice, TunnelRefusal>>
}

/** [TUN-1] What is left of 1500 bytes after IPv6, UDP and WireGuard. */
export const tunnelMtu = 1420

/** [TUN-1] The whole LAN is behind the interface. */
export const lanPrefixLength = 16
