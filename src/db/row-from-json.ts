import { getTableColumns } from "drizzle-orm"
import type { PgTable } from "drizzle-orm/pg-core"

/** A table's row as `to_jsonb` writes it: by column name. */
export type JsonRow = Readonly<Record<string, unknown>>

/**
 * A row that came inside another's JSON, as Drizzle would have read it by itself. So one statement can bring all that
 * belongs to something, instead of one per table.
 */
export function rowFromJson<T extends PgTable>(table: T, json: JsonRow): T["$inferSelect"] {
  const entries = Object.entries(getTableColumns(table)).map(([key, column]) => {
    const value = json[column.name]
    return [key, value === null || value === undefined ? null : column.mapFromDriverValue(value)]
  })
  return Object.fromEntries(entries) as T["$inferSelect"]
}
