import { asc, lte } from "drizzle-orm"
import type { Db } from "@/db/client"
import { parties } from "@/db/schema/party"
import { ok } from "@/kernel/result"
import { query } from "./command"
import { nothing } from "./input"

/** When the party is deleted: an ISO instant, or null for never [PTY-20]. */
export const deletionDate = query({
  name: "deletionDate",
  who: "host",
  input: nothing,
  run: async ({ party }) => ok({ deletesAt: party.deletesAt?.toISOString() ?? null }),
})

/** Parties whose date has come, the most overdue first, a few at a time [PTY-21]. */
export async function partiesDueForDeletion(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.select({ id: parties.id }).from(parties).where(lte(parties.deletesAt, now)).orderBy(asc(parties.deletesAt)).limit(limit)
  return rows.map(({ id }) => id)
}
