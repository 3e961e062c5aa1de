import { type Endpoint, endpointText } from "@/lan/protocol"
import type { FastPath, Tunnel, TunnelPeer, TunnelTraffic } from "../tunnel/tunnel"

/** A WireGuard for tests that only remembers what it was told. */
export class FakeTunnel implements Tunnel {
  readonly carrier = "wireguard-go"
  readonly interfaceName = "party-fake"
  readonly gone = new Promise<string>(() => undefined)
  readonly endpoints = new Map<string, Endpoint>()
  readonly counters = new Map<string, Partial<TunnelTraffic>>()
  mostAtOnce = 0
  #atOnce = 0

  constructor(
    readonly orders: string[],
    readonly listenPort = 9,
  ) {}

  setPeer({ publicKey, endpoint }: TunnelPeer) {
    return this.#order(`set ${publicKey} ${endpointText(endpoint)}`, () => this.endpoints.set(publicKey, endpoint))
  }

  removePeer(publicKey: string) {
    return this.#order(`remove ${publicKey}`, () => {
      this.counters.delete(publicKey)
      this.endpoints.delete(publicKey)
    })
  }

  setKeepalive(publicKey: string, seconds: number) {
    return this.#order(`keepalive ${publicKey} ${seconds}`, () => undefined)
  }

  traffic(): Promise<ReadonlyMap<string, TunnelTraffic>> {
    const none = { lastHandshakeAtMs: null, receivedBytes: 0, sentBytes: 0 }
    const known = [...this.endpoints].map(([key, endpoint]) => [key, { ...none, endpoint, ...this.counters.get(key) }] as const)
    return Promise.resolve(new Map(known))
  }

  close() {
    return Promise.resolve()
  }

  async #order(text: string, done: () => unknown) {
    this.#atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce)
    this.orders.push(text)
    await Promise.resolve()
    await Promise.resolve()
    done()
    this.#atOnce -= 1
  }
}

/** A kernel for tests that only remembers what it was told. */
export class FakeFastPath implements FastPath {
  readonly direct = new Set<string>()
  refuses = false

  constructor(readonly orders: string[]) {}

  async add(peer: Endpoint) {
    await Promise.resolve()
    if (this.refuses) throw new Error("no fast path")
    this.orders.push(`fast ${endpointText(peer)}`)
    this.direct.add(endpointText(peer))
  }

  async remove(peer: Endpoint) {
    await Promise.resolve()
    this.orders.push(`slow ${endpointText(peer)}`)
    this.direct.delete(endpointText(peer))
  }

  close() {
    return Promise.resolve()
  }
}
