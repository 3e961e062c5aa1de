import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { bareDatabase, type FreshDatabase } from "@/testing/postgres"
import { newestMigration } from "./newest-migration"

const run = promisify(execFile)

let database: FreshDatabase
beforeAll(async () => void (database = await bareDatabase()))
afterAll(() => database.drop())

/** `npm run migrate` as a deploy runs it. */
async function migrate(env: Record<string, string>): Promise<Said> {
  // Empty ones count as absent, and are not filled from a developer's .env.
  const whole = { PATH: process.env.PATH ?? "", NODE_ENV: "test" as const, DATABASE_URL: "", DATABASE_URL_UNPOOLED: "", ...env }
  return ended(run(process.execPath, ["--import", "tsx", "scripts/migrate.ts"], { env: whole }))
}

type Said = { code: number; stdout: string; stderr: string }

function ended(running: Promise<{ stdout: string; stderr: string }>): Promise<Said> {
  return running.then(
    (said) => ({ code: 0, ...said }),
    (error: Said) => error,
  )
}

it("three deploys at once migrate once, and a fourth finds nothing to do", async () => {
  const deploys = await Promise.all([1, 2, 3].map(() => migrate({ DATABASE_URL: database.url })))
  expect(deploys.map(({ code }) => code)).toEqual([0, 0, 0])
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query<{ n: string; newest: string }>("select count(*) as n, max(created_at) as newest from drizzle.__drizzle_migrations")
  await client.end()
  const count = Number(newestMigration.tag.slice(0, 4)) + 1
  expect(rows.map(({ n, newest }) => [Number(n), Number(newest)])).toEqual([[count, newestMigration.when]])
  const again = await migrate({ DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing", DATABASE_URL_UNPOOLED: database.url })
  expect(again.stdout.trim()).toBe(`Nothing to migrate: all ${count} migrations are there.`)
}, 120_000)

it("a database that does not answer fails the deploy in one line, without the password", async () => {
  const said = await migrate({ DATABASE_URL: "postgres://party:hush-hush@127.0.0.1:9/nothing" })
  expect(said.code).toBe(1)
  expect(said.stderr).toMatch(/^The database was left as it was: .*ECONNREFUSED/)
  expect(said.stderr + said.stdout).not.toContain("hush-hush")
  expect((await migrate({})).code).toBe(1)
}, 120_000)

it("reads .env.local of the folder it is started in, with the signs that Neon's addresses have", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "party-migrate-"))
  try {
    await writeFile(path.join(folder, ".env.local"), "DATABASE_URL=postgres://party:hush@127.0.0.1:9/night?sslmode=require&channel_binding=require\n")
    const loaded = ["--import", import.meta.resolve("tsx"), path.resolve("scripts/migrate.ts")]
    const env = { PATH: process.env.PATH ?? "", NODE_ENV: "test" as const, TSX_TSCONFIG_PATH: path.resolve("tsconfig.json") }
    expect((await ended(run(process.execPath, loaded, { cwd: folder, env }))).stderr).toMatch(/left as it was: .*ECONNREFUSED 127\.0\.0\.1:9/)
  } finally {
    await rm(folder, { recursive: true })
  }
}, 120_000)
