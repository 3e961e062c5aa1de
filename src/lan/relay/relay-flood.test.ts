import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { afterEach, describe, expect, it } from "vitest"
import { RelayClient } from "@/lan-agent/relay-client"
import { type RunningRelay, startRelay } from "./relay-commands"
import { issueTicket } from "./ticket"

const secret = Buffer.alloc(32, 7)
const startMs = Date.UTC(2026, 0, 1)
const ids = { ann: "a".repeat(16), bob: "b".repeat(16) }

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

// A stranger on a thread of its own, 20 000 datagrams a second: binds, guessed sessions and noise.
const stranger = `
const { createSocket } = require("node:dgram")
const { workerData } = require("node:worker_threads")
const socket = createSocket("udp4")
const kinds = [[0xf1, 40], [0xf5, 200], [0x00, 60], [0xf3, 72]].map(([kind, bytes]) => { const frame = Buffer.alloc(bytes, 3); frame[0] = kind; return frame })
setInterval(() => {
  for (let i = 0; i < 100; i++) socket.send(kinds[i % kinds.length], workerData.port, "127.0.0.1", () => {})
}, 5)
`

async function member(relay: RunningRelay, self: keyof typeof ids, peer: keyof typeof ids, heard: (payload: Buffer) => void) {
  const socket: Socket = createSocket("udp4")
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  const client = new RelayClient({ send: (datagram, to) => socket.send(datagram, to.port, to.address), nowMs: () => performance.now() }, relay.endpoint)
  socket.on("message", (datagram, from) => {
    const delivery = client.receive(datagram, from)
    if (delivery) heard(delivery.payload)
  })
  closing.push(
    () => void socket.close(),
    () => client.close(),
  )
  const index = { ann: 1, bob: 2 }
  const claims = { networkId: "111111111111", selfId: ids[self], selfIndex: index[self], peerId: ids[peer], peerIndex: index[peer], expiresAt: startMs / 1000 + 3600 }
  const bound = await client.bind(issueTicket(secret, claims))
  if (!bound.ok) throw new Error(bound.refusal.code)
  return (payload: Buffer) => client.send(bound.value, payload)
}

describe("a stranger's flood", () => {
  it("[LANU-5] costs a member no packet and next to no time", async () => {
    const relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => startMs + performance.now() })
    closing.push(() => relay.close())
    const cameAfterMs: number[] = []
    await member(relay, "bob", "ann", (payload) => cameAfterMs.push(performance.now() - payload.readDoubleBE()))
    const send = await member(relay, "ann", "bob", () => undefined)

    /** Sends 300 packets, one every few ms: how long they took, and that all came. */
    const round = async () => {
      cameAfterMs.length = 0
      const ended = new Promise<void>((resolve) => {
        let left = 300
        const sending = setInterval(() => {
          const payload = Buffer.alloc(200)
          payload.writeDoubleBE(performance.now())
          send(payload)
          if (--left > 0) return
          clearInterval(sending)
          resolve()
        }, 3)
      })
      await ended
      await expect.poll(() => cameAfterMs.length, { timeout: 5_000 }).toBe(300)
      return cameAfterMs.toSorted((a, b) => a - b)[296] ?? 0
    }

    const calmMs = await round()
    const flooding = new Worker(stranger, { eval: true, workerData: { port: relay.endpoint.port } })
    closing.push(() => flooding.terminate())
    await expect.poll(() => relay.load().drops.unknown_session, { timeout: 5_000 }).toBeGreaterThan(1_000)
    const floodedMs = await round()
    const { drops, networks } = relay.load()
    for (const reason of ["malformed", "too_many_binds", "unknown_session"] as const) expect([reason, drops[reason] > 100]).toEqual([reason, true])
    expect(networks.get("111111111111")).toMatchObject({ forwardedPackets: 600, droppedPackets: 0 })
    // Sender, receiver and relay share one thread here, and the machine may be busy.
    expect(floodedMs).toBeLessThan(calmMs + 100)
  }, 40_000)
})
