import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { sql } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startNeonBridge } from "../testing/neon-bridge"
import { bareDatabase, freshDatabase, type FreshDatabase } from "../testing/postgres"
import { openDatabase } from "./client"
import { migrateDatabase, type MigrateOptions } from "./migrate"

let migrationsFolder: string
let fresh: FreshDatabase

beforeEach(async () => {
  migrationsFolder = await mkdtemp(path.join(tmpdir(), "party-migrations-"))
  await mkdir(path.join(migrationsFolder, "meta"))
  fresh = await bareDatabase()
})

afterEach(async () => {
  await fresh.drop()
  await rm(migrationsFolder, { recursive: true })
})

async function writeMigrations(...statements: string[]): Promise<void> {
  const entries = statements.map((_, idx) => ({ idx, version: "7", when: 1_000 + idx, tag: `000${idx}_step`, breakpoints: true }))
  await writeFile(path.join(migrationsFolder, "meta/_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }))
  for (const [idx, statement] of statements.entries()) await writeFile(path.join(migrationsFolder, `000${idx}_step.sql`), statement)
}

async function rowsOf(query: string): Promise<unknown[]> {
  const database = openDatabase(fresh.url)
  return database.db
    .execute(sql.raw(query))
    .then(({ rows }) => rows)
    .finally(() => database.close())
}

describe("migrateDatabase", () => {
  it("lets processes that start together take turns: each step is done once", async () => {
    await writeMigrations("create table visits (id serial)", "insert into visits default values")
    await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(fresh.url, { migrationsFolder })))
    expect(await rowsOf("select id from visits")).toEqual([{ id: 1 }])
    expect(await rowsOf("select count(*) as steps from drizzle.__drizzle_migrations")).toEqual([{ steps: 2 }])
  })

  it("does nothing twice, and goes on where it stopped", async () => {
    await writeMigrations("create table visits (id serial)")
    await migrateDatabase(fresh.url, { migrationsFolder })
    await migrateDatabase(fresh.url, { migrationsFolder })
    await writeMigrations("create table visits (id serial)", "alter table visits add column guest text")
    await migrateDatabase(fresh.url, { migrationsFolder })
    expect(await rowsOf("select id, guest from visits")).toEqual([])
  })

  it("leaves the database as it was when a step fails", async () => {
    await writeMigrations("create table visits (id serial)", "create table visits (id serial)")
    await expect(migrateDatabase(fresh.url, { migrationsFolder })).rejects.toThrow()
    expect(await rowsOf("select to_regclass('visits') as visits")).toEqual([{ visits: null }])
  })

  it("works through the Neon driver too", async () => {
    const bridge = await startNeonBridge(fresh.url)
    await writeMigrations("create table visits (id serial)", "insert into visits default values")
    const options: MigrateOptions = { connection: "neon", migrationsFolder }
    await Promise.all([migrateDatabase(fresh.url, options), migrateDatabase(fresh.url, options)])
    await bridge.stop()
    expect(await rowsOf("select id from visits")).toEqual([{ id: 1 }])
  })
})

describe("freshDatabase", () => {
  it("has every migration of this project, and nothing of its neighbours", async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
    try {
      await migrateDatabase(one.url)
      const database = openDatabase(one.url)
      await database.db.execute(sql`create table mine ()`)
      await database.close()
      const neighbour = openDatabase(other.url)
      const { rows } = await neighbour.db.execute(sql`select to_regclass('mine') as mine, to_regclass('parties') is not null as migrated`)
      await neighbour.close()
      expect(rows).toEqual([{ mine: null, migrated: true }])
    } finally {
      await Promise.all([one.drop(), other.drop()])
    }
  })

  it("can be asked for many at once", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => freshDatabase()))
    expect(new Set(all.map(({ url }) => url)).size).toBe(8)
    await Promise.all(all.map((each) => each.drop()))
  })
})
