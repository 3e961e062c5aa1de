import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, or, sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import type { Db, Tx } from "@/db/client"
import { parties, partyUsers } from "@/db/schema/party"
import { partyParticipants, partyRounds, partySessions, quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { type JsonRow, rowFromJson } from "@/db/row-from-json"
import { ok, refuse, type Result } from "@/kernel/result"
import { query } from "@/party/command"
import { nothing } from "@/party/input"
import { sessionInput } from "./input"
import type { QuipflipRefusal } from "./refusals"
import type { SessionFacts } from "./session-facts"
import { seatOf, sessionViewOf } from "./session-view"
import type { SeatView, SessionResults, SessionView } from "./view"

type FactsRow = {
  session: JsonRow
  seats: readonly (JsonRow & { name: string; wallet_balance: number | null; is_kicked: boolean | null })[]
  tasks: readonly JsonRow[]
  rounds: readonly JsonRow[]
  sets: readonly (JsonRow & { is_filler: boolean })[]
}

/** Of a session that is over its results tell what was played. */
const isPlayed = sql`party_sessions.status = 'IN_PROGRESS'`

/** Sessions with all that belongs to them, in one statement; those that are over without what was played in them, and without results, which are large. Oldest first. `areWordsRead`: of which of them also what was written and voted. */
async function sessionsWhere(db: Db | Tx, condition: SQL | undefined, areWordsRead: SQL = sql`true`): Promise<SessionFacts[]> {
  const result = await db.execute<FactsRow>(sql`
    select to_jsonb(party_sessions) - 'results' as session,
      (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object(
          'name', coalesce(u.name, p.ai_name), 'wallet_balance', u.wallet_balance, 'is_kicked', u.kicked_at is not null
        ) order by p.joined_at, p.participant_id), '[]')
        from party_participants p left join party_users u on u.id = p.player_id where p.session_id = party_sessions.session_id) as seats,
      (select coalesce(jsonb_agg(to_jsonb(t) order by t.ordinal, t.party_round_id), '[]')
        from party_rounds t where t.session_id = party_sessions.session_id and ${isPlayed}) as tasks,
      (select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at, r.round_id), '[]')
        from quipflip_rounds r where r.session_id = party_sessions.session_id and ${isPlayed} and ${areWordsRead}) as rounds,
      (select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('is_filler', b.is_filler)
          order by b.is_filler, b.created_at, s.phraseset_id), '[]')
        from party_phrasesets b join quipflip_phrasesets s on s.phraseset_id = b.phraseset_id
        where b.session_id = party_sessions.session_id and ${isPlayed} and ${areWordsRead}) as sets
    from party_sessions where ${condition} order by party_sessions.created_at, party_sessions.session_id`)
  return result.rows.map(factsFrom)
}

function factsFrom({ session, seats, tasks, rounds, sets }: FactsRow): SessionFacts {
  return {
    session: rowFromJson(partySessions, session),
    seats: seats.map((seat) => ({
      ...rowFromJson(partyParticipants, seat),
      name: seat.name,
      walletBalance: seat.wallet_balance ?? 0,
      isKicked: seat.is_kicked ?? false,
    })),
    tasks: tasks.map((task) => rowFromJson(partyRounds, task)),
    rounds: rounds.map((round) => rowFromJson(quipflipRounds, round)),
    sets: sets.map((set) => ({ ...rowFromJson(quipflipPhrasesets, set), isFiller: set.is_filler })),
  }
}

/** A session of this party with everything that belongs to it, or null. */
export async function sessionFacts(db: Db | Tx, partyId: string, sessionId: string): Promise<SessionFacts | null> {
  return (await sessionsWhere(db, and(eq(partySessions.partyId, partyId), eq(partySessions.sessionId, sessionId))))[0] ?? null
}

/** The living session with this code, or null [QF-S1]. */
export async function livingSessionWithCode(db: Db | Tx, partyId: string, code: string): Promise<SessionFacts | null> {
  const isLiving = inArray(partySessions.status, ["OPEN", "IN_PROGRESS"])
  return (await sessionsWhere(db, and(eq(partySessions.partyId, partyId), eq(partySessions.partyCode, code), isLiving)))[0] ?? null
}

/** Whether a living session has this code, at whichever party [QF-S1]. */
export async function isCodeTaken(db: Db | Tx, code: string): Promise<boolean> {
  const rows = await db
    .select({ sessionId: partySessions.sessionId })
    .from(partySessions)
    .where(and(eq(partySessions.partyCode, code), inArray(partySessions.status, ["OPEN", "IN_PROGRESS"])))
  return rows.length > 0
}

/** As many sessions that are over as a screen is told of, and as many of the guest's own. */
const endedShown = { altogether: 4, own: 1 }

/**
 * What every screen is told of: everything open and running, and the last few that were played or given up; oldest first.
 * Nothing of what is written in them is read, for with twenty sessions that is most of it.
 */
export async function sessionsOfParty(db: Db | Tx, partyId: string): Promise<SessionFacts[]> {
  return sessionsWhere(db, isShown(db, partyId, null), sql`false`)
}

/** What a guest is told of besides, with all that is written: those they sit in, and their last one whenever it ended; oldest first. */
export async function sessionsOfGuest(db: Db | Tx, partyId: string, guestId: string): Promise<SessionFacts[]> {
  return sessionsWhere(db, and(isShown(db, partyId, guestId), isSatIn(guestId)))
}

function isShown(db: Db | Tx, partyId: string, guestId: string | null): SQL | undefined {
  const lastEnded = (whose: SQL | undefined, most: number) =>
    db
      .select({ sessionId: partySessions.sessionId })
      .from(partySessions)
      .where(and(eq(partySessions.partyId, partyId), inArray(partySessions.status, ["COMPLETED", "ABANDONED"]), isNotNull(partySessions.startedAt), whose))
      .orderBy(desc(partySessions.completedAt))
      .limit(most)
  const isLiving = inArray(partySessions.status, ["OPEN", "IN_PROGRESS"])
  const hasJustEnded = inArray(partySessions.sessionId, lastEnded(undefined, endedShown.altogether))
  const isOwnLast = guestId === null ? undefined : inArray(partySessions.sessionId, lastEnded(isSatIn(guestId), endedShown.own))
  return and(eq(partySessions.partyId, partyId), or(isLiving, hasJustEnded, isOwnLast))
}

/** Every phone asks for its seat when a phase begins: what the others play is not to be read for it. */
function isSatIn(guestId: string): SQL {
  return sql`exists (select 1 from party_participants own where own.session_id = party_sessions.session_id and own.player_id = ${guestId}::uuid)`
}

/** The own seat with the text of the round that runs, and nobody else's [QF-S13]. */
export const ownSeat = query({
  name: "ownSeat",
  who: "guest",
  input: nothing,
  async run({ db, party, actor }): Promise<Result<{ seat: SeatView | null; version: number }, never>> {
    const seat = seatOf(await sessionsOfGuest(db, party.id, actor.guest.id), actor.guest.id)
    return ok({ seat, version: party.version })
  },
})

/** What a session came to, for every screen of the party; only once it is over [QF-S13]. */
export const sessionResults = query({
  name: "sessionResults",
  who: "anyone",
  input: sessionInput,
  async run({ db, party }, { sessionId }): Promise<Result<{ results: SessionResults }, QuipflipRefusal>> {
    const rows = await db
      .select({ results: partySessions.results })
      .from(partySessions)
      .where(and(eq(partySessions.partyId, party.id), eq(partySessions.sessionId, sessionId)))
    if (!rows[0]) return refuse("session_not_found")
    // Written by `resultsOf` and by nothing else.
    return rows[0].results === null ? refuse("session_not_over") : ok({ results: rows[0].results as SessionResults })
  },
})

/** One session as everybody sees it, for machines. */
export const sessionStatus = query({
  name: "sessionStatus",
  who: "anyone",
  input: sessionInput,
  async run({ db, party }, { sessionId }): Promise<Result<{ session: SessionView; version: number }, QuipflipRefusal>> {
    const facts = await sessionFacts(db, party.id, sessionId)
    return facts ? ok({ session: sessionViewOf(facts), version: party.version }) : refuse("session_not_found")
  },
})

/** Sessions people may still join, or watch; for machines. */
export const sessionList = query({
  name: "sessionList",
  who: "anyone",
  input: z.object({ status: z.enum(["OPEN", "IN_PROGRESS"]).default("OPEN") }),
  async run({ db, party }, { status }): Promise<Result<{ sessions: SessionView[] }, never>> {
    const facts = await sessionsWhere(db, and(eq(partySessions.partyId, party.id), eq(partySessions.status, status)))
    return ok({ sessions: facts.map(sessionViewOf) })
  },
})

/** Sessions whose clock has run down, with somebody who was kicked, or of a party that is over [QF-S11] [QF-S16]. */
export async function dueSessions(db: Db, now: Date): Promise<{ partyId: string; sessionId: string }[]> {
  const hasKicked = sql`exists (
    select 1 from party_participants p join party_users u on u.id = p.player_id
    where p.session_id = party_sessions.session_id and u.kicked_at is not null and p.status in ('JOINED', 'READY', 'ACTIVE'))`
  return db
    .select({ partyId: partySessions.partyId, sessionId: partySessions.sessionId })
    .from(partySessions)
    .innerJoin(parties, eq(parties.id, partySessions.partyId))
    .where(
      and(
        inArray(partySessions.status, ["OPEN", "IN_PROGRESS"]),
        or(lte(partySessions.dueAt, now), eq(parties.status, "ENDED"), hasKicked),
      ),
    )
    .orderBy(asc(partySessions.dueAt))
}

/** When these guests opened sessions, newest first; for the hourly limit [QF-S17]. */
export async function openingsOf(db: Db | Tx, guestId: string): Promise<Date[]> {
  const rows = await db
    .select({ createdAt: partySessions.createdAt })
    .from(partySessions)
    .where(eq(partySessions.openedById, guestId))
    .orderBy(desc(partySessions.createdAt))
    .limit(5)
  return rows.map(({ createdAt }) => createdAt)
}

/** The living session somebody sits in, or null [QF-S17]. */
export async function livingSessionOf(db: Db | Tx, guestId: string): Promise<string | null> {
  const rows = await db
    .select({ sessionId: partyParticipants.sessionId })
    .from(partyParticipants)
    .where(and(eq(partyParticipants.playerId, guestId), inArray(partyParticipants.status, ["JOINED", "READY", "ACTIVE"])))
  return rows[0]?.sessionId ?? null
}

/** How many prompts of the night's queue wait for a copy [QF-N2]. */
export async function waitingPromptCount(db: Db | Tx, partyId: string): Promise<number> {
  const result = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from quipflip_rounds p
    where p.party_id = ${partyId}::uuid and p.round_type = 'PROMPT' and p.status = 'SUBMITTED' and p.session_id is null and p.flagged_at is null
      and (select count(*) from quipflip_rounds c where c.prompt_round_id = p.round_id and c.status in ('ACTIVE', 'SUBMITTED')) < 2`)
  return result.rows[0]?.count ?? 0
}

/** Every prompt this party has seen, so that none comes twice while there are others. */
export async function seenPrompts(db: Db | Tx, partyId: string): Promise<Set<string>> {
  const result = await db.execute<{ prompt_text: string }>(sql`
    select distinct prompt_text from quipflip_rounds where party_id = ${partyId}::uuid and prompt_text is not null
    union
    select t.prompt_text from party_rounds t join party_sessions s on s.session_id = t.session_id
    where s.party_id = ${partyId}::uuid and t.prompt_text is not null`)
  return new Set(result.rows.map((row) => row.prompt_text))
}

/** Guests of a party who may sit down: living, with a phone. */
export async function seatableGuests(db: Db | Tx, guestIds: readonly string[]): Promise<string[]> {
  if (guestIds.length === 0) return []
  const isFree = sql`not exists (select 1 from party_participants p where p.player_id = party_users.id and p.status in ('JOINED', 'READY', 'ACTIVE'))`
  const rows = await db
    .select({ id: partyUsers.id })
    .from(partyUsers)
    .where(and(inArray(partyUsers.id, [...guestIds]), isNull(partyUsers.kickedAt), isFree))
  return rows.map(({ id }) => id)
}

/** A phrase of the night's queue that nobody copies yet, whose writer is none of these guests; the one that waits longest [QF-S8]. */
export async function queuedPrompts(db: Db | Tx, partyId: string, guestIds: readonly string[], most: number): Promise<string[]> {
  const result = await db.execute<{ round_id: string }>(sql`
    select p.round_id from quipflip_rounds p
    where p.party_id = ${partyId}::uuid and p.round_type = 'PROMPT' and p.status = 'SUBMITTED' and p.session_id is null and p.flagged_at is null
      and not (p.player_id = any(${uuids(guestIds)}::uuid[]))
      and not exists (select 1 from quipflip_rounds c where c.prompt_round_id = p.round_id and c.status in ('ACTIVE', 'SUBMITTED'))
    order by p.created_at limit ${most}`)
  return result.rows.map((row) => row.round_id)
}

/**
 * Open sets of the night's queue in which none of these guests has written or voted, nor has been shown the original by a
 * copy that came to nothing; the one that waits longest first [QF-S9] [QF-N5].
 */
export async function queuedSets(db: Db | Tx, partyId: string, now: Date, guestIds: readonly string[], most: number): Promise<string[]> {
  const result = await db.execute<{ phraseset_id: string }>(sql`
    select s.phraseset_id from quipflip_phrasesets s
    where s.party_id = ${partyId}::uuid and s.status = 'VOTING' and s.session_id is null
      and (s.final_at is null or s.final_at > ${now.toISOString()}::timestamptz)
      and not exists (
        select 1 from quipflip_rounds r
        where (r.phraseset_id = s.phraseset_id or r.prompt_round_id = s.prompt_round_id or r.round_id = s.prompt_round_id)
          and (r.status = 'ACTIVE' or r.player_id = any(${uuids(guestIds)}::uuid[])))
      and (select count(*) from quipflip_rounds v where v.phraseset_id = s.phraseset_id and v.status = 'SUBMITTED') < 12
    order by s.created_at limit ${most}`)
  return result.rows.map((row) => row.phraseset_id)
}

function uuids(ids: readonly string[]): string {
  return `{${ids.join(",")}}`
}
