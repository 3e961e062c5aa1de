import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "@playwright/test"
import { seededRandom } from "@/kernel/random"
import { playTogether, type BotWishes } from "../../../scripts/bot/be-guest"
import { startApp, type App } from "./app"

test.setTimeout(180_000)

let app: App
test.beforeAll(async () => {
  test.setTimeout(300_000)
  app = await startApp()
})
test.afterAll(() => app.stop())

const wishes = (more: Pick<BotWishes, "name" | "hasSocket" | "patience">): BotWishes => ({ url: app.baseUrl, pin: String(app.partyPin), thinkMs: 0, ...more })
const three = { bots: 3, players: 3, aiPlayers: 0, code: null }

const surroundings = { fetch, pause: (ms: number) => pause(ms), random: seededRandom(3) }

test("[QF-S3] three bots play a whole session over HTTP, told by the WebSocket alone when to go on", async () => {
  // Nobody who hears nothing would be through in time.
  const patience = { connectedMs: 170_000, cutMs: 170_000 }
  const { results, heard } = await playTogether(wishes({ name: "Listener", hasSocket: true, patience }), three, surroundings)
  expect(results?.rankings.map((player) => player.votes_submitted)).toEqual([3, 3, 3])
  expect(results?.rankings.map(({ username }) => username).sort()).toEqual(["Listener 1", "Listener 2", "Listener 3"])
  expect(heard).toBeGreaterThan(20)
})

test("[QF-S12] without a WebSocket bots and AI players play it as well, asking again and again", async () => {
  const patience = { connectedMs: 200, cutMs: 200 }
  const table = { bots: 2, players: 4, aiPlayers: 2, code: null }
  const { results, heard } = await playTogether(wishes({ name: "Asker", hasSocket: false, patience }), table, surroundings)
  expect(results?.rankings.map(({ is_ai }) => is_ai).sort()).toEqual([false, false, true, true])
  expect(results?.phrasesets_summary.every(({ vote_count }) => vote_count > 0)).toBe(true)
  expect(heard).toBe(0)
})

test("[QF-S3] the WebSocket is cut in the middle and stays away: the bots go on by asking", async () => {
  const line = await lineTo(app.port)
  try {
    const patience = { connectedMs: 170_000, cutMs: 200 }
    let thoughts = 0
    const cutAtTheSecondPrompt = async (ms: number) => {
      if (++thoughts === 2) line.cutSockets()
      await pause(ms)
    }
    const cut = { ...wishes({ name: "Survivor", hasSocket: true, patience }), url: line.url, thinkMs: 1 }
    const { results, heard } = await playTogether(cut, three, { ...surroundings, pause: cutAtTheSecondPrompt })
    expect(results?.rankings.map((player) => player.votes_submitted)).toEqual([3, 3, 3])
    expect(line.socketsCut()).toBeGreaterThanOrEqual(3)
    // The subscriptions and the lobby; a whole session tells three bots more than twice as much.
    expect(heard).toBeLessThan(50)
  } finally {
    await line.close()
  }
})

/** A line to the app that lets HTTP through always, and WebSockets until they are cut. */
async function lineTo(port: number) {
  const connections = new Set<Socket>()
  const sockets = new Set<Socket>()
  let isCut = false
  let cutCount = 0
  const cut = (socket: Socket) => {
    cutCount += 1
    socket.destroy()
  }
  const server = createServer((client) => {
    connections.add(client)
    const upstream = connect(port, "127.0.0.1")
    client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy())
    upstream.on("error", () => client.destroy()).on("close", () => client.destroy())
    client.once("data", (head: Buffer) => {
      if (/^upgrade: websocket/im.test(head.toString("latin1"))) {
        if (isCut) return cut(client)
        sockets.add(client)
      }
      upstream.write(head)
      client.pipe(upstream).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    socketsCut: () => cutCount,
    cutSockets() {
      isCut = true
      sockets.forEach(cut)
      sockets.clear()
    },
    async close() {
      for (const connection of connections) connection.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
