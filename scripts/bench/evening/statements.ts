import { placeBet } from "@/betting/commands"
import { castImposterVote, openImposterVote, startImposterRound } from "@/games/imposter/commands"
import { createRace, openBetting, registerDriver, startRace, submitLapTime } from "@/games/racing/commands"
import { settleRace } from "@/games/racing/settle-commands"
import { joinParty } from "@/party/commands"
import { nightFor } from "@/server/night-view"
import { runQuery } from "@/server/run-query"
import { openRuntime } from "../in-process-runtime"
import { plainTable } from "../report"
import { did, fillHouse, hostOf } from "../stage"

/**
 * Statements the database is asked until the answer stands, begin and commit included, in parties of so many guests. What was
 * published is noted by one more for which nobody waits.
 */
export async function statementTable(databaseUrl: string, sizes: readonly number[]): Promise<string> {
  const counts: Map<string, number>[] = []
  for (const size of sizes) counts.push(await countedIn(databaseUrl, size))
  const names = [...(counts[0]?.keys() ?? [])]
  const rows = names.map((name) => [name, ...counts.map((count) => String(count.get(name) ?? ""))])
  return plainTable(["statements for one", ...sizes.map((size) => `${size} guests`)], rows)
}

async function countedIn(databaseUrl: string, size: number): Promise<Map<string, number>> {
  let asked = 0
  const { runtime, stop } = await openRuntime(databaseUrl, { onQuery: () => void (asked += 1) })
  const counts = new Map<string, number>()
  /** Nothing else is under way meanwhile. */
  const count = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    await runtime.publisher.settled()
    const before = asked
    const done = await work()
    counts.set(name, asked - before)
    return done
  }
  try {
    const { partyId, guests } = await fillHouse(runtime, size - 1)
    const host = hostOf(partyId)
    const guest = (index: number) => ({ guest: { partyId, guestId: guests[index] ?? "" } })
    await count("joinParty", () => did(runtime, joinParty, { newcomer: { partyId } }, { name: "The last" }))
    const { gameId } = await did(runtime, createRace, host, {})
    for (const driverId of guests.slice(0, 8)) await did(runtime, registerDriver, host, { gameId, driverId })
    await did(runtime, openBetting, host, { gameId, oddsMode: "PARIMUTUEL" })
    const bet = (index: number) => did(runtime, placeBet, guest(index), { targetUserId: guests[index === 0 ? 1 : 0], amount: 10, gameId })
    for (let index = 1; index < guests.length; index++) await bet(index)
    await count("placeBet", () => bet(0))
    await count("startRace", () => did(runtime, startRace, host, { gameId }))
    const lap = (driverId: string | undefined) => did(runtime, submitLapTime, host, { timeText: "1:24.500", driverId, gameId })
    for (const driverId of guests.slice(1, 8)) await lap(driverId)
    await count("submitLapTime", () => lap(guests[0]))
    await count("settleRace", () => did(runtime, settleRace, host, { gameId }))
    await count("startImposterRound", () => did(runtime, startImposterRound, host, {}))
    await did(runtime, openImposterVote, host, {})
    await count("castImposterVote", () => did(runtime, castImposterVote, guest(0), { targetId: guests[1] }))
    const snapshot = (input: object) => runQuery(runtime, nightFor("guest"), guest(0), input)
    const night = await count("a phone's snapshot", () => snapshot({}))
    if (!night.ok) throw new Error("a guest is not shown the night")
    await count("the next phone's snapshot", () => runQuery(runtime, nightFor("guest"), guest(1), {}))
    await count("a phone's snapshot, nothing new", () => snapshot({ knownVersion: night.value.version }))
    return counts
  } finally {
    await stop()
  }
}
