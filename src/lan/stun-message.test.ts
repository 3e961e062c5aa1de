import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addressBytes, addressText } from "@/kernel/ip-address"
import { datagramKind } from "./protocol"
import { type StunMessage, decodeStun, encodeStun, newTransactionId } from "./stun-message"

// RFC 5769 §2.1 to §2.3, the samples with short-term credentials.
const sampleHeader = "2112a442b7e7a701bc34d686fa87dfae"
const sampleRequest = Buffer.from(
  "00010058" + sampleHeader +
    "802200105354554e207465737420636c69656e74" +
    "002400046e0001ff" +
    "80290008932ff9b151263b36" +
    "000600096576746a3a68367659202020" +
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" +
    "80280004e57a3bcf",
  "hex",
)
const sampleIpv4Response = Buffer.from(
  "0101003c" + sampleHeader +
    "8022000b7465737420766563746f7220" +
    "002000080001a147e112a643" +
    "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" +
    "80280004c07d4c96",
  "hex",
)
const sampleIpv6Response = Buffer.from(
  "01010048" + sampleHeader +
    "8022000b7465737420766563746f7220" +
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" +
    "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" +
    "80280004c8fb0b4c",
  "hex",
)

const endpoints = fc.record({
  address: fc.oneof(fc.ipV4(), fc.ipV6().map((text) => addressText(addressBytes(text)!))),
  port: fc.integer({ min: 1, max: 65_535 }),
})

const messages: fc.Arbitrary<StunMessage> = fc.record(
  {
    kind: fc.constantFrom("request", "indication", "success", "error"),
    transactionId: fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    mappedAddress: endpoints,
    otherAddress: endpoints,
    responseOrigin: endpoints,
    changeRequest: fc.record({ address: fc.boolean(), port: fc.boolean() }),
    software: fc.string({ maxLength: 60 }),
    errorCode: fc.integer({ min: 300, max: 699 }),
  },
  { requiredKeys: ["kind", "transactionId"] },
)

describe("STUN messages", () => {
  it("[LANU-4] reads the request of RFC 5769 §2.1, and names what a server may not ignore", () => {
    expect(decodeStun(sampleRequest)).toEqual({
      ok: true,
      value: {
        kind: "request",
        transactionId: Buffer.from("b7e7a701bc34d686fa87dfae", "hex"),
        software: "STUN test client",
        unknownAttributes: [0x0024],
      },
    })
  })

  it("[LANU-4] reads the IPv4 and the IPv6 answer of RFC 5769 §2.2 and §2.3", () => {
    expect(decodeStun(sampleIpv4Response)).toMatchObject({
      ok: true,
      value: { kind: "success", software: "test vector", mappedAddress: { address: "192.0.2.1", port: 32_853 } },
    })
    expect(decodeStun(sampleIpv6Response)).toMatchObject({
      ok: true,
      value: { mappedAddress: { address: "2001:db8:1234:5678:11:2233:4455:6677", port: 32_853 } },
    })
  })

  it.each([
    ["IPv4", sampleIpv4Response, 48],
    ["IPv6", sampleIpv6Response, 60],
  ] as const)("[LANU-3] refuses the %s sample with any single bit of its transaction id or values turned over", (_, sample, end) => {
    const inside = (byte: number) => (byte >= 8 && byte < 20) || (byte >= 24 && byte < 36) || (byte >= 40 && byte < end)
    for (let bit = 0; bit < end * 8; bit += 1) {
      if (!inside(bit >> 3)) continue
      const turned = Buffer.from(sample)
      turned[bit >> 3]! ^= 1 << (bit & 7)
      expect(decodeStun(turned), `bit ${bit}`).toMatchObject({ ok: false })
    }
  })

  it("[LANU-3] reads what it wrote", () => {
    fc.assert(fc.property(messages, (message) => {
      const bytes = encodeStun(message)
      expect(datagramKind(bytes)).toBe("stun")
      expect(decodeStun(bytes)).toEqual({ ok: true, value: message })
    }))
  })

  it("[LANU-4] never throws: on any bytes, on a cut message, on a message with bytes overwritten", () => {
    const spoilt = fc.tuple(messages, fc.nat(200), fc.array(fc.tuple(fc.nat(150), fc.nat(255)))).map(([message, cut, overwritten]) => {
      const bytes = encodeStun(message)
      for (const [at, value] of overwritten) if (at < bytes.length) bytes[at] = value
      const kept = bytes.subarray(0, Math.max(0, bytes.length - cut))
      // A length that fits lets the reader come as far as the attributes.
      if (kept.length >= 20) kept.writeUInt16BE(kept.length - 20, 2)
      return kept
    })
    const anything = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
    fc.assert(fc.property(fc.oneof(spoilt, anything), (bytes) => void decodeStun(bytes)), { numRuns: 3000 })
  })

  it("[LANU-4] reads an answer of an old server, which has MAPPED-ADDRESS and no FINGERPRINT", () => {
    const answer = Buffer.from("0101000c" + sampleHeader + "0001000800011194c0000201", "hex")
    expect(decodeStun(answer)).toMatchObject({ ok: true, value: { mappedAddress: { address: "192.0.2.1", port: 4500 } } })
  })

  it("[LANU-1] a length that does not fit is no STUN, whatever follows", () => {
    const answer = Buffer.from("0101000c" + sampleHeader + "0001000800011194c0000201", "hex")
    expect(decodeStun(Buffer.concat([answer, Buffer.alloc(4)]))).toEqual({ ok: false, refusal: { code: "not_stun" } })
    answer.writeUInt16BE(8, 2)
    expect(decodeStun(answer)).toEqual({ ok: false, refusal: { code: "not_stun" } })
  })

  it("[LANU-2] makes a new transaction id each time", () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newTransactionId().toString("hex")))
    expect(ids.size).toBe(1000)
  })
})

describe("datagrams on one socket", () => {
  it("[LANU-1] tells a WireGuard handshake and WireGuard data from STUN, probes and relay frames", () => {
    for (const type of [1, 2, 3, 4]) {
      fc.assert(fc.property(fc.uint8Array({ minLength: 28, maxLength: 200 }), (rest) => {
        const packet = Buffer.concat([Buffer.from([type, 0, 0, 0]), Buffer.from(rest)])
        expect(datagramKind(packet)).toBe("wireguard")
      }))
    }
    expect(datagramKind(Buffer.from([0xf0, 1]))).toBe("probe")
    expect(datagramKind(Buffer.from([0xf5, 1]))).toBe("relay")
    expect(datagramKind(Buffer.alloc(0))).toBe("unknown")
    expect(datagramKind(Buffer.from("GET / HTTP/1.1"))).toBe("unknown")
  })
})
