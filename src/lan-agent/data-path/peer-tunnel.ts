import { type Endpoint, isSameEndpoint } from "@/lan/protocol"
import type { Tunnel, TunnelPeer } from "../tunnel/tunnel"
import type { SharedFastPath } from "./shared-fast-path"

/** What WireGuard and the kernel are to know of one peer. */
export type WantedPeer = {
  publicKey: string
  virtualIp: string
  /** Where the agent carries its packets. */
  proxy: Endpoint
  /** Where the kernel carries them past the agent. */
  direct: Endpoint | null
  /** Another number: WireGuard forgets its session with the peer and begins anew. */
  life: number
  /** This side sends the first packet, so that the handshake does not wait for somebody's. */
  isGreeting: boolean
}

type KnownPeer = Omit<WantedPeer, "direct"> & { keepalive: number }

/** Seconds. A host firewall that counts connections has to see WireGuard's own port now and then. */
const handedOverKeepalive = 25

/**
 * [LANU-75] Brings WireGuard and the kernel to what is wanted of one peer, one order after another, always towards what is
 * wanted last: orders of two wishes never cross.
 */
export class PeerTunnel {
  #wanted: WantedPeer | null = null
  #known: KnownPeer | null = null
  /** The endpoint that WireGuard was told last. */
  #endpoint: Endpoint | null = null
  #direct: Endpoint | null = null
  #settling: Promise<void> | null = null

  /** @param changed WireGuard knows the peer now, or the kernel begins or ceases to carry it. */
  constructor(
    readonly tunnel: Tunnel,
    readonly fastPath: SharedFastPath | null,
    readonly changed: () => void,
  ) {}

  /** The life that WireGuard has of the peer; `null` when it does not know it. */
  get knownLife(): number | null {
    return this.#known?.life ?? null
  }

  get handedOverTo(): Endpoint | null {
    return this.#direct
  }

  /** Resolves when there is nothing left to do; rejects when an order was refused, after which the next wish goes on. */
  want(wanted: WantedPeer | null): Promise<void> {
    this.#wanted = wanted
    return this.settle()
  }

  settle(): Promise<void> {
    this.#settling ??= this.#settle()
    return this.#settling
  }

  /** WireGuard follows whoever sends last. When that led it elsewhere than it was told, it is told again. */
  async recall(endpoint: Endpoint | null): Promise<void> {
    if (this.#settling || !endpoint || !this.#endpoint || isSameEndpoint(endpoint, this.#endpoint)) return
    this.#endpoint = null
    await this.settle()
  }

  async #settle() {
    try {
      for (let wanted, isMore = true; isMore || wanted !== this.#wanted; ) {
        wanted = this.#wanted
        isMore = await this.#step()
      }
    } finally {
      this.#settling = null
    }
  }

  /** @returns whether there was something to do. */
  async #step(): Promise<boolean> {
    const wanted = this.#wanted
    if (this.#known && this.#known.life !== wanted?.life) return this.#forget(this.#known)
    if (this.#direct && !isSame(this.#direct, wanted?.direct)) return this.#takeBack(this.#direct)
    if (!wanted) return false
    if (wanted.direct && !this.#direct && this.fastPath && this.#known) return this.#handOver(wanted.direct, this.fastPath)
    const endpoint = this.#direct ?? wanted.proxy
    if (!this.#known || !isSame(this.#endpoint, endpoint)) return this.#place(wanted, endpoint)
    const keepalive = this.#direct || wanted.isGreeting ? handedOverKeepalive : 0
    if (this.#known.keepalive !== keepalive) return this.#keepAlive(this.#known, keepalive)
    return false
  }

  async #forget(known: KnownPeer) {
    await this.tunnel.removePeer(known.publicKey)
    this.#known = null
    this.#endpoint = null
    return true
  }

  async #takeBack(direct: Endpoint) {
    await this.fastPath?.remove(direct)
    this.#direct = null
    this.changed()
    return true
  }

  async #handOver(direct: Endpoint, fastPath: SharedFastPath) {
    await fastPath.add(direct)
    this.#direct = direct
    // The last wish was hardly begun: WireGuard has not left yet, so nothing more is to be ordered that would tell of it.
    if (isSame(this.#endpoint, direct)) this.changed()
    // Turned on anew once it is placed: that sends a packet the new way at once.
    if (this.#known?.keepalive) await this.#keepAlive(this.#known, 0)
    return true
  }

  async #place(wanted: WantedPeer, endpoint: Endpoint) {
    const peer: TunnelPeer = { publicKey: wanted.publicKey, virtualIp: wanted.virtualIp, endpoint }
    await this.tunnel.setPeer(peer)
    const { direct: _, ...known } = wanted
    this.#known = { ...known, keepalive: this.#known?.keepalive ?? 0 }
    this.#endpoint = endpoint
    this.changed()
    return true
  }

  async #keepAlive(known: KnownPeer, keepalive: number) {
    await this.tunnel.setKeepalive(known.publicKey, keepalive)
    known.keepalive = keepalive
    return true
  }
}

function isSame(a: Endpoint | null, b: Endpoint | null | undefined): boolean {
  return a !== null && !!b && isSameEndpoint(a, b)
}
