import { sql } from "drizzle-orm"
import { newestMigration } from "@/db/newest-migration"
import { SQL_STATE, sqlState } from "@/db/sql-state"
import type { Runtime } from "./runtime"

/** What a process needs to serve, and what is wrong with it. Words only: never an address, a key or an error's text. */
export type Readiness = {
  readonly ok: boolean
  readonly checks: {
    readonly database: "ok" | "no_answer" | "too_slow"
    /** "behind": `npm run migrate` has not run for this build. A database that is ahead is fine. */
    readonly migrations: "ok" | "behind" | "unknown"
    readonly realtime: "ok" | "no_cluster"
  }
}

type Parts = Pick<Runtime, "db" | "env" | "log">

const patienceMs = 2_000

const underWay = new WeakMap<Parts, Promise<Readiness>>()

/** Looks within two seconds. However many ask at once, the database is asked once. */
export function readinessOf(parts: Parts): Promise<Readiness> {
  const running = underWay.get(parts)
  if (running) return running
  const look = looked(parts).finally(() => underWay.delete(parts))
  underWay.set(parts, look)
  return look
}

async function looked({ db, env, log }: Parts): Promise<Readiness> {
  const realtime = env.PUSHER_HOST || env.PUSHER_CLUSTER ? "ok" : "no_cluster"
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<DatabaseState>((resolve) => {
    timer = setTimeout(() => resolve({ database: "too_slow", migrations: "unknown" }), patienceMs)
  })
  const { database, migrations } = await Promise.race([databaseState({ db, log }), late]).finally(() => clearTimeout(timer))
  if (database === "too_slow") log.error("the database does not answer in time")
  return { ok: database === "ok" && migrations === "ok" && realtime === "ok", checks: { database, migrations, realtime } }
}

type DatabaseState = Pick<Readiness["checks"], "database" | "migrations">

async function databaseState({ db, log }: Pick<Parts, "db" | "log">): Promise<DatabaseState> {
  try {
    const { rows } = await db.execute<{ newest: string | number | null }>(sql`select max(created_at) as newest from drizzle.__drizzle_migrations`)
    const isMigrated = Number(rows[0]?.newest ?? 0) >= newestMigration.when
    return { database: "ok", migrations: isMigrated ? "ok" : "behind" }
  } catch (error) {
    // It answers, and was never migrated.
    if (sqlState(error) === SQL_STATE.undefinedTable) return { database: "ok", migrations: "behind" }
    log.error({ err: error }, "the database does not answer")
    return { database: "no_answer", migrations: "unknown" }
  }
}
