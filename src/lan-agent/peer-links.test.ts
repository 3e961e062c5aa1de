import { generateKeyPairSync, randomBytes } from "node:crypto"
import { createSocket } from "node:dgram"
import { once } from "node:events"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { probeKeys, sealProbe } from "@/lan/probe-frame"
import { type Endpoint, endpointText } from "@/lan/protocol"
import { Relay } from "@/lan/relay/relay"
import { type RunningRelay, startRelay } from "@/lan/relay/relay-commands"
import { type RelayTicket, issueTicket } from "@/lan/relay/ticket"
import { PeerLinks } from "./peer-links"
import { RelayClient } from "./relay-client"

/** On a busy machine a datagram may take its time, ms. */
const patience = { timeout: 4_000 }

const secret = Buffer.alloc(32, 3)
const networkId = "0123456789ab"
const startMs = Date.UTC(2026, 0, 1)
const wireGuardPacket = (text: string) => Buffer.concat([Buffer.from([4, 0, 0, 0]), Buffer.alloc(28), Buffer.from(text)])

function newKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("x25519")
  return { privateKey, publicKey: Buffer.from(publicKey.export({ format: "jwk" }).x!, "base64url").toString("base64") }
}

describe("agents on real sockets", () => {
  let relay: RunningRelay
  const closing: (() => void)[] = []

  const runRelay = (port: number) => startRelay({ secret, listen: { address: "127.0.0.1", port }, nowMs: () => startMs })

  beforeEach(async () => {
    relay = await runRelay(0)
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) close()
    await relay.close()
  })

  /** An agent whose WireGuard is configured at once and finishes its handshake when the first packet of the peer comes in. */
  async function agent(index: number) {
    const socket = createSocket("udp4")
    socket.bind(0, "127.0.0.1")
    await once(socket, "listening")
    const blocked = new Set<string>()
    const packets: string[] = []
    const paths: string[] = []
    const transport = {
      send: (datagram: Buffer, to: Endpoint) => void (blocked.has(endpointText(to)) || socket.send(datagram, to.port, to.address)),
      nowMs: () => performance.now(),
    }
    const own = { ...newKeys(), networkId, nonce: randomBytes(16).toString("hex") }
    const links = new PeerLinks(transport, new RelayClient(transport, relay.endpoint), own, {
      packetArrived: (peerId, packet) => {
        packets.push(packet.subarray(32).toString())
        links.handshakeFinished(peerId)
      },
      pathTaken: (peerId, path) => {
        paths.push(path.kind)
        links.tunnelConfigured(peerId)
      },
      statusChanged: () => undefined,
    })
    socket.on("message", (datagram, { address, port }) => void links.receive(datagram, { address, port }))
    closing.push(() => {
      links.close()
      socket.close()
    })
    return { index, peerId: `${index}`.repeat(16), own, links, packets, paths, blocked, socket, at: { address: "127.0.0.1", port: socket.address().port } }
  }

  type Agent = Awaited<ReturnType<typeof agent>>

  function ticket(self: Agent, peer: Agent): RelayTicket {
    const claims = { networkId, selfId: self.peerId, selfIndex: self.index, peerId: peer.peerId, peerIndex: peer.index }
    return issueTicket(secret, { ...claims, expiresAt: startMs / 1000 + 3600 })
  }

  function introduce(a: Agent, b: Agent) {
    for (const [self, peer] of [[a, b], [b, a]] as const) {
      const facts = { peerId: peer.peerId, publicKey: peer.own.publicKey, nonce: peer.own.nonce, candidates: [peer.at] }
      expect(self.links.add({ ...facts, relayTicket: ticket(self, peer) }).ok).toBe(true)
    }
  }

  /** Both send until both heard the other, as WireGuard does with its handshake. */
  async function greeted(a: Agent, b: Agent) {
    await vi.waitFor(() => {
      a.links.send(b.peerId, wireGuardPacket(`from ${a.index}`))
      b.links.send(a.peerId, wireGuardPacket(`from ${b.index}`))
      expect(a.packets).toContain(`from ${b.index}`)
      expect(b.packets).toContain(`from ${a.index}`)
    }, patience)
  }

  const shows = (self: Agent, peer: Agent, type: string) =>
    vi.waitFor(() => expect(self.links.viewOf(peer.peerId)?.connectionType).toBe(type), patience)

  it("[LANU-36] [LANU-39] two agents find each other directly, and their packets pass", async () => {
    const [a, b] = [await agent(1), await agent(2)]
    introduce(a, b)
    await greeted(a, b)
    await Promise.all([shows(a, b, "direct"), shows(b, a, "direct")])
    expect(a.links.viewOf(b.peerId)).toMatchObject({ status: "connected", path: { endpoint: b.at } })
  })

  it("[LANU-37] where nothing goes directly the relay carries the packets, and the direct path takes over when it opens", async () => {
    const [a, b] = [await agent(1), await agent(2)]
    a.blocked.add(endpointText(b.at))
    b.blocked.add(endpointText(a.at))
    introduce(a, b)
    await greeted(a, b)
    await Promise.all([shows(a, b, "relayed"), shows(b, a, "relayed")])
    expect(relay.load().networks.get(networkId)?.forwardedPackets).toBeGreaterThan(0)
    a.blocked.clear()
    b.blocked.clear()
    a.links.update(b.peerId, { candidates: [b.at] })
    await Promise.all([shows(a, b, "direct"), shows(b, a, "direct")])
    expect([a.paths, b.paths]).toEqual([["relayed", "direct"], ["relayed", "direct"]])
  })

  it("[LANU-5] [LANU-31] a stranger's probes, a member's replayed ones and a stranger's packets come to nothing", async () => {
    const [a, b, eve] = [await agent(1), await agent(2), await agent(3)]
    const replayed: Buffer[] = []
    b.socket.on("message", (datagram) => void replayed.push(Buffer.from(datagram)))
    introduce(a, b)
    await greeted(a, b)
    await shows(b, a, "direct")
    for (const frame of replayed) eve.socket.send(frame, b.at.port, b.at.address)
    const made = { sequence: 99_999, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: true }
    for (let i = 0; i < 50; i += 1) eve.socket.send(sealProbe(randomBytes(32), made), b.at.port, b.at.address)
    eve.socket.send(wireGuardPacket("from eve"), b.at.port, b.at.address)
    const toEve: Buffer[] = []
    eve.socket.on("message", (datagram) => void toEve.push(datagram))
    // Datagrams to one socket keep their order: when the member's packet is there, the stranger's have been looked at.
    b.packets.length = 0
    await vi.waitFor(() => {
      a.links.send(b.peerId, wireGuardPacket("after eve"))
      expect(b.packets).toContain("after eve")
    }, patience)
    expect(b.packets).not.toContain("from eve")
    expect(toEve).toEqual([])
    expect(b.links.viewOf(a.peerId)).toMatchObject({ status: "connected", path: { endpoint: a.at } })
  })

  it("[LANU-55] a removed peer is neither heard nor answered", async () => {
    const [a, b] = [await agent(1), await agent(2)]
    introduce(a, b)
    await greeted(a, b)
    b.links.remove(a.peerId)
    b.packets.length = 0
    let arrived = 0
    b.socket.on("message", () => void (arrived += 1))
    await vi.waitFor(() => {
      a.links.send(b.peerId, wireGuardPacket("let me in"))
      expect(arrived).toBeGreaterThan(5)
    }, patience)
    expect(b.packets).toEqual([])
    expect(b.links.send(a.peerId, wireGuardPacket("no"))).toBe(false)
  })

  it("[LANU-56] a relay that was restarted is bound to anew, and the packets pass again", async () => {
    const [a, b] = [await agent(1), await agent(2)]
    a.blocked.add(endpointText(b.at))
    b.blocked.add(endpointText(a.at))
    introduce(a, b)
    await greeted(a, b)
    await relay.close()
    relay = await runRelay(relay.endpoint.port)
    for (const self of [a, b]) {
      self.packets.length = 0
      self.links.networkChanged()
    }
    await greeted(a, b)
    await Promise.all([shows(a, b, "relayed"), shows(b, a, "relayed")])
    expect(relay.load().networks.get(networkId)?.sessions).toBe(2)
  })

  it("[LANU-31] a peer with a key that is none is refused", async () => {
    const a = await agent(1)
    const peer = { peerId: "f".repeat(16), publicKey: "none", nonce: "0".repeat(32), candidates: [], relayTicket: null }
    expect(a.links.add(peer)).toEqual({ ok: false, refusal: { code: "weak_key" } })
  })
})

describe("an agent left to itself", () => {
  it("[LANU-5] a stranger's flood of probes is not looked at for long, and another address is heard all the same", () => {
    const [ann, bob] = [newKeys(), newKeys()]
    const nonces = { nonce: "0".repeat(32), peerNonce: "1".repeat(32) }
    const answered: Endpoint[] = []
    const nothing = () => undefined
    const transport = { send: (_: Buffer, to: Endpoint) => void answered.push(to), nowMs: () => 0 }
    const links = new PeerLinks(transport, null, { ...ann, networkId, nonce: nonces.nonce }, { packetArrived: nothing, pathTaken: nothing, statusChanged: nothing })
    links.add({ peerId: "2".repeat(16), publicKey: bob.publicKey, nonce: nonces.peerNonce, candidates: [], relayTicket: null })
    const bobsKeys = probeKeys({ ...bob, peerPublicKey: ann.publicKey, networkId, nonce: nonces.peerNonce, peerNonce: nonces.nonce })
    if (!bobsKeys.ok) throw new Error(bobsKeys.refusal.code)
    const probe = (sequence: number) => sealProbe(bobsKeys.value.send, { sequence, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: false })
    const flooder = "192.0.2.66"
    const forged = sealProbe(randomBytes(32), { sequence: 1, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: false })
    for (let port = 1; port <= 2_000; port += 1) links.receive(forged, { address: flooder, port })
    links.receive(probe(1), { address: flooder, port: 3_000 })
    links.receive(probe(2), { address: "192.0.2.2", port: 3_000 })
    links.close()
    expect([...new Set(answered.map(({ address }) => address))]).toEqual(["192.0.2.2"])
  })

  it("[LANU-55] a session that opens after its peer was removed begins nothing", async () => {
    vi.useFakeTimers()
    try {
      const house = { address: "192.0.2.1", port: 1 }
      const relay = new Relay(secret)
      const transport = {
        send: (datagram: Buffer) => {
          const answer = relay.receive(Buffer.from(datagram), { address: "192.0.2.2", port: 2 }, startMs)
          if (answer) setTimeout(() => client.receive(answer.datagram, house), 10)
        },
        nowMs: () => Date.now(),
      }
      const client = new RelayClient(transport, house)
      const nothing = () => undefined
      const own = { ...newKeys(), networkId, nonce: "0".repeat(32) }
      const links = new PeerLinks(transport, client, own, { packetArrived: nothing, pathTaken: nothing, statusChanged: nothing })
      const claims = { networkId, selfId: "1".repeat(16), selfIndex: 1, peerId: "2".repeat(16), peerIndex: 2, expiresAt: startMs / 1000 + 3600 }
      const facts = { peerId: claims.peerId, publicKey: newKeys().publicKey, nonce: "1".repeat(32), candidates: [] }
      links.add({ ...facts, relayTicket: issueTicket(secret, claims) })
      links.remove(claims.peerId)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(relay.load().networks.get(networkId)?.sessions).toBe(1)
      expect(vi.getTimerCount()).toBe(0)
      links.close()
    } finally {
      vi.useRealTimers()
    }
  })

  it("[LANU-56] repeats its bind after 50 ms, doubling, and gives up at its deadline", async () => {
    vi.useFakeTimers()
    try {
      const atMs: number[] = []
      const now = Date.now()
      const client = new RelayClient({ send: () => void atMs.push(Date.now() - now), nowMs: () => Date.now() }, { address: "192.0.2.1", port: 1 })
      const claims = { networkId, selfId: "1".repeat(16), selfIndex: 1, peerId: "2".repeat(16), peerIndex: 2, expiresAt: 4_000_000_000 }
      const bound = client.bind(issueTicket(secret, claims), 500)
      await vi.advanceTimersByTimeAsync(2_000)
      expect(await bound).toEqual({ ok: false, refusal: { code: "no_answer" } })
      expect(atMs).toEqual([0, 50, 150, 350])
    } finally {
      vi.useRealTimers()
    }
  })

  it("[LANU-56] binds again every 15 s, so that a relay that was restarted is found, and leaves no timer behind", async () => {
    vi.useFakeTimers()
    try {
      const sent: number[] = []
      const client = new RelayClient({ send: (datagram) => void sent.push(datagram[0]!), nowMs: () => Date.now() }, { address: "192.0.2.1", port: 1 })
      const own = { ...newKeys(), networkId, nonce: "0".repeat(32) }
      const nothing = () => undefined
      const transport = { send: nothing, nowMs: () => Date.now() }
      const links = new PeerLinks(transport, client, own, { packetArrived: nothing, pathTaken: nothing, statusChanged: nothing })
      const claims = { networkId, selfId: "1".repeat(16), selfIndex: 1, peerId: "2".repeat(16), peerIndex: 2, expiresAt: 4_000_000_000 }
      links.add({
        peerId: "2".repeat(16),
        publicKey: newKeys().publicKey,
        nonce: "1".repeat(32),
        candidates: [],
        relayTicket: issueTicket(secret, claims),
      })
      await vi.advanceTimersByTimeAsync(5_000)
      const first = sent.length
      expect(first).toBeGreaterThan(0)
      await vi.advanceTimersByTimeAsync(15_000)
      expect(sent.length).toBeGreaterThan(first)
      links.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
