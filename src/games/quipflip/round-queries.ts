import { sql, type SQL } from "drizzle-orm"
import type { Db, Tx } from "@/db/client"
import { type JsonRow, rowFromJson } from "@/db/row-from-json"
import { quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import type { EngineRound, Sheet } from "./round-sheet"

type SheetRow = { prompt: JsonRow; copies: readonly JsonRow[]; set: JsonRow | null; votes: readonly JsonRow[] }

const sheetColumns = sql`
  to_jsonb(p) as prompt,
  to_jsonb(s) as set,
  (select coalesce(jsonb_agg(to_jsonb(c) order by c.slot), '[]') from quipflip_rounds c
    where c.prompt_round_id = p.round_id and c.round_type = 'COPY' and c.status in ('ACTIVE', 'SUBMITTED')) as copies,
  (select coalesce(jsonb_agg(to_jsonb(v) order by v.ended_at, v.round_id), '[]') from quipflip_rounds v
    where v.phraseset_id = s.phraseset_id and v.round_type = 'VOTE' and v.status in ('ACTIVE', 'SUBMITTED')) as votes`

/** Sheets in one statement, however many there are. `condition` speaks of the prompt `p` and its set `s`; `order` as well. */
export async function sheetsWhere(db: Db | Tx, condition: SQL, order: SQL = sql`p.ended_at, p.round_id`): Promise<Sheet[]> {
  const result = await db.execute<SheetRow>(sql`
    select ${sheetColumns}
    from quipflip_rounds p left join quipflip_phrasesets s on s.prompt_round_id = p.round_id
    where p.round_type = 'PROMPT' and (${condition}) order by ${order}`)
  return result.rows.map(sheetFrom)
}

/** Everything of a night that is played outside sessions and not over; what waits longest first. */
export function liveSheets(db: Db | Tx, partyId: string): Promise<Sheet[]> {
  return sheetsWhere(
    db,
    sql`p.round_id in (
      select round_id from quipflip_rounds
        where party_id = ${partyId}::uuid and round_type = 'PROMPT' and status = 'SUBMITTED' and session_id is null
      union all
      select round_id from quipflip_rounds
        where party_id = ${partyId}::uuid and round_type = 'PROMPT' and status = 'ACTIVE' and session_id is null)
    and (s.phraseset_id is null or (s.status = 'VOTING' and s.session_id is null))`,
  )
}

/** A prompt of this party, or null. */
export async function sheetOfPrompt(db: Db | Tx, partyId: string, promptRoundId: string): Promise<Sheet | null> {
  return (await sheetsWhere(db, sql`p.party_id = ${partyId}::uuid and p.round_id = ${promptRoundId}::uuid`))[0] ?? null
}

/** A guest's round, over or not, with the sheet it belongs to; null when it is not theirs. */
export async function ownRound(db: Db | Tx, guestId: string, roundId: string): Promise<{ round: EngineRound; sheet: Sheet } | null> {
  const result = await db.execute<SheetRow & { own: JsonRow }>(sql`
    select to_jsonb(own) as own, ${sheetColumns}
    from quipflip_rounds own
    left join quipflip_phrasesets voted on voted.phraseset_id = own.phraseset_id
    join quipflip_rounds p on p.round_id = coalesce(own.prompt_round_id, voted.prompt_round_id, own.round_id)
    left join quipflip_phrasesets s on s.prompt_round_id = p.round_id
    where own.round_id = ${roundId}::uuid and own.player_id = ${guestId}::uuid`)
  const row = result.rows[0]
  return row ? { round: rowFromJson(quipflipRounds, row.own), sheet: sheetFrom(row) } : null
}

function sheetFrom({ prompt, copies, set, votes }: SheetRow): Sheet {
  return {
    prompt: rowFromJson(quipflipRounds, prompt),
    copies: copies.map((copy) => rowFromJson(quipflipRounds, copy)),
    set: set && rowFromJson(quipflipPhrasesets, set),
    votes: votes.map((vote) => rowFromJson(quipflipRounds, vote)),
  }
}
