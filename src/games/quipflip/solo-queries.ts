import { sql, type SQL } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { type JsonRow, rowFromJson } from "@/db/row-from-json"
import { quipflipRounds } from "@/db/schema/quipflip"
import { ok, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { graceMs } from "./round-clock"
import { liveSheets, sheetsWhere } from "./round-queries"
import type { EngineRound, Sheet } from "./round-sheet"
import type { GivenBack } from "./solo-dealing"
import { soloDeskViewOf, type FlaggedPhraseView, type SoloDeskView } from "./solo-view"

/** What decides whether a guest may begin something, and what they are dealt. */
export type Standing = { readonly running: EngineRound | null; readonly isInSession: boolean; readonly givenBack: readonly GivenBack[] }

/** As many final sets as a desk shows. */
const finishedShown = 5

export async function standingOf(db: Db | Tx, guestId: string): Promise<Standing> {
  const result = await db.execute<{ running: JsonRow | null; is_in_session: boolean; given_back: GivenBack[] }>(sql`
    select
      (select to_jsonb(r) from quipflip_rounds r where r.player_id = ${guestId}::uuid and r.status = 'ACTIVE') as running,
      exists (select 1 from party_participants p join party_sessions s on s.session_id = p.session_id
        where p.player_id = ${guestId}::uuid and p.status in ('JOINED', 'READY', 'ACTIVE') and s.status = 'IN_PROGRESS') as is_in_session,
      (select coalesce(jsonb_agg(jsonb_build_object('promptRoundId', r.prompt_round_id, 'isFlagged', r.status = 'FLAGGED') order by r.created_at), '[]')
        from quipflip_rounds r where r.player_id = ${guestId}::uuid and r.round_type = 'COPY'
          and r.status in ('ABANDONED', 'TIMED_OUT', 'FLAGGED')) as given_back`)
  const row = result.rows[0]
  return {
    running: row?.running ? rowFromJson(quipflipRounds, row.running) : null,
    isInSession: row?.is_in_session ?? false,
    givenBack: row?.given_back ?? [],
  }
}

/**
 * The newest final sets this guest wrote in or voted on, and own phrases that a session has taken from the queue and has not
 * done with; neither of sessions the guest plays in, which have results of their own.
 */
function ownSheets(db: Db | Tx, guestId: string): Promise<Sheet[]> {
  const written = sql`select r.round_id from quipflip_rounds r
    where r.player_id = ${guestId}::uuid and r.status = 'SUBMITTED' and r.round_type <> 'VOTE'`
  const isElsewhere = (sessionId: SQL) => sql`not exists (
    select 1 from party_participants m where m.session_id = ${sessionId} and m.player_id = ${guestId}::uuid)`
  return sheetsWhere(
    db,
    sql`s.phraseset_id in (
      select f.phraseset_id from quipflip_phrasesets f
      where f.status = 'FINALIZED' and ${isElsewhere(sql`f.session_id`)}
        and (f.prompt_round_id in (${written}) or f.copy_1_round_id in (${written}) or f.copy_2_round_id in (${written})
          or f.phraseset_id in (select v.phraseset_id from quipflip_rounds v
            where v.player_id = ${guestId}::uuid and v.round_type = 'VOTE' and v.status = 'SUBMITTED'))
      order by f.finalized_at desc, f.phraseset_id limit ${finishedShown})
    or (p.session_id is not null and p.status = 'SUBMITTED' and s.status is distinct from 'FINALIZED' and ${isElsewhere(sql`p.session_id`)}
      and (p.round_id in (${written}) or s.copy_1_round_id in (${written}) or s.copy_2_round_id in (${written})))`,
    sql`s.finalized_at desc, s.phraseset_id, p.ended_at`,
  )
}

/** Quipflip alone as the asking guest sees it: own texts and what waits; of others' phrases only those of final sets [QF-E14]. */
export const soloDesk = query({
  name: "soloDesk",
  who: "guest",
  input: nothing,
  async run({ db, party, actor, now }): Promise<Result<{ desk: SoloDeskView; version: number }, never>> {
    const guestId = actor.guest.id
    const { isInSession, givenBack } = await standingOf(db, guestId)
    const live = await liveSheets(db, party.id)
    const own = await ownSheets(db, guestId)
    return ok({ desk: soloDeskViewOf(guestId, now, { live, own, givenBack, isInSession }), version: party.version })
  },
})

/** What waits for the host's word, the oldest flag first [QF-E10]. */
export async function flaggedIn(db: Db | Tx, partyId: string): Promise<FlaggedPhraseView[]> {
  const live = await liveSheets(db, partyId)
  return live
    .flatMap(({ prompt, copies }) => {
      const { roundId, promptText, phrase, flaggedAt } = prompt
      if (flaggedAt === null || promptText === null || phrase === null) return []
      return [{ promptRoundId: roundId, promptText, phrase, flaggedAt: flaggedAt.toISOString(), copies: copies.length }]
    })
    .sort((one, other) => one.flaggedAt.localeCompare(other.flaggedAt))
}

export const flaggedPhrases = query({
  name: "flaggedPhrases",
  who: "host",
  input: nothing,
  run: async ({ db, party }): Promise<Result<{ phrases: FlaggedPhraseView[]; version: number }, never>> =>
    ok({ phrases: await flaggedIn(db, party.id), version: party.version }),
})

/** Parties where a round is over, a set final, or something open though the party has ended [QF-N5] [QF-N7] [QF-E12]. */
export async function partiesWithDueSoloPlay(db: Db, now: Date): Promise<string[]> {
  const overSince = new Date(now.getTime() - graceMs).toISOString()
  const result = await db.execute<{ party_id: string }>(sql`
    select r.party_id from quipflip_rounds r where r.status = 'ACTIVE' and r.session_id is null and r.expires_at <= ${overSince}::timestamptz
    union
    select s.party_id from quipflip_phrasesets s
      where s.status = 'VOTING' and s.final_at is not null and s.final_at <= ${now.toISOString()}::timestamptz and s.session_id is null
    union
    select p.id from parties p where p.status = 'ENDED' and (
      exists (select 1 from quipflip_rounds r where r.party_id = p.id and r.status = 'ACTIVE' and r.session_id is null)
      or exists (select 1 from quipflip_phrasesets s where s.party_id = p.id and s.status = 'VOTING' and s.session_id is null)
      or exists (select 1 from quipflip_rounds r where r.party_id = p.id and r.round_type = 'PROMPT' and r.status = 'SUBMITTED' and r.session_id is null
        and not exists (select 1 from quipflip_phrasesets s where s.prompt_round_id = r.round_id)))`)
  return result.rows.map((row) => row.party_id)
}
