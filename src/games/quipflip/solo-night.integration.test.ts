import { sql } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import type { Refusal, Result } from "@/kernel/result"
import { endParty } from "@/party/commands"
import { soloPhrases, soloTable } from "@/testing/solo-table"
import { accepted, expectConserved, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { flaggedPhrases } from "./solo-queries"

const names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"]
const steps = 220
/** From a blink to longer than any round and any set. ms. */
const waits = [1, 20_000, 66_000, 186_000, 5 * 60_000, 61 * 60_000]
/** What people may be told who try anything. Everything else is a bug of ours. */
const allowed = new Set([
  "own_round_running",
  "no_prompts_available",
  "no_phrasesets_available",
  "insufficient_balance",
  "round_over",
  "already_submitted",
  "phraseset_final",
  "not_flagged",
  "round_not_found",
])

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

it("[QF-E7] [WAL-1] whatever people do alone all night, nothing is made or lost, no pot is overdrawn, and at the end every pot is empty", async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const night = await startParty({ house, names })
      await playAnyNight(night, seed)
      for (const what of await happened(night)) seen.add(what)
      accepted(await night.host(endParty, {}))
      await soloTable(night).tick()
      await expectConserved(night)
      expect(await potsOf(night)).toEqual([])
      expect(await leftOpen(night)).toBe(0)
    }),
    // A smaller seed is no simpler night.
    { numRuns: 6, endOnFailure: true },
  )
  // Nights in which nothing happened prove nothing.
  expect([...seen].sort()).toEqual(expect.arrayContaining(["COPY SUBMITTED", "VOTE SUBMITTED", "set final"]))
}, 120_000)

async function playAnyNight(night: Night, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const solo = soloTable(night)
  const pick = <T>(list: readonly T[]): T | undefined => list[random.int(0, list.length - 1)]
  const expectAllowed = (result: Result<unknown, Refusal>) => {
    if (!result.ok && !result.refusal.code.startsWith("phrase_")) expect([result.refusal.code, allowed.has(result.refusal.code)]).toEqual([result.refusal.code, true])
  }

  const deeds: Record<string, (name: string) => Promise<Result<unknown, Refusal> | undefined>> = {
    async playOn(name) {
      const { round } = await solo.desk(name)
      if (!round) return solo.begin(name, pick(["PROMPT", "COPY", "COPY", "VOTE", "VOTE", "VOTE", "VOTE"] as const) ?? "VOTE")
      let answer: Result<unknown, Refusal> | undefined
      for (let time = 0; time < 6 && !answer?.ok; time++) answer = await solo.submit(name, round.roundId, pick(round.phrases ?? soloPhrases))
      return answer
    },
    async beginBesides(name) {
      return solo.begin(name, pick(["PROMPT", "COPY", "VOTE"] as const) ?? "VOTE")
    },
    async buySecond(name) {
      const offer = pick((await solo.desk(name)).secondCopies)
      return offer && solo.buySecond(name, offer.promptRoundId)
    },
    async giveBack(name) {
      const { round } = await solo.desk(name)
      return round ? solo.abandon(name, round.roundId) : undefined
    },
    async flag(name) {
      const { round } = await solo.desk(name)
      return round?.type === "COPY" ? solo.flag(name, round.roundId) : undefined
    },
    async decide() {
      const phrase = pick(accepted(await night.ask(night.hostClaims, flaggedPhrases)).phrases)
      return phrase && solo.decide(phrase.promptRoundId, random.int(0, 1) === 0)
    },
    async wait() {
      night.clock.advance(pick(waits) ?? 1)
      if (random.int(0, 1) === 0) await solo.tick()
      return undefined
    },
  }
  // People mostly play on; the rest happens.
  const likely = [...Array.from({ length: 14 }, () => "playOn"), "beginBesides", "buySecond", "buySecond", "giveBack", "flag", "decide", "wait"]
  for (let step = 0; step < steps; step++) {
    const deed = deeds[pick(likely) ?? "wait"]
    const result = await deed?.(pick(names) ?? "Ann")
    if (result) expectAllowed(result)
    night.clock.advance(random.int(0, 4_000))
    if (step % 20 === 0) {
      expect((await potsOf(night)).filter(({ coins }) => coins < 0)).toEqual([])
      await expectConserved(night)
    }
  }
}

async function happened({ runtime, party }: Night): Promise<string[]> {
  const result = await runtime.db.execute<{ what: string }>(sql`
    select distinct round_type || ' ' || status as what from quipflip_rounds where party_id = ${party.id}
    union select 'second copy' from quipflip_rounds where party_id = ${party.id} and is_second_copy and status = 'SUBMITTED'
    union select 'set final' from quipflip_phrasesets where party_id = ${party.id} and status = 'FINALIZED'`)
  return result.rows.map(({ what }) => what)
}

/** Pots that hold anything. Coins. */
async function potsOf({ runtime, party }: Night): Promise<{ pot: string; coins: number }[]> {
  const result = await runtime.db.execute<{ pot: string; coins: number }>(sql`
    select account as pot, sum(amount)::integer as coins from (
      select from_account as account, -amount as amount from ledger_transfers where party_id = ${party.id}
      union all select to_account, amount from ledger_transfers where party_id = ${party.id}) entries
    where account like 'pot:%' group by account having sum(amount) <> 0`)
  return result.rows
}

async function leftOpen({ runtime, party }: Night): Promise<number> {
  const result = await runtime.db.execute<{ count: number }>(sql`
    select ((select count(*) from quipflip_rounds where party_id = ${party.id} and status = 'ACTIVE')
      + (select count(*) from quipflip_phrasesets where party_id = ${party.id} and status = 'VOTING'))::integer as count`)
  return result.rows[0]?.count ?? -1
}
