import { readFile } from "node:fs/promises"
import path from "node:path"
import { sql } from "drizzle-orm"
import { openDatabase, type Db } from "@/db/client"
import { SQL_STATE, sqlState } from "@/db/sql-state"
import type { DatabaseFacts } from "./probes"

const patienceMs = 6_000
const trips = 7

/** Asks a database how far away it is, what time it has, and whether this checkout's migrations have run. Changes nothing. */
export async function lookAtDatabase(url: string, migrationsFolder: string): Promise<DatabaseFacts> {
  const database = openDatabase(url, { maxConnections: 1, connectionTimeoutMs: patienceMs, statementTimeoutMs: patienceMs })
  try {
    const clocks = await readClocks(database.db)
    const nearest = clocks.reduce((best, one) => (one.tripMs < best.tripMs ? one : best))
    const latencies = clocks.map(({ tripMs }) => tripMs).sort((a, b) => a - b)
    const migration = await migrationOf(database.db, migrationsFolder)
    return { ok: true, latencyMs: latencies[Math.floor(trips / 2)] ?? 0, clockAheadMs: nearest.aheadMs, migration }
  } catch (error) {
    return { ok: false, words: wordsOf(error) }
  } finally {
    await database.close().catch(() => undefined)
  }
}

async function readClocks(db: Db): Promise<{ tripMs: number; aheadMs: number }[]> {
  await db.execute(sql`select 1`)
  const clocks = []
  for (let trip = 0; trip < trips; trip++) {
    const [began, at] = [performance.now(), Date.now()]
    const { rows } = await db.execute<{ ms: string | number }>(sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`)
    const tripMs = performance.now() - began
    clocks.push({ tripMs, aheadMs: Number(rows[0]?.ms) - (at + tripMs / 2) })
  }
  return clocks
}

async function migrationOf(db: Db, folder: string): Promise<"none" | "behind" | "newest"> {
  const journal = JSON.parse(await readFile(path.join(folder, "meta", "_journal.json"), "utf8")) as { entries: { when: number }[] }
  const wanted = Math.max(...journal.entries.map(({ when }) => when))
  try {
    const { rows } = await db.execute<{ newest: string | number | null }>(sql`select max(created_at) as newest from drizzle.__drizzle_migrations`)
    const newest = Number(rows[0]?.newest ?? 0)
    return newest >= wanted ? "newest" : newest === 0 ? "none" : "behind"
  } catch (error) {
    if (sqlState(error) === SQL_STATE.undefinedTable) return "none"
    throw error
  }
}

// Drizzle says "Failed query" first; why is in the cause, and for a name with several addresses in its parts.
function wordsOf(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause !== undefined) innermost = innermost.cause
  if (innermost instanceof AggregateError && innermost.errors.length > 0) innermost = innermost.errors[0]
  return innermost instanceof Error ? innermost.message || innermost.name : "no reason given"
}
