import { isMulticast } from "./ipv4-udp"

const headerBytes = 14
const ipv4Type = 0x0800
const broadcastMac = Buffer.alloc(6, 0xff)

/** The IPv4 packet in an Ethernet frame; `null` when there is none. */
export function packetInFrame(frame: Buffer): Buffer | null {
  if (frame.length <= headerBytes || frame.readUInt16BE(12) !== ipv4Type) return null
  return frame.subarray(headerBytes)
}

function octets(address: string): number[] {
  return address.split(".").map(Number)
}

/** RFC 1112: the lower 23 bits of the group. */
function multicastMac(group: string): Buffer {
  const [, second = 0, third = 0, fourth = 0] = octets(group)
  return Buffer.from([0x01, 0x00, 0x5e, second & 0x7f, third, fourth])
}

/** The made-up hardware address of a PC in the LAN: the same everywhere, nobody's real one. */
function macOf(virtualIp: string): Buffer {
  return Buffer.from([0x02, 0x00, ...octets(virtualIp)])
}

/** The frame in which a packet to everybody would have come from a PC on the same cable. */
export function frameFor(packet: Buffer, source: string, destination: string): Buffer {
  const type = Buffer.from([ipv4Type >>> 8, ipv4Type & 0xff])
  return Buffer.concat([isMulticast(destination) ? multicastMac(destination) : broadcastMac, macOf(source), type, packet])
}
