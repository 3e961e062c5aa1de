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

const surroundings = { fetch, pause: (ms: number) => pause(ms), random: seededRandom(3) }

test("[QF-S3] three bots play a whole session over HTTP, told by the WebSocket alone when to go on", async () => {
  // Nobody who hears nothing would be through in time.
  const patience = { connectedMs: 170_000, cutMs: 170_000 }
  const table = { bots: 3, players: 3, aiPlayers: 0, code: null }
  const { results, heard } = await playTogether(wishes({ name: "Listener", hasSocket: true, patience }), table, surroundings)
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
