import { sql } from "drizzle-orm"
import { castImposterVote, openImposterVote, startImposterRound } from "@/games/imposter/commands"
import { createSession, joinSessionById, setReady, startSession } from "@/games/quipflip/lobby-commands"
import { beginSoloRound } from "@/games/quipflip/solo-commands"
import { createHostLink } from "@/party/commands"
import { hostLinks } from "@/party/queries"
import { pcOf } from "./lan-pc"
import { accepted, startParty, type House, type Night } from "./start-party"
import type { Ids } from "./strangers-input"

/** A party with something of everything in it, for others to be kept away from. */
export async function startBusyNight(house: House): Promise<{ night: Night; ids: Ids; kicked: string }> {
  const night = await startParty({ house, names: ["Ann", "Bo", "Cy", "Di", "Ed", "Out"] })
  const gameId = await night.openRace(["Ann", "Bo"])
  accepted(await night.bet("Cy", "Ann", 100))
  const { lapId } = accepted(await night.lap("Ann", "90"))
  accepted(await night.host(createHostLink, { kind: "TV", label: "Big screen" }))
  const linkId = accepted(await night.ask(night.hostClaims, hostLinks)).links[0]?.id ?? ""
  const { roundId } = accepted(await night.guest("Di", beginSoloRound, { type: "PROMPT" })).round
  const { sessionId, players } = accepted(await night.guest("Bo", createSession, {})).session
  for (const name of ["Ann", "Ed"]) {
    accepted(await night.guest(name, joinSessionById, { sessionId }))
    accepted(await night.guest(name, setReady, { sessionId, isReady: true }))
  }
  accepted(await night.guest("Bo", startSession, { sessionId }))
  accepted(await night.host(startImposterRound, {}))
  accepted(await night.host(openImposterVote, {}))
  accepted(await night.guest("Cy", castImposterVote, { targetId: night.idOf("Di") }))
  const { networkId, peerId } = await pcOf(night, "Di")
  accepted(await night.kick("Out"))
  const guestId = night.idOf("Di")
  const driverId = night.idOf("Ann")
  const participantId = players[0]?.participantId ?? ""
  const ids = { any: guestId, gameId, lapId, linkId, roundId, promptRoundId: roundId, sessionId, participantId, networkId, peerId, to: peerId, guestId, driverId, targetUserId: driverId, targetId: guestId, playerIds: guestId }
  return { night, ids, kicked: "Out" }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Every id that stands in a text. */
export function idsIn(text: string): Set<string> {
  return new Set(text.match(uuid))
}

/** Every row of the house, as one line each. The guess counters are nobody's. */
export async function rowsOf({ runtime: { db } }: House): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'rate_limits'`)
  const selects = tables.rows.map(({ name }) => sql`select ${name}::text || ' ' || t::text as line from ${sql.identifier(name)} t`)
  const result = await db.execute<{ line: string }>(sql.join(selects, sql` union all `))
  return result.rows.map(({ line }) => line).sort()
}

/** The rows in which one of these ids stands. */
export async function rowsWith(house: House, ids: ReadonlySet<string>): Promise<string[]> {
  return (await rowsOf(house)).filter((line) => [...idsIn(line)].some((id) => ids.has(id)))
}
