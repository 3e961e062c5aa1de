import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { afterEach, describe, expect, it, vi } from "vitest"
import { WebSocket } from "ws"
import { channelText, sign } from "./signature"
import { app } from "./test-app"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer | undefined
let crowd: ChildProcess | undefined

afterEach(async () => {
  crowd?.kill("SIGKILL")
  if (crowd && crowd.exitCode === null && crowd.signalCode === null) await once(crowd, "exit")
  crowd = undefined
  await server?.stop()
  server = undefined
})

// A process of its own, so that its sockets' memory is not taken for ours. Says how many were let in and how many turned away.
const crowdProgram = `
const { connect } = require("node:net")
const [port, key, count] = process.argv.slice(1)
let asked = 0, settled = 0, open = 0, refused = 0
function next() {
  if (asked++ >= Number(count)) return
  const socket = connect(Number(port), "127.0.0.1")
  let heard = "", isSettled = false
  const settle = () => {
    if (isSettled) return
    isSettled = true
    if (heard.includes("connection_established")) open++
    else refused++
    if (++settled === Number(count)) process.stdout.write(JSON.stringify({ open, refused }) + "\\n")
    next()
  }
  socket.on("connect", () => socket.write("GET /app/" + key + "?protocol=7 HTTP/1.1\\r\\nHost: x\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\nSec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n"))
  socket.on("data", (bytes) => { heard += bytes.toString("latin1"); if (/connection_established|pusher:error| 503 /.test(heard)) settle() })
  socket.on("error", settle)
  socket.on("close", settle)
}
for (let lane = 0; lane < 50; lane++) next()
process.stdin.resume()
process.stdin.on("end", () => process.exit())
`

async function crowdOf(port: number, count: number): Promise<{ open: number; refused: number }> {
  crowd = spawn(process.execPath, ["-e", crowdProgram, String(port), app.key, String(count)], { stdio: ["pipe", "pipe", "inherit"] })
  const [line] = (await once(crowd.stdout as NodeJS.ReadableStream, "data")) as [Buffer]
  return JSON.parse(line.toString()) as { open: number; refused: number }
}

describe("one process that opens thousands of sockets", () => {
  it("[PSH-58] gets half of the places; a guest who was there hears on, and another address comes in and hears too", { timeout: 60_000 }, async () => {
    server = await startTestServer()
    const guest = await server.connect()
    await guest.subscribe("private-party")
    const before = process.memoryUsage().rss
    expect(await crowdOf(server.port, 2_700)).toEqual({ open: 2_499, refused: 201 })
    const perSocket = (process.memoryUsage().rss - before) / 2_499
    expect(server.pusher.stats().connections).toBe(2_500)
    expect(perSocket).toBeLessThan(64 * 1024)

    const late = new WebSocket(`ws://127.0.0.1:${server.port}/app/${app.key}?protocol=7`, { localAddress: "127.0.0.2" })
    const [hello] = (await once(late, "message")) as [Buffer]
    const { socket_id } = JSON.parse((JSON.parse(hello.toString()) as { data: string }).data) as { socket_id: string }
    late.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "private-party", auth: `${app.key}:${sign(app.secret, channelText(socket_id, "private-party", null))}` } }))
    expect(String((await once(late, "message"))[0])).toContain("subscription_succeeded")
    const heardLate = once(late, "message")
    const began = performance.now()
    await server.api.trigger("private-party", "bet-placed", { amount: 5 })
    expect(await guest.next("bet-placed")).toMatchObject({ channel: "private-party" })
    expect(String((await heardLate)[0])).toContain("bet-placed")
    expect(performance.now() - began).toBeLessThan(2_000)
    late.terminate()

    // Its places are free again as soon as it is gone.
    crowd?.kill("SIGKILL")
    await vi.waitFor(() => expect(server?.pusher.stats().connections).toBe(1), 10_000)
    await server.connect()
  })

  it("[PSH-58] turned away at its own limit it is served again when one of its sockets goes", async () => {
    server = await startTestServer({ limits: { maxConnectionsPerAddress: 2 } })
    const [first] = [await server.connect(), await server.connect()]
    const third = server.open()
    expect(await third.closed).toMatchObject({ code: 4100 })
    first.socket.close()
    await first.closed
    await server.connect()
  })
})

describe("forged signatures", () => {
  const forgeries = (socketId: string, channel: string, otherId: string, data: string | null) => ({
    "no signature": undefined,
    "the key alone": app.key,
    "an empty signature": `${app.key}:`,
    "zeros of the right length": `${app.key}:${"0".repeat(64)}`,
    "another secret": `${app.key}:${sign("another secret", channelText(socketId, channel, data))}`,
    "another key": `another:${sign(app.secret, channelText(socketId, channel, data))}`,
    "another socket's": `${app.key}:${sign(app.secret, channelText(otherId, channel, data))}`,
    "another channel's": `${app.key}:${sign(app.secret, channelText(socketId, `${channel}2`, data))}`,
    "a part of the right one": `${app.key}:${sign(app.secret, channelText(socketId, channel, data)).slice(0, 32)}`,
    "the right one and more": `${app.key}:${sign(app.secret, channelText(socketId, channel, data))}00`,
    "the right one in capitals": `${app.key}:${sign(app.secret, channelText(socketId, channel, data)).toUpperCase()}`,
    "a number": 7,
    "an object": { toString: "x" },
    "a list": [`${app.key}:${sign(app.secret, channelText(socketId, channel, data))}`],
  })

  it.each(["private-guest-1", "presence-party-1", "private-cache-x"])("[PSH-16] none opens %s, and nothing said there is heard", async (channel) => {
    server = await startTestServer()
    const [stranger, other] = [await server.connect(), await server.connect()]
    const data = channel.startsWith("presence-") ? JSON.stringify({ user_id: "mallory" }) : null
    const shown = { channel, ...(data ? { channel_data: data } : {}) }
    for (const [what, auth] of Object.entries(forgeries(stranger.socketId, channel, other.socketId, data))) {
      const answers = await stranger.ask({ event: "pusher:subscribe", data: { ...shown, ...(auth === undefined ? {} : { auth }) } })
      expect([what, answers.map(({ event }) => event).filter((event) => event === "pusher_internal:subscription_succeeded")]).toEqual([what, []])
    }
    await server.api.trigger(channel, "secret-word", { word: "melon" })
    expect(JSON.stringify(await stranger.drain())).not.toContain("melon")
    // The right one does open it: what was refused above was refused for its signature.
    const right = `${app.key}:${sign(app.secret, channelText(stranger.socketId, channel, data))}`
    const answers = await stranger.ask({ event: "pusher:subscribe", data: { ...shown, auth: right } })
    expect(answers.map(({ event }) => event)).toContain("pusher_internal:subscription_succeeded")
  })

  it("[PSH-16] a presence signature for one name does not do for another", async () => {
    server = await startTestServer()
    const stranger = await server.connect()
    const signed = JSON.stringify({ user_id: "ann" })
    const auth = `${app.key}:${sign(app.secret, channelText(stranger.socketId, "presence-party", signed))}`
    const answers = await stranger.ask({ event: "pusher:subscribe", data: { channel: "presence-party", auth, channel_data: JSON.stringify({ user_id: "bo" }) } })
    expect(answers).not.toContainEqual(expect.objectContaining({ event: "pusher_internal:subscription_succeeded" }))
  })
})
