import { eq, sql } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { partyUsers } from "@/db/schema/party"
import { createRace, openBetting, registerDriver, removeDriver, restoreLap, setDnf, startRace, submitLapTime, voidLap } from "@/games/racing/commands"
import type { Result } from "@/kernel/result"
import { endParty, grantCoins, kickGuest, readmitGuest } from "@/party/commands"
import { expectConserved, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { runCommand } from "./run-command"

/** Something somebody tries; the numbers pick a person, a race, a lap or an amount from what there is. */
type Try = { what: (typeof verbs)[number]; who: number; whom: number; race: number; amount: number }

const verbs = [
  "join", "race", "enter", "leave", "open", "bet", "bet", "bet", "bet", "start", "lap", "lap", "lap", "voidLap", "restoreLap",
  "dnf", "settle", "settle", "resettle", "resettle", "callOff", "grant", "kick", "readmit",
] as const

const anyTry: fc.Arbitrary<Try> = fc.record({
  what: fc.constantFrom(...verbs),
  who: fc.nat(20),
  whom: fc.nat(20),
  race: fc.nat(3),
  amount: fc.oneof(fc.integer({ min: -5, max: 1200 }), fc.constantFrom(1, 100, 333, 500)),
})
// Starts with people and a race that takes bets, so that short evenings are about money too.
const anyEvening = fc.record({
  oddsMode: fc.constantFrom("FIXED" as const, "PARIMUTUEL" as const),
  tries: fc.array(anyTry, { minLength: 10, maxLength: 45 }),
  isTogether: fc.boolean(),
})

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

it("[WAL-1] [WAL-2] [WAL-3] [BET-16] whatever people try, coins are kept, no purse is below zero and every event follows the one before it", async () => {
  await fc.assert(
    fc.asyncProperty(anyEvening, async ({ oddsMode, tries, isTogether }) => {
      const night = await startParty({ house, guests: 4 })
      await night.openRace(["Ann", "Bo"], oddsMode)
      // All at once, or one after another: the party's queue makes it the same kind of evening.
      if (isTogether) await Promise.all(tries.map((attempt) => attemptOne(night, attempt, oddsMode)))
      else for (const attempt of tries) await oneByOne(night, attempt, oddsMode)
      await expectLaws(night)
      await night.host(endParty, {})
    }),
    { numRuns: 12 },
  )
}, 120_000)

/** A refusal leaves the version where it was; an acceptance moves it by one. Money holds after every step. */
async function oneByOne(night: Night, attempt: Try, oddsMode: "FIXED" | "PARIMUTUEL"): Promise<void> {
  const before = await night.version()
  const answer = await attemptOne(night, attempt, oddsMode)
  expect(await night.version()).toBe(answer.ok ? before + 1 : before)
  await expectConserved(night)
}

async function attemptOne(night: Night, { what, who, whom, race, amount }: Try, oddsMode: "FIXED" | "PARIMUTUEL"): Promise<Result<unknown>> {
  const seat = await seatAt(night, who)
  const target = await seatAt(night, whom)
  const gameId = await idAt(night, sql`select id from party_games where party_id = ${night.party.id} order by created_at, id`, race)
  const lapId = await idAt(
    night,
    sql`select l.id from sim_race_laps l join party_games g on g.id = l.game_id where g.party_id = ${night.party.id} order by l.sequence`,
    whom,
  )
  switch (what) {
    case "join":
      return night.knock(`Guest ${who}`)
    case "race":
      return night.host(createRace, {})
    case "enter":
      return night.host(registerDriver, { gameId, driverId: target })
    case "leave":
      return night.host(removeDriver, { gameId, driverId: target })
    case "open":
      return night.host(openBetting, { gameId, oddsMode })
    case "bet": {
      const claims = { guest: { partyId: night.party.id, guestId: seat } }
      return runCommand(night.runtime, placeBet, { claims }, { targetUserId: target, amount, gameId })
    }
    case "start":
      return night.host(startRace, { gameId })
    case "lap":
      return night.host(submitLapTime, { driverId: target, gameId, timeText: `${60 + (Math.abs(amount) % 40)}.${100 + who}` })
    case "voidLap":
      return night.host(voidLap, { lapId, reason: "cut" })
    case "restoreLap":
      return night.host(restoreLap, { lapId })
    case "dnf":
      return night.host(setDnf, { gameId, driverId: target, isDnf: amount % 2 === 0 })
    case "settle":
      return night.settle(gameId)
    case "resettle":
      return night.resettle(gameId)
    case "callOff":
      return night.callOff(gameId)
    case "grant":
      return night.host(grantCoins, { guestId: target, amount })
    case "kick":
      return night.host(kickGuest, { guestId: target })
    case "readmit":
      return night.host(readmitGuest, { guestId: target })
  }
}

const seatAt = (night: Night, place: number) =>
  idAt(night, sql`select id from party_users where party_id = ${night.party.id} order by created_at, id`, place)

async function idAt(night: Night, query: ReturnType<typeof sql>, place: number): Promise<string> {
  const { rows } = await night.runtime.db.execute<{ id: string }>(query)
  return rows[place % Math.max(1, rows.length)]?.id ?? "00000000-0000-4000-8000-000000000000"
}

async function expectLaws(night: Night): Promise<void> {
  await expectConserved(night)
  const { db } = night.runtime
  const partyId = night.party.id

  const seats = await db.select().from(partyUsers).where(eq(partyUsers.partyId, partyId))
  for (const seat of seats) expect(seat.walletBalance).toBeGreaterThanOrEqual(0)

  // A pot holds the stakes that wait, and nothing once they are paid or given back.
  const pots = await db.execute<{ status: string; pot: number; waiting: number }>(sql`
    select m.status,
      (select coalesce(sum(case when t.to_account = 'pot:' || m.id then t.amount else -t.amount end), 0)::integer
        from ledger_transfers t where t.party_id = ${partyId} and 'pot:' || m.id in (t.from_account, t.to_account)) as pot,
      (select coalesce(sum(b.amount), 0)::integer from bets b where b.market_id = m.id and b.status = 'PENDING') as waiting
    from betting_markets m where m.party_id = ${partyId}`)
  for (const { status, pot, waiting } of pots.rows) {
    expect(pot).toBe(waiting)
    if (status === "SETTLED" || status === "VOID") expect(waiting).toBe(0)
  }

  // What a bet says it paid is what the ledger paid for it, corrections included: the difference is owed, never lost.
  const books = await db.execute<{ name: string; ledger: number; bets: number }>(sql`
    select u.name,
      u.wallet_balance + coalesce((select sum(case when t.to_account = 'debt:' || u.id then t.amount else -t.amount end)
        from ledger_transfers t where t.party_id = ${partyId} and 'debt:' || u.id in (t.from_account, t.to_account)), 0)::integer as ledger,
      coalesce((select sum(t.amount) from ledger_transfers t
        where t.party_id = ${partyId} and t.to_account = 'wallet:' || u.id and t.category in ('door', 'grant')), 0)::integer
      + coalesce((select sum(coalesce(b.payout, 0) - b.amount) from bets b where b.bettor_id = u.id), 0)::integer as bets
    from party_users u where u.party_id = ${partyId}`)
  for (const { name, ledger, bets } of books.rows) expect([name, ledger]).toEqual([name, bets])

  const debts = await db.execute<{ owed: number }>(sql`
    select sum(case when t.from_account like 'debt:%' then t.amount else -t.amount end)::integer as owed,
      case when t.from_account like 'debt:%' then t.from_account else t.to_account end as account
    from ledger_transfers t where t.party_id = ${partyId} and (t.from_account like 'debt:%' or t.to_account like 'debt:%')
    group by 2`)
  for (const { owed } of debts.rows) expect(owed).toBeGreaterThanOrEqual(0)

  const last = new Map<string, number>()
  for (const event of await night.events()) {
    expect(event.previous).toBe(last.get(event.channel) ?? 0)
    expect(event.version).toBeGreaterThan(event.previous)
    last.set(event.channel, event.version)
  }
}
