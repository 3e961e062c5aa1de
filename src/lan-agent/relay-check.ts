import { randomBytes } from "node:crypto"
import { datagramKind, isSameEndpoint, type Endpoint } from "@/lan/protocol"
import { bindFrame, nonceBytes } from "@/lan/relay/frames"
import { issueTicket } from "@/lan/relay/ticket"
import type { AgentSocket } from "./data-path/agent-socket"
import { retransmit } from "./retransmission"

const patienceMs = 1_600

/** Whether the relay answers by UDP. It gives anybody a cookie, and a session only for a ticket's key: none is opened here. */
export function relayAnswers(socket: AgentSocket, relay: Endpoint): Promise<boolean> {
  const nobody = { networkId: "0".repeat(12), selfId: "0".repeat(16), peerId: "1".repeat(16), selfIndex: 1, peerIndex: 2, expiresAt: 0 }
  const frame = bindFrame(randomBytes(nonceBytes), issueTicket(randomBytes(32), nobody).ticket)
  return new Promise((resolve) => {
    const stop = retransmit(() => socket.transport.send(frame, relay), patienceMs, () => resolve(false))
    socket.onDatagram((datagram, from) => {
      if (datagramKind(datagram) !== "relay" || !isSameEndpoint(from, relay)) return
      stop()
      resolve(true)
    })
  })
}
