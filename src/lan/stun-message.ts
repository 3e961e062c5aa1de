import { randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import { type Endpoint, datagramKind, stunHeaderBytes, stunMagicCookie } from "./protocol"
import { decodeAddress, encodeAddress } from "./stun-address"

/** The part of STUN (RFC 8489, RFC 5780) a LAN agent and its server speak: binding, without credentials. */
export type StunMessage = {
  kind: "request" | "indication" | "success" | "error"
  /** 12 bytes. */
  transactionId: Buffer
  /** Where the server saw the request come from. */
  mappedAddress?: Endpoint
  /** The server's address with the other IP and the other port (RFC 5780). */
  otherAddress?: Endpoint
  /** Where the answer was sent from (RFC 5780). */
  responseOrigin?: Endpoint
  /** What the answer shall come from instead (RFC 5780). */
  changeRequest?: { address: boolean; port: boolean }
  software?: string
  errorCode?: number
  /** Attributes one may not ignore and that are not known here: a request with any is answered 420. */
  unknownAttributes?: number[]
}

export type StunRefusal = Refusal<"not_stun" | "malformed_stun" | "wrong_fingerprint" | "unknown_method">

const kinds = ["request", "indication", "success", "error"] as const
const bindingMethod = 0x001
const fingerprintMask = 0x5354554e

const attributes = {
  mappedAddress: 0x0001,
  changeRequest: 0x0003,
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  realm: 0x0014,
  nonce: 0x0015,
  messageIntegritySha256: 0x001c,
  xorMappedAddress: 0x0020,
  responsePort: 0x0027,
  software: 0x8022,
  fingerprint: 0x8028,
  responseOrigin: 0x802b,
  otherAddress: 0x802c,
} as const

/** Credentials are not ours to check: a message that carries them is read as if it did not. */
const passedOver: readonly number[] = [
  attributes.username,
  attributes.messageIntegrity,
  attributes.realm,
  attributes.nonce,
  attributes.messageIntegritySha256,
]

/** [LANU-2] 96 bits nobody can guess: the only thing that ties an answer to its question. */
export function newTransactionId(): Buffer {
  return randomBytes(12)
}

/** [LANU-3] The bytes of a message, always closed by a FINGERPRINT. */
export function encodeStun(message: StunMessage): Buffer {
  const { transactionId } = message
  const parts: Buffer[] = []
  const add = (type: number, value: Buffer | undefined) => value && parts.push(attribute(type, value))

  add(attributes.software, message.software === undefined ? undefined : Buffer.from(message.software))
  add(attributes.xorMappedAddress, message.mappedAddress && encodeAddress(message.mappedAddress, transactionId))
  add(attributes.otherAddress, message.otherAddress && encodeAddress(message.otherAddress))
  add(attributes.responseOrigin, message.responseOrigin && encodeAddress(message.responseOrigin))
  add(attributes.changeRequest, message.changeRequest && changeRequestValue(message.changeRequest))
  add(attributes.errorCode, message.errorCode === undefined ? undefined : errorCodeValue(message.errorCode))
  add(attributes.unknownAttributes, message.unknownAttributes && typesValue(message.unknownAttributes))
  return withFingerprint(header(message, parts), parts)
}

/** [LANU-4] Reads a datagram. Whatever the bytes are, it answers; it never throws. */
export function decodeStun(datagram: Buffer): Result<StunMessage, StunRefusal> {
  if (datagramKind(datagram) !== "stun") return refuse("not_stun")
  const type = datagram.readUInt16BE(0)
  if (methodOf(type) !== bindingMethod) return refuse("unknown_method")
  const message: StunMessage = { kind: kindOf(type), transactionId: Buffer.from(datagram.subarray(8, 20)) }

  let offset = stunHeaderBytes
  while (offset < datagram.length) {
    if (offset + 4 > datagram.length) return refuse("malformed_stun")
    const attributeType = datagram.readUInt16BE(offset)
    const end = offset + 4 + datagram.readUInt16BE(offset + 2)
    const next = padded(end)
    if (next > datagram.length) return refuse("malformed_stun")
    const value = datagram.subarray(offset + 4, end)
    if (attributeType === attributes.fingerprint) {
      if (value.length !== 4 || next !== datagram.length) return refuse("malformed_stun")
      return value.readUInt32BE() === fingerprintOf(datagram.subarray(0, offset)) ? ok(message) : refuse("wrong_fingerprint")
    }
    if (!readAttribute(message, attributeType, value)) return refuse("malformed_stun")
    offset = next
  }
  return ok(message)
}

/** Puts one attribute into the message; `false` when its value is not what its type says. */
function readAttribute(message: StunMessage, type: number, value: Buffer): boolean {
  switch (type) {
    case attributes.xorMappedAddress:
      return (message.mappedAddress = decodeAddress(value, message.transactionId) ?? undefined) !== undefined
    case attributes.mappedAddress: {
      const address = decodeAddress(value)
      message.mappedAddress ??= address ?? undefined
      return address !== null
    }
    case attributes.otherAddress:
      return (message.otherAddress = decodeAddress(value) ?? undefined) !== undefined
    case attributes.responseOrigin:
      return (message.responseOrigin = decodeAddress(value) ?? undefined) !== undefined
    case attributes.changeRequest:
      if (value.length !== 4) return false
      message.changeRequest = { address: (value[3]! & 4) !== 0, port: (value[3]! & 2) !== 0 }
      return true
    case attributes.errorCode:
      if (value.length < 4) return false
      message.errorCode = (value[2]! & 7) * 100 + value[3]!
      return true
    case attributes.unknownAttributes:
      return value.length % 2 === 0
    case attributes.software:
      message.software = value.toString("utf8")
      return true
    default:
      if (type < 0x8000 && !passedOver.includes(type)) message.unknownAttributes = [...(message.unknownAttributes ?? []), type]
      return true
  }
}

// The class sits in bits 4 and 8 of the type, the method in the bits around them (RFC 8489 §5).

function kindOf(type: number): StunMessage["kind"] {
  return kinds[((type >> 7) & 2) | ((type >> 4) & 1)]!
}

function methodOf(type: number): number {
  return (type & 0xf) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80)
}

function typeOf(kind: StunMessage["kind"]): number {
  const bits = kinds.indexOf(kind)
  return bindingMethod | ((bits & 1) << 4) | ((bits & 2) << 7)
}

const fingerprintBytes = 8

function header(message: StunMessage, parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(stunHeaderBytes)
  head.writeUInt16BE(typeOf(message.kind), 0)
  head.writeUInt16BE(parts.reduce((sum, part) => sum + part.length, fingerprintBytes), 2)
  head.writeUInt32BE(stunMagicCookie, 4)
  message.transactionId.copy(head, 8)
  return head
}

function withFingerprint(head: Buffer, parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([head, ...parts])
  const value = Buffer.alloc(4)
  value.writeUInt32BE(fingerprintOf(bytes))
  return Buffer.concat([bytes, attribute(attributes.fingerprint, value)])
}

function fingerprintOf(bytes: Buffer): number {
  return (crc32(bytes) ^ fingerprintMask) >>> 0
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(padded(4 + value.length))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

function padded(length: number): number {
  return (length + 3) & ~3
}

function changeRequestValue(change: { address: boolean; port: boolean }): Buffer {
  return Buffer.from([0, 0, 0, (change.address ? 4 : 0) | (change.port ? 2 : 0)])
}

function errorCodeValue(code: number): Buffer {
  return Buffer.from([0, 0, Math.floor(code / 100), code % 100])
}

function typesValue(types: readonly number[]): Buffer {
  const value = Buffer.alloc(types.length * 2)
  types.forEach((type, i) => value.writeUInt16BE(type, i * 2))
  return value
}
