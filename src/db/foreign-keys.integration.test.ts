import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startHouse, type House } from "@/testing/start-party"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

it("[PTY-16] every foreign key has an index that begins with it: deleting a party else reads whole tables for each guest, and is given up", async () => {
  const keys = await house.runtime.db.execute<{ name: string; is_indexed: boolean }>(sql`
    select conname as name, exists (
      select from pg_index i where i.indrelid = c.conrelid and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey) as is_indexed
    from pg_constraint c where contype = 'f' and connamespace = 'public'::regnamespace order by conname`)
  expect(keys.rows.length).toBeGreaterThan(20)
  expect(keys.rows.filter((key) => !key.is_indexed).map((key) => key.name)).toEqual([])
})
