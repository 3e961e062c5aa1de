import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { startEmbeddedPostgres } from "@/db/embedded-postgres"
import { migrateDatabase } from "@/db/migrate"

export type BenchDatabase = {
  readonly url: string
  /** The cluster's folder; undefined when the server is somebody else's. */
  readonly folder: string | undefined
  stop(): Promise<void>
}

/**
 * A migrated database nobody else uses: on the server of `DATABASE_URL` if given, else on an embedded server of its own,
 * as durable as a party's.
 */
export async function openBenchDatabase(givenUrl: string | undefined): Promise<BenchDatabase> {
  const database = givenUrl ? await databaseOn(givenUrl) : await embedded()
  try {
    await migrateDatabase(database.url)
  } catch (error) {
    await database.stop()
    throw error
  }
  return database
}

async function embedded(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), "party-bench-database-"))
  const server = await startEmbeddedPostgres({ dataDir: folder })
  return {
    url: server.url,
    folder,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function databaseOn(givenUrl: string): Promise<BenchDatabase> {
  const name = `party_bench_${randomBytes(6).toString("hex")}`
  await onServer(givenUrl, `create database ${name}`)
  const url = new URL(givenUrl)
  url.pathname = `/${name}`
  return { url: url.href, folder: undefined, stop: () => onServer(givenUrl, `drop database ${name} with (force)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
