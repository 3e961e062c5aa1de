import { createSocket } from "node:dgram"
import { once } from "node:events"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type RelaySession, RelayClient } from "@/lan-agent/relay-client"
import { type Endpoint, frameKinds } from "../protocol"
import { bindFrame, cookieFrame, dataFrame, mostDataBytes, proveFrame } from "./frames"
import { type DropReason, Relay, type RelayLimits, longestTicketMs, relayLimits } from "./relay"
import { type RunningRelay, startRelay } from "./relay-commands"
import { type RelayClaims, type RelayTicket, issueTicket, readTicket } from "./ticket"

/** On a busy machine a datagram may take its time, ms. */
const patience = { timeout: 4_000 }

const secret = Buffer.alloc(32, 7)
const ids = { ann: "a".repeat(16), bob: "b".repeat(16), cat: "c".repeat(16), dan: "d".repeat(16) }
const indexes = { ann: 1, bob: 2, cat: 3, dan: 4 }
type Name = keyof typeof ids

const here = "111111111111"
const elsewhere = "222222222222"
const startMs = Date.UTC(2026, 0, 1)

function claims(self: Name, peer: Name, networkId = here, expiresAt = startMs / 1000 + 3600): RelayClaims {
  return { networkId, selfId: ids[self], selfIndex: indexes[self], peerId: ids[peer], peerIndex: indexes[peer], expiresAt }
}

function ticketFor(self: Name, peer: Name, networkId = here, expiresAt?: number): RelayTicket {
  return issueTicket(secret, claims(self, peer, networkId, expiresAt))
}

const sealed = (session: RelaySession, text: string) => Buffer.concat([session.header, Buffer.from(text)])

describe("tickets", () => {
  it("[LANU-50] say whom they are for, and nothing else reads as one", () => {
    expect(readTicket(ticketFor("ann", "bob").ticket)).toEqual(claims("ann", "bob"))
    expect(readTicket(ticketFor("ann", "ann").ticket)).toBeNull()
    expect(readTicket(Buffer.alloc(31))).toBeNull()
    expect(readTicket(ticketFor("ann", "bob").ticket.subarray(1))).toBeNull()
  })

  it("[LANU-50] any other claim has another key", () => {
    const keys = [ticketFor("ann", "bob"), ticketFor("bob", "ann"), ticketFor("ann", "cat"), ticketFor("ann", "bob", elsewhere)]
    expect(new Set(keys.map(({ key }) => key.toString("hex"))).size).toBe(4)
  })
})

describe("the relay without a socket", () => {
  const at: Record<Name, Endpoint> = {
    ann: { address: "203.0.113.1", port: 1000 },
    bob: { address: "203.0.113.2", port: 2000 },
    cat: { address: "203.0.113.3", port: 3000 },
    dan: { address: "203.0.113.4", port: 4000 },
  }
  const nonce = Buffer.alloc(8, 9)
  const payload = Buffer.from("a WireGuard packet")
  let relay: Relay
  let nowMs = startMs

  beforeEach(() => {
    nowMs = startMs
    relay = new Relay(secret)
  })

  function cookieOf({ ticket }: RelayTicket, from: Endpoint): Buffer {
    const answer = relay.receive(bindFrame(nonce, ticket), from, nowMs)
    expect(answer?.datagram[0]).toBe(frameKinds.relayCookie)
    return answer!.datagram.subarray(9)
  }

  /** The answer to a proof: a session frame, a refusal, or nothing. */
  function proved(ticket: RelayTicket, from: Endpoint): Buffer | undefined {
    return relay.receive(proveFrame(nonce, cookieOf(ticket, from), ticket.ticket, ticket.key), from, nowMs)?.datagram
  }

  function opened(ticket: RelayTicket, from: Endpoint): Buffer {
    const answer = proved(ticket, from)
    expect(answer?.[0]).toBe(frameKinds.relaySession)
    return Buffer.from(answer!.subarray(9, 17))
  }

  function pair(a: Name, b: Name, networkId = here): [Buffer, Buffer] {
    return [opened(ticketFor(a, b, networkId), at[a]), opened(ticketFor(b, a, networkId), at[b])]
  }

  const drops = (reason: DropReason) => relay.load().drops[reason]

  it("[LANU-53] carries a payload to the other of the pair, under the receiver's own session", () => {
    const [ann, bob] = pair("ann", "bob")
    const outgoing = relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)
    expect(outgoing).toEqual({ datagram: dataFrame(bob, indexes.ann, payload), to: at.bob })
    expect(relay.load().networks.get(here)).toEqual({ sessions: 2, forwardedPackets: 1, forwardedBytes: 29, droppedPackets: 0 })
  })

  it("[LANU-51] keeps nothing of who is not proven, and never answers with more than it got, whatever the bytes", () => {
    const frames = fc.oneof(
      fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
      fc.tuple(fc.integer({ min: 0xf0, max: 0xf7 }), fc.uint8Array({ maxLength: 120 })).map(([kind, bytes]) => Buffer.from([kind, ...bytes])),
      fc.uint8Array({ minLength: 31, maxLength: 31 }).map((ticket) => bindFrame(nonce, Buffer.from([1, ...ticket.subarray(1)]))),
      fc.uint8Array({ minLength: 16, maxLength: 16 }).map((cookie) => {
        const { ticket, key } = ticketFor("ann", "bob")
        return proveFrame(nonce, Buffer.from(cookie), ticket, key)
      }),
    )
    fc.assert(
      fc.property(frames, (frame) => {
        nowMs += 1000
        const answer = relay.receive(Buffer.from(frame), at.dan, nowMs)
        expect(answer?.datagram.length ?? 0).toBeLessThan(Math.max(1, frame.length))
        expect(relay.load().networks.size).toBe(0)
      }),
      { numRuns: 2000 },
    )
  })

  it("[LANU-51] a cookie holds for one address and one ticket, and not for long", () => {
    const ticket = ticketFor("ann", "bob")
    const frame = proveFrame(nonce, cookieOf(ticket, at.ann), ticket.ticket, ticket.key)
    expect(relay.receive(frame, at.dan, nowMs)).toBeNull()
    expect(relay.receive(frame, { ...at.ann, port: 1001 }, nowMs)).toBeNull()
    const other = ticketFor("ann", "cat")
    expect(relay.receive(proveFrame(nonce, cookieOf(ticket, at.ann), other.ticket, other.key), at.ann, nowMs)).toBeNull()
    expect(relay.receive(frame, at.ann, nowMs + 90_000)).toBeNull()
    expect(drops("wrong_cookie")).toBe(4)
    expect(relay.receive(frame, at.ann, nowMs)?.datagram[0]).toBe(frameKinds.relaySession)
  })

  it("[LANU-50] [LANU-52] a ticket made up or changed opens nothing", () => {
    const foreign = issueTicket(Buffer.alloc(32, 8), claims("ann", "bob"))
    const { ticket, key } = ticketFor("dan", "cat")
    const changed = Buffer.from(ticket)
    changed.write(ids.bob, 17, "hex")
    for (const made of [foreign, { ticket: changed, key }]) {
      expect(proved(made, at.dan)).toEqual(Buffer.from([frameKinds.relayRefused, ...nonce, 0]))
    }
    expect(relay.load().networks.size).toBe(0)
  })

  it("[LANU-52] a proof that comes twice is one session, and a renewed ticket prolongs it", () => {
    const [ann] = pair("ann", "bob")
    expect(opened(ticketFor("ann", "bob"), at.ann)).toEqual(ann)
    expect(opened(ticketFor("ann", "bob", here, startMs / 1000 + 7200), at.ann)).toEqual(ann)
    opened(ticketFor("bob", "ann", here, startMs / 1000 + 7200), at.bob)
    for (let minute = 1; minute < 110; minute += 1) {
      nowMs = startMs + minute * 59_000
      expect(relay.receive(dataFrame(ann, indexes.bob, Buffer.alloc(0)), at.ann, nowMs)).toBeNull()
    }
    nowMs = startMs + 6_480_000
    opened(ticketFor("bob", "ann", here, startMs / 1000 + 7200), at.bob)
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)?.to).toEqual(at.bob)
  })

  it("[LANU-52] [LANU-54] binding again keeps a quiet session alive", () => {
    const [ann] = pair("ann", "bob")
    for (let i = 0; i < 5; i += 1) {
      nowMs += 45_000
      expect(pair("ann", "bob")[0]).toEqual(ann)
    }
  })

  it("[LANU-52] a peer whose address changes binds again, and its old session ends", () => {
    const [ann, bob] = pair("ann", "bob")
    const moved = { address: "203.0.113.9", port: 1 }
    const again = opened(ticketFor("ann", "bob"), moved)
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    expect(relay.receive(dataFrame(bob, indexes.ann, payload), at.bob, nowMs)?.to).toEqual(moved)
    expect(relay.receive(dataFrame(again, indexes.bob, payload), moved, nowMs)?.to).toEqual(at.bob)
    expect(relay.load().networks.get(here)?.sessions).toBe(2)
  })

  it("[LANU-53] whatever a member of another network or pair sends, it reaches nobody but its own partner", () => {
    const sessions = { here: pair("ann", "bob"), elsewhere: pair("cat", "dan", elsewhere) }
    const attempt = fc.record({
      session: fc.constantFrom(...sessions.here, ...sessions.elsewhere, Buffer.alloc(8)),
      index: fc.integer({ min: 0, max: 6 }),
      from: fc.constantFrom(...Object.values(at)),
    })
    const allowed = [
      { session: sessions.here[0], from: at.ann, index: indexes.bob, to: at.bob },
      { session: sessions.here[1], from: at.bob, index: indexes.ann, to: at.ann },
      { session: sessions.elsewhere[0], from: at.cat, index: indexes.dan, to: at.dan },
      { session: sessions.elsewhere[1], from: at.dan, index: indexes.cat, to: at.cat },
    ]
    fc.assert(
      fc.property(attempt, ({ session, index, from }) => {
        const right = allowed.find((way) => way.session === session && way.from === from && way.index === index)
        expect(relay.receive(dataFrame(session, index, payload), from, nowMs)?.to).toEqual(right?.to)
      }),
      { numRuns: 500 },
    )
  })

  it("[LANU-53] drops what is for nobody and what is too long, and counts it", () => {
    const ann = opened(ticketFor("ann", "bob"), at.ann)
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    expect(drops("peer_absent")).toBe(1)
    opened(ticketFor("bob", "ann"), at.bob)
    const longest = Buffer.alloc(mostDataBytes - 11)
    expect(relay.receive(dataFrame(ann, indexes.bob, longest), at.ann, nowMs)).not.toBeNull()
    expect(relay.receive(dataFrame(ann, indexes.bob, Buffer.alloc(longest.length + 1)), at.ann, nowMs)).toBeNull()
    expect(drops("oversized")).toBe(1)
  })

  it("[LANU-54] sessions end with their ticket, and without a datagram for a minute", () => {
    const [ann] = pair("ann", "bob")
    const keep = (name: Name, session: Buffer, other: Name) => relay.receive(dataFrame(session, indexes[other], Buffer.alloc(0)), at[name], nowMs)
    nowMs += 59_000
    keep("ann", ann, "bob")
    nowMs += 2_000
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    expect(drops("peer_absent")).toBe(1)
    relay.sweep(nowMs)
    expect(relay.load().networks.get(here)?.sessions).toBe(1)
    nowMs = startMs + 3_600_000
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    expect(drops("unknown_session")).toBe(1)
    expect(proved(ticketFor("ann", "bob"), at.ann)).toEqual(Buffer.from([frameKinds.relayRefused, ...nonce, 1]))
    const forEver = ticketFor("ann", "bob", here, (nowMs + longestTicketMs) / 1000 + 1)
    expect(proved(forEver, at.ann)?.[0]).toBe(frameKinds.relayRefused)
  })

  it("[LANU-55] a kicked peer reaches nobody from that moment, and the others go on", () => {
    const [ann, bob] = pair("ann", "bob")
    const [annToCat, cat] = pair("ann", "cat")
    relay.revokePeer(here, ids.bob, nowMs)
    expect(relay.receive(dataFrame(bob, indexes.ann, payload), at.bob, nowMs)).toBeNull()
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    for (const [self, peer] of [["bob", "ann"], ["ann", "bob"]] as const) {
      expect(proved(ticketFor(self, peer), at[self])).toEqual(Buffer.from([frameKinds.relayRefused, ...nonce, 2]))
    }
    expect(relay.receive(dataFrame(annToCat, indexes.cat, payload), at.ann, nowMs)?.to).toEqual(at.cat)
    expect(relay.receive(dataFrame(cat, indexes.ann, payload), at.cat, nowMs)?.to).toEqual(at.ann)
    relay.sweep(nowMs + longestTicketMs - 1)
    expect(proved(ticketFor("bob", "ann"), at.bob)).toEqual(Buffer.from([frameKinds.relayRefused, ...nonce, 2]))
  })

  it("[LANU-55] a network that ended is closed to its members, and to nobody else", () => {
    const [ann] = pair("ann", "bob")
    const [cat] = pair("cat", "dan", elsewhere)
    relay.endNetwork(here, nowMs)
    expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs)).toBeNull()
    expect(proved(ticketFor("ann", "bob"), at.ann)?.[0]).toBe(frameKinds.relayRefused)
    expect(relay.receive(dataFrame(cat, indexes.dan, payload), at.cat, nowMs)?.to).toEqual(at.dan)
    expect([...relay.load().networks.keys()]).toEqual([elsewhere])
  })

  describe("with small limits", () => {
    const limits: RelayLimits = {
      ...relayLimits,
      sessionPackets: { perSecond: 10, burst: 5 },
      binds: { perSecond: 1, burst: 6 },
      mostSessions: 4,
      mostSessionsPerNetwork: 3,
    }
    beforeEach(() => void (relay = new Relay(secret, limits)))

    it("[LANU-5] [LANU-53] who floods loses only his own packets", () => {
      const [ann] = pair("ann", "bob")
      const [cat] = pair("cat", "dan", elsewhere)
      const sent = Array.from({ length: 100 }, () => relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs))
      expect(sent.filter(Boolean)).toHaveLength(5)
      expect(drops("too_fast")).toBe(95)
      expect(relay.load().networks.get(here)).toMatchObject({ forwardedPackets: 5, droppedPackets: 95 })
      expect(relay.receive(dataFrame(cat, indexes.dan, payload), at.cat, nowMs)).not.toBeNull()
      expect(relay.load().networks.get(elsewhere)).toMatchObject({ forwardedPackets: 1, droppedPackets: 0 })
      expect(relay.receive(dataFrame(ann, indexes.bob, payload), at.ann, nowMs + 100)).not.toBeNull()
    })

    it("[LANU-53] a session and a network carry so many bytes a second and no more", () => {
      const second = { perSecond: 1_000, burst: 1_000 }
      const frame = (session: Buffer, to: Name) => dataFrame(session, indexes[to], Buffer.alloc(489))
      relay = new Relay(secret, { ...limits, mostSessions: 10, mostSessionsPerNetwork: 10, sessionPackets: relayLimits.sessionPackets, sessionBytes: second })
      const [ann] = pair("ann", "bob")
      const passed = () => Array.from({ length: 5 }, () => relay.receive(frame(ann, "bob"), at.ann, nowMs)).filter(Boolean).length
      expect(passed()).toBe(2)
      nowMs += 500
      expect(passed()).toBe(1)

      relay = new Relay(secret, { ...limits, mostSessions: 10, mostSessionsPerNetwork: 10, networkBytes: second })
      const [one] = pair("ann", "bob")
      const [two] = pair("cat", "dan")
      const [third] = pair("ann", "dan", elsewhere)
      const sent = [relay.receive(frame(one, "bob"), at.ann, nowMs), relay.receive(frame(two, "dan"), at.cat, nowMs), relay.receive(frame(one, "bob"), at.ann, nowMs)]
      expect(sent.map(Boolean)).toEqual([true, true, false])
      expect(relay.receive(frame(third, "dan"), at.ann, nowMs)).not.toBeNull()
    })

    it("[LANU-5] a flood of binds from one address is cut off, and another address is let in", () => {
      const { ticket } = ticketFor("dan", "cat")
      const answered = Array.from({ length: 50 }, () => relay.receive(bindFrame(nonce, ticket), at.dan, nowMs)).filter(Boolean)
      expect(answered).toHaveLength(6)
      expect(drops("too_many_binds")).toBe(44)
      opened(ticketFor("ann", "bob"), at.ann)
    })

    it("[LANU-5] [PTY-28] so is one from all over an IPv6 network", () => {
      const { ticket } = ticketFor("dan", "cat")
      const from = (host: string) => ({ address: `2001:db8:1:2:${host}`, port: 4000 })
      const answered = Array.from({ length: 50 }, (_, index) => relay.receive(bindFrame(nonce, ticket), from(`a:b:c:${index}`), nowMs)).filter(Boolean)
      expect(answered).toHaveLength(6)
      expect(relay.receive(bindFrame(nonce, ticket), { address: "2001:db8:1:3::1", port: 4000 }, nowMs)).not.toBeNull()
    })

    it("[LANU-54] a network takes no more sessions than its share, and those that ended make room", () => {
      pair("ann", "bob")
      opened(ticketFor("cat", "ann"), at.cat)
      expect(proved(ticketFor("dan", "ann"), at.dan)).toEqual(Buffer.from([frameKinds.relayRefused, ...nonce, 3]))
      opened(ticketFor("dan", "cat", elsewhere), at.dan)
      nowMs += relayLimits.idleMs
      opened(ticketFor("dan", "ann"), at.dan)
    })
  })
})

describe("the relay over real UDP", () => {
  type Guest = { own: Endpoint; client: RelayClient; heard: { from: string; text: string }[]; sent: Buffer[]; raw(datagram: Buffer): void; send(session: RelaySession, text: string): void }
  let relay: RunningRelay
  const closing: (() => void)[] = []

  beforeEach(async () => {
    relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => startMs })
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) close()
    await relay.close()
  })

  async function guest(): Promise<Guest> {
    const socket = createSocket("udp4")
    socket.bind(0, "127.0.0.1")
    await once(socket, "listening")
    const sent: Buffer[] = []
    const heard: Guest["heard"] = []
    const transport = {
      send: (datagram: Buffer, to: Endpoint) => {
        sent.push(datagram)
        socket.send(datagram, to.port, to.address)
      },
      nowMs: () => performance.now(),
    }
    const client = new RelayClient(transport, relay.endpoint)
    socket.on("message", (datagram, from) => {
      const delivery = client.receive(datagram, { address: from.address, port: from.port })
      if (delivery) heard.push({ from: delivery.session.peerId, text: delivery.payload.toString() })
    })
    closing.push(() => {
      client.close()
      socket.close()
    })
    const raw = (datagram: Buffer) => transport.send(datagram, relay.endpoint)
    return {
      own: { address: "127.0.0.1", port: socket.address().port },
      client,
      heard,
      sent,
      raw,
      send: (session, text) => raw(sealed(session, text)),
    }
  }

  async function bound({ client }: Guest, ticket: RelayTicket): Promise<RelaySession> {
    const result = await client.bind(ticket)
    if (!result.ok) throw new Error(result.refusal.code)
    return result.value
  }

  const dropped = (reason: DropReason, count: number) => vi.waitFor(() => expect(relay.load().drops[reason]).toBe(count), patience)

  it("[LANU-53] [LANU-56] two guests talk, and a third on the same relay hears nothing", async () => {
    const [ann, bob, cat] = [await guest(), await guest(), await guest()]
    const toBob = await bound(ann, ticketFor("ann", "bob"))
    const toAnn = await bound(bob, ticketFor("bob", "ann"))
    await bound(cat, ticketFor("cat", "ann"))
    ann.send(toBob, "hello")
    await vi.waitFor(() => expect(bob.heard).toEqual([{ from: ids.ann, text: "hello" }]), patience)
    bob.send(toAnn, "hello yourself")
    await vi.waitFor(() => expect(ann.heard).toEqual([{ from: ids.bob, text: "hello yourself" }]), patience)
    expect(cat.heard).toEqual([])
  })

  it("[LANU-53] another network, a stolen session, another's frames again and a packet too long: dropped, counted, nobody harmed", async () => {
    const [ann, bob, dan] = [await guest(), await guest(), await guest()]
    const toBob = await bound(ann, ticketFor("ann", "bob"))
    await bound(bob, ticketFor("bob", "ann"))
    const danToCat = await bound(dan, ticketFor("dan", "cat", elsewhere))

    const across = sealed(danToCat, "from elsewhere")
    across.writeUInt16BE(indexes.ann, 9)
    dan.raw(across)
    await dropped("wrong_destination", 1)
    dan.raw(sealed(toBob, "not mine"))
    await dropped("wrong_source", 1)
    for (const frame of ann.sent.filter(([kind]) => kind === frameKinds.relayProve)) dan.raw(frame)
    await dropped("wrong_cookie", 1)
    dan.raw(dataFrame(Buffer.alloc(8, 1), indexes.ann, Buffer.from("guessed")))
    await dropped("unknown_session", 1)
    dan.raw(sealed(danToCat, "x".repeat(9_000)))
    await dropped("oversized", 1)
    dan.raw(Buffer.from("GET / HTTP/1.1\r\n\r\n"))
    await dropped("malformed", 1)
    const { ticket } = ticketFor("dan", "bob")
    const madeUp = await dan.client.bind({ ticket, key: Buffer.alloc(32) })
    expect(madeUp).toEqual({ ok: false, refusal: { code: "refused", detail: { reason: "wrong_proof" } } })

    ann.send(toBob, "still here")
    await vi.waitFor(() => expect(bob.heard).toEqual([{ from: ids.ann, text: "still here" }]), patience)
    expect([...ann.heard, ...dan.heard]).toEqual([])
    expect(relay.load().networks.get(here)).toEqual({ sessions: 2, forwardedPackets: 1, forwardedBytes: 21, droppedPackets: 1 })
  })

  it("[LANU-56] a guest believes only the relay's address, and only a session that bears the mark of its ticket", async () => {
    const [ann, eve] = [await guest(), await guest()]
    const session = await bound(ann, ticketFor("ann", "bob"))
    expect(ann.client.receive(sealed(session, "spoofed"), eve.own)).toBeNull()

    const alone: Buffer[] = []
    const client = new RelayClient({ send: (datagram) => alone.push(datagram), nowMs: () => 0 }, relay.endpoint)
    const result = client.bind(ticketFor("ann", "bob"))
    const nonce = alone[0]!.subarray(1, 9)
    client.receive(cookieFrame(nonce, Buffer.alloc(16)), relay.endpoint)
    expect(alone.at(-1)![0]).toBe(frameKinds.relayProve)
    client.receive(Buffer.concat([Buffer.from([frameKinds.relaySession]), nonce, Buffer.alloc(24)]), relay.endpoint)
    client.close()
    expect(await result).toEqual({ ok: false, refusal: { code: "closed" } })
  })

  it("[LANU-55] a kicked guest reaches nobody and gets no new session", async () => {
    const [ann, bob] = [await guest(), await guest()]
    const toBob = await bound(ann, ticketFor("ann", "bob"))
    await bound(bob, ticketFor("bob", "ann"))
    relay.revokePeer(here, ids.ann)
    ann.send(toBob, "one more thing")
    await dropped("unknown_session", 1)
    expect(bob.heard).toEqual([])
    expect(await ann.client.bind(ticketFor("ann", "bob"))).toEqual({ ok: false, refusal: { code: "refused", detail: { reason: "revoked" } } })
  })

  it("[LANU-53] of a thousand packets sent at once none is lost, and the socket has the buffers for it", async () => {
    const [ann, bob] = [await guest(), await guest()]
    const toBob = await bound(ann, ticketFor("ann", "bob"))
    await bound(bob, ticketFor("bob", "ann"))
    for (let i = 0; i < 10; i += 1) {
      for (let j = 0; j < 100; j += 1) ann.send(toBob, `packet ${i * 100 + j}`)
      await vi.waitFor(() => expect(bob.heard).toHaveLength((i + 1) * 100), patience)
    }
    expect(relay.socketBuffers.receiveBytes).toBeGreaterThanOrEqual(200_000)
    expect(relay.load().networks.get(here)).toMatchObject({ forwardedPackets: 1000, droppedPackets: 0 })
  })

  it("[LANU-53] a taken port is an error", async () => {
    const again = startRelay({ secret, listen: relay.endpoint, nowMs: () => startMs })
    await expect(again).rejects.toThrow("EADDRINUSE")
  })
})
