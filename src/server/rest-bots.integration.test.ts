import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { rateLimits } from "@/db/schema/party"
import { skipPhase } from "@/games/quipflip/session-commands"
import { sessionList } from "@/games/quipflip/session-queries"
import { seededRandom } from "@/kernel/random"
import { restFetch } from "@/testing/rest-fetch"
import { accepted, expectConserved, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { playTogether, type Surroundings } from "../../scripts/bot/be-guest"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }

let house: House
let night: Night

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
  night = await startParty({ house })
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

// Nobody else is there to be spared, but who asks without a pause takes the time the others think in.
const often = { connectedMs: 20, cutMs: 20 }

async function bots(count: number, { thinkMs = 0, ...surroundings }: Partial<Surroundings> & { thinkMs?: number } = {}) {
  const wishes = { url: "http://party", pin: String(night.party.joinPin), name: "Bot", thinkMs, patience: often, hasSocket: false }
  const table = { bots: count, players: count, aiPlayers: 0, code: null }
  return playTogether(wishes, table, { fetch: await restFetch(), pause: async () => undefined, random: seededRandom(count), ...surroundings })
}

// The first copy reads all of WordNet.
describe("bots without a WebSocket", { timeout: 120_000 }, () => {
  it("[QF-S3] four of them play a whole session over REST alone", async () => {
    const { results } = await bots(4)
    expect(results?.rankings.map(({ username }) => username).sort()).toEqual(["Bot 1", "Bot 2", "Bot 3", "Bot 4"])
    for (const player of results?.rankings ?? []) expect(player).toMatchObject({ prompts_submitted: 1, copies_submitted: 2, votes_submitted: 3 })
    expect(results?.phrasesets_summary.flatMap(({ phrases }) => phrases.filter(({ is_by_house }) => is_by_house))).toEqual([])
    await expectConserved(night)
  })

  it("[QF-S3] [QF-S6] one that thinks while the phase goes on reads the status and plays the next phase", async () => {
    let skips = 0
    const skipOnce = async () => {
      if (skips++ > 0) return
      const [session] = accepted(await night.ask(night.hostClaims, sessionList, { status: "IN_PROGRESS" })).sessions
      accepted(await night.host(skipPhase, { sessionId: session?.sessionId }))
    }
    const { results } = await bots(3, { thinkMs: 1, pause: skipOnce })
    expect(skips).toBeGreaterThan(1)
    expect(results?.rankings.map((player) => player.prompts_submitted)).toEqual([0, 0, 0])
    expect(results?.rankings.map((player) => player.votes_submitted)).toEqual([3, 3, 3])
    await expectConserved(night)
  })

  it("[PTY-14] one whose answers get lost asks again, and nothing is played or paid twice", async () => {
    const fetch = await restFetch()
    const lost = new Set<string>()
    const losing: Surroundings["fetch"] = async (url, init) => {
      const response = await fetch(url, init)
      const key = new Headers(init?.headers).get("idempotency-key")
      if (key === null || lost.has(key)) return response
      lost.add(key)
      throw new TypeError("fetch failed")
    }
    const { results } = await bots(3, { fetch: losing })
    for (const player of results?.rankings ?? []) expect(player).toMatchObject({ coins_spent: 230, prompts_submitted: 1, copies_submitted: 2, votes_submitted: 3 })
    expect(results?.rankings).toHaveLength(3)
    await expectConserved(night)
  })
})
