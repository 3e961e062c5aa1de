import { count, eq, sum } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { bets } from "@/db/schema/betting"
import { runCommand } from "@/server/run-command"
import { expectConserved, startHouse, startParty, type Night, type Runtime } from "@/testing/start-party"
import { placeBet } from "./commands"

const crowd = 200

let night: Night
let processes: Runtime[]

beforeAll(async () => {
  const house = await startHouse()
  processes = [house.runtime, house.anotherProcess()]
  night = await startParty({ house, guests: crowd })
})
afterAll(() => night.stop())

describe("200 guests bet at the same moment, twice each", () => {
  // 1000 coins each: a race for 450 twice leaves everybody 100, after which nobody can pay 450 twice.
  it("[BET-2] [BET-3] [WAL-1] no bet is lost, none is double, every purse and the pot are right", async () => {
    const gameId = await night.openRace(["Ann", "Bo"])
    const answers = await everybodyTwice(450, [processes[0]])
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(2 * crowd)
    expect(await staked(gameId)).toEqual({ bets: 2 * crowd, coins: 2 * crowd * 450 })
    expect(new Set(await purses())).toEqual(new Set([100]))
    expect(await night.transfers("stake")).toHaveLength(2 * crowd)
    await expectConserved(night)
  })

  it("[BET-3] [WAL-3] from two processes, with coins for one of the two bets: exactly one each is taken", async () => {
    await night.callOff((await onlyOpenRace()).gameId)
    const gameId = await night.openRace(["Ann", "Bo"])
    for (const name of night.guests.keys()) await night.bet(name, "Bo", 100)
    // 900 left: 500 fits once.
    const answers = await everybodyTwice(500, processes)
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(crowd)
    expect(answers.filter((answer) => answer === "insufficient_funds")).toHaveLength(crowd)
    expect(await staked(gameId)).toEqual({ bets: 2 * crowd, coins: crowd * 600 })
    expect(new Set(await purses())).toEqual(new Set([400]))
    await expectConserved(night)
  })

  it("[BET-11] settling pays every one of them in one transaction", async () => {
    const { gameId } = await onlyOpenRace()
    await night.lap("Bo", "90")
    const before = await night.version()
    expect((await night.settle(gameId)).ok).toBe(true)
    expect(await night.version()).toBe(before + 1)
    const held = await night.runtime.db.select().from(bets).where(eq(bets.gameId, gameId))
    expect(held.map((bet) => bet.status).filter((status) => status === "PENDING")).toEqual([])
    for (const bet of held) expect(bet.payout).toBe(bet.targetUserId === night.idOf("Bo") ? 2 * bet.amount : 0)
    await expectConserved(night)
  })

  it("[BET-2] every event carries the version of the one before it, whichever process made it", async () => {
    const last = new Map<string, number>()
    for (const event of await night.events()) {
      expect(event.previous).toBe(last.get(event.channel) ?? 0)
      last.set(event.channel, event.version)
    }
  })
})

async function everybodyTwice(amount: number, runtimes: readonly (Runtime | undefined)[]): Promise<string[]> {
  const names = [...night.guests.keys()]
  return Promise.all(
    [...names, ...names].map(async (name, index) => {
      const runtime = runtimes[index % runtimes.length] ?? night.runtime
      const target = index % 3 === 0 ? "Ann" : "Bo"
      const caller = { claims: night.claimsOf(name) }
      const answer = await runCommand(runtime, placeBet, caller, { targetUserId: night.idOf(target), amount })
      return answer.ok ? "taken" : answer.refusal.code
    }),
  )
}

async function onlyOpenRace(): Promise<{ gameId: string }> {
  const { unfinishedRaces } = await import("@/games/racing/queries")
  const races = await unfinishedRaces(night.runtime.db, night.party.id)
  expect(races).toHaveLength(1)
  return { gameId: races[0]?.id ?? "" }
}

async function staked(gameId: string) {
  const rows = await night.runtime.db
    .select({ bets: count(), coins: sum(bets.amount).mapWith(Number) })
    .from(bets)
    .where(eq(bets.gameId, gameId))
  return rows[0]
}

async function purses(): Promise<number[]> {
  return Promise.all([...night.guests.keys()].map((name) => night.purse(name)))
}
