import path from "node:path"
import { sql } from "drizzle-orm"
import { drizzle as drizzleNeon } from "drizzle-orm/neon-serverless"
import { migrate as migrateNeon } from "drizzle-orm/neon-serverless/migrator"
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres"
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator"
import { openDatabase, type Connection, type Database } from "./client"

// "party-os" in hexadecimal read as a number: an advisory lock key nobody else is likely to have.
const MIGRATION_LOCK = "8097879449563656051"
const LONGEST_MIGRATION_MS = 10 * 60_000

export type MigrateOptions = {
  connection?: Connection
  /** Folder with drizzle's migrations. Default: `drizzle/` in the working directory. */
  migrationsFolder?: string
}

/**
 * Brings a database up to the newest migration. Safe when several processes start together (one migrates, the others
 * wait and find nothing to do) and when repeated. A migration that fails leaves the database as it was, and throws.
 */
export async function migrateDatabase(url: string, options: MigrateOptions = {}): Promise<void> {
  const database = openDatabase(url, {
    connection: options.connection,
    maxConnections: 2,
    statementTimeoutMs: LONGEST_MIGRATION_MS,
    idleInTransactionTimeoutMs: LONGEST_MIGRATION_MS,
  })
  try {
    await whileLocked(database, () => applyMigrations(database, options.migrationsFolder ?? path.resolve("drizzle")))
  } finally {
    await database.close()
  }
}

// The lock belongs to a transaction of its own, because poolers such as PgBouncer may hand the next statement of a
// session to another backend, but never the next statement of a transaction.
async function whileLocked(database: Database, work: () => Promise<void>): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(MIGRATION_LOCK)})`)
    await work()
  })
}

function applyMigrations(database: Database, migrationsFolder: string): Promise<void> {
  if (database.connection === "neon") return migrateNeon(drizzleNeon({ client: database.pool }), { migrationsFolder })
  return migratePg(drizzlePg({ client: database.pool }), { migrationsFolder })
}
