import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checksum, isMulticast, readUdpPacket, withTimeToLiveOne } from "./ipv4-udp"
import { anyPacket, packetOf, slowChecksum } from "./test-packets"

describe("UDP packets", () => {
  it("[LAND-20] reads what was written, options and padding included", () => {
    fc.assert(
      fc.property(anyPacket, fc.uint8Array({ maxLength: 40 }), (plan, padding) => {
        const written = packetOf(plan)
        const read = readUdpPacket(Buffer.concat([written, padding]))
        const { source, destination, sourcePort, destinationPort } = plan
        expect(read).toEqual({ source, destination, sourcePort, destinationPort, bytes: written })
      }),
    )
  })

  it("[LAND-20] takes any bytes without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readUdpPacket(Buffer.from(bytes))
      }),
      { numRuns: 2_000 },
    )
  })

  it("[LAND-20] refuses a packet of which one bit is wrong, and one that is cut short", () => {
    fc.assert(
      fc.property(anyPacket, fc.nat(), fc.nat(), (plan, bit, cut) => {
        const packet = packetOf(plan)
        const at = bit % (packet.length * 8)
        const bent = Buffer.from(packet)
        bent.writeUInt8(bent.readUInt8(at >>> 3) ^ (1 << (at & 7)), at >>> 3)
        expect(readUdpPacket(bent)).toBeNull()
        expect(readUdpPacket(packet.subarray(0, cut % packet.length))).toBeNull()
      }),
      { numRuns: 1_000 },
    )
  })

  it("[LAND-20] refuses fragments and other protocols, and accepts a datagram without a checksum", () => {
    const plan = { source: "10.66.0.2", destination: "255.255.255.255", sourcePort: 1, destinationPort: 2, payload: new Uint8Array(5), options: 0 }
    expect(readUdpPacket(packetOf({ ...plan, fragment: 0x2000 }))).toBeNull()
    expect(readUdpPacket(packetOf({ ...plan, fragment: 0x0001 }))).toBeNull()
    expect(readUdpPacket(packetOf({ ...plan, fragment: 0x4000 }))).not.toBeNull()
    expect(readUdpPacket(packetOf({ ...plan, protocol: 6 }))).toBeNull()
    expect(readUdpPacket(packetOf({ ...plan, withoutChecksum: true }))).not.toBeNull()
  })

  it("[LAND-21] the checksum is that of the slow calculation", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), (bytes) => {
        expect(checksum(Buffer.from(bytes))).toBe(slowChecksum(bytes))
      }),
    )
    // The example of RFC 1071.
    expect(checksum(Buffer.from("0001f203f4f5f6f7", "hex"))).toBe(0xffff ^ 0xddf2)
  })

  it("[LAND-21] sets the time to live to 1, changes nothing else, and is valid again", () => {
    fc.assert(
      fc.property(anyPacket, (plan) => {
        const read = readUdpPacket(packetOf(plan))
        if (!read) throw new Error("not read")
        const rewritten = withTimeToLiveOne(read)
        expect(rewritten).toEqual(packetOf({ ...plan, timeToLive: 1 }))
        expect(readUdpPacket(rewritten)).toEqual({ ...read, bytes: rewritten })
      }),
    )
  })

  it("knows multicast groups", () => {
    expect(["224.0.0.0", "239.255.255.255"].map(isMulticast)).toEqual([true, true])
    expect(["223.255.255.255", "240.0.0.0", "255.255.255.255", "10.66.0.2"].map(isMulticast)).toEqual([false, false, false, false])
  })
})
