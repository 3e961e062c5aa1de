import { openDatabase } from "@/db/client"
import { migrateDatabase } from "@/db/migrate"
import { readEnvFiles } from "./env-files"

// Brings the database of DATABASE_URL up to this checkout: `npm run migrate`, before the new version takes requests. Any
// number may run at once: one migrates, the others wait for it and find nothing to do.
readEnvFiles(process.cwd())
const { DATABASE_URL, DATABASE_URL_UNPOOLED } = process.env
// Past a pooler where there is a way: a migration may take longer than a pooler keeps a connection.
const url = DATABASE_URL_UNPOOLED || DATABASE_URL
if (!url) {
  console.error("Set DATABASE_URL to the database of the parties.")
  process.exit(1)
}

try {
  const before = await applied(url)
  await migrateDatabase(url)
  const after = await applied(url)
  console.log(after === before ? `Nothing to migrate: all ${after} migrations are there.` : `Migrated: ${before} of ${after} migrations were there.`)
} catch (error) {
  // Postgres' own words, which name no password; drizzle's would repeat whole statements.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  console.error(`The database was left as it was: ${cause instanceof Error ? cause.message || cause.name : String(cause)}`)
  process.exit(1)
}

async function applied(address: string): Promise<number> {
  const database = openDatabase(address, { maxConnections: 1 })
  try {
    const there = await database.db.execute<{ table: string | null }>("select to_regclass('drizzle.__drizzle_migrations') as table")
    if (!there.rows[0]?.table) return 0
    const { rows } = await database.db.execute<{ n: number | string }>("select count(*) as n from drizzle.__drizzle_migrations")
    return Number(rows[0]?.n)
  } finally {
    await database.close()
  }
}
