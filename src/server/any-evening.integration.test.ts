import { eq, sql } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { partyUsers } from "@/db/schema/party"
import { createRace, openBetting, registerDriver, removeDriver, restoreLap, setDnf, startRace, submitLapTime, voidLap } from "@/games/racing/commands"
import type { Result } from "@/kernel/result"
import { changeSettings, endParty, grantCoins, kickGuest, readmitGuest } from "@/party/commands"
import { expectConserved, startHouse, startParty, type House, type Night, type Runtime } from "@/testing/start-party"
import { nightFor } from "./night-view"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"
import { createSharedReads } from "./shared-reads"

/** Something somebody tries. The numbers pick a person, a driver, a race (0 is the newest) or a lap from what there is by then. */
type Try = { what: Verb; who: number; whom: number; race: number; amount: number }
type Verb =
  | "join" | "race" | "enter" | "leave" | "open" | "bet" | "start" | "lap" | "voidLap" | "restoreLap"
  | "dnf" | "notDnf" | "settle" | "resettle" | "callOff" | "grant" | "kick" | "readmit"
type OddsMode = "FIXED" | "PARIMUTUEL"

/** Stands for all coins somebody has. */
const everything = 1_000_000
const anyStake = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(1, 333, everything, everything) }, { weight: 1, arbitrary: fc.integer({ min: -5, max: 600 }) })
const trying = (whats: readonly Verb[], race: fc.Arbitrary<number> = fc.constant(0)): fc.Arbitrary<Try> =>
  fc.record({ what: fc.constantFrom(...whats), who: fc.nat(6), whom: fc.nat(3), race, amount: anyStake })
const one = (what: Verb): Try => ({ what, who: 0, whom: 0, race: 0, amount: 100 })

/** A race from the drivers' meeting to the arguments after it. */
const anyRound = fc
  .record({
    bets: fc.array(trying(["bet"]), { minLength: 2, maxLength: 9 }),
    laps: fc.array(trying(["lap"]), { maxLength: 5 }),
    ending: fc.constantFrom<Verb>("settle", "settle", "settle", "callOff"),
    // Also about the race before, whose winnings may be spent by now.
    arguments: fc.array(
      trying(["voidLap", "voidLap", "restoreLap", "dnf", "dnf", "dnf", "notDnf", "lap"], fc.constantFrom(0, 1, 1)).map((attempt) => [
        attempt,
        { ...one("resettle"), race: attempt.race },
      ]),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map((round): Try[] => [
    one("race"),
    { ...one("enter"), whom: 0 },
    { ...one("enter"), whom: 1 },
    one("open"),
    ...round.bets,
    { ...one("lap"), whom: 0, who: 1 },
    { ...one("lap"), whom: 1, who: 2 },
    ...round.laps,
    one(round.ending),
    ...round.arguments.flat(),
  ])

/** Rounds, with people who try anything at any moment in between. */
const anyEvening = fc.record({
  oddsMode: fc.constantFrom<OddsMode>("FIXED", "PARIMUTUEL"),
  rounds: fc.array(anyRound, { minLength: 2, maxLength: 3 }),
  interruptions: fc.array(
    fc.tuple(
      fc.nat(),
      trying(
        ["join", "race", "enter", "leave", "open", "bet", "start", "lap", "voidLap", "restoreLap", "dnf", "settle", "resettle", "callOff", "grant", "kick", "readmit"],
        fc.nat(2),
      ),
    ),
    { maxLength: 6 },
  ),
  /** How many try at the same moment. */
  atOnce: fc.constantFrom(1, 1, 5),
})

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

it("[PTY-26] [WAL-1] [WAL-2] [WAL-3] [BET-13] [BET-16] whatever people try, coins are kept, no purse is below zero and every event follows the one before it, and what is read once for all is what each would read", async () => {
  await fc.assert(
    fc.asyncProperty(anyEvening, async ({ oddsMode, rounds, interruptions, atOnce }) => {
      const night = await startParty({ house, guests: 4 })
      // High enough to stake everything: who has nothing left owes when a result is corrected.
      await night.host(changeSettings, { stakeLimitCoins: 1_000_000 })
      const scene: Scene = { night, oddsMode, seats: [...night.guests.values()].map(({ id }) => id), races: [], laps: [] }
      const tries = rounds.flat()
      for (const [moment, attempt] of interruptions) tries.splice(moment % tries.length, 0, attempt)
      for (const moment of momentsOf(tries, atOnce)) await tryTogether(scene, moment)
      await expectLaws(night)
      await night.host(endParty, {})
    }),
    { numRuns: 15 },
  )
}, 120_000)

const preparations: ReadonlySet<Verb> = new Set<Verb>(["race", "enter", "open"])

/** What is tried at the same moment. A race is prepared step by step, or nobody could ever bet on it. */
function momentsOf(tries: readonly Try[], atOnce: number): Try[][] {
  const moments: Try[][] = []
  for (const attempt of tries) {
    const last = moments.at(-1)
    const joins = last !== undefined && last.length < atOnce && ![...last, attempt].some(({ what }) => preparations.has(what))
    if (joins) last.push(attempt)
    else moments.push([attempt])
  }
  return moments
}

type Scene = { night: Night; oddsMode: OddsMode; seats: string[]; races: string[]; laps: string[] }

/** Each acceptance moves the version by one and a refusal leaves it; money holds after every moment. */
async function tryTogether(scene: Scene, attempts: readonly Try[]): Promise<void> {
  const before = await scene.night.version()
  const answers = await Promise.all(attempts.map((attempt) => attemptOne(scene, attempt)))
  expect(await scene.night.version()).toBe(before + answers.filter((answer) => answer.ok).length)
  await expectConserved(scene.night)
  await expectSharedIsFresh(scene)
}

/** [PTY-26] The first two fill what is kept and use it; the third reads everything itself. */
async function expectSharedIsFresh({ night, seats }: Scene): Promise<void> {
  const { runtime, party } = night
  const lookOf = (process: Runtime, seat: string) => runQuery(process, nightFor("guest"), { guest: { partyId: party.id, guestId: seat } }, {})
  await lookOf(runtime, pick(seats, 1))
  const shown = await lookOf(runtime, pick(seats, 0))
  expect(shown).toEqual(await lookOf({ ...runtime, sharedReads: createSharedReads() }, pick(seats, 0)))
}

async function attemptOne(scene: Scene, { what, who, whom, race, amount }: Try): Promise<Result<unknown>> {
  const { night, oddsMode, seats, races, laps } = scene
  const seat = pick(seats, who)
  const driverId = pick(seats, whom)
  const gameId = pick([...races].reverse(), race)
  const lapId = pick([...laps].reverse(), whom + 3 * race)
  switch (what) {
    case "join":
      return remembering(await night.knock(`Guest ${who}`), ({ user }) => seats.push(user.id))
    case "race":
      return remembering(await night.host(createRace, {}), (made) => races.push(made.gameId))
    case "enter":
      return night.host(registerDriver, { gameId, driverId })
    case "leave":
      return night.host(removeDriver, { gameId, driverId })
    case "open":
      return night.host(openBetting, { gameId, oddsMode })
    case "bet":
      return runCommand(
        night.runtime,
        placeBet,
        { claims: { guest: { partyId: night.party.id, guestId: seat } } },
        { targetUserId: pick(seats, whom % 2), amount: amount === everything ? await purseOf(night, seat) : amount, gameId },
      )
    case "start":
      return night.host(startRace, { gameId })
    case "lap":
      return remembering(
        await night.host(submitLapTime, { driverId: pick(seats, whom % 2), gameId, timeText: `${60 + (Math.abs(amount) % 7)}.${100 + who}` }),
        (set) => laps.push(set.lapId),
      )
    case "voidLap":
      return night.host(voidLap, { lapId, reason: "cut" })
    case "restoreLap":
      return night.host(restoreLap, { lapId })
    case "dnf":
    case "notDnf":
      return night.host(setDnf, { gameId, driverId: pick(seats, whom % 2), isDnf: what === "dnf" })
    case "settle":
      return night.settle(gameId)
    case "resettle":
      return night.resettle(gameId)
    case "callOff":
      return night.callOff(gameId)
    case "grant":
      return night.host(grantCoins, { guestId: driverId, amount })
    case "kick":
      return night.host(kickGuest, { guestId: driverId })
    case "readmit":
      return night.host(readmitGuest, { guestId: driverId })
  }
}

async function purseOf({ runtime }: Night, guestId: string): Promise<number> {
  const rows = await runtime.db.select({ coins: partyUsers.walletBalance }).from(partyUsers).where(eq(partyUsers.id, guestId))
  return rows[0]?.coins ?? 0
}

const nobody = "00000000-0000-4000-8000-000000000000"

function pick(ids: readonly string[], place: number): string {
  return ids[place % Math.max(1, ids.length)] ?? nobody
}

function remembering<T>(answer: Result<T>, remember: (value: T) => void): Result<T> {
  if (answer.ok) remember(answer.value)
  return answer
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
