import { createSocket } from "node:dgram"
import { once } from "node:events"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { seededRandom } from "@/kernel/random"
import { behaviours } from "@/lan/nat-behaviour"
import type { Endpoint } from "@/lan/protocol"
import { startStunServer } from "@/lan/stun-commands"
import { encodeStun, newTransactionId } from "@/lan/stun-message"
import { type StunServerAddresses, answerStun } from "@/lan/stun-server"
import { discoverNat } from "./nat-discovery"
import { StunClient } from "./stun-client"
import { type RouterKind, SimulatedInternet, routerKinds } from "./test-nat"

/** On a busy machine a datagram may take its time, ms. */
const patience = { timeout: 4_000 }

const server: StunServerAddresses = { addresses: ["198.51.100.1", "198.51.100.2"], ports: [3478, 3479] }
const first: Endpoint = { address: "198.51.100.1", port: 3478 }

describe("behind simulated routers", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function home(kind: RouterKind, addresses = server) {
    const internet = new SimulatedInternet((ms, run) => void setTimeout(run, ms), 10)
    for (const address of [0, 1] as const) {
      for (const port of [0, 1] as const) {
        const ip = addresses.addresses[address]
        if (ip === undefined) continue
        internet.addServer({ address: ip, port: addresses.ports[port] }, (datagram, from) => {
          const answer = answerStun(datagram, from, { address, port }, addresses)
          if (!answer) return
          const origin = { address: addresses.addresses[answer.sendFrom.address]!, port: addresses.ports[answer.sendFrom.port] }
          internet.send(answer.datagram, origin, from)
        })
      }
    }
    const pc = internet.addPc(1, kind, (datagram, from) => void client.receive(datagram, from))
    const client = new StunClient({ send: (datagram, to) => internet.send(datagram, pc, to), nowMs: () => Date.now() })
    return { internet, pc, client }
  }

  async function discover(kind: RouterKind, addresses = server, prepare?: (internet: SimulatedInternet) => void) {
    const { internet, pc, client } = home(kind, addresses)
    prepare?.(internet)
    const found = discoverNat(
      (to, question) => client.request(to, question),
      first,
      (endpoint) => endpoint.address === pc.own.address && endpoint.port === pc.own.port,
    )
    await vi.advanceTimersByTimeAsync(10_000)
    return found
  }

  it.each(behaviours.flatMap((mapping) => behaviours.map((filtering) => ({ mapping, filtering }))))(
    "[LANU-8] tells mapping $mapping and filtering $filtering",
    async (kind) => {
      expect(await discover(kind)).toMatchObject({ ok: true, value: { mappedAddress: { address: "203.0.113.1" }, behaviour: kind } })
    },
  )

  it("[LANU-8] a PC without a router maps nothing", async () => {
    expect(await discover(null)).toMatchObject({
      ok: true,
      value: { behaviour: { mapping: "none", filtering: "endpoint_independent" } },
    })
  })

  it("[LANU-8] a server with one address tells the mapped address and leaves the facts open", async () => {
    const one: StunServerAddresses = { addresses: ["198.51.100.1"], ports: [3478, 3479] }
    expect(await discover(routerKinds.restricted, one)).toMatchObject({
      ok: true,
      value: { mappedAddress: { address: "203.0.113.1" }, behaviour: { mapping: null, filtering: null } },
    })
  })

  it("[LANU-8] says that UDP is blocked when nothing comes back", async () => {
    const found = await discover(routerKinds.symmetric, server, (internet) => (internet.loses = () => true))
    expect(found).toEqual({ ok: false, refusal: { code: "udp_blocked" } })
  })

  it("[LANU-8] finds the same with three datagrams of ten lost", async () => {
    const random = seededRandom(7)
    const found = await discover(routerKinds.restricted, server, (internet) => (internet.loses = () => random.int(1, 10) <= 3))
    expect(found).toMatchObject({ ok: true, value: { behaviour: routerKinds.restricted } })
  })
})

describe("the STUN client", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const asked = () => {
    const sentAtMs: number[] = []
    const datagrams: Buffer[] = []
    const startedAt = Date.now()
    const client = new StunClient({
      send: (datagram) => {
        sentAtMs.push(Date.now() - startedAt)
        datagrams.push(datagram)
      },
      nowMs: () => Date.now(),
    })
    return { client, sentAtMs, datagrams }
  }

  it("[LANU-7] repeats after 50 ms, doubling, and gives up at its deadline", async () => {
    const { client, sentAtMs } = asked()
    const answer = client.request(first, { deadlineMs: 1000 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(await answer).toEqual({ ok: false, refusal: { code: "no_answer" } })
    expect(sentAtMs).toEqual([0, 50, 150, 350, 750])
  })

  it("[LANU-7] believes the server that was asked, and nobody else who knows the transaction", async () => {
    const { client, datagrams } = asked()
    const answer = client.request(first)
    const lie = answerStun(datagrams[0]!, { address: "192.0.2.66", port: 1 }, { address: 0, port: 0 }, server)!
    expect(client.receive(lie.datagram, { address: "192.0.2.66", port: 3478 })).toBe(true)
    const truth = answerStun(datagrams[0]!, { address: "203.0.113.1", port: 4000 }, { address: 0, port: 0 }, server)!
    await vi.advanceTimersByTimeAsync(30)
    client.receive(truth.datagram, first)
    expect(await answer).toMatchObject({ ok: true, value: { mappedAddress: { address: "203.0.113.1", port: 4000 }, roundTripMs: 30 } })
  })

  it("[LANU-7] an answer that did not change its origin does not count as one that did", async () => {
    const { client, datagrams } = asked()
    const answer = client.request(first, { change: { address: true, port: true }, deadlineMs: 500 })
    client.receive(answerStun(datagrams[0]!, first, { address: 0, port: 0 }, server)!.datagram, first)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await answer).toEqual({ ok: false, refusal: { code: "no_answer" } })
  })

  it("[LANU-7] leaves what is not STUN to the others on the socket, and ends its questions when closed", async () => {
    const { client } = asked()
    expect(client.receive(Buffer.from([4, 0, 0, 0, ...Array<number>(40).fill(7)]), first)).toBe(false)
    const answer = client.request(first)
    client.close()
    expect(await answer).toEqual({ ok: false, refusal: { code: "closed" } })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe("a real server on two loopback addresses", () => {
  it("[LANU-6] answers from all four of its sockets", async () => {
    const stun = await startStunServer({ addresses: ["127.0.0.1", "127.0.0.2"], ports: [0, 0], nowMs: () => performance.now() })
    const socket = createSocket("udp4")
    socket.bind(0, "127.0.0.1")
    await once(socket, "listening")
    try {
      const client = new StunClient({
        send: (datagram, to) => socket.send(datagram, to.port, to.address),
        nowMs: () => performance.now(),
      })
      socket.on("message", (datagram, from) => void client.receive(datagram, { address: from.address, port: from.port }))
      const own = { address: "127.0.0.1", port: socket.address().port }
      const asked = { address: "127.0.0.1", port: stun.addresses.ports[0] }
      for (const change of [undefined, { address: false, port: true }, { address: true, port: false }, { address: true, port: true }]) {
        expect(await client.request(asked, { change })).toMatchObject({
          ok: true,
          value: { mappedAddress: own, otherAddress: { address: "127.0.0.2", port: stun.addresses.ports[1] } },
        })
      }
      const found = await discoverNat((to, question) => client.request(to, question), asked, (endpoint) => endpoint.port === own.port)
      expect(found).toEqual({
        ok: true,
        value: { mappedAddress: own, behaviour: { mapping: "none", filtering: "endpoint_independent" } },
      })
    } finally {
      socket.close()
      await stun.close()
    }
  })

  it("[LANU-5] a flood from one address is answered 60 times, and another address all the same", async () => {
    const stun = await startStunServer({ addresses: ["127.0.0.1"], ports: [0, 0], nowMs: () => 0 })
    const sockets = [createSocket("udp4"), createSocket("udp4")] as const
    const answers = [0, 0]
    for (const [i, socket] of sockets.entries()) {
      socket.bind(0, `127.0.0.${i + 3}`)
      await once(socket, "listening")
      socket.on("message", () => void (answers[i]! += 1))
    }
    try {
      const ask = (i: 0 | 1) => {
        const request = encodeStun({ kind: "request", transactionId: newTransactionId() })
        sockets[i].send(request, stun.addresses.ports[0], "127.0.0.1")
      }
      for (let i = 0; i < 100; i += 1) ask(0)
      // It is answered after the flood: what the flood was to get, it has got by then.
      ask(1)
      await vi.waitFor(() => expect(answers).toEqual([60, 1]), patience)
    } finally {
      for (const socket of sockets) socket.close()
      await stun.close()
    }
  })

  it("[LANU-6] a taken port is an error, and leaves no other port open", async () => {
    const stun = await startStunServer({ addresses: ["127.0.0.1"], ports: [0, 0], nowMs: () => performance.now() })
    const [taken] = stun.addresses.ports
    await expect(startStunServer({ addresses: ["127.0.0.1"], ports: [0, taken], nowMs: () => performance.now() })).rejects.toThrow("EADDRINUSE")
    await stun.close()
  })
})
