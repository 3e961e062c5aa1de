import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { sql } from "drizzle-orm"
import { openDatabase } from "@/db/client"
import { startEmbeddedPostgres } from "@/db/embedded-postgres"
import type { PostgresTrial } from "./probes"

/** Makes a database in the temporary folder, asks it something, and takes it away again. The party's own is not touched. */
export async function tryEmbeddedPostgres(): Promise<PostgresTrial> {
  const folder = await mkdtemp(path.join(tmpdir(), "party-os-doctor-"))
  const began = performance.now()
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false })
    const database = openDatabase(postgres.url, { maxConnections: 1 })
    try {
      await database.db.execute(sql`select 1`)
      return { ok: true, ms: performance.now() - began }
    } finally {
      await database.close()
      await postgres.stop()
    }
  } catch (error) {
    return { ok: false, words: error instanceof Error ? error.message : String(error) }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
