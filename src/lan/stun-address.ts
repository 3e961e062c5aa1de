import { addressBytes, addressText } from "@/kernel/ip-address"
import { type Endpoint, stunMagicCookie } from "./protocol"

const families = { 1: 4, 2: 16 } as const

/** The value of an address attribute (RFC 8489 §14.1). With `transactionId` the address is masked (§14.2). */
export function encodeAddress(endpoint: Endpoint, transactionId?: Buffer): Buffer {
  const bytes = addressBytes(endpoint.address)
  if (!bytes) throw new Error("an endpoint without an IP address")
  const value = Buffer.alloc(4 + bytes.length)
  value[1] = bytes.length === 4 ? 1 : 2
  value.writeUInt16BE(transactionId ? endpoint.port ^ (stunMagicCookie >>> 16) : endpoint.port, 2)
  ;(transactionId ? masked(bytes, transactionId) : bytes).copy(value, 4)
  return value
}

/** The reverse of `encodeAddress`; `null` for anything that is no address. */
export function decodeAddress(value: Buffer, transactionId?: Buffer): Endpoint | null {
  const length = families[value[1] as keyof typeof families]
  if (length === undefined || value.length !== 4 + length) return null
  const port = value.readUInt16BE(2)
  const bytes = value.subarray(4)
  return transactionId
    ? { address: addressText(masked(bytes, transactionId)), port: port ^ (stunMagicCookie >>> 16) }
    : { address: addressText(bytes), port }
}

function masked(bytes: Buffer, transactionId: Buffer): Buffer {
  const mask = Buffer.alloc(16)
  mask.writeUInt32BE(stunMagicCookie)
  transactionId.copy(mask, 4)
  return Buffer.from(bytes.map((byte, i) => byte ^ mask[i]!))
}
