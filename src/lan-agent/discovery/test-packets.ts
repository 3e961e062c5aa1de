import fc from "fast-check"

export type PacketPlan = {
  source: string
  destination: string
  sourcePort: number
  destinationPort: number
  payload: Uint8Array
  /** IPv4 options, in words of 4 bytes. */
  options: number
  timeToLive?: number
  protocol?: number
  /** Flags and offset, as in the header. */
  fragment?: number
  withoutChecksum?: boolean
}

/** RFC 1071 as one would calculate it on paper: the sum first, all carries at the end. */
export function slowChecksum(bytes: Uint8Array): number {
  let sum = 0n
  bytes.forEach((byte, at) => (sum += BigInt(byte) << (at % 2 === 0 ? 8n : 0n)))
  // In ones' complement arithmetic a sum is what is left of it modulo 65535; only an empty one is 0.
  const folded = sum === 0n ? 0n : ((sum - 1n) % 65_535n) + 1n
  return Number(65_535n - folded)
}

const bytesOf = (address: string) => address.split(".").map(Number)

/** A packet whose lengths and checksums are right. */
export function packetOf(plan: PacketPlan): Buffer {
  const { payload, options, timeToLive = 64, protocol = 17, fragment = 0x4000 } = plan
  const headerBytes = 20 + options * 4
  const packet = Buffer.alloc(headerBytes + 8 + payload.length, 1)
  packet.writeUInt8(0x40 | (headerBytes / 4), 0)
  packet.writeUInt8(0, 1)
  packet.writeUInt16BE(packet.length, 2)
  packet.writeUInt16BE(0, 4)
  packet.writeUInt16BE(fragment, 6)
  packet.writeUInt8(timeToLive, 8)
  packet.writeUInt8(protocol, 9)
  packet.writeUInt16BE(0, 10)
  packet.set([...bytesOf(plan.source), ...bytesOf(plan.destination)], 12)
  packet.writeUInt16BE(slowChecksum(packet.subarray(0, headerBytes)), 10)
  const udpBytes = packet.length - headerBytes
  packet.writeUInt16BE(plan.sourcePort, headerBytes)
  packet.writeUInt16BE(plan.destinationPort, headerBytes + 2)
  packet.writeUInt16BE(udpBytes, headerBytes + 4)
  packet.writeUInt16BE(0, headerBytes + 6)
  packet.set(payload, headerBytes + 8)
  const pseudoHeader = [...packet.subarray(12, 20), 0, 17, udpBytes >>> 8, udpBytes & 0xff]
  const sum = slowChecksum(Uint8Array.from([...pseudoHeader, ...packet.subarray(headerBytes)]))
  if (!plan.withoutChecksum) packet.writeUInt16BE(sum === 0 ? 0xffff : sum, headerBytes + 6)
  return packet
}

const port = fc.integer({ min: 1, max: 65_535 })

export const anyPacket: fc.Arbitrary<PacketPlan> = fc.record({
  source: fc.ipV4(),
  destination: fc.ipV4(),
  sourcePort: port,
  destinationPort: port,
  payload: fc.uint8Array({ maxLength: 300 }),
  options: fc.integer({ min: 0, max: 10 }),
})

/** As an Ethernet device hands it over. */
export function ethernetFrameOf(packet: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(12, 0xff), Buffer.from([0x08, 0x00]), packet])
}
