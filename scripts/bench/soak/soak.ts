import { readFile } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { imbalancesOf } from "@/wallet/conservation"
import type { App } from "../app"
import { cookiesFor } from "../doors"
import { siteOf, type Measured } from "../evening/evening"
import { openHall } from "../evening/load"
import { postgresFootprintWithoutBuffers, processFootprint } from "../memory"
import { startHelper } from "../processes"
import { mbText, percentilesText, shareText, type Line } from "../report"
import { fillHouse } from "../stage"
import { summarise } from "../statistics"
import { openLiveHeap } from "./live-heap"
import { growthAfter, type MemorySample } from "./memory-trend"
import type { SoakAnswer, SoakRequest } from "./soak-crowd"

const phones = 24
const lookEveryMs = 2_000
/** As far as memory may grow once it is warm. */
const growthLimit = 0.05
const longestWarmUpMs = 5 * 60_000

/**
 * One party with 24 phones, TV and laptop that play all evening: nothing may get stuck, nothing may be logged, and memory may
 * not grow.
 */
export async function measureSoak(app: App, { minutes }: { minutes: number }): Promise<Measured> {
  const crowd = startHelper<SoakRequest, SoakAnswer>("./soak/soak-crowd.ts")
  const answers: SoakAnswer[] = []
  const stuck: string[] = []
  const memory = watchMemory(app)
  const heap = await openLiveHeap(await app.inspect())
  const live: MemorySample[] = []
  try {
    const { partyId, joinPin } = await fillHouse(app.runtime, 0)
    const { host: hostCookie } = await cookiesFor(partyId, [])
    const { webUrl, realtime } = siteOf(app)
    const order = { partyId, joinPin, hostCookie, guests: phones, arriveWithinMs: 5_000 }
    answers.push(await crowd.ask({ open: { ...(await openHall()), webUrl, realtime, order } }))
    const run: Run = { began: performance.now(), minutes }
    const endsAt = run.began + minutes * 60_000
    let turns = 0
    while (performance.now() < endsAt) {
      const answer = await crowd.ask({ turn: turns })
      answers.push(answer)
      const stuckNow = await stuckIn(app, partyId)
      stuck.push(...stuckNow)
      live.push({ at: performance.now(), bytes: await heap.bytes() })
      for (const problem of [...answer.problems, ...stuckNow]) console.error(`  turn ${turns}: ${problem}`)
      turns += 1
    }
    answers.push(await crowd.ask({ close: true }))
    const samples = await memory.stop()
    const imbalances = await imbalancesOf(app.runtime.db, partyId)
    const lines = [
      tapsLine(minutes, turns, answers),
      memoryLine("what the app holds when the garbage is gone", live, run),
      memoryLine("memory of the app", samples.app, run),
      postgresLine(samples.postgres, run),
      countLine("rounds, sessions or events that got stuck", stuck.length),
      countLine("accounts that do not balance", imbalances.length),
      await logLine(app),
    ]
    return { lines, tables: [] }
  } finally {
    await memory.stop()
    heap.close()
    await crowd.stop()
  }
}

function watchMemory(app: App) {
  const stopped = new AbortController()
  const samples = { app: [] as MemorySample[], postgres: [] as MemorySample[] }
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      const at = performance.now()
      const node = await processFootprint(app.pid)
      const postgres = await postgresFootprintWithoutBuffers(path.join(app.dataDir, "database"))
      if (node) samples.app.push({ at, bytes: node.bytes })
      if (postgres) samples.postgres.push({ at, bytes: postgres.bytes })
      await delay(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopped.abort()
      await looking
      return samples
    },
  }
}

/** What should have moved on by itself ten seconds ago, and between two turns everything that is not over. */
async function stuckIn({ runtime }: App, partyId: string): Promise<string[]> {
  const { rows } = await runtime.db.execute<{ what: string; count: number }>(sql`
    select 'a round of Imposter is not over' as what, count(*)::integer as count from party_imposter_rounds
      where party_id = ${partyId}::uuid and ended_at is null
    union all
    select 'a session of Quipflip is not over', count(*)::integer from party_sessions
      where party_id = ${partyId}::uuid and status = 'IN_PROGRESS'
    union all
    select 'an event does not reach the screens', count(*)::integer from party_events
      where party_id = ${partyId}::uuid and published_at is null and created_at < now() - interval '10 seconds'`)
  return rows.flatMap(({ what, count }) => Array.from({ length: count }, () => what))
}

function tapsLine(minutes: number, turns: number, answers: readonly SoakAnswer[]): Line {
  const taps = summarise(answers.flatMap(({ commandMs }) => commandMs))
  const problems = answers.flatMap((answer) => answer.problems)
  return {
    what: `${minutes} minutes of an evening, ${phones} phones, TV and laptop`,
    measured: `${turns} races, rounds of Imposter and sessions of Quipflip; ${taps.count} commands, ${percentilesText(taps)}; ${problems.length} problems`,
    baseline: "",
    aim: { words: "no problem", isMet: problems.length === 0 && turns > 0 },
  }
}

type Run = { readonly began: number; readonly minutes: number }

/** Where the system tells nothing there is nothing to aim at; with too few samples the aim is missed. */
function memoryLine(what: string, samples: readonly MemorySample[], { began, minutes }: Run): Line {
  const warmUpMs = warmUpOf(minutes)
  const growth = growthAfter(samples, began + warmUpMs)
  const most = Math.max(0, ...samples.map(({ bytes }) => bytes))
  if (samples.length === 0) return { what, measured: "not told by this system", baseline: "" }
  if (growth === undefined) return { what, measured: "too few samples", baseline: "", aim: { words: "three samples or more", isMet: false } }
  return {
    what: `${what}, after ${(warmUpMs / 60_000).toFixed(1)} minutes of warm-up`,
    measured: `${growth < 0 ? "" : "+"}${(growth * 100).toFixed(1)} %, at most ${mbText(most)}`,
    baseline: "",
    aim: { words: `≤ +${shareText(growthLimit)}`, isMet: growth <= growthLimit },
  }
}

/** Each of its connections learns every statement once: before five minutes have passed there is nothing to aim at. */
function postgresLine(samples: readonly MemorySample[], run: Run): Line {
  const { aim, ...line } = memoryLine("memory of PostgreSQL without its buffers", samples, run)
  return aim && warmUpOf(run.minutes) === longestWarmUpMs ? { ...line, aim } : line
}

function warmUpOf(minutes: number): number {
  return Math.min(longestWarmUpMs, (minutes * 60_000) / 3)
}

function countLine(what: string, count: number): Line {
  return { what, measured: String(count), baseline: "", aim: { words: "none", isMet: count === 0 } }
}

async function logLine({ dataDir }: App): Promise<Line> {
  const log = await readFile(path.join(dataDir, "party.log"), "utf8").catch(() => "")
  const lines = log.split("\n").filter((line) => line !== "")
  for (const line of lines.slice(0, 10)) console.error(`  party.log: ${line.slice(0, 400)}`)
  return countLine("lines in party.log, warnings and worse", lines.length)
}
