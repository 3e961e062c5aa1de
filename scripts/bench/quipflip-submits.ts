import { randomUUID } from "node:crypto"
import pg from "pg"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { createSession, joinSessionById, setReady, startSession } from "@/games/quipflip/lobby-commands"
import { beginSessionRound, submitSessionRound } from "@/games/quipflip/session-commands"
import { sharedWord } from "@/games/quipflip/shared-word"
import type { OpenRoundView, SessionView } from "@/games/quipflip/view"
import type { Claims } from "@/server/identity"
import { runCommand } from "@/server/run-command"
import type { Runtime } from "@/server/runtime"
import { bareSubmit, type OpenRound } from "./bare-sql"
import { openRuntime } from "./in-process-runtime"
import { atMost, msText, percentilesText, shareText, type Line } from "./report"
import { did, fillHouse } from "./stage"
import { median, summarise } from "./statistics"
import { phrasesOfSeat, unlikePhrases } from "./unlike-phrases"

export type SubmitsPlan = { readonly databaseUrl: string; readonly sessions: number }

/** How long something took, and what of it this process was busy. Both in ms. */
type Timed = { readonly ms: number; readonly cpuMs: number }
/** A submission in this process. `endsPhase` is the phase that came after it, if any. */
type Counted = Timed & { readonly statements: number; readonly endsPhase: SessionView["phase"] | null }

type SessionTable = { readonly sessionId: string; readonly seats: readonly Seat[] }
type Seat = { readonly claims: Claims; readonly guestId: string; readonly phrases: string[] }

const botsPerSession = 4

/** What a submission asks of the database, and how long it takes against the same rows by hand. */
export async function measureSubmits({ databaseUrl, sessions }: SubmitsPlan): Promise<Line[]> {
  let statements = 0
  const { runtime, stop } = await openRuntime(databaseUrl, { onQuery: () => void (statements += 1) })
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const phrases = unlikePhrases(botsPerSession * 12, { dictionary: await readDictionary(), isForFamily: () => true })
    const ours = await openTables(runtime, sessions, phrases)
    const bare = await openTables(runtime, sessions, phrases)
    const counted: Counted[] = []
    const bareSubmits: Timed[] = []
    for (const [index, table] of ours.tables.entries()) {
      const byHand: Timed[] = []
      for (const round of await openRounds(runtime, bare.tables[index])) {
        byHand.push((await timed(() => bareSubmit(client, bare, round))).time)
      }
      const played = await playCounted(runtime, table, () => statements)
      // The first warms caches, plans and the compiler.
      if (index === 0) continue
      bareSubmits.push(...byHand)
      counted.push(...played)
    }
    return linesOf(counted, bareSubmits)
  } finally {
    await client.end()
    await stop()
  }
}

/** A party with so many sessions that have just begun. */
async function openTables(runtime: Runtime, count: number, phrases: readonly string[]) {
  const { partyId, guests } = await fillHouse(runtime, count * botsPerSession)
  const tables: SessionTable[] = []
  for (let table = 0; table < count; table++) {
    const seats = guests.slice(table * botsPerSession, (table + 1) * botsPerSession).map((guestId, seat) => ({
      guestId,
      claims: { guest: { partyId, guestId } },
      phrases: phrasesOfSeat(phrases, seat, botsPerSession),
    }))
    tables.push(await startTable(runtime, seats))
  }
  return { partyId, tables }
}

async function startTable(runtime: Runtime, seats: readonly Seat[]): Promise<SessionTable> {
  const [host, ...others] = seats
  if (!host) throw new Error("a table without seats")
  const { session: { sessionId } } = await did(runtime, createSession, host.claims, {})
  for (const { claims } of others) {
    await did(runtime, joinSessionById, claims, { sessionId })
    await did(runtime, setReady, claims, { sessionId })
  }
  await did(runtime, startSession, host.claims, { sessionId })
  return { sessionId, seats }
}

async function openRounds(runtime: Runtime, table: SessionTable | undefined): Promise<OpenRound[]> {
  const rounds: OpenRound[] = []
  for (const { claims, guestId, phrases } of table?.seats ?? []) {
    const sessionId = table?.sessionId ?? ""
    const { seat } = await did(runtime, beginSessionRound, claims, { sessionId })
    rounds.push({ sessionId, guestId, roundId: seat.round?.roundId ?? "", phrase: phrases[0] ?? "" })
  }
  await runtime.publisher.settled()
  return rounds
}

/** Plays a session to its results, one submission after another, and counts what each asks before it is answered. */
async function playCounted(runtime: Runtime, { sessionId, seats }: SessionTable, statements: () => number): Promise<Counted[]> {
  const counted: Counted[] = []
  for (const turns of [1, 2, 3]) {
    for (let turn = 0; turn < turns; turn++) {
      for (const seat of seats) {
        const begun = await did(runtime, beginSessionRound, seat.claims, { sessionId })
        if (!begun.seat.round) throw new Error("a round was begun and is not there")
        counted.push(await submitCounted(runtime, seat, begun.seat, statements))
      }
    }
  }
  return counted
}

type Begun = { readonly sessionId: string; readonly lifecycleVersion: number; readonly round: OpenRoundView | null }

async function submitCounted(runtime: Runtime, { claims, phrases }: Seat, { sessionId, lifecycleVersion, round }: Begun, statements: () => number): Promise<Counted> {
  for (;;) {
    const input = { sessionId, roundId: round?.roundId, phrase: round?.phrases?.[0] ?? nextPhrase(phrases, round?.promptText ?? "") }
    // What was announced before is noted in the database as well, and is not this one's.
    await runtime.publisher.settled()
    const before = statements()
    const { value: sent, time } = await timed(() => runCommand(runtime, submitSessionRound, { claims, requestId: randomUUID() }, input))
    if (sent.ok) {
      const { session } = sent.value
      return { ...time, statements: statements() - before, endsPhase: session.lifecycleVersion > lifecycleVersion ? session.phase : null }
    }
    if (!sent.refusal.code.startsWith("phrase_")) throw new Error(`submitSessionRound was refused: ${sent.refusal.code}`)
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; time: Timed }> {
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  const value = await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  return { value, time: { ms, cpuMs: (user + system) / 1000 } }
}

function nextPhrase(phrases: string[], prompt: string): string {
  const place = phrases.findIndex((phrase) => sharedWord(phrase, prompt) === null)
  const [phrase] = phrases.splice(place, 1)
  if (place < 0 || phrase === undefined) throw new Error("a bot is out of phrases")
  return phrase
}

function linesOf(counted: readonly Counted[], bare: readonly Timed[]): Line[] {
  const usual = counted.filter(({ endsPhase }) => endsPhase === null)
  const statements = usual.map((one) => one.statements)
  const mean = statements.reduce((sum, count) => sum + count, 0) / statements.length
  const endings = (["COPY", "VOTE", "RESULTS"] as const).map((phase) => endingText(phase, counted.filter(({ endsPhase }) => endsPhase === phase)))
  return [
    {
      what: "submit of a session, in process",
      measured: `${mean.toFixed(1)} statements, at most ${Math.max(...statements)}; ${timeText(usual)}`,
      baseline: `bare SQL 8 statements; ${timeText(bare)}`,
      compared: `${shareText(medianMs(bare) / medianMs(usual))} (p50)`,
      aim: atMost(mean, 8, "8 statements"),
    },
    {
      what: "submit that ends a phase, in process",
      measured: endings.join("; "),
      baseline: `any other ${timeText(usual)}`,
    },
  ]
}

function endingText(phase: SessionView["phase"], endings: readonly Counted[]): string {
  return `to ${phase} at most ${Math.max(...endings.map(({ statements }) => statements))} statements, ${timeText(endings)}`
}

function timeText(times: readonly Timed[]): string {
  return `${percentilesText(summarise(times.map(({ ms }) => ms)))}, ${msText(median(times.map(({ cpuMs }) => cpuMs)))} ms CPU each`
}

function medianMs(times: readonly Timed[]): number {
  return median(times.map(({ ms }) => ms))
}
