import { readFileSync } from "node:fs"
import path from "node:path"
import { expect, it } from "vitest"
import { newestMigration } from "./newest-migration"

it("names the last migration of drizzle/: whoever adds one writes it down in newest-migration.ts too", () => {
  const journal = JSON.parse(readFileSync(path.resolve("drizzle/meta/_journal.json"), "utf8")) as { entries: { tag: string; when: number }[] }
  // Drizzle applies what is newer than the newest it finds, so the order of the dates is the order of the entries.
  expect(journal.entries.map(({ when }) => when)).toEqual(journal.entries.map(({ when }) => when).sort((a, b) => a - b))
  const { tag, when } = journal.entries.at(-1) ?? {}
  expect(newestMigration).toEqual({ tag, when })
})
