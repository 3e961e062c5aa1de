import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { databaseOutage } from "@/server/database-outage"
import { runCommand } from "@/server/run-command"
import { pgBouncerProgram, startPgBouncer, type PgBouncer } from "@/testing/pgbouncer"
import { bareDatabase } from "@/testing/postgres"
import { accepted, expectConserved, startHouse, startParty, type House } from "@/testing/start-party"
import { playWholeEvening } from "@/testing/whole-evening"
import { openDatabase, type Database } from "./client"
import { migrateDatabase } from "./migrate"
import { newestMigration } from "./newest-migration"

const program = pgBouncerProgram()
const connections = 3

describe.skipIf(!program)(`behind PgBouncer, each transaction on another connection${program ? "" : " (SKIPPED: no pgbouncer on this machine)"}`, () => {
  let pooler: PgBouncer
  const houses: House[] = []
  beforeAll(async () => void (pooler = await startPgBouncer(program ?? "", inject("postgresUrl"), connections)))
  afterAll(async () => {
    for (const house of houses) await house.stop()
    await pooler.stop()
  })

  async function pooledHouse(): Promise<House> {
    const house = await startHouse({ env: { ALLOW_NEW_PARTIES: "1" }, through: pooler.through })
    houses.push(house)
    return house
  }

  it("three deploys at once migrate once, also when only the pooler's address is known", async () => {
    const bare = await bareDatabase()
    try {
      await Promise.all([pooler.through(bare.url), pooler.through(bare.url), bare.url].map((url) => migrateDatabase(url)))
      const { rows } = await withDatabase(bare.url, (database) =>
        database.db.execute<{ n: number; newest: string }>(sql`select count(*) as n, max(created_at) as newest from drizzle.__drizzle_migrations`),
      )
      expect(rows.map(({ n, newest }) => [n, Number(newest)])).toEqual([[Number(newestMigration.tag.slice(0, 4)) + 1, newestMigration.when]])
    } finally {
      await bare.drop()
    }
  })

  it("two processes with twenty connections to three of Postgres play everything there is", async () => {
    const house = await pooledHouse()
    await playWholeEvening(house)
    const { rows } = await withDatabase(house.databaseUrl, (database) =>
      database.db.execute<{ n: number }>(sql`select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`),
    )
    expect(rows[0]?.n).toBeLessThanOrEqual(connections)
  }, 60_000)

  it("gives no statement a name, which Postgres would forget or know already; without a pooler it does", async () => {
    const house = await pooledHouse()
    expect(await namesAfterRepeating(pooler.through(house.databaseUrl))).toBe(0)
    expect(await namesAfterRepeating(house.databaseUrl)).toBe(1)
  })

  it("[PTY-23] a connection that Postgres ends in the middle of a bet: told as such, nothing half done, the next one counts", async () => {
    const house = await pooledHouse()
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann"])
    const bet = (command: typeof placeBet) => runCommand(night.runtime, command, { claims: night.claimsOf("Bo") }, { targetUserId: night.idOf("Ann"), amount: 5 })
    const error = await bet(endedBet).then(() => undefined, (reason: unknown) => reason)
    expect(databaseOutage(error)).toBe("database_away")
    expect([await night.purse("Bo"), (await night.betsOf("Bo")).length]).toEqual([1000, 0])
    accepted(await bet(placeBet))
    expect(await night.purse("Bo")).toBe(995)
    await expectConserved(night)
  })
})

/** A bet whose process of Postgres is ended with the stake moved already. */
const endedBet: typeof placeBet = {
  ...placeBet,
  async run(context, input) {
    const answer = await placeBet.run(context, input)
    await context.tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
    return answer
  },
}

async function namesAfterRepeating(url: string): Promise<number> {
  return withDatabase(url, async ({ db }) => {
    for (let time = 0; time < 12; time++) await db.transaction((tx) => tx.execute(sql`select ${time}::integer as time`))
    const names = await db.transaction((tx) => tx.execute<{ n: number }>(sql`select count(*) as n from pg_prepared_statements`))
    return names.rows[0]?.n ?? -1
  })
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(url, { maxConnections: 1 })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
