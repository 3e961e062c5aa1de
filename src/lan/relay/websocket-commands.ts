import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { type WebSocket, WebSocketServer } from "ws"
import { addressOwner, clientAddress } from "@/kernel/client-address"
import { frameKinds, relayWebSocketPath } from "../protocol"
import { type RateLimit, fullBucket, take } from "../token-bucket"
import { mostDataBytes } from "./frames"
import { relayLimits } from "./relay"
import type { RunningRelay } from "./relay-commands"

export type RelaySocketLimits = {
  mostSockets: number
  mostSocketsPerAddress: number
  /** Frames of one socket. */
  frames: RateLimit
  /** So many frames a socket may send before it has a session: each of its tickets takes two. */
  mostFramesUnproven: number
  /** A socket without a session is closed after so long, ms. */
  proveWithinMs: number
  /** A socket that is silent is closed after so long, ms. */
  idleMs: number
  /** With so much waiting to be sent to a socket, what comes is dropped, bytes. */
  mostBacklogBytes: number
}

const relaySocketLimits: RelaySocketLimits = {
  mostSockets: 512,
  mostSocketsPerAddress: 64,
  frames: relayLimits.sessionPackets,
  mostFramesUnproven: 256,
  proveWithinMs: 10_000,
  idleMs: relayLimits.idleMs,
  mostBacklogBytes: 256 * 1024,
}

export type RelaySockets = {
  /** Takes upgrades of `/lan/relay`; false means the upgrade is somebody else's and was not touched. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Sends everybody away and takes nobody in any more. */
  close(): void
}

type Options = {
  /** UTC, ms. */
  nowMs: () => number
  limits?: Partial<RelaySocketLimits>
}

const sweepEveryMs = 2_000
// RFC 6455 §7.4.1
const closeCodes = { serviceRestart: 1012, unsupportedData: 1003, policyViolation: 1008 }

/** [LANU-60] The relay's frames, one in each binary message, for PCs that UDP does not reach: a socket is an endpoint like any other. */
export function acceptRelaySockets(relay: RunningRelay, { nowMs, limits: given }: Options): RelaySockets {
  const limits = { ...relaySocketLimits, ...given }
  const server = new WebSocketServer({ noServer: true, maxPayload: mostDataBytes, perMessageDeflate: false })
  const guests = new Set<Guest>()
  let isClosed = false

  const sweeping = setInterval(() => {
    const now = nowMs()
    for (const guest of guests) if (guest.isOver(now)) guest.socket.terminate()
  }, sweepEveryMs)
  sweeping.unref()

  const refusalOf = (request: IncomingMessage, address: string): number | null => {
    // Browsers say which page asks; a PC's agent is no page.
    if (request.headers.origin !== undefined) return 403
    const fromThere = [...guests].filter((guest) => guest.address === address).length
    return isClosed || guests.size >= limits.mostSockets || fromThere >= limits.mostSocketsPerAddress ? 503 : null
  }

  return {
    handleUpgrade(request, socket, head) {
      if (request.url?.split("?")[0] !== relayWebSocketPath) return false
      const address = addressOf(request)
      const refusal = refusalOf(request, address)
      if (refusal !== null) reject(socket, refusal)
      else server.handleUpgrade(request, socket, head, (client) => {
        const guest = new Guest(relay, client, address, limits, nowMs)
        guests.add(guest)
        client.on("close", () => {
          guests.delete(guest)
          guest.leave()
        })
      })
      return true
    },
    close() {
      isClosed = true
      clearInterval(sweeping)
      for (const { socket } of guests) socket.close(closeCodes.serviceRestart)
    },
  }
}

/** [LANU-61] One socket and what it may do. */
class Guest {
  readonly #channel
  readonly #frames
  #unprovenFrames = 0
  #isProven = false
  readonly #openedAtMs: number
  #heardAtMs: number

  constructor(
    relay: RunningRelay,
    readonly socket: WebSocket,
    readonly address: string,
    readonly limits: RelaySocketLimits,
    nowMs: () => number,
  ) {
    this.#openedAtMs = this.#heardAtMs = nowMs()
    this.#frames = fullBucket(limits.frames, this.#openedAtMs)
    this.#channel = relay.connect(address, (datagram) => this.#send(datagram))
    socket.binaryType = "nodebuffer"
    socket.on("message", (data, isBinary) => {
      if (Buffer.isBuffer(data) && isBinary) this.#receive(data, nowMs())
      else socket.close(closeCodes.unsupportedData)
    })
    // A broken frame and a lost line end in "close" like everything else.
    socket.on("error", () => undefined)
  }

  isOver(nowMs: number): boolean {
    if (nowMs - this.#heardAtMs >= this.limits.idleMs) return true
    return !this.#isProven && nowMs - this.#openedAtMs >= this.limits.proveWithinMs
  }

  leave() {
    this.#channel.close()
  }

  #receive(datagram: Buffer, nowMs: number) {
    // What was already on its way when the socket was told to go.
    if (this.socket.readyState !== this.socket.OPEN) return
    this.#heardAtMs = nowMs
    if (!this.#isProven && ++this.#unprovenFrames > this.limits.mostFramesUnproven) return this.socket.close(closeCodes.policyViolation)
    if (take(this.#frames, this.limits.frames, 1, nowMs)) this.#channel.receive(datagram)
  }

  /** A tunnel copes with a lost packet, not with one that waited for seconds. */
  #send(datagram: Buffer): boolean {
    if (datagram[0] === frameKinds.relaySession) this.#isProven = true
    if (this.socket.readyState !== this.socket.OPEN || this.socket.bufferedAmount > this.limits.mostBacklogBytes) return false
    this.socket.send(datagram, { binary: true }, ignoreLostLine)
    return true
  }
}

/** The server in front of us writes this header; what a client sent is gone by then. */
function addressOf({ headers, socket }: IncomingMessage): string {
  return addressOwner(clientAddress({ forwarded: headers["x-forwarded-for"]?.toString(), seen: socket.remoteAddress, trustedProxies: 1 }))
}

function reject(socket: Duplex, status: number) {
  socket.on("error", () => undefined)
  socket.end(`HTTP/1.1 ${status} ${status === 403 ? "Forbidden" : "Service Unavailable"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Whoever is gone says so by closing. */
function ignoreLostLine() {}
