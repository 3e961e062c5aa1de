import { type Endpoint, frameKinds, isSameEndpoint } from "@/lan/protocol"
import type { Transport } from "../stun-client"

/** [LANU-76] All times in ms. */
const relayLineTimes = {
  /** The relay was asked by UDP for so long and said nothing: the WebSocket is opened. */
  unheardMs: 700,
  /** Between attempts to open it, doubling. */
  reopenFirstMs: 1_000,
  reopenMostMs: 30_000,
} as const

/** More waits in the WebSocket than this: packets are dropped, as a router does whose line is full. */
const mostBufferedBytes = 1024 * 1024

/** A WebSocket as the line needs it: binary messages, one frame each. */
export type FrameSocket = {
  send(frame: Buffer): void
  bufferedBytes(): number
  close(): void
}

export type FrameSocketListener = { opened(): void; frameArrived(frame: Buffer): void; closed(): void }

/** Opens a WebSocket; whatever goes wrong is `closed`, once, and never thrown. */
export type OpenFrameSocket = (listener: FrameSocketListener) => FrameSocket

/** Where the relay is to be had. */
export type RelayPlace = {
  relay: Endpoint
  /** `null`: there is no other way than UDP. */
  openSocket: OpenFrameSocket | null
}

export type RelayLineOptions = {
  udp: Transport
  place: RelayPlace
  /** STUN said nothing either: the WebSocket is opened without waiting for the relay's silence. */
  isUdpDoubted?: boolean
  /** A frame that came by WebSocket, from `relay`. */
  frameArrived(frame: Buffer): void
  /** The relay sees another address of ours from now on: sessions have to be bound anew. */
  lineChanged(): void
}

/**
 * [LANU-76] The way to the relay: UDP, and where that stays silent the same frames in a WebSocket.
 * Whoever uses it sends to the relay's address either way.
 */
export class RelayLine implements Transport {
  #carrier: "udp" | "websocket" = "udp"
  #socket: FrameSocket | null = null
  #isOpen = false
  #askedSinceMs: number | null = null
  #waitMs: number = relayLineTimes.reopenFirstMs
  #reopening: NodeJS.Timeout | undefined
  #isClosed = false
  #place: RelayPlace
  #isUdpDoubted: boolean

  constructor(readonly options: RelayLineOptions) {
    this.#place = options.place
    this.#isUdpDoubted = options.isUdpDoubted ?? false
  }

  get carrier() {
    return this.#carrier
  }

  nowMs(): number {
    return this.options.udp.nowMs()
  }

  send(frame: Buffer, to: Endpoint) {
    if (this.#carrier === "udp") {
      this.#watchForSilence(frame)
      return this.options.udp.send(frame, to)
    }
    this.#sendBySocket(frame)
    // Whether UDP works again is seen by whether the relay answers there.
    if (frame[0] === frameKinds.relayBind) this.options.udp.send(frame, to)
  }

  sendFramed(header: Buffer, payload: Buffer, to: Endpoint) {
    const { udp } = this.options
    if (this.#carrier === "udp" && udp.sendFramed) return udp.sendFramed(header, payload, to)
    this.send(Buffer.concat([header, payload]), to)
  }

  /** Shows the line what came in by UDP. `true`: it was meant for this line only. */
  heardByUdp(frame: Buffer, from: Endpoint): boolean {
    if (!isSameEndpoint(from, this.#place.relay)) return false
    this.#trustUdp()
    if (this.#carrier === "udp") {
      this.#dropSocket()
      return false
    }
    if (frame[0] !== frameKinds.relayCookie) return true
    this.#returnToUdp()
    return true
  }

  /** The PC is elsewhere: UDP may work here. */
  networkChanged() {
    this.#trustUdp()
    if (this.#carrier === "websocket" || this.#socket) this.#returnToUdp()
  }

  /** The relay is elsewhere. Sessions have to be bound anew, by whoever calls this. */
  moveTo(place: RelayPlace) {
    this.#dropSocket()
    this.#carrier = "udp"
    this.#askedSinceMs = null
    this.#place = place
  }

  close() {
    this.#isClosed = true
    this.#dropSocket()
  }

  #watchForSilence(frame: Buffer) {
    if (frame[0] !== frameKinds.relayBind || !this.#place.openSocket) return
    const nowMs = this.nowMs()
    this.#askedSinceMs ??= nowMs
    if (this.#isUdpDoubted || nowMs - this.#askedSinceMs >= relayLineTimes.unheardMs) this.#open()
  }

  #trustUdp() {
    this.#askedSinceMs = null
    this.#isUdpDoubted = false
  }

  #open() {
    if (this.#socket || this.#reopening || this.#isClosed || !this.#place.openSocket) return
    this.#isOpen = false
    const socket: FrameSocket = this.#place.openSocket({
      opened: () => socket === this.#socket && this.#opened(),
      frameArrived: (frame) => {
        if (socket === this.#socket) this.options.frameArrived(frame)
      },
      closed: () => socket === this.#socket && this.#lost(),
    })
    this.#socket = socket
  }

  #opened() {
    this.#isOpen = true
    this.#waitMs = relayLineTimes.reopenFirstMs
    this.#carrier = "websocket"
    this.options.lineChanged()
  }

  #lost() {
    this.#socket = null
    this.#isOpen = false
    this.#reopening = setTimeout(() => {
      this.#reopening = undefined
      this.#open()
    }, this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, relayLineTimes.reopenMostMs)
  }

  #returnToUdp() {
    this.#dropSocket()
    this.#carrier = "udp"
    this.options.lineChanged()
  }

  #dropSocket() {
    clearTimeout(this.#reopening)
    this.#reopening = undefined
    const socket = this.#socket
    this.#socket = null
    this.#isOpen = false
    socket?.close()
  }

  #sendBySocket(frame: Buffer) {
    if (this.#socket && this.#isOpen && this.#socket.bufferedBytes() < mostBufferedBytes) this.#socket.send(frame)
  }
}
