/** One UDP packet as it lies on the wire, without the link's header. */
export type UdpPacket = {
  source: string
  destination: string
  sourcePort: number
  destinationPort: number
  /** The whole packet, cut to the length it says it has. */
  bytes: Buffer
}

const udpProtocol = 17
const udpHeaderBytes = 8
const leastHeaderBytes = 20
const moreFragmentsAndOffset = 0x3fff

/** Folds carries in until 16 bits are left: the sum of RFC 1071, not yet inverted. */
function sumOf(bytes: Buffer, from: number, to: number, start = 0): number {
  let sum = start
  for (let at = from; at + 1 < to; at += 2) sum += bytes.readUInt16BE(at)
  if ((to - from) % 2 === 1) sum += bytes.readUInt8(to - 1) << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return sum
}

/** The checksum of RFC 1071 over `bytes`, as it is written into a header whose own field was 0. */
export function checksum(bytes: Buffer): number {
  return ~sumOf(bytes, 0, bytes.length) & 0xffff
}

function dotted(bytes: Buffer, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`
}

function isUdpChecksumRight(bytes: Buffer, headerBytes: number): boolean {
  if (bytes.readUInt16BE(headerBytes + 6) === 0) return true
  const pseudoHeader = sumOf(bytes, 12, 20, udpProtocol + bytes.length - headerBytes)
  return sumOf(bytes, headerBytes, bytes.length, pseudoHeader) === 0xffff
}

/**
 * [LAND-20] Reads an IPv4 packet with one whole UDP datagram; `null` for everything else: other protocols, fragments, lengths
 * that contradict each other, wrong checksums. Never throws.
 */
export function readUdpPacket(bytes: Buffer): UdpPacket | null {
  if (bytes.length < leastHeaderBytes + udpHeaderBytes) return null
  const first = bytes.readUInt8(0)
  const headerBytes = (first & 0x0f) * 4
  const totalBytes = bytes.readUInt16BE(2)
  if (first >>> 4 !== 4 || headerBytes < leastHeaderBytes) return null
  if (totalBytes > bytes.length || totalBytes < headerBytes + udpHeaderBytes) return null
  if (bytes.readUInt8(9) !== udpProtocol || (bytes.readUInt16BE(6) & moreFragmentsAndOffset) !== 0) return null
  const packet = bytes.subarray(0, totalBytes)
  if (sumOf(packet, 0, headerBytes) !== 0xffff) return null
  if (packet.readUInt16BE(headerBytes + 4) !== totalBytes - headerBytes) return null
  if (!isUdpChecksumRight(packet, headerBytes)) return null
  return {
    source: dotted(packet, 12),
    destination: dotted(packet, 16),
    sourcePort: packet.readUInt16BE(headerBytes),
    destinationPort: packet.readUInt16BE(headerBytes + 2),
    bytes: packet,
  }
}

/** [LAND-21] A copy that no router passes on, its header's checksum right again. Nothing else changes. */
export function withTimeToLiveOne({ bytes }: UdpPacket): Buffer {
  const copy = Buffer.from(bytes)
  const headerBytes = (copy.readUInt8(0) & 0x0f) * 4
  copy.writeUInt8(1, 8)
  copy.writeUInt16BE(0, 10)
  copy.writeUInt16BE(checksum(copy.subarray(0, headerBytes)), 10)
  return copy
}

/** 224.0.0.0/4. */
export function isMulticast(address: string): boolean {
  const first = Number(address.slice(0, address.indexOf(".")))
  return first >= 224 && first <= 239
}
