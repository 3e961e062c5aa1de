import { execFile } from "node:child_process"
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
async function migrate(env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  const whole = { PATH: process.env.PATH ?? "", NODE_ENV: "test" as const, ...env }
  return run(process.execPath, ["--import", "tsx", "scripts/migrate.ts"], { env: whole }).then(
    (said) => ({ code: 0, ...said }),
    (error: { code: number; stdout: string; stderr: string }) => error,
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
