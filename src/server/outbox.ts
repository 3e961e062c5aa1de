import { and, asc, isNull, like, notBetween, sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { partyEvents } from "@/db/schema/party"
import { channelOf } from "@/realtime/channels"
import type { Announcement } from "@/realtime/event"

/** An event as it stands in the log, on its way to the screens. */
export type OutboxEvent = {
  readonly id: number
  readonly channel: string
  readonly name: string
  readonly version: number
  readonly previous: number
  readonly payload: unknown
}

/** What a command leaves behind besides its own rows: its events, and its answer if the tap had an id [PTY-14]. */
export type Aftermath = {
  readonly partyId: string
  readonly version: number
  readonly now: Date
  readonly announcements: readonly Announcement[]
  readonly triggeredBy: string | null
  readonly request: { actor: string; requestId: string; command: string; answer: unknown } | null
}

/** Writes the events and the answer in one statement, inside the command's transaction. */
export async function recordAftermath(tx: Tx, aftermath: Aftermath): Promise<OutboxEvent[]> {
  const { partyId, version, now, announcements, triggeredBy, request } = aftermath
  if (announcements.length === 0 && !request) return []
  const at = now.toISOString()
  const events = JSON.stringify(
    announcements.map(({ audience, name, payload }) => ({ channel: channelOf(audience), name, payload })),
  )
  const result = await tx.execute<{ id: string | number; channel: string; event_type: string; previous: number }>(sql`
    with remembered as (
      insert into command_requests (party_id, actor, request_id, command, answer, created_at)
      select ${partyId}::uuid, r.actor, r."requestId", r.command, r.answer, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(request ? [request] : [])}::jsonb)
        as r(actor text, "requestId" text, command text, answer jsonb)
    )
    insert into party_events (party_id, version, previous, event_type, channel, data, triggered_by, created_at)
    select ${partyId}::uuid, ${version}::integer,
      coalesce((select max(p.version) from party_events p where p.channel = r.channel), 0),
      r.name, r.channel, r.payload, ${triggeredBy}::uuid, ${at}::timestamptz
    from jsonb_to_recordset(${events}::jsonb) as r(channel text, name text, payload jsonb)
    returning id, channel, event_type, previous`)
  const payloads = new Map(announcements.map(({ audience, payload }) => [channelOf(audience), payload]))
  return result.rows.map((row) => ({
    id: Number(row.id),
    channel: row.channel,
    name: row.event_type,
    version,
    previous: row.previous,
    payload: payloads.get(row.channel),
  }))
}

/**
 * Notes that these events reached the fan-out. Losing this note only announces them again, so it need not wait for the disk;
 * said inside the statement itself, because it is written after every command, beside the next one.
 */
export async function markPublished(db: Db | Tx, ids: readonly number[], now: Date): Promise<void> {
  await db.execute(sql`
    update party_events set published_at = ${now.toISOString()}::timestamptz
    from (select set_config('synchronous_commit', 'off', true)) as relaxed
    where id = any(${`{${ids.join(",")}}`}::bigint[])`)
}

/**
 * Unpublished events from outside the `recent` past and future, oldest first, claimed until the transaction ends so that no
 * two sweepers send them. From the future come those announced before the clock was set back. The ends of connections come
 * last: however many of them a fan-out fails at, they hold up nothing that a screen is to hear [PTY-24].
 */
export async function claimUnpublished(tx: Tx, recent: { from: Date; to: Date }, limit: number): Promise<OutboxEvent[]> {
  const isEnd = like(partyEvents.channel, `${channelOf({ kind: "connections", userId: "" })}%`)
  const rows = await tx
    .select()
    .from(partyEvents)
    .where(and(isNull(partyEvents.publishedAt), notBetween(partyEvents.createdAt, recent.from, recent.to)))
    .orderBy(asc(isEnd), asc(partyEvents.id))
    .limit(limit)
    .for("update", { skipLocked: true })
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    name: row.eventType,
    version: row.version,
    previous: row.previous,
    payload: row.data,
  }))
}
