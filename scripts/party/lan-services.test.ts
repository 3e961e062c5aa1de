import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"
import { networkInterfaces } from "node:os"
import { afterEach, describe, expect, it } from "vitest"
import { decodeStun, encodeStun } from "@/lan/stun-message"
import { embeddedRelay } from "@/server/embedded-relay"
import { openLanHouse, type LanHouse } from "./lan-house"
import { readLanPorts } from "./lan-ports"
import { openLanServices, type LanServices } from "./lan-services"

const secret = "s".repeat(43)
const interfaces = networkInterfaces()
const open: { close(): Promise<unknown> | unknown }[] = []

afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function services(options: Partial<Parameters<typeof openLanServices>[0]> = {}): Promise<LanServices> {
  const wanted = { relay: true, stun: true }
  const made = await openLanServices({
    ...{ addresses: ["127.0.0.1"], interfaces, ports: readLanPorts({ PORT: "0" }), secret: Buffer.alloc(32), now: () => new Date(0), wanted },
    ...options,
  })
  open.push(made)
  return made
}

async function house(env: Record<string, string>, host = "127.0.0.1"): Promise<LanHouse> {
  const made = await openLanHouse({ PORT: "0", ...env }, host, secret)
  open.push(made)
  return made
}

async function udpPort(port = 0): Promise<Socket> {
  const socket = createSocket("udp4")
  socket.bind(port, "127.0.0.1")
  await once(socket, "listening")
  return socket
}

/** A port that is taken, and by whom it is free again. */
async function takenPort(): Promise<number> {
  const socket = await udpPort()
  open.push({ close: () => new Promise<void>((resolve) => socket.close(() => resolve())) })
  return socket.address().port
}

const portOf = (at: string | undefined) => Number(at?.split(",")[0]?.split(":")[1])

/** What a STUN server answers to a PC. */
async function ask(at: string) {
  const socket = await udpPort()
  const [address = "", port] = at.split(":")
  const transactionId = Buffer.alloc(12, 5)
  socket.send(encodeStun({ kind: "request", transactionId }), Number(port), address)
  const [datagram] = (await once(socket, "message")) as [Buffer]
  const own = socket.address().port
  socket.close()
  const answer = decodeStun(datagram)
  return { answer: answer.ok ? answer.value : null, own }
}

describe("the LAN's services", () => {
  it("[LAN-93] run on the address PCs are told, STUN on two ports of it", async () => {
    const { relayAt, stunAt, troubles } = await services()
    expect(relayAt).toMatch(/^127\.0\.0\.1:\d+$/)
    const places = stunAt?.split(",") ?? []
    expect(places).toHaveLength(2)
    for (const place of places) {
      const { answer, own } = await ask(place)
      expect(answer?.mappedAddress).toEqual({ address: "127.0.0.1", port: own })
    }
    expect(troubles).toEqual([])
  })

  it("[LANU-6] with two addresses STUN says where its other one is", async () => {
    const beside = { lo: [...(interfaces.lo ?? []), { ...interfaces.lo?.[0], address: "127.0.0.2", family: "IPv4" as const, netmask: "255.0.0.0", mac: "", internal: true, cidr: null }] }
    const { stunAt } = await services({ addresses: ["127.0.0.1", "127.0.0.2"], interfaces: beside })
    const places = stunAt?.split(",") ?? []
    expect(places.map((place) => place.split(":")[0])).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2"])
    const { answer } = await ask(places[0] ?? "")
    expect(answer?.otherAddress).toEqual({ address: "127.0.0.2", port: Number(places[1]?.split(":")[1]) })
  })

  it("behind a router listen everywhere, and tell PCs the router's address", async () => {
    const { relayAt, stunAt } = await services({ addresses: ["203.0.113.7"] })
    expect(relayAt).toMatch(/^203\.0\.113\.7:\d+$/)
    expect((await ask(`127.0.0.1:${portOf(stunAt)}`)).answer?.otherAddress).toBeUndefined()
  })

  it("take the next free port for a default, and no other for one that was asked for", async () => {
    const port = await takenPort()
    const { relayAt } = await services({ ports: { relay: { port, isGiven: false }, stun: { port: 0, isGiven: false } } })
    expect(portOf(relayAt)).toBeGreaterThan(port)
    const given = { relay: { port, isGiven: true }, stun: { port: 0, isGiven: false } }
    await expect(services({ ports: given })).rejects.toThrow(/LAN_RELAY_PORT/)
  })

  it("are left out with one sentence when no port is free", async () => {
    const { relay, relayAt, troubles } = await services({ ports: { relay: { port: 65_535, isGiven: false }, stun: { port: 0, isGiven: false } } })
    expect([relay, relayAt]).toEqual([null, undefined])
    expect(troubles).toEqual(["No free UDP port from 65535 on, so the virtual LAN has no relay: set LAN_RELAY_PORT."])
  })
})

describe("the wished ports", () => {
  it("are defaults, any with PORT=0, or what was asked for", () => {
    expect(readLanPorts({})).toEqual({ relay: { port: 3480, isGiven: false }, stun: { port: 3478, isGiven: false } })
    expect(readLanPorts({ PORT: "0", LAN_STUN_PORT: "5000" })).toEqual({ relay: { port: 0, isGiven: false }, stun: { port: 5000, isGiven: true } })
    for (const LAN_RELAY_PORT of ["udp", "-1", "65535", "1.5"]) expect(() => readLanPorts({ LAN_RELAY_PORT })).toThrow(/LAN_RELAY_PORT is/)
  })
})

describe("the party's side of the LAN", () => {
  it("[LAN-91] lets the app's own modules know the relay while it runs", async () => {
    const made = await house({})
    expect(embeddedRelay()?.load()).toMatchObject({ websockets: 0, drops: { malformed: 0 } })
    expect(made.sockets).toBeDefined()
    await open.pop()?.close()
    expect(embeddedRelay()).toBeUndefined()
  })

  it("starts neither what the host has elsewhere nor what has no address", async () => {
    const elsewhere = await house({ LAN_RELAY: "198.51.100.1:3480", LAN_STUN: "198.51.100.1:3478" })
    expect([elsewhere.relayAt, elsewhere.stunAt, elsewhere.sockets, elsewhere.troubles]).toEqual([undefined, undefined, undefined, []])
    const nameless = await house({}, "no-such-name.invalid")
    expect(nameless.relay).toBeNull()
    expect(nameless.troubles).toHaveLength(1)
  })
})
