import { sql } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"

/** For so long nobody else plays what somebody has claimed, in milliseconds: longer than a model may think. */
const leaseMs = 30_000
/** As many at once as one process plays side by side. */
const claimedAtOnce = 16

/** What an AI seat has to play by now. */
export type AiTask = { readonly partyId: string; readonly sessionId: string; readonly participantId: string; readonly lifecycleVersion: number }

/**
 * What AI seats have to play by now, everywhere or in one session, for this caller alone until the lease ends. Of each seat
 * only the next: two callers with two rounds of one seat would be in each other's way.
 */
export async function claimAiTasks(db: Db | Tx, now: Date, sessionId: string | null = null): Promise<AiTask[]> {
  const at = now.toISOString()
  const until = new Date(now.getTime() + leaseMs).toISOString()
  const result = await db.execute<{ party_id: string; session_id: string; participant_id: string; lifecycle_version: number }>(sql`
    with due as (
      select t.party_round_id from party_rounds t join party_sessions s on s.session_id = t.session_id
      where t.ai_due_at <= ${at}::timestamptz and t.done_at is null and s.status = 'IN_PROGRESS' and t.phase = s.current_phase
        and (${sessionId}::uuid is null or t.session_id = ${sessionId}::uuid)
        and (t.ai_claimed_until is null or t.ai_claimed_until <= ${at}::timestamptz)
        and not exists (
          select 1 from party_rounds earlier where earlier.participant_id = t.participant_id and earlier.phase = t.phase
            and earlier.ordinal < t.ordinal and earlier.done_at is null)
      order by t.ai_due_at limit ${claimedAtOnce} for update of t skip locked
    )
    update party_rounds t set ai_claimed_until = ${until}::timestamptz
    from due, party_sessions s where t.party_round_id = due.party_round_id and s.session_id = t.session_id
    returning s.party_id, t.session_id, t.participant_id, s.lifecycle_version`)
  return result.rows.map((row) => ({
    partyId: row.party_id,
    sessionId: row.session_id,
    participantId: row.participant_id,
    lifecycleVersion: row.lifecycle_version,
  }))
}
