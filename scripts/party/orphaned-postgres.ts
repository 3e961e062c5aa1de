import { realpath } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { openDatabase } from "@/db/client"
import { findPostmaster } from "@/db/postmaster-file"

const PATIENCE_MS = 5_000
const POLL_MS = 10

/**
 * Stops the embedded server that a killed run of this party left behind, unless somebody else is connected to it. Only a
 * process that the system itself calls PostgreSQL on this folder is touched.
 */
export async function stopOrphan(databaseDir: string, url: string): Promise<void> {
  const cluster = await realpath(path.join(databaseDir, "cluster"))
  const found = await findPostmaster(cluster)
  if (found.state !== "alive" || !found.identified || (await hasOtherClients(url))) return
  // SIGINT is PostgreSQL's fast and clean shutdown.
  process.kill(found.pid, "SIGINT")
  const giveUpAt = performance.now() + PATIENCE_MS
  while ((await findPostmaster(cluster)).state === "alive" && performance.now() < giveUpAt) await delay(POLL_MS)
}

async function hasOtherClients(url: string): Promise<boolean> {
  const database = openDatabase(url, { maxConnections: 1 })
  try {
    const others = await database.db.execute(
      sql`select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    return others.rows.length > 0
  } finally {
    await database.close()
  }
}
