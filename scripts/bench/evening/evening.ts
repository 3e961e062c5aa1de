import path from "node:path"
import type { App } from "../app"
import { startHelper } from "../processes"
import { kbText, mbText, msText, percentilesText, plainTable, type Line } from "../report"
import { percentile, summarise } from "../statistics"
import type { CrowdAnswer, CrowdRequest } from "./crowd"
import { openHall, playEvening, type Crowd, type Evening, type Site } from "./load"
import { everythingNight, imposterNight, quipflipNight, raceNight, type EveningPlan } from "./plans"

/** Which loads are played; each list from the smallest to the largest. */
export type EveningLoads = {
  readonly racers: readonly number[]
  readonly imposterPlayers: readonly number[]
  /** Sessions in one party; more are only tried while all is well. */
  readonly sessions: readonly number[]
  /** Parties in which everything is played at once. */
  readonly parties: readonly number[]
}

export type Measured = { readonly lines: Line[]; readonly tables: string[] }

/** "Hold the door": no command takes longer, and no screen waits longer, for 99 of 100, ms. */
export const commandLimitMs = 250
export const screenLimitMs = 300

type Row = { readonly what: string; readonly evening: Evening; readonly isAimed: boolean }

/** Whole evenings with real browsers' code on the other side, of one game each, and of all games in many parties at once. */
export async function measureEvening(app: App, loads: EveningLoads): Promise<Measured> {
  return withCrowds(2, async (crowds) => {
    const site = siteOf(app)
    const hall = await openHall()
    const rows: Row[] = []
    const play = async (what: string, plan: EveningPlan, { parties = 1, isAimed = false } = {}) => {
      console.error(`  ${what} …`)
      const evening = await playEvening(site, crowds, hall, { plan, parties })
      for (const problem of new Set(evening.problems)) console.error(`    ${problem}`)
      rows.push({ what, evening, isAimed })
      return evening
    }
    // Compiles what an evening needs, on both sides.
    await playEvening(site, crowds, hall, { plan: everythingNight(), parties: 1 })
    for (const racers of loads.racers) await play(`race night, ${racers} guests`, raceNight(racers), { isAimed: racers === 100 })
    for (const players of loads.imposterPlayers) await play(`Imposter, ${players} players`, imposterNight(players), { isAimed: players === 50 })
    for (const sessions of loads.sessions) {
      const evening = await play(`Quipflip, ${sessions} sessions of 4`, quipflipNight(sessions), { isAimed: sessions === 20 })
      if (!isWell(evening)) break
    }
    for (const parties of loads.parties) {
      await play(`everything at once, ${parties} ${parties === 1 ? "party" : "parties"}`, everythingNight(), { parties, isAimed: parties === 10 })
    }
    return { lines: rows.flatMap(linesOf), tables: [costTable(rows), commandTable(rows)] }
  })
}

export async function withCrowds<T>(count: number, work: (crowds: readonly Crowd[]) => Promise<T>): Promise<T> {
  const crowds = Array.from({ length: count }, () => startHelper<CrowdRequest, CrowdAnswer>("./evening/crowd.ts"))
  try {
    return await work(crowds)
  } finally {
    await Promise.all(crowds.map((crowd) => crowd.stop()))
  }
}

/** The party's one process with its own realtime server. */
export function siteOf(app: App): Site {
  return {
    webUrl: app.url,
    realtime: { hostname: "127.0.0.1", port: app.port, key: app.pusher.key },
    appPids: [app.pid],
    clusterParent: path.join(app.dataDir, "database"),
    runtime: app.runtime,
  }
}

/** The command whose 99th of 100 takes longest. */
export function slowest({ commandMs }: Evening): { command: string; p99: number } {
  const [first] = Object.entries(commandMs)
    .map(([command, times]) => ({ command: nameOf(command), p99: percentile(times, 0.99) }))
    .sort((a, b) => b.p99 - a.p99)
  if (!first) throw new Error("nobody tapped")
  return first
}

export function errorsOf({ problems, unheard }: Evening): number {
  return problems.length + unheard
}

function isWell(evening: Evening): boolean {
  return slowest(evening).p99 <= commandLimitMs && errorsOf(evening) === 0
}

export function linesOf({ what, evening, isAimed }: Row): Line[] {
  const { command, p99 } = slowest(evening)
  const taps = summarise(Object.values(evening.commandMs).flat())
  const screens = summarise(evening.toScreenMs)
  const errors = errorsOf(evening)
  const errorText = errors === 0 ? "no error" : `${evening.problems.length} errors, ${evening.unheard} events unheard`
  const besides = `clients up to ${msText(evening.lagMs)} ms late themselves (p99)`
  return [
    {
      what: `${what}: commands`,
      measured: `${taps.count}, ${percentilesText(taps)}; slowest ${command} p99 ${msText(p99)} ms; ${errorText}`,
      baseline: besides,
      ...(isAimed ? { aim: { words: `≤ p99 ${commandLimitMs} ms, no error`, isMet: p99 <= commandLimitMs && errors === 0 } } : {}),
    },
    {
      what: `${what}: tap to screen`,
      measured: `${percentilesText(screens)} over ${screens.count} deliveries to ${evening.screens} screens, ${evening.doubled} twice`,
      baseline: besides,
      ...(isAimed ? { aim: { words: `≤ p99 ${screenLimitMs} ms`, isMet: screens.p99 <= screenLimitMs } } : {}),
    },
  ]
}

const costHeadings = ["load", "guests", "seconds", "commands", "app CPU", "ms each", "PostgreSQL CPU", "ms each", "app memory", "PostgreSQL", "events a screen", "snapshots a screen", "received a client", "sent a client", "stored a party"]

/** What each load cost. CPU in percent of one core; ms of it for each command, with all pages, snapshots and events around it. */
export function costTable(rows: readonly Row[]): string {
  return plainTable(costHeadings, rows.map(costRow))
}

function costRow({ what, evening }: Row): string[] {
  const { guests, seconds, screens, events, snapshots, traffic, appCpuMs, postgresCpuMs, appBytes, postgresBytes, storedBytes, parties } = evening
  const commands = Object.values(evening.commandMs).flat().length
  const share = (ms: number | undefined) => (ms === undefined ? "" : `${((ms / seconds / 1000) * 100).toFixed(0)} %`)
  const each = (ms: number | undefined) => (ms === undefined ? "" : msText(ms / commands))
  const bytes = (count: number | undefined) => (count === undefined ? "" : mbText(count))
  const perScreen = (count: number) => (count / screens).toFixed(0)
  return [
    what,
    String(guests),
    seconds.toFixed(0),
    String(commands),
    share(appCpuMs),
    each(appCpuMs),
    share(postgresCpuMs),
    each(postgresCpuMs),
    bytes(appBytes),
    bytes(postgresBytes),
    perScreen(events),
    perScreen(snapshots),
    kbText(traffic.received / screens),
    kbText(traffic.sent / screens),
    kbText(storedBytes / parties),
  ]
}

/** p50 and p99 of each command under each load. */
function commandTable(rows: readonly Row[]): string {
  const commands = [...new Set(rows.flatMap(({ evening }) => Object.keys(evening.commandMs)))]
  return plainTable(
    ["p50 / p99 ms (taps)", ...rows.map(({ what }) => what)],
    commands.map((command) => [
      nameOf(command),
      ...rows.map(({ evening }) => {
        const times = evening.commandMs[command]
        if (!times) return ""
        const { p50, p99, count } = summarise(times)
        return `${msText(p50)} / ${msText(p99)} (${count})`
      }),
    ]),
  )
}

function nameOf(action: string): string {
  return action.replace(/Action$/, "")
}
