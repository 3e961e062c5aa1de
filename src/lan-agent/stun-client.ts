import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import { type Endpoint, datagramKind, isSameEndpoint } from "@/lan/protocol"
import { type StunMessage, decodeStun, encodeStun, newTransactionId } from "@/lan/stun-message"
import { retransmit } from "./retransmission"

/** What the client needs of the socket that also carries everything else. */
export type Transport = {
  send(datagram: Buffer, to: Endpoint): void
  /** One datagram of two parts, not copied together; without it, `send` does. */
  sendFramed?(header: Buffer, payload: Buffer, to: Endpoint): void
  nowMs(): number
}

export type StunBinding = {
  mappedAddress: Endpoint
  otherAddress: Endpoint | null
  /** Round trip in ms; `null` when the request was repeated, for then nobody knows which copy was answered. */
  roundTripMs: number | null
}

export type StunFailure = Refusal<"no_answer" | "error_answer" | "closed">

export type StunQuestion = {
  /** Ask for the answer to come from elsewhere (RFC 5780). */
  change?: { address: boolean; port: boolean }
  /** Given up after so many ms. */
  deadlineMs?: number
}

const defaultDeadlineMs = 1_600

type Pending = { accepts(from: Endpoint): boolean; answered(message: StunMessage): void; close(): void }

/** [LANU-7] A STUN client that lives on somebody else's socket: it sends through `transport` and is shown what arrives. */
export class StunClient {
  readonly #pending = new Map<string, Pending>()

  constructor(readonly transport: Transport) {}

  /** Asks `server`, again after 50 ms, 100 ms, 200 ms … until the deadline. */
  request(server: Endpoint, question: StunQuestion = {}): Promise<Result<StunBinding, StunFailure>> {
    const transactionId = newTransactionId()
    const key = transactionId.toString("latin1")
    const datagram = encodeStun({ kind: "request", transactionId, changeRequest: question.change })
    const startedAtMs = this.transport.nowMs()
    let sent = 0

    return new Promise((resolve) => {
      const finish = (result: Result<StunBinding, StunFailure>) => {
        stop()
        this.#pending.delete(key)
        resolve(result)
      }
      this.#pending.set(key, {
        accepts: (from) => isExpectedOrigin(from, server, question.change),
        answered: (message) => finish(bindingOf(message, sent === 1 ? this.transport.nowMs() - startedAtMs : null)),
        close: () => finish(refuse("closed")),
      })
      const send = () => {
        sent += 1
        this.transport.send(datagram, server)
      }
      const stop = retransmit(send, question.deadlineMs ?? defaultDeadlineMs, () => finish(refuse("no_answer")))
    })
  }

  /** Shows the client a datagram. `true`: it was STUN, and nobody else has to look at it. */
  receive(datagram: Buffer, from: Endpoint): boolean {
    if (datagramKind(datagram) !== "stun") return false
    const decoded = decodeStun(datagram)
    if (!decoded.ok || (decoded.value.kind !== "success" && decoded.value.kind !== "error")) return true
    const pending = this.#pending.get(decoded.value.transactionId.toString("latin1"))
    if (pending?.accepts(from)) pending.answered(decoded.value)
    return true
  }

  /** Ends what is still being asked. */
  close() {
    for (const pending of [...this.#pending.values()]) pending.close()
  }
}

function bindingOf(message: StunMessage, roundTripMs: number | null): Result<StunBinding, StunFailure> {
  if (message.kind === "error" || !message.mappedAddress) return refuse("error_answer", { code: message.errorCode ?? 0 })
  return ok({ mappedAddress: message.mappedAddress, otherAddress: message.otherAddress ?? null, roundTripMs })
}

/** An error comes from the place that was asked; an answer from there, or from where it was asked to come from. */
function isExpectedOrigin(from: Endpoint, server: Endpoint, change: StunQuestion["change"]): boolean {
  if (isSameEndpoint(from, server)) return !change?.address && !change?.port
  return (from.address !== server.address) === (change?.address ?? false) && (from.port !== server.port) === (change?.port ?? false)
}
