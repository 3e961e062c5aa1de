import { eq } from "drizzle-orm"
import { expect } from "vitest"
import { placeBet } from "@/betting/commands"
import { parties } from "@/db/schema/party"
import { createRace, openBetting, registerDriver, submitLapTime } from "@/games/racing/commands"
import { settleRace, voidRace } from "@/games/racing/settle-commands"
import { one } from "@/kernel/assert"
import type { Random } from "@/kernel/random"
import { seededRandom } from "@/kernel/random"
import type { Refusal, Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"
import { joinParty } from "@/party/commands"
import type { OwnGuestView } from "@/party/view"
import { createParty } from "@/server/create-party"
import { readEnv } from "@/server/env"
import type { Claims } from "@/server/identity"
import { createLog } from "@/server/log"
import type { OutboxEvent } from "@/server/outbox"
import { runCommand, type DoorRefusal } from "@/server/run-command"
import { runQuery } from "@/server/run-query"
import { createRuntime, type Runtime } from "@/server/runtime"
import { imbalancesOf } from "@/wallet/conservation"
import { freshDatabase } from "./postgres"

export const testPasscode = "PARTY-TIME"
export const testSecret = "a secret for tests only, 32 characters"

export type Night = Awaited<ReturnType<typeof startParty>>

/** A clock that stands until it is moved. */
export type TestClock = { now(): Date; advance(ms: number): void }

/**
 * A real party on a real database, driven through the command layer, in the party's words:
 * `const night = await startParty({ guests: 5 }); await night.bet("Ann", "Bo", 50)`.
 */
export async function startParty(options: { guests?: number; names?: readonly string[]; random?: Random } = {}) {
  const fresh = await freshDatabase()
  const published: OutboxEvent[] = []
  const statements: string[] = []
  const clock = standingClock()
  const runtime = createRuntime(testEnv(fresh.url), {
    clock,
    log: createLog("silent"),
    random: options.random ?? seededRandom(7),
    onQuery: (statement) => statements.push(statement),
    publisher: {
      publish: (events) => void published.push(...events),
      send: async (events) => void published.push(...events),
      settled: async () => undefined,
    },
  })
  const party = await createParty(runtime.db, {
    name: "Test night",
    passcode: testPasscode,
    now: clock.now(),
    random: runtime.random,
  })
  const hostClaims: Claims = { host: { partyId: party.id, linkId: null } }
  const guests = new Map<string, OwnGuestView>()

  const claimsOf = (name: string): Claims => ({ guest: { partyId: party.id, guestId: idOf(name) } })
  const idOf = (name: string): string => {
    const guest = guests.get(name)
    if (!guest) throw new Error(`nobody at the test party is called ${name}`)
    return guest.id
  }

  async function host<W extends Who, I, V, R extends Refusal, P>(command: Command<W, I, V, R, P>, input: unknown) {
    return runCommand(runtime, command, { claims: hostClaims }, input)
  }
  async function guest<W extends Who, I, V, R extends Refusal, P>(
    name: string,
    command: Command<W, I, V, R, P>,
    input: unknown,
    requestId?: string,
  ) {
    return runCommand(runtime, command, { claims: claimsOf(name), ...(requestId ? { requestId } : {}) }, input)
  }
  async function join(name: string): Promise<OwnGuestView> {
    const { user } = accepted(
      await runCommand(runtime, joinParty, { claims: { newcomer: { partyId: party.id } } }, { name }),
    )
    guests.set(user.name, user)
    return user
  }

  const names = options.names ?? defaultNames.slice(0, options.guests ?? 0)
  for (const name of names) await join(name)

  return {
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
    ask: <W extends Who, I, V, R extends Refusal>(claims: Claims, query: Query<W, I, V, R>, input: unknown = {}) =>
      runQuery(runtime, query, claims, input),
    /** A race with these drivers, open for bets. */
    async openRace(drivers: readonly string[], oddsMode: "FIXED" | "PARIMUTUEL" = "FIXED"): Promise<string> {
      const { gameId } = accepted(await host(createRace, {}))
      for (const name of drivers) accepted(await host(registerDriver, { gameId, driverId: idOf(name) }))
      accepted(await host(openBetting, { gameId, oddsMode }))
      return gameId
    },
    bet: (name: string, on: string, amount: unknown, requestId?: string) =>
      guest(name, placeBet, { targetUserId: idOf(on), amount }, requestId),
    lap: (name: string, timeText: string, gameId?: string) =>
      host(submitLapTime, { driverId: idOf(name), timeText, gameId }),
    settle: (gameId: string) => host(settleRace, { gameId }),
    callOff: (gameId: string) => host(voidRace, { gameId }),
    async purse(name: string): Promise<number> {
      const { partyUsers } = await import("@/db/schema/party")
      const rows = await runtime.db.select().from(partyUsers).where(eq(partyUsers.id, idOf(name)))
      return one(rows).walletBalance
    },
    async version(): Promise<number> {
      return one(await runtime.db.select().from(parties).where(eq(parties.id, party.id))).version
    },
    async stop(): Promise<void> {
      await runtime.close()
      await fresh.drop()
    },
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

export function testEnv(databaseUrl: string) {
  return readEnv({
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: testSecret,
    PUSHER_APP_ID: "1",
    PUSHER_KEY: "test-key",
    PUSHER_SECRET: "test-secret",
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: "9",
    LOG_LEVEL: "silent",
  })
}

const defaultNames = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]

function standingClock(): TestClock {
  let at = Date.parse("2026-11-21T20:00:00Z")
  return { now: () => new Date(at), advance: (ms) => void (at += ms) }
}

export type { Runtime }
