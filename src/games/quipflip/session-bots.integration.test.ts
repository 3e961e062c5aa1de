import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { quotaRange } from "@/games/quipflip/phases"
import { playWildly, type Plan } from "@/testing/quipflip-bots"
import { leaveWith } from "@/testing/quipflip-purse"
import { openQuipflip } from "@/testing/quipflip-table"
import { expectFairSession, expectNothingOpen } from "@/testing/quipflip-proofs"
import { queueUp } from "@/testing/quipflip-queue"
import { startHouse, startParty, type House } from "@/testing/start-party"

const names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"]
const outsiders = ["Wim", "Xan", "Yma", "Zoe"] as const
const runs = Number(process.env["QUIPFLIP_BOT_RUNS"] ?? 3)
const seed = Number(process.env["QUIPFLIP_BOT_SEED"] ?? 20261121)

let house: House
beforeAll(async () => void (house = await startHouse()))
afterAll(() => house.stop())

/** A match of this many players, of whom some are AI, with any quotas and as much mischief as there may be. */
const planFor = (players: number): fc.Arbitrary<Plan> =>
  fc.record({
    players: fc.constant(players),
    ai: fc.integer({ min: 0, max: players - 1 }),
    promptsPerPlayer: fc.integer(quotaRange.PROMPT),
    copiesPerPlayer: fc.integer(quotaRange.COPY),
    votesPerPlayer: fc.integer(quotaRange.VOTE),
    pace: fc.constantFrom("X1", "X1_5", "X2", "OFF"),
    mischief: fc.constantFrom(0, 1, 2),
    hasQueue: fc.boolean(),
    isPoor: fc.boolean(),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })

async function play({ players, ai, mischief, hasQueue, isPoor, seed, ...quotas }: Plan): Promise<void> {
  const guests = names.slice(0, players - ai)
  const night = await startParty({ house, names: [...guests, ...(hasQueue ? outsiders : [])] })
  if (hasQueue) await queueUp(night, outsiders)
  if (isPoor) for (const name of guests) await leaveWith(night, name, 30)
  const table = await openQuipflip(night, { players: guests, ai, quotas })
  await table.start()
  const { steps } = await playWildly(night, table, guests, { seed, mischief })
  // Every round played, every second waited for and every trick, with room to spare.
  expect(steps).toBeLessThan(1_500)
  await expectNothingOpen(night, table.sessionId)
  await expectFairSession(night, table)
}

describe("a session of bots that play, dawdle, leave, come back and cheat", () => {
  it.each([3, 4, 5, 6, 7, 8])("[QF-S3] [QF-S6] [QF-S7] [QF-S9] [QF-S13] [QF-S14] [QF-S15] [WAL-1] %d players: it ends, complete, fair and paid to the coin", async (players) => {
    await fc.assert(fc.asyncProperty(planFor(players), play), { numRuns: runs, seed: seed + players, endOnFailure: true })
  }, 60_000 * Math.max(1, runs / 2))
})
