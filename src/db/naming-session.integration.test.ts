import { eq, sql } from "drizzle-orm"
import { afterEach, beforeEach, expect, it } from "vitest"
import { freshDatabase, type FreshDatabase } from "@/testing/postgres"
import { openDatabase, type Database } from "./client"
import { parties } from "./schema/party"

let fresh: FreshDatabase
let database: Database
beforeEach(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url, { maxConnections: 1 })
})
afterEach(async () => {
  await database.close()
  await fresh.drop()
})

const someId = "00000000-0000-4000-8000-000000000001"
const look = (id: string) => database.db.transaction((tx) => tx.select({ name: parties.name }).from(parties).where(eq(parties.id, id)))
const namesOnServer = async () => {
  const { rows } = await database.db.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`)
  return rows.map(({ statement }) => statement)
}

it("Postgres keeps a statement that is repeated in transactions, and answers it by its own parameters each time", async () => {
  await database.db.insert(parties).values({ id: someId, name: "Friday", joinPin: 123456, hostPasscodeHash: "-", createdAt: new Date() })
  for (let time = 0; time < 10; time++) {
    expect(await look(someId)).toEqual([{ name: "Friday" }])
    expect(await look(someId.replace("1", "2"))).toEqual([])
  }
  expect(await namesOnServer()).toEqual([expect.stringContaining('from "parties"')])
})

it("a statement that is used once or twice leaves nothing behind on the server", async () => {
  await look(someId)
  expect(await namesOnServer()).toEqual([])
})

it("a statement that is refused again and again is still refused for its own reason", async () => {
  const insert = () =>
    database.db.transaction((tx) => tx.insert(parties).values({ name: "x", joinPin: 1, hostPasscodeHash: "-", createdAt: new Date() }))
  for (let time = 0; time < 8; time++) {
    await expect(insert()).rejects.toMatchObject({ cause: { constraint: "parties_join_pin_six_digits" } })
  }
})
