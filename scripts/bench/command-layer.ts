import { setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { placeBet } from "@/betting/commands"
import { submitLapTime } from "@/games/racing/commands"
import type { Runtime } from "@/server/runtime"
import { bareBet, bareLap } from "./bare-sql"
import { openRuntime } from "./in-process-runtime"
import { atLeast, msText, percentilesText, rateText, shareText, type Line } from "./report"
import { did, hostOf, nthBet, nthLap, setStage, type Stage } from "./stage"
import { median, summarise } from "./statistics"

export type CommandLayerPlan = { readonly databaseUrl: string; readonly rounds: number; readonly tapsPerRound: number }

/** `cpuMs` is what one tap costs this process, publishing included, Postgres not. */
type Measured = { perSecond: number; latencies: number[]; cpuMs: number }

/** Commands in this process against the same rows by hand, in turns, so that a busy minute of the machine hits both. */
export async function measureCommandLayer({ databaseUrl, rounds, tapsPerRound }: CommandLayerPlan): Promise<Line[]> {
  const { runtime, stop } = await openRuntime(databaseUrl)
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const races = Math.max(1, Math.ceil((rounds * tapsPerRound) / 250))
    // One party for each side: both begin empty and grow alike.
    const size = { openRaces: races, liveRaces: races }
    const ours = await setStage(runtime, size)
    const bare = await setStage(runtime, size)
    const bets = await inTurns(rounds, tapsPerRound, {
      ours: { tap: (n) => commandBet(runtime, ours, n), settle: () => runtime.publisher.settled() },
      bare: { tap: (n) => bareBet(client, bare, n), settle: () => Promise.resolve() },
    })
    const laps = await inTurns(rounds, tapsPerRound, {
      ours: { tap: (n) => commandLap(runtime, ours, n), settle: () => runtime.publisher.settled() },
      bare: { tap: (n) => bareLap(client, bare, n), settle: () => Promise.resolve() },
    })
    const share = (pair: typeof bets) => pair.ours.perSecond / pair.bare.perSecond
    return [
      { ...lineOf("placeBet, command layer in process", bets), aim: atLeast(share(bets), 0.6, "60 %") },
      lineOf("submitLapTime, command layer in process", laps),
    ]
  } finally {
    await client.end()
    await stop()
  }
}

async function commandBet(runtime: Runtime, stage: Stage, n: number): Promise<void> {
  const { bettorId, input } = nthBet(stage, n)
  await did(runtime, placeBet, { guest: { partyId: stage.partyId, guestId: bettorId } }, input)
}

async function commandLap(runtime: Runtime, stage: Stage, n: number): Promise<void> {
  await did(runtime, submitLapTime, hostOf(stage.partyId), nthLap(stage, n))
}

type Side = { tap(n: number): Promise<void>; settle(): Promise<void> }

async function inTurns(rounds: number, taps: number, sides: { ours: Side; bare: Side }): Promise<{ ours: Measured; bare: Measured }> {
  const results = { ours: [] as Measured[], bare: [] as Measured[] }
  for (let round = 0; round <= rounds; round++) {
    for (const name of ["bare", "ours"] as const) {
      const result = await oneRound(sides[name], round * taps, taps)
      // The first warms caches, plans and the compiler.
      if (round > 0) results[name].push(result)
      // Postgres' own writers are not to pay in the other's time.
      await delay(30)
    }
  }
  return { ours: joined(results.ours), bare: joined(results.bare) }
}

async function oneRound(side: Side, first: number, taps: number): Promise<Measured> {
  const latencies: number[] = []
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  for (let n = first; n < first + taps; n++) {
    const sent = performance.now()
    await side.tap(n)
    latencies.push(performance.now() - sent)
  }
  // Publishing is part of the price, though nobody waits for it.
  await side.settle()
  const perSecond = (taps * 1000) / (performance.now() - began)
  const { user, system } = process.cpuUsage(cpuBefore)
  return { perSecond, latencies, cpuMs: (user + system) / 1000 / taps }
}

function joined(rounds: readonly Measured[]): Measured {
  return {
    perSecond: median(rounds.map((round) => round.perSecond)),
    latencies: rounds.flatMap((round) => round.latencies),
    cpuMs: median(rounds.map((round) => round.cpuMs)),
  }
}

function lineOf(what: string, { ours, bare }: { ours: Measured; bare: Measured }): Line {
  const text = ({ perSecond, latencies, cpuMs }: Measured) =>
    `${rateText(perSecond)}, ${percentilesText(summarise(latencies))}, ${msText(cpuMs)} ms CPU each`
  return {
    what,
    measured: text(ours),
    baseline: `bare SQL ${text(bare)}`,
    compared: shareText(ours.perSecond / bare.perSecond),
  }
}
