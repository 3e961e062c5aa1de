import { setTimeout as delay } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { embeddedSockets } from "./embedded-sockets"
import type { Facts } from "./metrics"
import type { Runtime } from "./runtime"

const patienceMs = 2_000
const liveForMs = 5 * 60_000

type Counts = Record<"open" | "live" | "unpublished" | "oldest_seconds", string | number>

/** What the database and the sockets say right now. A database that does not answer within two seconds says nothing. */
export async function metricFacts({ db, clock, log }: Pick<Runtime, "db" | "clock" | "log">): Promise<Facts> {
  const now = clock.now()
  const counting = counted(db, now).catch((error: unknown) => void log.warn({ err: error }, "the database cannot be counted"))
  const counts = await Promise.race([counting, delay(patienceMs, undefined, { ref: false })])
  const number = (name: keyof Counts) => (counts ? Number(counts[name]) : undefined)
  return {
    openParties: number("open"),
    liveParties: number("live"),
    unpublishedEvents: number("unpublished"),
    oldestUnpublishedSeconds: number("oldest_seconds"),
    sockets: embeddedSockets()?.count(),
    isDatabaseThere: counts !== undefined,
  }
}

async function counted(db: Runtime["db"], now: Date): Promise<Counts | undefined> {
  const at = now.toISOString()
  const since = new Date(now.getTime() - liveForMs).toISOString()
  const { rows } = await db.execute<Counts>(sql`
    select count(*) as open,
      count(*) filter (where exists (
        select from party_events e where e.party_id = p.id and e.created_at > ${since}::timestamptz)) as live,
      (select count(*) from party_events where published_at is null) as unpublished,
      (select greatest(0, coalesce(extract(epoch from ${at}::timestamptz - min(created_at)), 0))
        from party_events where published_at is null) as oldest_seconds
    from parties p where p.status = 'OPEN'`)
  return rows[0]
}
