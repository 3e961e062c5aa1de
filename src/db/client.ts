import { types as neonTypes, neonConfig, Pool as NeonPool } from "@neondatabase/serverless"
import type { ExtractTablesWithRelations } from "drizzle-orm"
import { NeonSession, NeonTransaction, drizzle as drizzleNeon } from "drizzle-orm/neon-serverless"
import { NodePgSession, NodePgTransaction, drizzle as drizzlePg } from "drizzle-orm/node-postgres"
import { PgDialect, type PgDatabase, type PgQueryResultHKT, type PgTransaction } from "drizzle-orm/pg-core"
import type { Logger } from "drizzle-orm/logger"
import pg from "pg"
import { createDirectConnections, type DirectConnections } from "./direct-connections"
import { NamingSession } from "./naming-session"
import { NeonSocket } from "./neon-socket"
import { createStatementNames } from "./statement-names"
import { inTransaction, type TransactionLimits } from "./transaction"

/** What `execute` answers: the part of a result that both drivers share. */
export type ExecuteResult<Row> = { rows: Row[]; rowCount: number | null; command: string }

interface SharedResult extends PgQueryResultHKT {
  type: ExecuteResult<this["row"]>
}

type NoRelations = Record<string, never>
type NoTables = ExtractTablesWithRelations<NoRelations>

/** A place to run queries: the pool, or (since every Tx is one) the transaction one is in. */
export type Db = PgDatabase<SharedResult, NoRelations, NoTables>

/** An open transaction; commands are written against this and run on any driver. */
export type Tx = PgTransaction<SharedResult, NoRelations, NoTables>

const INT8 = 20

/** Which driver talks to Postgres. */
export type Connection = "pg" | "neon"

export type DatabaseOptions = {
  /** Overrides what the host says. */
  connection?: Connection
  /** Connections held at most. Default 10. */
  maxConnections?: number
  /** Longest wait for a free or a new connection, in ms. Default 10 000. */
  connectionTimeoutMs?: number
  /** A single statement is cancelled after this many ms. Default 15 000. */
  statementTimeoutMs?: number
  /** A transaction whose owner says nothing for this many ms is ended, so that its row lock cannot hold up a party. Default 15 000. */
  idleInTransactionTimeoutMs?: number
  /** Hears every statement before it is sent, `begin` and `commit` included. Never hears parameters: they can be secrets. */
  onQuery?: (statement: string) => void
  /** Hears that an idle connection was lost. The pool has replaced it already; worth a log line, nothing more. */
  onConnectionLost?: (error: Error) => void
}

type Drivers = { connection: "pg"; pool: pg.Pool } | { connection: "neon"; pool: NeonPool }

/**
 * An open database. `pool` is the raw driver pool, for libraries that bring their own SQL (rate limiter, migrator).
 * `db.transaction` throws what its callback threw, `TransactionNotCommitted` when Postgres rolled back instead of
 * committing, and `CommitOutcomeUnknown` when the connection was lost while committing.
 */
export type Database = Drivers & {
  db: Db
  /** Waits for running queries, then closes every connection. May be called more than once. */
  close(): Promise<void>
}

/**
 * Opens a pool; no connection is made before the first query.
 * A host under `.neon.tech` is spoken to through Neon's WebSocket driver, any other through `pg`.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const logger = loggerFor(options.onQuery)
  const limits = limitsOf(options)
  if ((options.connection ?? connectionFor(url)) === "neon") return openNeon(url, options, logger, limits)
  return openPg(url, options, logger, limits)
}

/** The driver that fits a database address. */
export function connectionFor(url: string): Connection {
  return new URL(url).hostname.endsWith(".neon.tech") ? "neon" : "pg"
}

/**
 * Postgres answers `count` and `sum` of integers as int8, which drivers hand over as text. Coins are far below 2^53,
 * so a number is exact; beyond that the query fails rather than rounds. (`sum` of int8 is numeric: cast it `::bigint`.)
 */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer too large to be exact: ${text}`)
  return value
}

function openPg(url: string, options: DatabaseOptions, logger: Logger, limits: TransactionLimits): Database {
  pg.types.setTypeParser(INT8, parseInt8)
  const direct = createDirectConnections()
  const pool = new pg.Pool({ connectionString: url, ...poolOptions(options, limits), ...(isOnThisMachine(url) ? kept(direct) : {}) })
  surviveLostConnections(pool, options.onConnectionLost)
  const db: Db = drizzlePg({ client: pool, logger })
  const dialect = new PgDialect()
  const names = createStatementNames()
  db.transaction = (run, config) =>
    inTransaction(() => pool.connect(), { limits, logger, config }, run, (client) => {
      const session = direct.has(client)
        ? new NamingSession(names, client, dialect, undefined, { logger })
        : new NodePgSession(client, dialect, undefined, { logger })
      return new NodePgTransaction(dialect, session, undefined)
    })
  return { connection: "pg", db, pool, close: once(() => pool.end()) }
}

// Planning a command's statements costs Postgres about as much as running them, so a Postgres beside us gets names for them,
// if no pooler stands in between. After quiet minutes everybody taps at once: it need not be connected to anew for that.
function kept(direct: DirectConnections): pg.PoolConfig {
  return { idleTimeoutMillis: 0, verify: (client, done) => void direct.look(client).then(() => done(), done) }
}

function isOnThisMachine(url: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(url).hostname)
}

function openNeon(url: string, options: DatabaseOptions, logger: Logger, limits: TransactionLimits): Database {
  neonTypes.setTypeParser(INT8, parseInt8)
  neonConfig.webSocketConstructor = NeonSocket
  const pool = new NeonPool({ connectionString: url, ...poolOptions(options, limits) })
  surviveLostConnections(pool, options.onConnectionLost)
  const db: Db = drizzleNeon({ client: pool, logger })
  const dialect = new PgDialect()
  db.transaction = (run, config) =>
    inTransaction(() => pool.connect(), { limits, logger, config }, run, (client) => {
      return new NeonTransaction(dialect, new NeonSession(client, dialect, undefined, { logger }), undefined)
    })
  return { connection: "neon", db, pool, close: once(() => pool.end()) }
}

function limitsOf(options: DatabaseOptions): TransactionLimits {
  return {
    statementTimeoutMs: options.statementTimeoutMs ?? 15_000,
    idleInTransactionTimeoutMs: options.idleInTransactionTimeoutMs ?? 15_000,
  }
}

// The server-side limits travel with `begin`, not with the connection: connection poolers (PgBouncer, Neon's) refuse
// or forget them. What is left for a query is the driver's own clock, a little later so that the server speaks first.
function poolOptions(options: DatabaseOptions, limits: TransactionLimits) {
  return {
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    query_timeout: limits.statementTimeoutMs + 2_000,
    // A night has quiet minutes; through Neon a new connection costs several round trips.
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "party-os",
  }
}

type LossReporter = {
  on(event: "error", listener: (error: Error) => void): unknown
  on(event: "connect", listener: (client: { on(event: "error", listener: () => void): unknown }) => void): unknown
}

// A connection can be lost while nobody listens: idle in the pool, or lent out between two statements. Without a
// listener Node ends the process; whoever holds the connection hears of it from the next statement.
function surviveLostConnections(pool: LossReporter, onConnectionLost?: (error: Error) => void): void {
  pool.on("error", (error) => onConnectionLost?.(error))
  pool.on("connect", (client) => client.on("error", () => undefined))
}

function loggerFor(onQuery?: (statement: string) => void): Logger {
  return { logQuery: (statement) => onQuery?.(statement) }
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= action())
}
