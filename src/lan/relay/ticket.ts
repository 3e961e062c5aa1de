import { createHmac } from "node:crypto"
import { assert } from "@/kernel/assert"

/** One direction of one pair of one network: what a peer may use the relay for. */
export type RelayClaims = {
  /** 12 hex. */
  networkId: string
  /** 16 hex each. */
  selfId: string
  peerId: string
  /** The last two bytes of the overlay addresses. */
  selfIndex: number
  peerIndex: number
  /** UTC, seconds. */
  expiresAt: number
}

/** What the control plane hands to one peer for one other. `key` is the secret; it never travels to the relay. */
export type RelayTicket = { ticket: Buffer; key: Buffer }

export const ticketBytes = 31
const version = 1

/**
 * [LANU-50] A ticket says whom it is for in the open; its key follows from it and from the secret that the control plane
 * and the relay share, so that the relay needs no list and a made-up ticket has no key.
 */
export function issueTicket(secret: Buffer, claims: RelayClaims): RelayTicket {
  assert(secret.length >= 32, "a relay secret has 32 bytes")
  const ticket = Buffer.alloc(ticketBytes)
  ticket[0] = version
  ticket.write(claims.networkId, 1, "hex")
  ticket.write(claims.selfId, 7, "hex")
  ticket.writeUInt16BE(claims.selfIndex, 15)
  ticket.write(claims.peerId, 17, "hex")
  ticket.writeUInt16BE(claims.peerIndex, 25)
  ticket.writeUInt32BE(claims.expiresAt, 27)
  return { ticket, key: ticketKey(secret, ticket) }
}

/** The claims as they stand, not yet proven; `null` for what is no ticket, or one of a peer with itself. */
export function readTicket(ticket: Buffer): RelayClaims | null {
  if (ticket.length !== ticketBytes || ticket[0] !== version) return null
  const selfId = ticket.toString("hex", 7, 15)
  const peerId = ticket.toString("hex", 17, 25)
  if (selfId === peerId) return null
  return {
    networkId: ticket.toString("hex", 1, 7),
    selfId,
    selfIndex: ticket.readUInt16BE(15),
    peerId,
    peerIndex: ticket.readUInt16BE(25),
    expiresAt: ticket.readUInt32BE(27),
  }
}

/** What only the party, the relay and the ticket's peer can know. */
export function ticketKey(secret: Buffer, ticket: Buffer): Buffer {
  return createHmac("sha256", secret).update("party-os relay ticket").update(ticket).digest()
}
