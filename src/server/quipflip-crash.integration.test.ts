import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { setReady, startSession } from "@/games/quipflip/lobby-commands"
import { ownSeat, sessionResults, sessionStatus } from "@/games/quipflip/session-queries"
import { playWildly } from "@/testing/quipflip-bots"
import { startFranticPlayer } from "@/testing/quipflip-crash"
import type { Accepted } from "@/testing/quipflip-frantic-player"
import { expectFairSession, expectNothingOpen } from "@/testing/quipflip-proofs"
import { openQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { witnessOf } from "@/testing/quipflip-witness"
import { accepted, expectConserved, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { runQuery } from "./run-query"

const names = ["Ann", "Bo", "Cy", "Di"]
const phases = ["LOBBY", "PROMPT", "COPY", "VOTE", "RESULTS"] as const

let house: House
let players: Map<string, ReturnType<typeof startFranticPlayer>>
// All at once, for each takes seconds to load.
beforeAll(async () => {
  house = await startHouse({ env: { DATABASE_CONNECTIONS: "4" } })
  players = new Map(phases.map((phase) => [phase, startFranticPlayer(house.databaseUrl)]))
})
afterAll(async () => {
  for (const player of players.values()) await player.kill()
  await house.stop()
})

async function tableIn(night: Night, phase: (typeof phases)[number]): Promise<QuipflipTable> {
  const table = await openQuipflip(night, { players: names, quotas: { promptsPerPlayer: 2, copiesPerPlayer: 3, votesPerPlayer: 3 } })
  if (phase === "LOBBY") return table
  await table.start()
  const before = { PROMPT: 0, COPY: 1, VOTE: 2, RESULTS: 2 }[phase]
  for (let played = 0; played < before; played++) await table.playPhase()
  // Of the last phase only the end is left.
  if (phase === "RESULTS") for (const name of names.slice(1)) await table.playAll(name)
  return table
}

/** In the middle of the phase; of the end of the match, when one has asked for another. */
function isTime(phase: (typeof phases)[number]) {
  return (told: readonly Accepted[]) => (phase === "RESULTS" ? told.some(({ did }) => did === "again") : told.length >= 7)
}

describe("[QF-S3] a process that is killed in the middle of a session", () => {
  it.each(phases)("in %s: the next finds every seat, round and deadline as it was, and the match is played to its end", async (phase) => {
    const night = await startParty({ house, names })
    const table = await tableIn(night, phase)
    const before = await table.status()
    const seatsBefore = before.players.map(({ participantId }) => participantId)
    const orders = { partyId: night.party.id, sessionId: table.sessionId, guestIds: names.map(night.idOf), nowMs: night.clock.now().getTime() }
    const told = await players.get(phase)?.playAndDie(orders, isTime(phase))
    expect(told?.length).toBeGreaterThan(0)
    night.clock.advance(60_000)

    const next = house.anotherProcess()
    const after = accepted(await runQuery(next, sessionStatus, night.hostClaims, { sessionId: table.sessionId })).session
    await expectConserved(night)
    expect(after.players.filter(({ isAi }) => !isAi).map(({ participantId }) => participantId)).toEqual(seatsBefore)
    await expectKept(night, table, told ?? [])
    if (after.lifecycleVersion === before.lifecycleVersion) expect(after.phaseEndsAt).toBe(before.phaseEndsAt)
    for (const name of names) await expectSameRound(night, next, table, name)

    if (phase === "LOBBY") accepted(await startOf(night, table))
    if (phase === "RESULTS") return expectOver(night, table)
    expect(after.status).toBe(phase === "LOBBY" ? "OPEN" : "IN_PROGRESS")
    await playWildly(night, table, names, { seed: 7, mischief: 0 })
    await expectOver(night, table)
  }, 60_000)
})

/** What the process had said yes to is there, and nothing half done beside it: each round has one task, each task at most one round. */
async function expectKept(night: Night, table: QuipflipTable, told: readonly Accepted[]): Promise<void> {
  const { rounds, tasks } = await witnessOf(night, table.sessionId)
  for (const { did, roundId } of told) {
    if (roundId === undefined) continue
    const round = rounds.find((one) => one.roundId === roundId)
    expect(did === "submit" ? ["SUBMITTED"] : ["ACTIVE", "SUBMITTED"]).toContain(round?.status)
    const task = tasks.filter((one) => one.roundId === roundId)
    expect(task.map(({ doneAt }) => doneAt !== null)).toEqual([round?.status === "SUBMITTED"])
  }
  const played = tasks.flatMap(({ roundId }) => roundId ?? [])
  expect(new Set(played).size).toBe(played.length)
}

/** A phone that comes back has its round on the screen, with the text it had. */
async function expectSameRound(night: Night, next: Parameters<typeof runQuery>[0], table: QuipflipTable, name: string): Promise<void> {
  const { seat } = accepted(await runQuery(next, ownSeat, night.claimsOf(name), {}))
  const { rounds } = await witnessOf(night, table.sessionId)
  const active = rounds.find(({ playerId, status }) => playerId === night.idOf(name) && status === "ACTIVE")
  expect(seat?.round?.roundId).toBe(active?.roundId)
  if (!active || !seat?.round) return
  expect(seat.round.endsAt).toBe(active.expiresAt?.toISOString() ?? null)
  expect(accepted(await table.begin(name)).seat.round).toEqual(seat.round)
}

async function startOf(night: Night, table: QuipflipTable) {
  for (const name of names) await night.guest(name, setReady, { sessionId: table.sessionId })
  return night.guest("Ann", startSession, { sessionId: table.sessionId })
}

async function expectOver(night: Night, table: QuipflipTable): Promise<void> {
  expect((await table.status()).status).toBe("COMPLETED")
  accepted(await night.ask(night.hostClaims, sessionResults, { sessionId: table.sessionId }))
  await expectFairSession(night, table)
  await expectNothingOpen(night, table.sessionId)
  await expectConserved(night)
}
