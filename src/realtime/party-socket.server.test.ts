import { once } from "node:events"
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net"
import Pusher, { type Options } from "pusher-js"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { channelOf } from "./channels"
import { app } from "./local-server/test-app"
import { startTestServer, type TestServer } from "./local-server/test-server"
import { openPartySocket, type PartySocket } from "./party-socket"

const partyId = "0b6f6c1e-0000-4000-8000-000000000001"
const channels = (["party-lobby", "sim-racing"] as const).map((topic) => channelOf({ kind: "party", topic, partyId }))
const racing = channelOf({ kind: "party", topic: "sim-racing", partyId })

let server: TestServer
let line: Awaited<ReturnType<typeof startLine>>
let socket: PartySocket
let heard: string[] = []
const instancesBefore = Pusher.instances.length

/** The official client, its channels authorised by the official publisher instead of over HTTP. */
class SignedPusher extends Pusher {
  constructor(key: string, options: Options) {
    super(key, {
      ...options,
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, callback) => callback(null, server.api.authorizeChannel(socketId, channelName)),
      },
    })
  }
}

beforeEach(async () => {
  server = await startTestServer()
  line = await startLine(() => server.port)
  heard = []
  socket = openPartySocket({
    config: { key: app.key, cluster: null, isLocal: true },
    channels,
    handlers: {
      onEvent: (topic, name, data) => heard.push(`${topic} ${name} ${JSON.stringify(data)}`),
      onLine: (line) => heard.push(line),
      onSubscribed: () => heard.push("subscribed"),
      onRefused: () => heard.push("refused"),
    },
    surroundings: {
      loadPusher: async () => SignedPusher,
      location: { hostname: "127.0.0.1", port: String(line.port), protocol: "http:" },
      setTimer(run, delayMs) {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
    },
  })
  await hears("subscribed")
})

afterEach(async () => {
  socket.stop()
  line.stop()
  await server.stop()
})

/** A line to the server that can break as Wi-Fi does: no close frame, no FIN. */
async function startLine(serverPort: () => number) {
  const ends = new Set<Socket>()
  let calls = 0
  const relay = createServer((phone) => {
    calls += 1
    const far = createConnection(serverPort(), "127.0.0.1")
    for (const end of [phone, far]) {
      ends.add(end)
      end.on("error", () => undefined)
      end.on("close", () => ends.delete(end))
    }
    phone.pipe(far).pipe(phone)
    phone.on("close", () => far.destroy())
    far.on("close", () => phone.destroy())
  })
  relay.listen(0, "127.0.0.1")
  await once(relay, "listening")
  const cut = () => ends.forEach((end) => end.resetAndDestroy())
  return {
    port: (relay.address() as AddressInfo).port,
    calls: () => calls,
    cut,
    stop() {
      relay.close()
      cut()
    },
  }
}

async function hears(what: string): Promise<void> {
  await vi.waitFor(() => expect(heard).toContain(what), { timeout: 10_000, interval: 10 })
  heard.splice(0, heard.indexOf(what) + 1)
}

it("hears a real server, loses it for longer than one retry, and is back soon after it is", async () => {
  await server.api.trigger(racing, "race-changed", { version: 1 })
  await hears('sim-racing race-changed {"version":1}')

  const callsBefore = line.calls()
  await server.stop()
  // pusher-js calls once, is turned away, and by itself would not call again for 15 s.
  await vi.waitFor(() => expect(line.calls()).toBeGreaterThan(callsBefore), { timeout: 10_000, interval: 10 })
  server = await startTestServer()
  await hears("subscribed")

  await server.api.trigger(racing, "race-changed", { version: 2 })
  await hears('sim-racing race-changed {"version":2}')
}, 20_000)

it("comes back from every break without a goodbye", async () => {
  for (let version = 1; version <= 3; version++) {
    line.cut()
    await hears("connecting")
    await hears("subscribed")
    await server.api.trigger(racing, "race-changed", { version })
    await hears(`sim-racing race-changed {"version":${version}}`)
  }
}, 40_000)

it("wakes on a new connection and keeps one only", async () => {
  socket.renew()
  await hears("subscribed")
  await vi.waitFor(() => expect(server.pusher.stats().connections).toBe(1), { timeout: 5000, interval: 10 })
  await server.api.trigger(racing, "race-changed", { version: 1 })
  await hears('sim-racing race-changed {"version":1}')
  expect(heard).toEqual([])
  expect(Pusher.instances.length).toBe(instancesBefore + 1)
})
