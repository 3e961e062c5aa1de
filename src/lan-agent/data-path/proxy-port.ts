import { type Socket, createSocket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "@/lan/protocol"

const loopback = "127.0.0.1"
const socketBufferBytes = 4 * 1024 * 1024

/**
 * [LANU-72] What WireGuard takes for a peer while the agent carries its packets: a port of its own on loopback, which
 * hears WireGuard's port and nobody else.
 */
export class ProxyPort {
  readonly endpoint: Endpoint
  readonly #socket: Socket
  #isOpen = true

  private constructor(socket: Socket) {
    this.#socket = socket
    this.endpoint = { address: loopback, port: socket.address().port }
  }

  static async open(wireGuardPort: number, packetLeft: (packet: Buffer) => void): Promise<ProxyPort> {
    const socket = createSocket({ type: "udp4", recvBufferSize: socketBufferBytes, sendBufferSize: socketBufferBytes })
    // A WireGuard that does not listen (yet, or any more) is told of by its tunnel.
    socket.on("error", () => undefined)
    socket.bind(0, loopback)
    await once(socket, "listening")
    socket.connect(wireGuardPort, loopback)
    await once(socket, "connect")
    socket.on("message", packetLeft)
    return new ProxyPort(socket)
  }

  /** Gives WireGuard a packet of the peer. */
  deliver(packet: Buffer) {
    if (this.#isOpen) this.#socket.send(packet)
  }

  close() {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#socket.close()
  }
}
