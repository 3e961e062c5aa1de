import { createHmac } from "node:crypto"
import { frameKinds } from "../protocol"
import { ticketBytes } from "./ticket"

// bind    : kind 1, nonce 8, ticket 31                       → cookie  : kind 1, nonce 8, cookie 16
// prove   : kind 1, nonce 8, cookie 16, ticket 31, proof 16  → session : kind 1, nonce 8, session 8, mark 16
//                                                            or refused: kind 1, nonce 8, reason 1
// data    : kind 1, session 8, index 2, payload
//
// In data, `session` is the one of whoever sends it to the relay, or gets it from the relay; `index` is the other peer.

export const nonceBytes = 8
export const cookieBytes = 16
export const sessionBytes = 8
export const markBytes = 16

export const bindBytes = 1 + nonceBytes + ticketBytes
export const proveBytes = bindBytes + cookieBytes + markBytes
export const dataHeaderBytes = 1 + sessionBytes + 2

/** What fits into one packet of an ordinary line: WireGuard's 1452 bytes at an MTU of 1420, and this header. */
export const mostDataBytes = 1472

export const refusalReasons = ["wrong_proof", "expired", "revoked", "full"] as const
export type RelayRefusalReason = (typeof refusalReasons)[number]

/** [LANU-51] A peer knocks with its ticket. */
export function bindFrame(nonce: Buffer, ticket: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayBind]), nonce, ticket])
}

/** The relay shows a stranger no more than this: the answer must come from where the question came from. */
export function cookieFrame(nonce: Buffer, cookie: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayCookie]), nonce, cookie])
}

/** The peer shows that it hears, and that it has the ticket's key. */
export function proveFrame(nonce: Buffer, cookie: Buffer, ticket: Buffer, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayProve]), nonce, cookie, ticket, proofMark(key, cookie, ticket)])
}

/** The relay lets it in, and shows that it is the relay. */
export function sessionFrame(nonce: Buffer, session: Buffer, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relaySession]), nonce, session, sessionMark(key, nonce, session)])
}

/** The relay does not let it in, and says why. */
export function refusedFrame(nonce: Buffer, reason: RelayRefusalReason): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayRefused]), nonce, Buffer.from([refusalReasons.indexOf(reason)])])
}

/** A packet on its way: `index` is the other peer's, `session` the one of whoever is on this side of the relay. */
export function dataFrame(session: Buffer, index: number, payload: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(dataHeaderBytes + payload.length)
  frame[0] = frameKinds.relayData
  session.copy(frame, 1)
  frame.writeUInt16BE(index, 1 + sessionBytes)
  payload.copy(frame, dataHeaderBytes)
  return frame
}

/** What shows that a peer holds the ticket's key, and that it gets what is sent to its address. */
export function proofMark(key: Buffer, cookie: Buffer, ticket: Buffer): Buffer {
  return createHmac("sha256", key).update("prove").update(cookie).update(ticket).digest().subarray(0, markBytes)
}

/** What shows that a session comes from the relay: nobody else but the peer has the key. */
export function sessionMark(key: Buffer, nonce: Buffer, session: Buffer): Buffer {
  return createHmac("sha256", key).update("session").update(nonce).update(session).digest().subarray(0, markBytes)
}
