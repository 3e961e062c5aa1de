import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { eq, sql } from "drizzle-orm"
import { bigint, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startNeonBridge } from "../testing/neon-bridge"
import { bareDatabase } from "../testing/postgres"
import { openDatabase, type Database, type DatabaseOptions, type Db } from "./client"
import { startEmbeddedPostgres } from "./embedded-postgres"
import { SQL_STATE, sqlState, violatedConstraint } from "./sql-state"
import { CommitOutcomeUnknown, TransactionNotCommitted } from "./transaction"

const purses = pgTable("purses", {
  id: integer().primaryKey(),
  owner: text().notNull(),
  coins: integer().notNull(),
  savings: bigint({ mode: "number" }).notNull().default(0),
  openedAt: timestamp("opened_at", { withTimezone: true }),
  note: jsonb(),
})

// The time zone of the database is odd on purpose: what comes back must not depend on it.
const SCHEMA = `
  create table purses (
    id integer primary key,
    owner text not null constraint one_purse_each unique deferrable initially immediate,
    coins integer not null constraint coins_not_negative check (coins >= 0),
    savings bigint not null default 0,
    opened_at timestamptz,
    note jsonb
  );
  do $$ begin execute format('alter database %I set timezone to %L', current_database(), 'Australia/Lord_Howe'); end $$
`

type Place = { url: string; connection: "pg" | "neon"; leave(): Promise<void> }

async function embedded(): Promise<Place> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "party-contract-"))
  const server = await startEmbeddedPostgres({ dataDir })
  const leave = () => server.stop().then(() => rm(dataDir, { recursive: true }))
  return { url: server.url, connection: "pg", leave }
}

async function byAddress(): Promise<Place> {
  const { url, drop } = await bareDatabase()
  return { url, connection: "pg", leave: drop }
}

async function neon(): Promise<Place> {
  const { url, drop } = await bareDatabase()
  const bridge = await startNeonBridge(url)
  return { url, connection: "neon", leave: () => bridge.stop().then(drop) }
}

describe.each([
  ["the embedded PostgreSQL", embedded],
  ["a PostgreSQL by its address", byAddress],
  ["the Neon driver over WebSocket", neon],
])("%s", (_name, enter) => {
  let place: Place
  let database: Database
  const opened: Database[] = []

  function open(options: DatabaseOptions = {}): Database {
    const another = openDatabase(place.url, { connection: place.connection, ...options })
    opened.push(another)
    return another
  }

  beforeAll(async () => {
    place = await enter()
    const setup = openDatabase(place.url, { connection: place.connection })
    await setup.db.execute(sql.raw(SCHEMA))
    await setup.close()
  })

  afterAll(() => place.leave())

  beforeEach(async () => {
    database = open()
    await database.db.execute(sql`truncate purses`)
    await database.db.insert(purses).values({ id: 1, owner: "Ann", coins: 100 })
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()))
  })

  async function coinsOfAnn(db: Db = database.db): Promise<number | undefined> {
    const rows = await db.select({ coins: purses.coins }).from(purses).where(eq(purses.id, 1))
    return rows[0]?.coins
  }

  async function backendOf(db: Db): Promise<number> {
    const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    return rows[0]?.pid ?? 0
  }

  async function isThere(pid: number): Promise<boolean> {
    return (await database.db.execute(sql`select 1 from pg_stat_activity where pid = ${pid}`)).rows.length > 0
  }

  async function terminate(pid: number): Promise<void> {
    await database.db.execute(sql`select pg_terminate_backend(${pid})`)
    await until(async () => !(await isThere(pid)))
  }

  it("commits an interactive transaction and hands its value back", async () => {
    const left = await database.db.transaction(async (tx) => {
      const coins = (await coinsOfAnn(tx)) ?? 0
      await tx.update(purses).set({ coins: coins - 30 }).where(eq(purses.id, 1))
      return coins - 30
    })
    expect(left).toBe(70)
    expect(await coinsOfAnn(open().db)).toBe(70)
  })

  it("rolls back when the callback throws, and throws that very error", async () => {
    const bug = new Error("a bug")
    const attempt = database.db.transaction(async (tx) => {
      await tx.update(purses).set({ coins: 0 })
      throw bug
    })
    await expect(attempt).rejects.toBe(bug)
    expect(await coinsOfAnn()).toBe(100)
  })

  it("undoes a savepoint alone", async () => {
    await database.db.transaction(async (tx) => {
      await tx.update(purses).set({ coins: 60 })
      await expect(tx.transaction(() => tx.update(purses).set({ coins: -1 }))).rejects.toThrow()
    })
    expect(await coinsOfAnn()).toBe(60)
  })

  it("queues two transactions on the row that both update", async () => {
    const gate = newGate()
    const addOne = (db: Db) => db.update(purses).set({ coins: sql`${purses.coins} + 1` }).returning({ coins: purses.coins })
    const locked = newGate()
    const first = database.db.transaction(async (tx) => {
      const rows = await addOne(tx)
      locked.open()
      await gate.passed
      return rows
    })
    await locked.passed
    const second = database.db.transaction((tx) => addOne(tx))
    await until(async () => {
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      return (await database.db.execute(waiting)).rows.length === 1
    })
    gate.open()
    expect(await first).toEqual([{ coins: 101 }])
    expect(await second).toEqual([{ coins: 102 }])
  })

  it("shows which constraint refused, and how", async () => {
    const twice = await database.db.insert(purses).values({ id: 2, owner: "Ann", coins: 1 }).catch(caught)
    expect(sqlState(twice)).toBe(SQL_STATE.uniqueViolation)
    expect(violatedConstraint(twice)).toBe("one_purse_each")
    const negative = await database.db.transaction((tx) => tx.update(purses).set({ coins: -1 })).catch(caught)
    expect(sqlState(negative)).toBe(SQL_STATE.checkViolation)
    expect(violatedConstraint(negative)).toBe("coins_not_negative")
  })

  it("reports a constraint that refuses only at commit, and keeps the connection", async () => {
    const narrow = open({ maxConnections: 1 })
    const before = await backendOf(narrow.db)
    const late = await narrow.db
      .transaction(async (tx) => {
        await tx.execute(sql`set constraints one_purse_each deferred`)
        await tx.insert(purses).values({ id: 2, owner: "Ann", coins: 1 })
      })
      .catch(caught)
    expect(sqlState(late)).toBe(SQL_STATE.uniqueViolation)
    expect(await backendOf(narrow.db)).toBe(before)
  })

  it("never takes a transaction for committed that Postgres rolled back", async () => {
    const attempt = database.db.transaction(async (tx) => {
      await tx.update(purses).set({ coins: 1 })
      await tx.execute(sql`select 1 / 0`).catch(caught)
    })
    await expect(attempt).rejects.toBeInstanceOf(TransactionNotCommitted)
    expect(await coinsOfAnn()).toBe(100)
  })

  it("brings an instant back as the same instant, in any time zone and in the hour that happens twice", async () => {
    const instants = ["2026-04-04T14:45:00.123Z", "2026-04-04T15:15:00.456Z", "2026-10-03T15:30:00.000Z", "1999-12-31T23:59:59.999Z"]
    for (const [index, instant] of instants.entries()) {
      await database.db.insert(purses).values({ id: 10 + index, owner: instant, coins: 0, openedAt: new Date(instant) })
    }
    expect((await database.db.execute<{ TimeZone: string }>(sql`show timezone`)).rows[0]?.TimeZone).toBe("Australia/Lord_Howe")
    const rows = await database.db.select().from(purses).where(sql`${purses.openedAt} is not null`).orderBy(purses.id)
    expect(rows.map((row) => row.openedAt?.toISOString())).toEqual(instants)
    const instant = new Date("2026-04-04T15:15:00.456Z")
    expect(await database.db.select({ id: purses.id }).from(purses).where(eq(purses.openedAt, instant))).toEqual([{ id: 11 }])
  })

  it("brings jsonb back as it was", async () => {
    const note = { text: "O'Brien said \"ça va\" 🎲 \\ \n", list: [1, 2.5, null, true, []], nested: { empty: {} } }
    await database.db.update(purses).set({ note })
    expect((await database.db.select({ note: purses.note }).from(purses))[0]?.note).toEqual(note)
  })

  it("keeps integers numbers, counts and sums included", async () => {
    await database.db.insert(purses).values({ id: 2, owner: "Bo", coins: 2_000_000_000, savings: 9_007_199_254_740_991 })
    await database.db.insert(purses).values({ id: 3, owner: "Cy", coins: 2_000_000_000 })
    const { rows } = await database.db.execute(sql`
      select count(*) as purses, sum(coins) as coins, sum(savings)::bigint as savings, max(coins) as most from purses`)
    expect(rows).toEqual([{ purses: 3, coins: 4_000_000_100, savings: 9_007_199_254_740_991, most: 2_000_000_000 }])
    const typed = await database.db.select({ savings: purses.savings, total: sql<number>`sum(${purses.coins})` }).from(purses).where(eq(purses.id, 2)).groupBy(purses.id)
    expect(typed).toEqual([{ savings: 9_007_199_254_740_991, total: 2_000_000_000 }])
  })

  it("fails rather than rounds an integer beyond 2^53", async () => {
    const attempt = database.db.execute(sql`select 9007199254740993::bigint as coins`)
    await expect(attempt).rejects.toMatchObject({ cause: { message: expect.stringMatching(/too large to be exact/) } })
    expect(await coinsOfAnn()).toBe(100)
  })

  it("rejects the transaction whose connection is lost, and serves the next one", async () => {
    const narrow = open({ maxConnections: 1 })
    const attempt = narrow.db.transaction(async (tx) => {
      await tx.update(purses).set({ coins: 1 })
      await terminate(await backendOf(tx))
      await tx.update(purses).set({ coins: 2 })
    })
    await expect(attempt).rejects.toThrow()
    expect(await coinsOfAnn(narrow.db)).toBe(100)
    expect(await narrow.db.transaction((tx) => coinsOfAnn(tx))).toBe(100)
  })

  it("rejects the statement that is running when its connection is lost", async () => {
    const narrow = open({ maxConnections: 1 })
    const attempt = narrow.db.transaction(async (tx) => {
      const pid = await backendOf(tx)
      const asleep = tx.execute(sql`select pg_sleep(60)`)
      await Promise.all([asleep, terminate(pid)])
    })
    await expect(attempt).rejects.toThrow()
    expect(await coinsOfAnn(narrow.db)).toBe(100)
  })

  it("says that the outcome is unknown when the connection is lost before the commit is answered", async () => {
    const narrow = open({ maxConnections: 1 })
    const attempt = narrow.db.transaction(async (tx) => {
      await terminate(await backendOf(tx))
    })
    await expect(attempt).rejects.toBeInstanceOf(CommitOutcomeUnknown)
    expect(await coinsOfAnn(narrow.db)).toBe(100)
  })

  it("replaces connections that were lost while idle, and tells", async () => {
    const lost: Error[] = []
    const narrow = open({ maxConnections: 1, onConnectionLost: (error) => lost.push(error) })
    await terminate(await backendOf(narrow.db))
    await until(async () => lost.length > 0)
    expect(await narrow.db.transaction((tx) => coinsOfAnn(tx))).toBe(100)
  })

  it("gives the connection back after every way a transaction can end", async () => {
    const narrow = open({ maxConnections: 1, connectionTimeoutMs: 2_000 })
    for (let round = 0; round < 3; round++) {
      await narrow.db.transaction((tx) => coinsOfAnn(tx))
      await narrow.db.transaction(() => Promise.reject(new Error("no"))).catch(caught)
      await narrow.db.transaction((tx) => tx.execute(sql`nonsense`)).catch(caught)
      await narrow.db.transaction(async (tx) => void (await tx.execute(sql`nonsense`).catch(caught))).catch(caught)
      await narrow.db.transaction((tx) => coinsOfAnn(tx), { isolationLevel: "read committed", accessMode: "read only" })
      await narrow.db.transaction(async (tx) => terminate(await backendOf(tx))).catch(caught)
    }
    expect(await coinsOfAnn(narrow.db)).toBe(100)
  })

  it("opens a transaction the way it was asked to", async () => {
    const { rows } = await database.db.transaction(
      (tx) => tx.execute(sql`select current_setting('transaction_isolation') as isolation, current_setting('transaction_read_only') as "readOnly"`),
      { isolationLevel: "repeatable read", accessMode: "read only" },
    )
    expect(rows).toEqual([{ isolation: "repeatable read", readOnly: "on" }])
  })

  it("cancels a statement that takes too long", async () => {
    const hasty = open({ statementTimeoutMs: 50 })
    const slow = await hasty.db.transaction((tx) => tx.execute(sql`select pg_sleep(60)`)).catch(caught)
    expect(sqlState(slow)).toBe(SQL_STATE.queryCanceled)
  })

  it("ends a transaction that falls silent, so that its lock is free again", async () => {
    const hasty = open({ idleInTransactionTimeoutMs: 50 })
    const silent = hasty.db.transaction(async (tx) => {
      await tx.update(purses).set({ coins: 1 })
      const pid = await backendOf(tx)
      await until(async () => !(await isThere(pid)))
    })
    await expect(silent).rejects.toThrow()
    await database.db.update(purses).set({ coins: 50 })
    expect(await coinsOfAnn()).toBe(50)
  })

  it("refuses to wait for ever for a connection", async () => {
    const narrow = open({ maxConnections: 1, connectionTimeoutMs: 500 })
    await narrow.db.transaction(async () => {
      await expect(coinsOfAnn(narrow.db)).rejects.toThrow()
    })
    expect(await coinsOfAnn(narrow.db)).toBe(100)
  })

  it("lets a test count the statements", async () => {
    const heard: string[] = []
    const watched = open({ onQuery: (statement) => heard.push(statement) })
    await watched.db.transaction((tx) => tx.update(purses).set({ owner: "a secret" }))
    expect(heard).toEqual(["begin", expect.stringContaining("update"), "commit"])
    expect(heard.join()).not.toContain("a secret")
  })

  it("closes once and for all, leaving no connection on the server", async () => {
    const closing = open({ maxConnections: 3 })
    const pids = await Promise.all([1, 2, 3].map(() => backendOf(closing.db)))
    await Promise.all([closing.close(), closing.close()])
    await until(async () => !(await Promise.all(pids.map(isThere))).includes(true))
    await expect(coinsOfAnn(closing.db)).rejects.toThrow()
  })
})

function caught(error: unknown): Error {
  if (error instanceof Error) return error
  throw new Error("what was thrown is no error")
}

function newGate(): { passed: Promise<void>; open(): void } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { passed, open: () => open() }
}

/** Asks again and again until it is so; the test's own time limit ends a wait in vain. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
