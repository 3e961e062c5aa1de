import { type Socket, createSocket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "@/lan/protocol"
import type { TunnelPeer } from "../tunnel/tunnel"
import { FakeTunnel } from "./test-tunnel"

/** The four messages, as far as their first bytes go. */
function message(type: 1 | 2 | 4, text = ""): Buffer {
  return Buffer.concat([Buffer.from([type, 0, 0, 0]), Buffer.alloc(28), Buffer.from(text)])
}

const [initiation, response, data] = [1, 2, 4] as const

/**
 * A WireGuard for tests: on a real port, with a handshake of two messages and no secrets. Like the real one it answers only
 * peers it was given, tries a handshake once, and two that cross come to nothing.
 */
export class FakeWireGuard extends FakeTunnel {
  readonly heard: string[] = []
  initiationsHeard = 0
  /** Its PC sends something to each peer as soon as it has it. */
  isEager = false
  /** It refuses to forget. */
  keepsAll = false
  readonly #sent = new Set<string>()

  private constructor(
    orders: string[],
    readonly socket: Socket,
  ) {
    super(orders, socket.address().port)
    socket.on("message", (packet, { port }) => this.#take(packet, port))
  }

  static async open(orders: string[]): Promise<FakeWireGuard> {
    const socket = createSocket("udp4")
    socket.bind(0, "127.0.0.1")
    await once(socket, "listening")
    return new FakeWireGuard(orders, socket)
  }

  override async setPeer(peer: TunnelPeer) {
    await super.setPeer(peer)
    if (this.isEager) this.#greet(peer.publicKey)
  }

  override async removePeer(publicKey: string) {
    if (this.keepsAll) throw new Error("kept")
    await super.removePeer(publicKey)
    this.#sent.delete(publicKey)
  }

  override async setKeepalive(publicKey: string, seconds: number) {
    await super.setKeepalive(publicKey, seconds)
    if (seconds > 0) this.#greet(publicKey)
  }

  say(publicKey: string, text: string) {
    const endpoint = this.endpoints.get(publicKey)
    if (endpoint) this.#send(message(data, text), endpoint)
  }

  override close() {
    this.socket.close()
    return Promise.resolve()
  }

  #greet(publicKey: string) {
    const endpoint = this.endpoints.get(publicKey)
    if (!endpoint || this.#sent.has(publicKey) || this.counters.has(publicKey)) return
    this.#sent.add(publicKey)
    this.#send(message(initiation), endpoint)
  }

  #take(packet: Buffer, port: number) {
    const known = [...this.endpoints].find(([, endpoint]) => endpoint.port === port)
    if (!known) return
    const [publicKey, endpoint] = known
    if (packet[0] === initiation) {
      this.initiationsHeard += 1
      this.#sent.delete(publicKey)
      this.#send(message(response), endpoint)
    } else if (packet[0] === response) {
      if (!this.#sent.has(publicKey)) return
      this.#met(publicKey)
      this.#send(message(data), endpoint)
    } else if (packet.length > message(data).length) this.heard.push(packet.subarray(message(data).length).toString())
    else this.#met(publicKey)
  }

  #met(publicKey: string) {
    this.counters.set(publicKey, { lastHandshakeAtMs: 1 })
  }

  #send(packet: Buffer, to: Endpoint) {
    this.socket.send(packet, to.port, to.address)
  }
}
