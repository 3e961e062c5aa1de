import { createSocket } from "node:dgram"
import { once } from "node:events"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { type RelaySession, RelayClient } from "@/lan-agent/relay-client"
import { createDueWork } from "@/server/due-work"
import { done, lanTable, no, type Joined } from "@/testing/lan-table"
import { startHouse, startParty, testSecret, type House, type Night } from "@/testing/start-party"
import { relaySecretOf, relayTicketsFor } from "../relay-tickets"
import { silenceMs } from "../timing"
import { type RunningRelay, startRelay } from "./relay-commands"
import { followRevocations } from "./revocation-commands"
import { revocationsSince } from "./revocation-queries"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }
const secret = relaySecretOf(testSecret)
const patience = { timeout: 4_000, interval: 5 }

let house: House
let night: Night
let lan: Awaited<ReturnType<typeof lanTable>>
const closing: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
})
beforeEach(async () => {
  night = await startParty({ house, guests: 3 })
  lan = await lanTable(night)
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

/** A relay as `npm run relay` has it: it knows the secret and the database, and nothing else. */
async function relayOfHouse(): Promise<RunningRelay & { stop(): Promise<void> }> {
  const listen = { address: "127.0.0.1", port: 0 }
  const relay = await startRelay({ secret, listen, nowMs: () => house.clock.now().getTime(), startsClosed: true })
  const followed = followRevocations({ db: house.runtime.db, relay, now: () => house.clock.now(), onTrouble: raise })
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await followed.stop()
    await relay.close()
  }
  closing.push(stop)
  return { ...relay, stop }
}

function raise(error: unknown): void {
  throw error
}

/** A PC's own ways through the relay, and how many packets came to it. */
async function onRelay(relay: RunningRelay, pc: Joined, others: Joined[]) {
  const socket = createSocket("udp4")
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  const transport = {
    send: (datagram: Buffer, to: { address: string; port: number }) => socket.send(datagram, to.port, to.address),
    nowMs: () => performance.now(),
  }
  const client = new RelayClient(transport, relay.endpoint)
  const heard = { packets: 0, lastAtMs: 0 }
  socket.on("message", (datagram, from) => {
    if (!client.receive(datagram, from)) return
    heard.packets += 1
    heard.lastAtMs = performance.now()
  })
  closing.push(() => {
    client.close()
    socket.close()
  })
  const self = { id: pc.peer.id, virtualIp: pc.peer.virtual_ip }
  const tokenExpiresAt = new Date(house.clock.now().getTime() + 60 * 60_000)
  const pairs = { networkId: pc.network.id, self, others: others.map(({ peer }) => ({ id: peer.id, virtualIp: peer.virtual_ip })), tokenExpiresAt }
  const tickets = relayTicketsFor(secret, pairs, house.clock.now())
  const bind = async (peerId: string) => {
    const info = tickets.find(({ peer_id }) => peer_id === peerId)
    if (!info) throw new Error("no ticket for this peer")
    return client.bind({ ticket: Buffer.from(info.ticket, "base64url"), key: Buffer.from(info.key, "base64url") })
  }
  const way = async (to: Joined): Promise<RelaySession> => {
    const bound = await bind(to.peer.id)
    if (!bound.ok) throw new Error(JSON.stringify(bound.refusal))
    return bound.value
  }
  return { heard, bind, way, send: (session: RelaySession) => client.send(session, Buffer.alloc(100)) }
}

const outOf = async (pc: Joined) => no(await pc.get("status"))

describe("[LAN-92] the relay and the control plane", () => {
  it("a kick ends relaying within a second; restarted, the relay lets the kicked in no more, and the others go on", async () => {
    const [ann, bo, cy] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy")]
    const first = await relayOfHouse()
    const [annHere, boHere, cyHere] = [await onRelay(first, ann, [bo, cy]), await onRelay(first, bo, [ann, cy]), await onRelay(first, cy, [ann, bo])]
    const [annToBo, annToCy] = [await annHere.way(bo), await annHere.way(cy)]
    await Promise.all([boHere.way(ann), cyHere.way(ann)])
    const talking = setInterval(() => {
      annHere.send(annToBo)
      annHere.send(annToCy)
    }, 5)
    closing.push(() => clearInterval(talking))
    await vi.waitFor(() => expect(Math.min(boHere.heard.packets, cyHere.heard.packets)).toBeGreaterThan(20), patience)

    const kickedAt = performance.now()
    done(await lan.as("host", "POST", "kick", { peerId: bo.peer.id }))
    await vi.waitFor(() => expect(performance.now() - boHere.heard.lastAtMs).toBeGreaterThan(300), patience)
    expect(boHere.heard.lastAtMs - kickedAt).toBeLessThan(1_000)
    expect(performance.now() - cyHere.heard.lastAtMs).toBeLessThan(300)
    expect(await boHere.bind(ann.peer.id)).toMatchObject({ ok: false, refusal: { detail: { reason: "revoked" } } })
    clearInterval(talking)
    await first.stop()

    const second = await relayOfHouse()
    const boAgain = await onRelay(second, bo, [ann])
    expect(await boAgain.bind(ann.peer.id)).toMatchObject({ ok: false, refusal: { detail: { reason: "revoked" } } })
    expect((await (await onRelay(second, cy, [ann])).bind(ann.peer.id)).ok).toBe(true)
  }, 30_000)

  it("a network that ended is closed to who was in it; another party's goes on", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const otherNight = await startParty({ house, guests: 2 })
    const otherLan = await lanTable(otherNight)
    const [zoe, yan] = [await otherLan.join("Ann"), await otherLan.join("Bo")]
    const relay = await relayOfHouse()
    await (await onRelay(relay, ann, [bo])).way(bo)
    await (await onRelay(relay, zoe, [yan])).way(yan)
    done(await lan.as("host", "POST", "close"))
    await vi.waitFor(() => expect(relay.load().networks.has(ann.network.id)).toBe(false), patience)
    expect(relay.load().networks.get(zoe.network.id)?.sessions).toBe(1)
  })

  it("who fell silent is not out for good, who left is", async () => {
    const [ann, bo, cy] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy")]
    house.clock.advance(1_000)
    const since = house.clock.now()
    house.clock.advance(silenceMs)
    for (const pc of [ann, cy]) done(await pc.post("heartbeat", {}))
    await createDueWork(house.runtime).doDue()
    done(await ann.post("leave"))
    expect(await outOf(bo)).toBe("401 lan_silent")
    const ended = await revocationsSince(house.runtime.db, since)
    expect(ended.peers.filter(({ networkId }) => networkId === ann.network.id)).toEqual([{ networkId: ann.network.id, peerId: ann.peer.id }])
    expect(await revocationsSince(house.runtime.db, house.clock.now())).toEqual({ peers: [], networkIds: [] })
  })

  it("a relay that cannot ask lets nobody in, and opens when it can", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const relay = await startRelay({ secret, listen: { address: "127.0.0.1", port: 0 }, nowMs: () => house.clock.now().getTime(), startsClosed: true })
    closing.push(() => relay.close())
    const { db } = house.runtime
    const troubles: unknown[] = []
    let isAway = true
    const unsure = new Proxy(db, {
      get(target, name) {
        if (isAway) throw new Error("the database is away")
        const found: unknown = Reflect.get(target, name)
        return typeof found === "function" ? found.bind(target) : found
      },
    })
    const followed = followRevocations({ db: unsure, relay, now: () => house.clock.now(), onTrouble: (error) => troubles.push(error) })
    closing.push(() => followed.stop())
    const pc = await onRelay(relay, ann, [bo])
    const bound = pc.bind(bo.peer.id)
    await vi.waitFor(() => expect(troubles.length).toBeGreaterThan(0), patience)
    expect(relay.load().networks.size).toBe(0)
    isAway = false
    expect((await bound).ok).toBe(true)
    expect(troubles).toHaveLength(1)
  })
})
