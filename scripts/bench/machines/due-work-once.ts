import { setTimeout as delay } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { addAiPlayer, createSession, startSession } from "@/games/quipflip/lobby-commands"
import { skipPlayer } from "@/games/quipflip/session-commands"
import { startImposterRound } from "@/games/imposter/commands"
import { channelOf } from "@/realtime/channels"
import type { Runtime } from "@/server/runtime"
import { imbalancesOf } from "@/wallet/conservation"
import type { PusherAccount } from "../environment"
import { openScreen } from "../screen"
import { did, fillHouse, hostOf } from "../stage"

type Where = { readonly runtime: Runtime; readonly realtimePort: number; readonly account: PusherAccount; readonly webUrl: string }

/** What went wrong, in words; empty when each piece of work was done, and done once. `done` says how much there was. */
export type DueWork = { readonly done: string; readonly problems: readonly string[] }

const partyCount = 6
const leftBehind = 40
const patienceMs = 30_000

/**
 * Gives the tickers of all machines the same work at the same moment: rounds whose deadline has passed, seats that the AI
 * plays, events that a crash has left behind. Looks at what came of it: once each, and nobody paid twice.
 */
export async function watchDueWork(where: Where): Promise<DueWork> {
  const problems: string[] = []
  const parties = await Promise.all(Array.from({ length: partyCount }, () => fillHouse(where.runtime, 4)))
  const rounds = await moveRounds(where.runtime, parties.map(({ partyId }) => partyId), problems)
  const sessions = await playSessions(where.runtime, parties, problems)
  await where.runtime.publisher.settled()
  const events = await sweepEvents(where, parties[0]?.partyId ?? "", problems)
  for (const { partyId } of parties) {
    const imbalances = await imbalancesOf(where.runtime.db, partyId)
    if (imbalances.length > 0) problems.push(`the books of a party do not balance: ${JSON.stringify(imbalances)}`)
  }
  return { done: `${rounds} deadlines of Imposter, ${sessions} rounds of AI seats, ${events} events left behind`, problems }
}

const steps = [
  { column: sql`discussion_ends_at`, sees: "VOTING", vote: 1 },
  { column: sql`vote_ends_at`, sees: "VOTING", vote: 2 },
  { column: sql`vote_ends_at`, sees: "REVEALED", vote: 2 },
] as const

/** Talking ends, nobody votes, nobody votes again, the imposter escapes and is paid. Each step is one event. */
async function moveRounds(runtime: Runtime, partyIds: readonly string[], problems: string[]): Promise<number> {
  const { db } = runtime
  for (const partyId of partyIds) await did(runtime, startImposterRound, hostOf(partyId), {})
  const ids = `{${partyIds.join(",")}}`
  for (const { column, sees, vote } of steps) {
    const before = await roundEvents(runtime, ids)
    await db.execute(sql`update party_imposter_rounds set ${column} = now() - interval '1 second' where party_id = any(${ids}::uuid[])`)
    const isMoved = async () => {
      const { rows } = await db.execute<{ count: number }>(sql`
        select count(*)::integer as count from party_imposter_rounds
        where party_id = any(${ids}::uuid[]) and status = ${sees} and vote = ${vote}`)
      return rows[0]?.count === partyIds.length
    }
    if (!(await comesTrue(isMoved))) problems.push(`rounds do not get to ${sees} ${vote}`)
    // Whoever comes second has come by then.
    await delay(2_500)
    const events = (await roundEvents(runtime, ids)) - before
    if (events !== partyIds.length) problems.push(`${partyIds.length} rounds moved on to ${sees} ${vote} with ${events} events`)
  }
  const { rows } = await db.execute<{ count: number; coins: number }>(sql`
    select count(*)::integer as count, coalesce(sum(amount), 0)::integer as coins from ledger_transfers
    where party_id = any(${ids}::uuid[]) and amount = 150`)
  if (rows[0]?.count !== partyIds.length) problems.push(`${partyIds.length} imposters escaped and ${rows[0]?.count} were paid`)
  return steps.length * partyIds.length
}

async function roundEvents({ db }: Pick<Runtime, "db">, ids: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from party_events
    where party_id = any(${ids}::uuid[]) and event_type in ('round-changed', 'round-revealed')`)
  return rows[0]?.count ?? 0
}

type House = { readonly partyId: string; readonly guests: readonly string[] }

/** One guest and three seats of the AI in every party; the guest is skipped in each phase, so only tickers play. */
async function playSessions(runtime: Runtime, parties: readonly House[], problems: string[]): Promise<number> {
  const rounds = await Promise.all(parties.map((party) => playSession(runtime, party, problems)))
  return rounds.reduce((sum, played) => sum + played, 0)
}

async function playSession(runtime: Runtime, { partyId, guests: [guestId = ""] }: House, problems: string[]): Promise<number> {
  const { db } = runtime
  const claims = { guest: { partyId, guestId } }
  const { session } = await did(runtime, createSession, claims, { pace: "OFF" })
  const { sessionId } = session
  for (let seat = 0; seat < 3; seat++) await did(runtime, addAiPlayer, claims, { sessionId })
  await did(runtime, startSession, claims, { sessionId })
  const own = await db.execute<{ participant_id: string }>(sql`
    select participant_id from party_participants where session_id = ${sessionId}::uuid and player_id = ${guestId}::uuid`)
  const participantId = own.rows[0]?.participant_id
  const isOver = async () => {
    const { rows } = await db.execute<{ status: string; owes: boolean }>(sql`
      select s.status, exists (
        select 1 from party_rounds r where r.session_id = s.session_id and r.phase = s.current_phase
          and r.participant_id = ${participantId}::uuid and r.done_at is null) as owes
      from party_sessions s where s.session_id = ${sessionId}::uuid`)
    if (rows[0]?.status === "IN_PROGRESS" && rows[0].owes) await did(runtime, skipPlayer, claims, { sessionId, participantId })
    return rows[0]?.status === "COMPLETED"
  }
  if (!(await comesTrue(isOver, 5 * patienceMs))) problems.push("a session with AI seats does not come to its end")
  const { rows } = await db.execute<{ played: number; owed: number; copies: number }>(sql`
    select count(*) filter (where done_at is not null and not is_by_house)::integer as played,
      count(*) filter (where done_at is null)::integer as owed,
      (count(round_id) - count(distinct round_id))::integer as copies
    from party_rounds where session_id = ${sessionId}::uuid`)
  const { played = 0, owed = 0, copies = 0 } = rows[0] ?? {}
  if (owed > 0) problems.push(`${owed} rounds of a finished session were never played`)
  if (copies > 0) problems.push(`${copies} rounds of a session were played twice`)
  return played
}

/** Events as a crash between commit and publishing leaves them, heard on the party's own channel. */
async function sweepEvents({ runtime, realtimePort, account }: Where, partyId: string, problems: string[]): Promise<number> {
  const { db } = runtime
  const channel = channelOf({ kind: "party", topic: "lan", partyId })
  const heard = new Map<string, number>()
  const socket = await openScreen(
    {
      url: `ws://127.0.0.1:${realtimePort}/app/${account.key}?protocol=7&client=bench&version=1`,
      subscription: { channels: [channel], account, auth: { url: "", cookie: "" } },
      asksApp: false,
    },
    (frame) => {
      const name = /"event":"(left-[0-9]+)"/.exec(frame.toString())?.[1]
      if (name) heard.set(name, (heard.get(name) ?? 0) + 1)
    },
  )
  try {
    await db.execute(sql`
      insert into party_events (party_id, version, previous, event_type, channel, data, created_at)
      select ${partyId}::uuid, p.version + n, 0, 'left-' || n, ${channel}, '{}'::jsonb, now() - interval '1 minute'
      from generate_series(1, ${leftBehind}::integer) as n, parties p where p.id = ${partyId}::uuid`)
    if (!(await comesTrue(async () => heard.size === leftBehind))) problems.push(`${heard.size} of ${leftBehind} events left behind were published`)
    await delay(2_500)
    const twice = [...heard.values()].filter((count) => count > 1).length
    if (twice > 0) problems.push(`${twice} events left behind were published more than once`)
  } finally {
    socket.terminate()
    await db.execute(sql`delete from party_events where party_id = ${partyId}::uuid and event_type like 'left-%'`)
  }
  return leftBehind
}

async function comesTrue(isSo: () => Promise<boolean>, ms = patienceMs): Promise<boolean> {
  const giveUpAt = performance.now() + ms
  while (performance.now() < giveUpAt) {
    if (await isSo()) return true
    await delay(100)
  }
  return false
}
