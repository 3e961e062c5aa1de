import { generateKeyPairSync, randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Endpoint, datagramKind, endpointText } from "@/lan/protocol"
import { type RunningRelay, startRelay } from "@/lan/relay/relay-commands"
import { issueTicket } from "@/lan/relay/ticket"
import { acceptRelaySockets } from "@/lan/relay/websocket-commands"
import { type AgentSocket, openAgentSocket } from "./agent-socket"
import { DataPath } from "./data-path"
import type { PeerState } from "./data-path-types"
import { FakeFastPath } from "./test-tunnel"
import { FakeWireGuard } from "./test-wireguard"

const patience = { timeout: 8_000, interval: 10 }
const networkId = "0123456789ab"
const secret = Buffer.alloc(32, 3)
const expiresAt = Math.floor(Date.now() / 1000) + 3600
const closing: (() => unknown)[] = []

let relay: RunningRelay

beforeEach(async () => {
  relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => Date.now() })
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await relay.close()
})

type Options = { index: number; hasRelay?: boolean; relayUrl?: string; isFast?: boolean }

/** Datagrams of some kinds, or to some places, get lost. */
function lossy(socket: AgentSocket) {
  const blocked = new Set<string>()
  const loses = (datagram: Buffer, place: Endpoint) => blocked.has(endpointText(place)) || blocked.has(datagramKind(datagram))
  const { transport } = socket
  const sent = { datagrams: 0 }
  const send = (datagram: Buffer, to: Endpoint) => {
    sent.datagrams += 1
    if (!loses(datagram, to)) transport.send(datagram, to)
  }
  const through: AgentSocket = {
    ...socket,
    transport: { nowMs: () => transport.nowMs(), send },
    onDatagram: (take) => socket.onDatagram((datagram, from) => void (loses(datagram, from) || take(datagram, from))),
  }
  return { socket: through, blocked, sent }
}

async function pc({ index, hasRelay = true, relayUrl, isFast = true }: Options) {
  const orders: string[] = []
  const { privateKey, publicKey } = generateKeyPairSync("x25519")
  const ownKey = Buffer.from(publicKey.export({ format: "jwk" }).x!, "base64url").toString("base64")
  const wireGuard = await FakeWireGuard.open(orders)
  const opened = await openAgentSocket()
  const { socket, blocked, sent } = lossy(opened)
  const fastPath = new FakeFastPath(orders)
  const own = { privateKey, publicKey: ownKey, networkId, nonce: randomBytes(16).toString("hex") }
  const troubles: unknown[] = []
  const seen: PeerState[] = []
  const start = () =>
    new DataPath({
      socket,
      tunnel: wireGuard,
      fastPath: isFast ? fastPath : null,
      own,
      relay: hasRelay ? relay.endpoint : null,
      relayUrl,
      listener: { peerChanged: (_, state) => void seen.push(state), sendSignal: () => undefined, troubled: (error) => void troubles.push(error) },
    })
  const dataPath = start()
  closing.push(() => opened.close(), () => wireGuard.close(), () => dataPath.close(), () => expect(troubles).toEqual([]))
  const at = { address: "127.0.0.1", port: opened.port }
  return { index, peerId: `${index}`.repeat(16), own, dataPath, wireGuard, fastPath, orders, blocked, sent, at, seen }
}

type Pc = Awaited<ReturnType<typeof pc>>

function factsFor(self: Pc, peer: Pc) {
  const claims = { networkId, selfId: self.peerId, selfIndex: self.index, peerId: peer.peerId, peerIndex: peer.index, expiresAt }
  const { publicKey, nonce } = peer.own
  const relayTicket = issueTicket(secret, claims)
  return { peerId: peer.peerId, publicKey, nonce, virtualIp: `10.66.0.${peer.index}`, candidates: [peer.at], relayTicket }
}

function introduce(a: Pc, b: Pc) {
  expect(a.dataPath.addPeer(factsFor(a, b)).ok).toBe(true)
  expect(b.dataPath.addPeer(factsFor(b, a)).ok).toBe(true)
}

function part(a: Pc, b: Pc) {
  a.blocked.add(endpointText(b.at))
  b.blocked.add(endpointText(a.at))
}

const stateOf = (self: Pc, peer: Pc) => self.dataPath.peers().find(({ peerId }) => peerId === peer.peerId)
const shows = (self: Pc, peer: Pc, type: string, isHandedOver: boolean) =>
  vi.waitFor(() => {
    expect(stateOf(self, peer)).toMatchObject({ isHandedOver, view: { status: "connected", connectionType: type } })
  }, patience)

/** What the WireGuard of one says comes out at the other's, proxied. */
async function passes(from: Pc, to: Pc, text: string) {
  await vi.waitFor(() => {
    from.wireGuard.say(to.own.publicKey, text)
    expect(to.wireGuard.heard).toContain(text)
  }, patience)
}

describe("two data paths", { timeout: 20_000 }, () => {
  it("[LANU-75] meet by the agent and are then handed to the kernel, where WireGuard speaks to the peer itself", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    expect([...a.fastPath.direct]).toEqual([endpointText(b.at)])
    expect(a.wireGuard.endpoints.get(b.own.publicKey)).toEqual(b.at)
    expect(a.orders[0]).toMatch(/^set .* 127\.0\.0\.1:/)
    expect(a.orders.at(-1)).toBe(`keepalive ${b.own.publicKey} 25`)
  })

  it("[LANU-72] without the kernel's help every packet goes through the agent, both ways", async () => {
    const [a, b] = [await pc({ index: 1, isFast: false }), await pc({ index: 2, isFast: false })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", false), shows(b, a, "direct", false)])
    await Promise.all([passes(a, b, "from a"), passes(b, a, "from b")])
  })

  it("[LANU-72] both have something to send at once: the first handshake is the initiator's, and comes through", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    for (const { wireGuard } of [a, b]) wireGuard.isEager = true
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    const initiator = a.own.publicKey < b.own.publicKey ? a : b
    const responder = initiator === a ? b : a
    expect(initiator.wireGuard.initiationsHeard).toBe(0)
    expect(responder.wireGuard.initiationsHeard).toBe(1)
  })

  it("[LANU-72] a first handshake that is lost is begun anew within a second or two", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    for (const { blocked } of [a, b]) blocked.add("wireguard")
    introduce(a, b)
    await vi.waitFor(() => expect(a.orders.concat(b.orders).filter((order) => order.startsWith("keepalive"))).toHaveLength(1), patience)
    for (const { blocked } of [a, b]) blocked.clear()
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
  })

  it("[LANU-75] [LANU-38] a direct path that dies is taken from the kernel, and the relay carries on", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    part(a, b)
    await Promise.all([shows(a, b, "relayed", false), shows(b, a, "relayed", false)])
    expect([a.fastPath.direct.size, b.fastPath.direct.size]).toEqual([0, 0])
    await Promise.all([passes(a, b, "a by relay"), passes(b, a, "b by relay")])
  })

  it("[LANU-37] [LANU-75] what the relay carries goes to the kernel when a direct path appears", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    part(a, b)
    introduce(a, b)
    await Promise.all([shows(a, b, "relayed", false), shows(b, a, "relayed", false)])
    await passes(a, b, "by relay")
    for (const { blocked } of [a, b]) blocked.clear()
    const signal = { id: 1, from: b.peerId, sent_at: "2026-01-01T00:00:00.000Z", body: { kind: "punch", at: "2026-01-01T00:00:00.050Z", attempt: 0 } } as const
    a.dataPath.signalArrived(signal)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
  })

  it("[LANU-55] removing a peer resolves when WireGuard has no key of it, and nothing of it passes from then on", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    await a.dataPath.removePeer(b.peerId)
    expect([a.wireGuard.endpoints.size, a.fastPath.direct.size, a.dataPath.peers()]).toEqual([0, 0, []])
    b.fastPath.direct.clear()
    b.wireGuard.endpoints.clear()
    expect(a.wireGuard.heard).toEqual([])
  })

  it("[LANU-55] removing a peer that WireGuard will not let go of is no success", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await shows(a, b, "direct", true)
    a.wireGuard.keepsAll = true
    await expect(a.dataPath.removePeer(b.peerId)).rejects.toThrow("kept")
    a.wireGuard.keepsAll = false
  })

  it("[LANU-75] a peer whose agent began anew is met again under its new nonce", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    await b.dataPath.close()
    const again = await pc({ index: 2 })
    const reborn: Pc = { ...again, own: { ...again.own, publicKey: b.own.publicKey } }
    expect(stateOf(a, reborn)?.isHandedOver).toBe(true)
    a.orders.length = 0
    a.dataPath.addPeer(factsFor(a, reborn))
    await vi.waitFor(() => expect(a.orders).toEqual([`remove ${b.own.publicKey}`, `slow ${endpointText(b.at)}`]), patience)
    expect(a.dataPath.peers()).toHaveLength(1)
  })

  it("[LANU-75] the same peer told again is only updated", async () => {
    const [a, b] = [await pc({ index: 1 }), await pc({ index: 2 })]
    introduce(a, b)
    await Promise.all([shows(a, b, "direct", true), shows(b, a, "direct", true)])
    a.orders.length = 0
    const before = a.sent.datagrams
    a.dataPath.addPeer(factsFor(a, b))
    expect(a.sent.datagrams).toBe(before)
    a.dataPath.updatePeer(b.peerId, { candidates: [b.at, { address: "127.0.0.1", port: 9 }] })
    expect(a.sent.datagrams).toBeGreaterThan(before)
    await shows(a, b, "direct", true)
    expect(a.orders).toEqual([])
  })

  it("[LANU-76] a relay that is elsewhere by now is found there", async () => {
    const [a, b] = [await pc({ index: 1, hasRelay: false }), await pc({ index: 2 })]
    part(a, b)
    introduce(a, b)
    a.dataPath.moveRelay({ relay: relay.endpoint })
    await Promise.all([shows(a, b, "relayed", false), shows(b, a, "relayed", false)])
    await relay.close()
    relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => Date.now() })
    for (const { dataPath } of [a, b]) dataPath.moveRelay({ relay: relay.endpoint })
    await Promise.all([passes(a, b, "a by the other"), passes(b, a, "b by the other")])
  })

  it("[LANU-76] where UDP is blocked at one of them, the WebSocket carries", async () => {
    const server = createServer()
    const sockets = acceptRelaySockets(relay, { nowMs: () => Date.now() })
    server.on("upgrade", (request, socket, head) => void sockets.handleUpgrade(request, socket, head))
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    closing.push(() => server.close(), () => sockets.close())
    const relayUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/lan/relay`
    const [a, b] = [await pc({ index: 1, relayUrl }), await pc({ index: 2 })]
    part(a, b)
    a.blocked.add(endpointText(relay.endpoint))
    introduce(a, b)
    await Promise.all([shows(a, b, "relayed", false), shows(b, a, "relayed", false)])
    await Promise.all([passes(a, b, "by web"), passes(b, a, "to the web")])
  })
})
