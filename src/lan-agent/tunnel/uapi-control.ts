import { type Socket, connect } from "node:net"
import type { TunnelPeer } from "./tunnel"
import type { WireGuardControl } from "./tunnel-driver"
import {
  type UapiAnswer,
  addPeerRequest,
  answerLength,
  configureRequest,
  getRequest,
  keepaliveRequest,
  movePeerRequest,
  readAnswer,
  removePeerRequest,
} from "./uapi"

const answerDeadlineMs = 5_000

type Waiting = { resolve(answer: UapiAnswer): void; reject(error: Error): void }

/** Resolves with a connection to the UAPI socket (or named pipe); rejects with Node's error while nobody listens there. */
export function connectUapi(socketPath: string): Promise<UapiControl> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath)
    socket.once("error", reject)
    socket.once("connect", () => {
      socket.off("error", reject)
      resolve(new UapiControl(socket))
    })
  })
}

/** [TUN-3] wireguard-go, over one connection; answers come in the order of the questions. */
export class UapiControl implements WireGuardControl {
  readonly #socket: Socket
  readonly #waiting: Waiting[] = []
  #received = ""

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding("utf8")
    socket.on("data", (text: string) => this.#read(text))
    socket.on("error", () => undefined)
    socket.on("close", () => this.#failAll(new Error("WireGuard has closed its control socket.")))
    // The agent's own work keeps it running, not an idle socket.
    socket.unref()
  }

  async configure(privateKey: Buffer) {
    await this.#ask(configureRequest(privateKey))
  }

  async addPeer(peer: TunnelPeer) {
    await this.#ask(addPeerRequest(peer))
  }

  async movePeer(peer: TunnelPeer) {
    await this.#ask(movePeerRequest(peer))
  }

  async removePeer(publicKey: string) {
    await this.#ask(removePeerRequest(publicKey))
  }

  async setKeepalive(publicKey: string, seconds: number) {
    await this.#ask(keepaliveRequest(publicKey, seconds))
  }

  async traffic() {
    return (await this.#ask(getRequest)).peers
  }

  async listenPort() {
    const { listenPort } = await this.#ask(getRequest)
    if (!listenPort) throw new Error("WireGuard listens on no port.")
    return listenPort
  }

  close() {
    this.#socket.destroy()
  }

  async #ask(request: string): Promise<UapiAnswer> {
    const answer = await this.#answerTo(request)
    // The request is never repeated in the error: it may hold the private key.
    if (answer.errno !== 0) throw new Error(`WireGuard refused its configuration (errno ${answer.errno}).`)
    return answer
  }

  #answerTo(request: string): Promise<UapiAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error("WireGuard has closed its control socket."))
      const deadline = setTimeout(() => this.#socket.destroy(), answerDeadlineMs)
      this.#waiting.push({
        resolve: (answer) => (clearTimeout(deadline), resolve(answer)),
        reject: (error) => (clearTimeout(deadline), reject(error)),
      })
      this.#socket.write(request)
    })
  }

  #read(text: string) {
    this.#received += text
    for (let length = answerLength(this.#received); length !== null; length = answerLength(this.#received)) {
      const answer = this.#received.slice(0, length)
      this.#received = this.#received.slice(length)
      this.#waiting.shift()?.resolve(readAnswer(answer))
    }
  }

  #failAll(error: Error) {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
  }
}
