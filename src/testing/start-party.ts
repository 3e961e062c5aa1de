import { and, asc, eq, sql } from "drizzle-orm"
import { expect } from "vitest"
import { placeBet } from "@/betting/commands"
import { bets } from "@/db/schema/betting"
import { parties, partyEvents, partyUsers } from "@/db/schema/party"
import { simRaceLaps } from "@/db/schema/racing"
import { ledgerTransfers } from "@/db/schema/wallet"
import { createRace, openBetting, registerDriver, submitLapTime } from "@/games/racing/commands"
import { resettleRace, settleRace, voidRace } from "@/games/racing/settle-commands"
import { one } from "@/kernel/assert"
import type { Random } from "@/kernel/random"
import { seededRandom } from "@/kernel/random"
import type { Refusal, Result } from "@/kernel/result"
import type { Party, Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"
import { grantCoins, joinParty, kickGuest } from "@/party/commands"
import type { OwnGuestView } from "@/party/view"
import { createParty } from "@/server/create-party"
import { readEnv } from "@/server/env"
import type { Claims } from "@/server/identity"
import { createLog } from "@/server/log"
import type { OutboxEvent } from "@/server/outbox"
import { runCommand, type DoorRefusal } from "@/server/run-command"
import { runQuery } from "@/server/run-query"
import { createRuntime, type Runtime, type RuntimeParts } from "@/server/runtime"
import { imbalancesOf } from "@/wallet/conservation"
import { freshDatabase } from "./postgres"

export const testPasscode = "PARTY-TIME"
export const testSecret = "a secret for tests only, 32 characters"

export type Night = Awaited<ReturnType<typeof startParty>>

/** A clock that stands until it is moved; joining and making a race move it by a millisecond each. */
export type TestClock = { now(): Date; advance(ms: number): void }

/** One process on a database of its own: where parties are. `published` and `statements` are what all of them did. */
export type House = {
  readonly databaseUrl: string
  readonly runtime: Runtime
  readonly clock: TestClock
  readonly published: OutboxEvent[]
  readonly statements: string[]
  /** One more process on the same database, with the same clock and the same screens. */
  anotherProcess(parts?: RuntimeParts): Runtime
  /** A digest of every table but the guess counters: equal when nothing at all changed. */
  fingerprint(): Promise<Record<string, string>>
  stop(): Promise<void>
}

/** `through` makes of the database's address the one at which the processes reach it: by a pooler, by Neon's driver. */
export async function startHouse(
  options: { random?: Random; parts?: RuntimeParts; env?: Record<string, string>; through?: (databaseUrl: string) => string } = {},
): Promise<House> {
  const fresh = await freshDatabase()
  const address = options.through?.(fresh.url) ?? fresh.url
  const published: OutboxEvent[] = []
  const statements: string[] = []
  const clock = standingClock()
  const processes: Runtime[] = []
  const startProcess = (parts: RuntimeParts = {}): Runtime => {
    const runtime = createRuntime(testEnv(address, options.env), {
      clock,
      log: createLog("silent"),
      random: options.random ?? seededRandom(7 + processes.length),
      onQuery: (statement) => statements.push(statement),
      publisher: {
        publish: (events) => void published.push(...events),
        send: async (events) => void published.push(...events),
        settled: async () => undefined,
      },
      ...options.parts,
      ...parts,
    })
    processes.push(runtime)
    return runtime
  }
  const runtime = startProcess()
  return {
    databaseUrl: fresh.url,
    runtime,
    clock,
    published,
    statements,
    anotherProcess: startProcess,
    fingerprint: () => digestOf(runtime),
    async stop() {
      for (const process of processes) await process.close()
      await fresh.drop()
    },
  }
}

/**
 * A real party on a real database, driven through the command layer, in the party's words:
 * `const night = await startParty({ guests: 5 }); await night.bet("Ann", "Bo", 50)`.
 * `house` puts it beside other parties; without one it gets a house of its own, and `stop` tears that down.
 */
export async function startParty(
  options: {
    guests?: number
    names?: readonly string[]
    random?: Random
    house?: House
    parts?: RuntimeParts
    env?: Record<string, string>
  } = {},
) {
  const house = options.house ?? (await startHouse(options))
  const { runtime, clock, published, statements } = house
  const party = await openTestParty(house)
  const hostClaims: Claims = { host: { partyId: party.id, linkId: null } }
  const newcomerClaims: Claims = { newcomer: { partyId: party.id } }
  const guests = new Map<string, OwnGuestView>()

  const claimsOf = (name: string): Claims => ({ guest: { partyId: party.id, guestId: idOf(name) } })
  const idOf = (name: string): string => {
    const guest = guests.get(name)
    if (!guest) throw new Error(`nobody at the test party is called ${name}`)
    return guest.id
  }

  async function host<W extends Who, I, V, R extends Refusal, P>(
    command: Command<W, I, V, R, P>,
    input: unknown,
    requestId?: string,
  ) {
    return runCommand(runtime, command, { claims: hostClaims, ...(requestId ? { requestId } : {}) }, input)
  }
  async function guest<W extends Who, I, V, R extends Refusal, P>(
    name: string,
    command: Command<W, I, V, R, P>,
    input: unknown,
    requestId?: string,
  ) {
    return runCommand(runtime, command, { claims: claimsOf(name), ...(requestId ? { requestId } : {}) }, input)
  }
  const knock = (name: unknown, requestId?: string) =>
    runCommand(runtime, joinParty, { claims: newcomerClaims, ...(requestId ? { requestId } : {}) }, { name })
  async function join(name: string): Promise<OwnGuestView> {
    const { user } = accepted(await knock(name))
    guests.set(user.name, user)
    clock.advance(1)
    return user
  }

  async function planRace(drivers: readonly string[]): Promise<string> {
    const { gameId } = accepted(await host(createRace, {}))
    for (const name of drivers) accepted(await host(registerDriver, { gameId, driverId: idOf(name) }))
    clock.advance(1)
    return gameId
  }

  for (const name of options.names ?? namesFor(options.guests ?? 0)) await join(name)

  return {
    house,
    runtime,
    clock,
    party,
    published,
    statements,
    hostClaims,
    claimsOf,
    idOf,
    guests,
    host,
    guest,
    join,
    /** Somebody at the door with the right party PIN and any name. */
    knock,
    ask: <W extends Who, I, V, R extends Refusal>(claims: Claims, query: Query<W, I, V, R>, input: unknown = {}) =>
      runQuery(runtime, query, claims, input),
    /** A race with these drivers that nobody can bet on yet. */
    planRace,
    /** A race with these drivers, open for bets. */
    async openRace(drivers: readonly string[], oddsMode: "FIXED" | "PARIMUTUEL" = "FIXED"): Promise<string> {
      const gameId = await planRace(drivers)
      accepted(await host(openBetting, { gameId, oddsMode }))
      return gameId
    },
    bet: (name: string, on: string, amount: unknown, requestId?: string) =>
      guest(name, placeBet, { targetUserId: idOf(on), amount }, requestId),
    lap: (name: string, timeText: string, gameId?: string) =>
      host(submitLapTime, { driverId: idOf(name), timeText, gameId }),
    settle: (gameId: string) => host(settleRace, { gameId }),
    resettle: (gameId: string) => host(resettleRace, { gameId }),
    callOff: (gameId: string) => host(voidRace, { gameId }),
    kick: (name: string) => host(kickGuest, { guestId: idOf(name) }),
    grant: (name: string, amount: unknown, reason?: string) => host(grantCoins, { guestId: idOf(name), amount, reason }),
    async purse(name: string): Promise<number> {
      const rows = await runtime.db.select().from(partyUsers).where(eq(partyUsers.id, idOf(name)))
      return one(rows).walletBalance
    },
    /** The bets a guest holds, in the order of placing. */
    betsOf: (name: string) =>
      runtime.db.select().from(bets).where(eq(bets.bettorId, idOf(name))).orderBy(asc(bets.createdAt), asc(bets.id)),
    lapsOf: (gameId: string) =>
      runtime.db.select().from(simRaceLaps).where(eq(simRaceLaps.gameId, gameId)).orderBy(asc(simRaceLaps.sequence)),
    /** The ledger of this party, all of it or one category. */
    transfers: (category?: string) =>
      runtime.db
        .select()
        .from(ledgerTransfers)
        .where(and(eq(ledgerTransfers.partyId, party.id), category ? eq(ledgerTransfers.category, category) : undefined)),
    /** The event log of this party, in order. */
    events: () =>
      runtime.db.select().from(partyEvents).where(eq(partyEvents.partyId, party.id)).orderBy(asc(partyEvents.id)),
    async version(): Promise<number> {
      return one(await runtime.db.select().from(parties).where(eq(parties.id, party.id))).version
    },
    /** Ends the house as well, so only the last party in it should. */
    stop: () => house.stop(),
  }
}

/** The value of an answer that has to be a yes. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}

/** The code of an answer that has to be a no. */
export function refusedWith(result: Result<unknown, Refusal | DoorRefusal>): string {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`)
  return result.refusal.code
}

/** The law of the ledger [WAL-1] [WAL-2]: all accounts add up to zero and every cached balance equals its rows. */
export async function expectConserved({ runtime, party }: Pick<Night, "runtime" | "party">): Promise<void> {
  expect(await imbalancesOf(runtime.db, party.id)).toEqual([])
}

/** Whatever `work` tries, no row of any party changes and nothing is announced. */
export async function expectUntouched<T>({ house }: Pick<Night, "house">, work: () => Promise<T>): Promise<T> {
  const before = { tables: await house.fingerprint(), announced: house.published.length }
  const outcome = await work()
  expect({ tables: await house.fingerprint(), announced: house.published.length }).toEqual(before)
  return outcome
}

export function testEnv(databaseUrl: string, more: Record<string, string> = {}) {
  return readEnv({
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: testSecret,
    PUSHER_APP_ID: "1",
    PUSHER_KEY: "test-key",
    PUSHER_SECRET: "test-secret",
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: "9",
    LOG_LEVEL: "silent",
    ...more,
  })
}

const defaultNames = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]

function namesFor(count: number): string[] {
  return Array.from({ length: count }, (_, index) => defaultNames[index] ?? `Guest ${index + 1}`)
}

let knownHash: string | undefined

// scrypt is slow on purpose; only the first party of a test file pays for it.
async function openTestParty({ runtime, clock }: House): Promise<Party> {
  const { db, random } = runtime
  const facts = { name: "Test night", now: clock.now() }
  if (knownHash === undefined) {
    const party = await createParty(db, { ...facts, passcode: testPasscode, random })
    knownHash = party.hostPasscodeHash
    return party
  }
  const joinPin = random.int(100_000, 999_999)
  const values = { name: facts.name, joinPin, hostPasscodeHash: knownHash, createdAt: facts.now }
  return one(await db.insert(parties).values(values).returning())
}

function standingClock(): TestClock {
  let at = Date.parse("2026-11-21T20:00:00Z")
  return { now: () => new Date(at), advance: (ms) => void (at += ms) }
}

async function digestOf({ db }: Runtime): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'rate_limits' order by 1`)
  const digests = tables.rows.map(({ name }) => {
    const table = sql.identifier(name)
    return sql`select ${name}::text as name, md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as digest from ${table} t`
  })
  const result = await db.execute<{ name: string; digest: string }>(sql.join(digests, sql` union all `))
  return Object.fromEntries(result.rows.map(({ name, digest }) => [name, digest]))
}

export type { Runtime }
