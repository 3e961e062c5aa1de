import { createSocket } from "node:dgram"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { connect } from "node:net"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { WebSocket } from "ws"
import { type RelaySession, RelayClient } from "@/lan-agent/relay-client"
import type { Endpoint } from "../protocol"
import { dataFrame, mostDataBytes } from "./frames"
import { relayLimits } from "./relay"
import { type RunningRelay, startRelay } from "./relay-commands"
import { issueTicket } from "./ticket"
import { acceptRelaySockets, type RelaySockets, type RelaySocketLimits } from "./websocket-commands"

const patience = { timeout: 5_000 }
const secret = Buffer.alloc(32, 7)
const ids = { ann: "a".repeat(16), bob: "b".repeat(16), cat: "c".repeat(16) }
const indexes = { ann: 1, bob: 2, cat: 3 }
type Name = keyof typeof ids
const network = "111111111111"
const startMs = Date.UTC(2026, 0, 1)

let nowMs: number
let relay: RunningRelay
let sockets: RelaySockets
let server: Server
const closing: (() => void)[] = []

beforeEach(async () => {
  nowMs = startMs
  relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => nowMs })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closing.splice(0)) close()
  sockets.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await relay.close()
})

async function house(limits: Partial<RelaySocketLimits> = {}): Promise<string> {
  sockets = acceptRelaySockets(relay, { nowMs: () => nowMs, limits })
  server = createServer((_request, response) => void response.end("a page"))
  server.on("upgrade", (request, socket, head) => {
    if (!sockets.handleUpgrade(request, socket, head)) socket.destroy()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/lan/relay`
}

function ticketFor(self: Name, peer: Name, networkId = network) {
  const expiresAt = startMs / 1000 + 3600
  return issueTicket(secret, { networkId, selfId: ids[self], selfIndex: indexes[self], peerId: ids[peer], peerIndex: indexes[peer], expiresAt })
}

type Guest = { client: RelayClient; heard: string[]; say(session: RelaySession, text: string): void }

function guest(send: (datagram: Buffer, to: Endpoint) => void): { guest: Guest; receive(datagram: Buffer): void } {
  const client = new RelayClient({ send, nowMs: () => performance.now() }, relay.endpoint)
  const heard: string[] = []
  closing.push(() => client.close())
  return {
    guest: { client, heard, say: (session, text) => client.send(session, Buffer.from(text)) },
    receive: (datagram) => {
      const delivery = client.receive(datagram, relay.endpoint)
      if (delivery) heard.push(`${delivery.session.peerId[0]}: ${delivery.payload.toString()}`)
    },
  }
}

async function byUdp(): Promise<Guest> {
  const socket = createSocket("udp4")
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  closing.push(() => socket.close())
  const made = guest((datagram, to) => socket.send(datagram, to.port, to.address))
  socket.on("message", made.receive)
  return made.guest
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  closing.push(() => socket.terminate())
  await once(socket, "open")
  return socket
}

async function byWebSocket(url: string): Promise<Guest & { socket: WebSocket }> {
  const socket = await opened(url)
  const made = guest((datagram) => socket.send(datagram))
  socket.on("message", (data) => made.receive(data as Buffer))
  return { ...made.guest, socket }
}

async function bound({ client }: Guest, ...[self, peer, networkId]: Parameters<typeof ticketFor>): Promise<RelaySession> {
  const result = await client.bind(ticketFor(self, peer, networkId))
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

const heardBy = (who: Guest, lines: string[]) => vi.waitFor(() => expect(who.heard).toEqual(lines), patience)
const closed = async (socket: WebSocket) => ((await once(socket, "close")) as [number])[0]

describe("the relay by WebSocket", () => {
  it("[LANU-60] one side comes by WebSocket, the other by UDP, and two WebSockets meet as well", async () => {
    const url = await house()
    const [ann, bob, cat] = [await byWebSocket(url), await byUdp(), await byWebSocket(url)]
    const [annToBob, bobToAnn] = [await bound(ann, "ann", "bob"), await bound(bob, "bob", "ann")]
    const [annToCat, catToAnn] = [await bound(ann, "ann", "cat"), await bound(cat, "cat", "ann")]
    ann.say(annToBob, "hello")
    bob.say(bobToAnn, "hello yourself")
    await heardBy(bob, ["a: hello"])
    ann.say(annToCat, "and you")
    cat.say(catToAnn, "me too")
    await heardBy(cat, ["a: and you"])
    await vi.waitFor(() => expect(ann.heard.toSorted()).toEqual(["b: hello yourself", "c: me too"]), patience)
    expect(relay.load()).toMatchObject({ websockets: 2 })
    expect(relay.load().networks.get(network)).toMatchObject({ sessions: 4, forwardedPackets: 4 })
  })

  it("[LANU-60] a ticket of another network, a session of another socket and a made-up one open nothing", async () => {
    const url = await house()
    const [ann, bob, eve] = [await byWebSocket(url), await byUdp(), await byWebSocket(url)]
    const annToBob = await bound(ann, "ann", "bob")
    await bound(bob, "bob", "ann")
    await bound(eve, "cat", "bob", "222222222222")
    eve.say(annToBob, "I am Ann")
    await vi.waitFor(() => expect(relay.load().drops.wrong_source).toBe(1), patience)
    eve.socket.send(dataFrame(Buffer.alloc(8), indexes.bob, Buffer.from("guessed")))
    await vi.waitFor(() => expect(relay.load().drops.unknown_session).toBe(1), patience)
    const { ticket } = ticketFor("cat", "bob")
    expect(await eve.client.bind({ ticket, key: Buffer.alloc(32) })).toMatchObject({ ok: false, refusal: { detail: { reason: "wrong_proof" } } })
    ann.say(annToBob, "still here")
    await heardBy(bob, ["a: still here"])
  })

  it("[LANU-62] whoever hangs up is gone at once, and its place is free", async () => {
    const url = await house({ mostSockets: 1 })
    const ann = await byWebSocket(url)
    await bound(ann, "ann", "bob")
    expect(relay.load().networks.get(network)?.sessions).toBe(1)
    ann.socket.terminate()
    await vi.waitFor(() => expect(relay.load()).toMatchObject({ websockets: 0 }), patience)
    expect(relay.load().networks.get(network)?.sessions).toBe(0)
    await bound(await byWebSocket(url), "ann", "bob")
  })

  it("[LANU-61] text, a frame that is too long and bytes that are no WebSocket's end the one socket they came by", async () => {
    const url = await house()
    const [ann, bob] = [await byWebSocket(url), await byUdp()]
    const annToBob = await bound(ann, "ann", "bob")
    await bound(bob, "bob", "ann")
    const [texter, stuffer] = [await opened(url), await opened(url)]
    texter.send("{}")
    expect(await closed(texter)).toBe(1003)
    stuffer.send(Buffer.alloc(mostDataBytes + 1))
    expect(await closed(stuffer)).toBe(1009)
    const raw = connect(Number(new URL(url).port), "127.0.0.1")
    raw.write("GET /lan/relay HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
    await once(raw, "data")
    raw.write(Buffer.alloc(64, 0xff))
    raw.resume()
    await once(raw, "close")
    await vi.waitFor(() => expect(relay.load().websockets).toBe(1), patience)
    ann.say(annToBob, "still here")
    await heardBy(bob, ["a: still here"])
  })

  it("[LANU-61] no page opens one, and no address or house has more than its share", async () => {
    const url = await house({ mostSockets: 3, mostSocketsPerAddress: 2 })
    const refused = async (options: { origin?: string; headers?: Record<string, string> }) => {
      const [error] = (await once(new WebSocket(url, options), "error")) as [Error]
      return error.message
    }
    expect(await refused({ origin: "http://evil.example" })).toContain("403")
    await opened(url)
    await opened(url)
    expect(await refused({})).toContain("503")
    const elsewhere = new WebSocket(url, { headers: { "x-forwarded-for": "203.0.113.9" } })
    closing.push(() => elsewhere.terminate())
    await once(elsewhere, "open")
    expect(await refused({ headers: { "x-forwarded-for": "203.0.113.8" } })).toContain("503")
  })

  it("[LANU-61] [PTY-28] a whole IPv6 network has the share of one address", async () => {
    const url = await house({ mostSockets: 10, mostSocketsPerAddress: 2 })
    const from = async (address: string) => {
      const socket = new WebSocket(url, { headers: { "x-forwarded-for": address } })
      closing.push(() => socket.terminate())
      return new Promise<string>((resolve) => {
        socket.on("open", () => resolve("open"))
        socket.on("error", ({ message }) => resolve(message.includes("503") ? "refused" : message))
      })
    }
    expect([await from("2001:db8:1:2::1"), await from("2001:db8:1:2:a:b:c:d"), await from("2001:db8:1:2:ffff::")]).toEqual(["open", "open", "refused"])
    expect([await from("2001:db8:1:3::1"), await from("192.0.2.1"), await from("::ffff:192.0.2.1"), await from("192.0.2.1")]).toEqual(["open", "open", "open", "refused"])
  })

  it("[LANU-61] junk before a session is cut off, and who floods with a session loses only his own frames", async () => {
    const url = await house({ mostFramesUnproven: 20, frames: { perSecond: 0, burst: 12 } })
    const junk = await opened(url)
    for (let i = 0; i < 21; i += 1) junk.send(Buffer.from([0xf1, i]))
    expect(await closed(junk)).toBe(1008)
    const [ann, bob, cat] = [await byWebSocket(url), await byUdp(), await byWebSocket(url)]
    const annToBob = await bound(ann, "ann", "bob")
    const catToBob = await bound(cat, "cat", "bob")
    await bound(bob, "bob", "ann")
    await bound(bob, "bob", "cat")
    for (let i = 0; i < 500; i += 1) ann.say(annToBob, "flood")
    cat.say(catToBob, "calm")
    await vi.waitFor(() => expect(bob.heard).toContain("c: calm"), patience)
    // Two of the twelve were the binding.
    await vi.waitFor(() => expect(bob.heard.filter((line) => line === "a: flood")).toHaveLength(10), patience)
  })

  it("[LANU-61] who opens no session in ten seconds, and who is silent for a minute, is closed", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
    const url = await house()
    const [ann, idler] = [await byWebSocket(url), await opened(url)]
    await bound(ann, "ann", "bob")
    const [idlerClosed, annClosed] = [closed(idler), closed(ann.socket)]
    nowMs += 10_000
    vi.advanceTimersByTime(2_000)
    expect(await idlerClosed).toBe(1006)
    expect(relay.load().websockets).toBe(1)
    nowMs += relayLimits.idleMs - 10_001
    vi.advanceTimersByTime(2_000)
    expect(ann.socket.readyState).toBe(WebSocket.OPEN)
    nowMs += 1
    vi.advanceTimersByTime(2_000)
    expect(await annClosed).toBe(1006)
  })

  it("[LANU-63] what a slow reader does not take is dropped and counted, and others get theirs", async () => {
    const url = await house({ mostBacklogBytes: 20_000 })
    const [slow, ann, bob] = [await byWebSocket(url), await byUdp(), await byWebSocket(url)]
    await bound(slow, "cat", "ann")
    await bound(bob, "bob", "ann")
    const [annToSlow, annToBob] = [await bound(ann, "ann", "cat"), await bound(ann, "ann", "bob")]
    slow.socket.pause()
    const filler = "x".repeat(1_400)
    const flooding = setInterval(() => {
      nowMs += 2
      for (let i = 0; i < 40; i += 1) ann.say(annToSlow, filler)
    }, 1)
    closing.push(() => clearInterval(flooding))
    await vi.waitFor(() => expect(relay.load().drops.slow_reader).toBeGreaterThan(100), { timeout: 20_000 })
    clearInterval(flooding)
    ann.say(annToBob, "for you")
    await heardBy(bob, ["a: for you"])
    slow.socket.resume()
    await vi.waitFor(() => {
      ann.say(annToSlow, "the end")
      expect(slow.heard).toContain("a: the end")
    }, patience)
  }, 40_000)

  it("[LANU-60] closing sends everybody away and takes nobody in", async () => {
    const url = await house()
    const ann = await opened(url)
    const gone = closed(ann)
    sockets.close()
    expect(await gone).toBe(1012)
    const late = new WebSocket(url)
    expect(String((await once(late, "error"))[0])).toContain("503")
  })
})
