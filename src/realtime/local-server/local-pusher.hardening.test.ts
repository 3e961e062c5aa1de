import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { setImmediate } from "node:timers/promises"
import { afterEach, describe, expect, it, vi } from "vitest"
import { app } from "./test-app"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer | undefined
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server?.stop()
  server = undefined
})

async function start(...options: Parameters<typeof startTestServer>): Promise<TestServer> {
  server = await startTestServer(...options)
  return server
}

/** A WebSocket client without manners: it only does what the test makes it do. */
async function rawClient(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
  sockets.push(socket)
  socket.on("error", () => undefined)
  socket.write(
    `GET /app/${app.key}?protocol=7 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  )
  await once(socket, "data")
  return socket
}

/** A masked client frame; a mask of zeros leaves the payload readable. */
function clientFrame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

describe("clients that do harm", () => {
  it("[PSH-50] closes a frame of more than 64 KiB with 1009, and serves one of 64 KiB", async () => {
    const server = await start()
    const [good, bad] = [await server.connect(), await server.connect()]
    const frameOf = (bytes: number) => {
      const empty = JSON.stringify({ event: "pusher:ping", data: "" })
      return JSON.stringify({ event: "pusher:ping", data: "x".repeat(bytes - empty.length) })
    }
    good.raw(frameOf(64 * 1024))
    expect(await good.next("pusher:pong")).toEqual({ event: "pusher:pong", data: "{}" })
    bad.raw(frameOf(64 * 1024 + 1))
    expect(await bad.closed).toMatchObject({ code: 1009 })
    await good.drain()
    expect(server.pusher.stats().connections).toBe(1)
  })

  it("[PSH-9] outlives text that is not UTF-8 and frames that are no frames", async () => {
    const server = await start()
    for (const bytes of [clientFrame(1, Buffer.from([0xff, 0xfe])), clientFrame(3, Buffer.alloc(4)), Buffer.alloc(9, 0xff)]) {
      const socket = await rawClient(server.port)
      socket.resume()
      socket.write(bytes)
      await once(socket, "end")
    }
    expect(server.pusher.stats().connections).toBe(0)
    await server.connect()
  })

  it("[PSH-51] cuts off who does not read, and only them", async () => {
    const server = await start({ limits: { maxBufferedBytes: 32 * 1024 } })
    const [slow, good] = [await server.connect(), await server.connect()]
    await slow.subscribe("party")
    await good.subscribe("party")
    slow.socket.pause()
    const batch = Array.from({ length: 10 }, () => ({ name: "lap", channel: "party", data: "x".repeat(10_000) }))
    let sent = 0
    while (server.pusher.stats().slowConnectionsDropped === 0 && sent < 5_000) {
      await server.call("POST", "/batch_events", { body: { batch } })
      sent += batch.length
    }
    expect(server.pusher.stats().slowConnectionsDropped).toBe(1)
    await vi.waitFor(() => expect(server.pusher.stats().connections).toBe(1))
    const heard = await good.drain()
    expect(heard).toHaveLength(sent)
    slow.socket.resume()
    expect(await slow.closed).toMatchObject({ code: 1006 })
  })

  it("[PSH-52] limits the subscriptions of one socket", async () => {
    const server = await start({ limits: { maxSubscriptionsPerConnection: 2 } })
    const client = await server.connect()
    for (const channel of ["a", "b"]) await client.subscribe(channel)
    const [refused] = await client.subscribe("c")
    expect(refused).toMatchObject({ event: "pusher:subscription_error", channel: "c" })
    expect(JSON.parse(String(refused?.data))).toMatchObject({ type: "LimitReached", status: 4100 })
    await client.ask({ event: "pusher:unsubscribe", data: { channel: "a" } })
    expect(await client.subscribe("c")).toMatchObject([{ event: "pusher_internal:subscription_succeeded" }])
  })

  it("[PSH-8] turns away whom it has no room for with 4100, until somebody leaves", async () => {
    const server = await start({ limits: { maxConnections: 2 } })
    const [first] = [await server.connect(), await server.connect()]
    const third = server.open()
    expect(await third.next("pusher:error")).toMatchObject({ data: { code: 4100 } })
    expect(await third.closed).toMatchObject({ code: 4100 })
    first.socket.close()
    await first.closed
    await server.connect()
  })

  it("[PSH-8] does not even shake hands with a crowd that lingers after being turned away", async () => {
    const server = await start({ limits: { maxConnections: 1 } })
    await server.connect()
    await rawClient(server.port)
    const crowd = await rawClient(server.port)
    await once(crowd.resume(), "end")
    expect(server.pusher.stats().connections).toBe(1)
  })

  it("[PSH-54] hangs up on who does not answer a close", async () => {
    const server = await start({ limits: { closeTimeoutMs: 50 } })
    const socket = await rawClient(server.port)
    server.pusher.close()
    socket.resume()
    const startedAt = performance.now()
    await once(socket, "end")
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})

describe("bugs of our own", () => {
  it("[PSH-9] cost one frame or one call, are logged, and nobody is disconnected", async () => {
    const logged: string[] = []
    const ignore = () => undefined
    const log = { info: ignore, warn: ignore, error: (_fields: object, message: string) => logged.push(message) }
    const brokenClock = () => {
      throw new Error("the clock fell off the wall")
    }
    const server = await start({ now: brokenClock, log })
    const client = await server.connect()
    await client.subscribe("private-a")
    const answers = await client.ask({ event: "client-wave", channel: "private-a", data: {} })
    expect(answers).toMatchObject([{ event: "pusher:error", data: { code: null } }])
    expect(await server.call("GET", "/channels")).toEqual({ status: 500, body: { error: "Internal error", code: 500 } })
    expect(logged).toHaveLength(2)
    expect(server.pusher.stats().connections).toBe(1)
  })
})

describe("clients that go", () => {
  it("[PSH-37] are gone with their close frame, though they keep the line open", async () => {
    const server = await start()
    const ann = await server.connect()
    await ann.joinPresence("presence-a", { user_id: "ann" })
    const socket = await rawClient(server.port)
    socket.write(clientFrame(1, Buffer.from('{"event":"pusher:subscribe","data":{"channel":"party"}}')))
    await vi.waitFor(() => expect(server.pusher.stats().channels).toBe(2))
    socket.write(clientFrame(8, Buffer.from([0x03, 0xe8])))
    await vi.waitFor(() => expect(server.pusher.stats()).toMatchObject({ connections: 1, channels: 1 }))
    expect(socket.closed).toBe(false)
    expect(socket.writableEnded).toBe(false)
  })

  it("[PSH-37] are gone when the line is cut", async () => {
    const server = await start()
    const [ann, bo] = [await server.connect(), await server.connect()]
    await ann.joinPresence("presence-a", { user_id: "ann" })
    await bo.joinPresence("presence-a", { user_id: "bo" })
    bo.terminate()
    expect(await ann.next("pusher_internal:member_removed")).toMatchObject({ channel: "presence-a" })
    expect(server.pusher.stats().connections).toBe(1)
  })

  it("[PSH-37] do not come back through frames that were under way", async () => {
    const server = await start()
    const client = await server.connect()
    await client.signIn({ id: "ann" })
    const closing = server.api.terminateUserConnections("ann")
    while (client.socket.readyState === client.socket.OPEN) {
      client.say({ event: "pusher:subscribe", data: { channel: `c${Math.floor(performance.now() * 1000)}` } })
      await setImmediate()
    }
    await closing
    await client.closed
    expect(server.pusher.stats()).toMatchObject({ connections: 0, channels: 0, users: 0 })
  })
})

describe("silence", () => {
  const quick = { activityTimeoutSeconds: 0.06, pongTimeoutMs: 150 }

  it("[PSH-36] is broken by a ping, and a client that answers stays", async () => {
    const server = await start(quick)
    const client = await server.connect()
    await once(client.socket, "ping")
    await once(client.socket, "ping")
    await once(client.socket, "ping")
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    expect(server.pusher.stats()).toMatchObject({ connections: 1, silentConnectionsClosed: 0 })
  })

  it("[PSH-36] of those who have gone is not watched any more", async () => {
    const server = await start(quick)
    const [gone, stays] = [await server.connect(), await server.connect()]
    gone.socket.close()
    await gone.closed
    for (let heartbeat = 1; heartbeat <= 5; heartbeat += 1) await once(stays.socket, "ping")
    expect(server.pusher.stats()).toMatchObject({ connections: 1, silentConnectionsClosed: 0 })
  })

  it("[PSH-36] costs the connection with 4201 when nobody answers the ping", async () => {
    const server = await start({ ...quick, limits: { closeTimeoutMs: 50 } })
    const ann = await server.connect()
    const mute = await rawClient(server.port)
    const bytes: Buffer[] = []
    mute.on("data", (chunk: Buffer) => bytes.push(chunk))
    await once(mute, "end")
    expect(Buffer.concat(bytes).includes(Buffer.from([4201 >> 8, 4201 & 0xff]))).toBe(true)
    expect(server.pusher.stats()).toMatchObject({ connections: 1, silentConnectionsClosed: 1 })
    expect(await ann.drain()).toEqual([])
  })

  it("[PSH-36] does not begin while the client speaks", async () => {
    const server = await start({ activityTimeoutSeconds: 0.2, pongTimeoutMs: 150 })
    const client = await server.connect()
    let pings = 0
    client.socket.on("ping", () => (pings += 1))
    const until = performance.now() + 260
    while (performance.now() < until) await client.drain()
    expect(pings).toBe(0)
  })

  it("[PSH-2] is announced to clients in the greeting", async () => {
    const server = await start({ activityTimeoutSeconds: 33 })
    const greeting = await server.open().next("pusher:connection_established")
    expect(JSON.parse(String(greeting.data))).toMatchObject({ activity_timeout: 33 })
  })
})

describe("stopping", () => {
  it.each([
    [undefined, 4100],
    [1001, 1001],
  ])("[PSH-57] close(%s) sends everybody away with %i and lets nobody in", async (code, expected) => {
    const server = await start()
    const clients = [await server.connect(), await server.connect()]
    await clients[0]?.subscribe("party")
    server.pusher.close(code)
    for (const client of clients) expect(await client.closed).toMatchObject({ code: expected })
    expect(server.pusher.stats()).toMatchObject({ connections: 0, channels: 0 })
    expect(await server.open().closed).toMatchObject({ code: 1006 })
    expect((await server.call("POST", "/events", { body: { name: "lap", channel: "party", data: "" } })).status).toBe(200)
  })

  it("[PSH-56] never compresses, even when a client offers it", async () => {
    const server = await start()
    const client = await server.connect()
    expect(client.socket.extensions).toBe("")
  })

  it("refuses to be made without credentials", async () => {
    await expect(startTestServer({ secret: "" })).rejects.toThrow("a secret")
    await expect(startTestServer({ activityTimeoutSeconds: 0 })).rejects.toThrow("activity timeout")
  })
})
