import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { writeDiscoveryFrame } from "./discovery-frame"
import { type DropReason, Exchange } from "./exchange"
import { readUdpPacket } from "./ipv4-udp"
import { type PacketPlan, anyPacket, ethernetFrameOf, packetOf } from "./test-packets"

const ann = "10.66.0.2"
const bo = "10.66.0.3"
const call: PacketPlan = {
  source: ann,
  destination: "255.255.255.255",
  sourcePort: 40_000,
  destinationPort: 6112,
  payload: Buffer.from("who plays?"),
  options: 0,
}

function exchangeAt(virtualIp: string, session = 7): Exchange {
  return new Exchange({ virtualIp, broadcastAddress: "10.66.255.255", udpPorts: new Set([6112]), session, nowMs: 0 })
}

function sentBy(exchange: Exchange, plan: PacketPlan, nowMs = 0): Buffer {
  const datagram = exchange.outgoing(ethernetFrameOf(packetOf(plan)), nowMs)
  if (!datagram) throw new Error("not sent")
  return datagram
}

const fromAnn = { address: ann, isPeer: true }

function dropsOf(exchange: Exchange): Partial<Record<DropReason, number>> {
  return Object.fromEntries(Object.entries(exchange.counts().dropped).filter(([, number]) => number > 0))
}

describe("what passes between games and LAN", () => {
  it.each(["255.255.255.255", "10.66.255.255", "224.0.2.60"])("[LAND-22] a call to %s arrives as it was sent, with TTL 1", (destination) => {
    const frame = exchangeAt(bo).incoming(sentBy(exchangeAt(ann), { ...call, destination }), fromAnn, 0)
    expect(frame?.subarray(14)).toEqual(packetOf({ ...call, destination, timeToLive: 1 }))
    expect(frame?.subarray(6, 12).toString("hex")).toBe("02000a420002")
    expect(frame?.subarray(0, 6).toString("hex")).toBe(destination === "224.0.2.60" ? "01005e00023c" : "ffffffffffff")
  })

  it.each<[DropReason, Partial<PacketPlan>]>([
    ["not_ours", { source: bo }],
    ["not_ours", { source: "192.168.1.2" }],
    ["not_to_everybody", { destination: bo }],
    ["not_to_everybody", { destination: "192.168.1.255" }],
    ["game_not_chosen", { destinationPort: 6113 }],
    ["not_udp", { protocol: 6 }],
  ])("[LAND-22] does not send: %s %j", (reason, difference) => {
    const exchange = exchangeAt(ann)
    expect(exchange.outgoing(ethernetFrameOf(packetOf({ ...call, ...difference })), 0)).toBeNull()
    expect(dropsOf(exchange)).toEqual({ [reason]: 1 })
  })

  it.each<[DropReason, Partial<PacketPlan>]>([
    ["source_forged", { source: "10.66.0.9" }],
    ["source_forged", { source: bo }],
    ["not_to_everybody", { destination: bo }],
    ["not_to_everybody", { destination: "127.0.0.1" }],
    ["game_not_chosen", { destinationPort: 22 }],
    ["not_udp", { protocol: 1 }],
  ])("[LAND-23] does not let in, whatever the peer's agent lets out: %s %j", (reason, difference) => {
    const exchange = exchangeAt(bo)
    const datagram = writeDiscoveryFrame({ session: 1, count: 1, packet: packetOf({ ...call, ...difference }) })
    expect(exchange.incoming(datagram, fromAnn, 0)).toBeNull()
    expect(dropsOf(exchange)).toEqual({ [reason]: 1 })
  })

  it("[LAND-23] hears nobody who is not in, and nothing that is no frame", () => {
    const exchange = exchangeAt(bo)
    expect(exchange.incoming(sentBy(exchangeAt(ann), call), { address: ann, isPeer: false }, 0)).toBeNull()
    expect(exchange.incoming(packetOf(call), fromAnn, 0)).toBeNull()
    expect(dropsOf(exchange)).toEqual({ not_from_a_peer: 1, not_a_frame: 1 })
  })

  it("[LAND-31] lets in once what comes twice within five seconds; a game's own repetition is another call", () => {
    const from = exchangeAt(ann)
    const exchange = exchangeAt(bo)
    const first = sentBy(from, call)
    const repeated = sentBy(from, call)
    expect(exchange.incoming(first, fromAnn, 0)).not.toBeNull()
    expect(exchange.incoming(first, fromAnn, 4_999)).toBeNull()
    expect(exchange.incoming(repeated, fromAnn, 4_999)).not.toBeNull()
    expect(exchange.incoming(first, fromAnn, 5_000)).not.toBeNull()
    // An agent that was started anew begins to count anew.
    expect(exchange.incoming(sentBy(exchangeAt(ann, 8), call), fromAnn, 5_000)).not.toBeNull()
  })

  it("[LAND-32] sends on nothing that came from others: no loop, however the PCs are wired", () => {
    const exchange = exchangeAt(bo)
    const frame = exchange.incoming(sentBy(exchangeAt(ann), call), fromAnn, 0)
    expect(exchange.outgoing(frame ?? Buffer.alloc(0), 0)).toBeNull()
    expect(dropsOf(exchange)).toEqual({ not_ours: 1 })
  })

  it("[LAND-30] in no second more than 200 go out, nor come in from one PC; another is heard besides", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 300, maxLength: 3_000 }), (gapsMs) => {
        const from = exchangeAt(ann)
        const at = exchangeAt(bo)
        const packet = packetOf(call)
        const out: number[] = []
        const into: number[] = []
        let nowMs = 0
        gapsMs.forEach((gapMs, count) => {
          nowMs += gapMs
          if (from.outgoing(ethernetFrameOf(packet), nowMs)) out.push(nowMs)
          if (at.incoming(writeDiscoveryFrame({ session: 1, count, packet }), fromAnn, nowMs)) into.push(nowMs)
        })
        for (const times of [out, into]) {
          const most = Math.max(...times.map((startMs, index) => times.slice(index).filter((timeMs) => timeMs < startMs + 1_000).length))
          expect(most).toBeLessThanOrEqual(200)
        }
        const carl = writeDiscoveryFrame({ session: 1, count: 1, packet: packetOf({ ...call, source: "10.66.0.4" }) })
        expect(at.incoming(carl, { address: "10.66.0.4", isPeer: true }, nowMs)).not.toBeNull()
      }),
      { numRuns: 20 },
    )
  })

  it("[LAND-20] takes any bytes from games and from peers without throwing, and passes on none that is not allowed", () => {
    fc.assert(
      fc.property(anyPacket, fc.uint8Array({ maxLength: 120 }), (plan, bytes) => {
        const exchange = exchangeAt(bo)
        const datagrams = [Buffer.from(bytes), writeDiscoveryFrame({ session: 1, count: 1, packet: Buffer.from(bytes) })]
        for (const datagram of datagrams) {
          expect(exchange.incoming(datagram, fromAnn, 0)).toBeNull()
          expect(exchange.outgoing(datagram, 0)).toBeNull()
        }
        const frame = exchange.incoming(writeDiscoveryFrame({ session: 1, count: 2, packet: packetOf({ ...plan, source: ann }) }), fromAnn, 0)
        const passed = frame && readUdpPacket(frame.subarray(14))
        if (passed) expect(passed.destinationPort).toBe(6112)
      }),
    )
  })

  it("counts what passed", () => {
    const from = exchangeAt(ann)
    const exchange = exchangeAt(bo)
    exchange.incoming(sentBy(from, call), fromAnn, 0)
    expect(from.counts()).toMatchObject({ sent: 1, received: 0 })
    expect(exchange.counts()).toMatchObject({ sent: 0, received: 1 })
  })
})
