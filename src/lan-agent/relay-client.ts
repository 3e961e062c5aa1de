import { randomBytes, timingSafeEqual } from "node:crypto"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import { type Endpoint, datagramKind, frameKinds, isSameEndpoint } from "@/lan/protocol"
import {
  bindFrame,
  cookieBytes,
  dataFrame,
  dataHeaderBytes,
  markBytes,
  nonceBytes,
  proveFrame,
  refusalReasons,
  sessionBytes,
  sessionMark,
} from "@/lan/relay/frames"
import { type RelayTicket, readTicket } from "@/lan/relay/ticket"
import { retransmit } from "./retransmission"
import type { Transport } from "./stun-client"

/** An open way through the relay to one peer. */
export type RelaySession = {
  readonly peerId: string
  /** What stands before each payload to the peer. */
  readonly header: Buffer
  /** The datagram that takes `payload` to the peer; an empty payload only keeps the way open. */
  seal(payload: Buffer): Buffer
}

export type RelayFailure = Refusal<"no_answer" | "refused" | "wrong_ticket" | "closed">

export type RelayDelivery = { session: RelaySession; payload: Buffer }

const defaultDeadlineMs = 3_000

type Binding = {
  ticket: RelayTicket
  stop: () => void
  resolve(result: Result<RelaySession, RelayFailure>): void
}

type OpenSession = RelaySession & { readonly id: Buffer; readonly peerIndex: number }

/** [LANU-56] The agent's side of the relay, on the agent's one socket. It believes only the relay's address, and a session only by its mark. */
export class RelayClient {
  readonly #bindings = new Map<string, Binding>()
  readonly #sessions = new Map<string, OpenSession>()

  #relay: Endpoint

  constructor(
    readonly transport: Transport,
    relay: Endpoint,
  ) {
    this.#relay = relay
  }

  /** Opens the way to the peer of this ticket. A second time for the same peer replaces the first. */
  bind(ticket: RelayTicket, deadlineMs = defaultDeadlineMs): Promise<Result<RelaySession, RelayFailure>> {
    if (!readTicket(ticket.ticket)) return Promise.resolve(refuse("wrong_ticket"))
    const nonce = randomBytes(nonceBytes)
    const key = nonce.toString("latin1")
    return new Promise((resolve) => {
      const finish: Binding["resolve"] = (result) => {
        this.#bindings.get(key)?.stop()
        this.#bindings.delete(key)
        resolve(result)
      }
      const binding: Binding = { ticket, resolve: finish, stop: () => undefined }
      this.#bindings.set(key, binding)
      const giveUp = () => finish(refuse("no_answer"))
      binding.stop = retransmit(() => this.transport.send(bindFrame(nonce, ticket.ticket), this.#relay), deadlineMs, giveUp)
    })
  }

  /** Sends `payload` to the peer of the session. */
  send(session: RelaySession, payload: Buffer) {
    if (this.transport.sendFramed) this.transport.sendFramed(session.header, payload, this.#relay)
    else this.transport.send(session.seal(payload), this.#relay)
  }

  /** Shows the client a datagram; what a peer sent through the relay comes back, without the header. */
  receive(datagram: Buffer, from: Endpoint): RelayDelivery | null {
    if (datagramKind(datagram) !== "relay" || !isSameEndpoint(from, this.#relay)) return null
    if (datagram[0] === frameKinds.relayData) return this.#deliver(datagram)
    const nonce = datagram.subarray(1, 1 + nonceBytes)
    const binding = this.#bindings.get(nonce.toString("latin1"))
    if (binding) this.#proceed(binding, nonce, datagram)
    return null
  }

  /** Ends the way to a peer at this side; the relay forgets it by itself. */
  forget(session: RelaySession) {
    for (const [key, open] of this.#sessions) if (open === session) this.#sessions.delete(key)
  }

  /** The relay is elsewhere, and knows no sessions of the one before. */
  moveTo(relay: Endpoint) {
    this.close()
    this.#relay = relay
  }

  close() {
    for (const binding of [...this.#bindings.values()]) binding.resolve(refuse("closed"))
    this.#sessions.clear()
  }

  #deliver(datagram: Buffer): RelayDelivery | null {
    if (datagram.length < dataHeaderBytes) return null
    const session = this.#sessions.get(datagram.toString("latin1", 1, 1 + sessionBytes))
    if (!session || datagram.readUInt16BE(1 + sessionBytes) !== session.peerIndex) return null
    return { session, payload: datagram.subarray(dataHeaderBytes) }
  }

  #proceed(binding: Binding, nonce: Buffer, frame: Buffer) {
    const { ticket, key } = binding.ticket
    const rest = frame.subarray(1 + nonceBytes)
    if (frame[0] === frameKinds.relayCookie && rest.length === cookieBytes) {
      binding.stop()
      const prove = proveFrame(nonce, Buffer.from(rest), ticket, key)
      const giveUp = () => binding.resolve(refuse("no_answer"))
      binding.stop = retransmit(() => this.transport.send(prove, this.#relay), defaultDeadlineMs, giveUp)
    } else if (frame[0] === frameKinds.relaySession && rest.length === sessionBytes + markBytes) {
      const id = Buffer.from(rest.subarray(0, sessionBytes))
      if (timingSafeEqual(rest.subarray(sessionBytes), sessionMark(key, nonce, id))) binding.resolve(ok(this.#opened(ticket, id)))
    } else if (frame[0] === frameKinds.relayRefused && rest.length === 1) {
      binding.resolve(refuse("refused", { reason: refusalReasons[rest[0]!] ?? "unknown" }))
    }
  }

  #opened(ticket: Buffer, id: Buffer): RelaySession {
    const { peerId, peerIndex } = readTicket(ticket)!
    for (const [key, open] of this.#sessions) if (open.peerId === peerId) this.#sessions.delete(key)
    const header = dataFrame(id, peerIndex, Buffer.alloc(0))
    const session: OpenSession = { id, peerId, peerIndex, header, seal: (payload) => dataFrame(id, peerIndex, payload) }
    this.#sessions.set(id.toString("latin1"), session)
    return session
  }
}
