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

export function bindFrame(nonce: Buffer, ticket: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayBind]), nonce, ticket])
}

export function cookieFrame(nonce: Buffer, cookie: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayCookie]), nonce, cookie])
}

export function proveFrame(nonce: Buffer, cookie: Buffer, ticket: Buffer, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayProve]), nonce, cookie, ticket, proofMark(key, cookie, ticket)])
}

export function sessionFrame(nonce: Buffer, session: Buffer, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relaySession]), nonce, session, sessionMark(key, nonce, session)])
}

export function refusedFrame(nonce: Buffer, reason: RelayRefusalReason): Buffer {
  return Buffer.concat([Buffer.from([frameKinds.relayRefused]), nonce, Buffer.from([refusalReasons.indexOf(reason)])])
}

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
