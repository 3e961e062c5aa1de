import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { createLog } from "@/server/log"
import { createRuntime } from "@/server/runtime"
import type { BenchDatabase } from "../databases"
import { actionDoor, actionTap, doorsOf, type Doors, type Tap } from "../doors"
import { benchEnv, benchPusher } from "../environment"
import { costTable, errorsOf, linesOf, withCrowds, type Measured } from "../evening/evening"
import { openHall, playEvening, type Crowd, type Evening, type Hall, type Site } from "../evening/load"
import { everythingNight } from "../evening/plans"
import { flightAnswer } from "../flight-answer"
import { openClient } from "../http-client"
import type { PhonesAnswer, PhonesRequest } from "../phones"
import { processorMs } from "../processor-time"
import { startHelper } from "../processes"
import { msText, percentilesText, rateText, timesText, type Line } from "../report"
import { fillHouse, setStage } from "../stage"
import { summarise } from "../statistics"
import type { BalancerAnswer, BalancerRequest } from "./balancer"
import { watchDueWork } from "./due-work-once"
import { startMachine, type Machine } from "./machine"
import type { RealtimeAnswer, RealtimeRequest } from "./realtime-server"

export type MachinesPlan = {
  /** How many processes of the app, one after another. */
  readonly counts: readonly number[]
  /** Parties of the evening that is played across them. */
  readonly parties: number
  /** Bets for the throughput. */
  readonly taps: number
}

type Fleet = { readonly site: Site; readonly machines: readonly Machine[]; readonly realtimePort: number; logLines(): Promise<string[]> }
type Rate = { readonly perSecond: number; readonly text: string }

const phones = 32
const spreadOver = 8

/**
 * The app as in the cloud: so many processes behind a proxy that sends each request to the next one, on one Postgres and one
 * realtime server. An evening across them, work that is due for all of them, and how many bets they take.
 */
export async function measureMachines(database: BenchDatabase, { counts, parties, taps }: MachinesPlan): Promise<Measured> {
  return withCrowds(2, async (crowds) => {
    const hall = await openHall()
    const lines: Line[] = []
    const evenings: { what: string; evening: Evening; isAimed: boolean }[] = []
    let alone: { one: Rate; many: Rate } | undefined
    for (const count of counts) {
      console.error(`  ${count} ${count === 1 ? "process" : "processes"} …`)
      await withFleet(database, count, async (fleet) => {
        const evening = { ...(await playOn(fleet, crowds, hall, parties)), isAimed: true, what: `${parties} parties across ${count}` }
        evenings.push(evening)
        lines.push(...linesOf(evening))
        const rates = { one: await betRate(fleet, taps, 1), many: await betRate(fleet, taps, spreadOver) }
        alone ??= rates
        lines.push(rateLine(count, "in one party", rates.one, alone.one), rateLine(count, `in ${spreadOver} parties`, rates.many, alone.many))
        lines.push(await dueLine(fleet, count), await guessLine(fleet, count), await logLine(fleet, count))
      })
    }
    return { lines, tables: [costTable(evenings)] }
  })
}

async function playOn({ site }: Fleet, crowds: readonly Crowd[], hall: Hall, parties: number): Promise<{ evening: Evening }> {
  await playEvening(site, crowds, hall, { plan: everythingNight(), parties: 1 })
  const evening = await playEvening(site, crowds, hall, { plan: everythingNight(), parties })
  for (const problem of new Set(evening.problems)) console.error(`    ${problem}`)
  if (errorsOf(evening) > 0) console.error(`    ${evening.unheard} events unheard`)
  return { evening }
}

async function withFleet(database: BenchDatabase, count: number, work: (fleet: Fleet) => Promise<void>): Promise<void> {
  const realtime = startHelper<RealtimeRequest, RealtimeAnswer>("./machines/realtime-server.ts")
  const balancer = startHelper<BalancerRequest, BalancerAnswer>("./machines/balancer.ts")
  const logs = await mkdtemp(path.join(tmpdir(), "party-bench-logs-"))
  const machines: Machine[] = []
  try {
    const { port: realtimePort } = await realtime.ask({ account: benchPusher })
    const logFile = (machine: number) => path.join(logs, `${machine}.log`)
    for (let machine = 0; machine < count; machine++) {
      machines.push(await startMachine({ databaseUrl: database.url, account: benchPusher, realtimePort, logFile: logFile(machine) }))
    }
    const { port } = await balancer.ask({ ports: machines.map((machine) => machine.port) })
    const runtime = createRuntime(benchEnv({ databaseUrl: database.url, pusher: benchPusher, pusherPort: realtimePort }), { log: createLog("silent") })
    try {
      await work({
        machines,
        realtimePort,
        site: {
          webUrl: `http://127.0.0.1:${port}`,
          realtime: { hostname: "127.0.0.1", port: realtimePort, key: benchPusher.key },
          appPids: machines.map(({ pid }) => pid),
          clusterParent: database.folder,
          runtime,
        },
        async logLines() {
          const texts = await Promise.all(machines.map((_, machine) => readFile(logFile(machine), "utf8").catch(() => "")))
          return texts.flatMap((text) => text.split("\n").filter((line) => line !== ""))
        },
      })
    } finally {
      await runtime.close()
    }
  } finally {
    await Promise.all([...machines, balancer, realtime].map((each) => each.stop()))
    await rm(logs, { recursive: true, force: true })
  }
}

/** Bets as fast as they are answered, by phones that hold the line open. */
async function betRate({ site, machines }: Fleet, taps: number, parties: number): Promise<Rate> {
  const helper = startHelper<PhonesRequest, PhonesAnswer>("./phones.ts")
  try {
    const races = Math.ceil((taps * 1.2) / 250 / parties) + 1
    const doors: Doors[] = []
    for (let party = 0; party < parties; party++) doors.push(await doorsOf({ url: site.webUrl }, await setStage(site.runtime, { openRaces: races, liveRaces: 0 })))
    const bets = Array.from({ length: Math.ceil(taps * 1.2) }, (_, n) => doors[n % parties]?.bet(Math.floor(n / parties))).filter((tap): tap is Tap => tap !== undefined)
    await site.runtime.publisher.settled()
    const cpu = async () => (await Promise.all(machines.map(({ pid }) => processorMs(pid)))).reduce<number>((sum, ms) => sum + (ms ?? 0), 0)
    const before = await cpu()
    const { seconds, latencies, replies } = await helper.ask({ url: site.webUrl, phones, warmUp: bets.slice(taps), taps: bets.slice(0, taps) })
    const after = await cpu()
    const refused = replies.filter(({ status, text }) => status !== 200 || !flightAnswer(text).success)
    if (refused.length > 0) throw new Error(`${refused.length} bets were refused, as ${refused[0]?.text.slice(0, 300)}`)
    const perSecond = taps / seconds
    return { perSecond, text: `${rateText(perSecond)}, ${percentilesText(summarise(latencies))}, ${msText((after - before) / bets.length)} ms CPU each` }
  } finally {
    await helper.stop()
  }
}

function rateLine(count: number, where: string, rate: Rate, alone: Rate): Line {
  return {
    what: `placeBet ${where}, ${phones} phones, ${processes(count)}`,
    measured: rate.text,
    baseline: `one process ${alone.text}`,
    compared: timesText(rate.perSecond / alone.perSecond),
  }
}

async function dueLine({ site, realtimePort }: Fleet, count: number): Promise<Line> {
  const { done, problems } = await watchDueWork({ runtime: site.runtime, realtimePort, account: benchPusher, webUrl: site.webUrl })
  for (const problem of problems) console.error(`    ${problem}`)
  return {
    what: `work due for ${processes(count)} at once`,
    measured: `${done}; ${problems.length === 0 ? "each done once" : `${problems.length} problems`}`,
    baseline: "",
    aim: { words: "each once", isMet: problems.length === 0 },
  }
}

const allowedGuesses = 5

/** Wrong PINs from one address, each to the next machine: they count together. */
async function guessLine({ site, machines }: Fleet, count: number): Promise<Line> {
  const { joinPin } = await fillHouse(site.runtime, 0)
  const door = await actionDoor("joinPartyAction")
  const codes: string[] = []
  for (let guess = 0; guess <= allowedGuesses; guess++) {
    const url = `http://127.0.0.1:${machines[guess % machines.length]?.port ?? 0}`
    const client = openClient(url, 1)
    const tap = actionTap({ url }, door, "", ["Mallory", (joinPin + 1 + guess) % 1_000_000])
    const { text } = await client.post({ ...tap, headers: { ...tap.headers, "x-forwarded-for": `203.0.113.${count}` } })
    codes.push(flightAnswer(text).code ?? "in")
    client.close()
  }
  const isMet = codes.slice(0, allowedGuesses).every((code) => code === "wrong_pin") && codes.at(-1) === "too_many_guesses"
  return {
    what: `wrong PINs from one address, ${processes(count)}`,
    measured: codes.join(", "),
    baseline: "",
    aim: { words: `the ${allowedGuesses + 1}th is stopped`, isMet },
  }
}

async function logLine({ logLines }: Fleet, count: number): Promise<Line> {
  const lines = await logLines()
  for (const line of lines.slice(0, 5)) console.error(`    ${line.slice(0, 400)}`)
  return {
    what: `log lines of ${processes(count)}, warnings and worse`,
    measured: String(lines.length),
    baseline: "",
    aim: { words: "none", isMet: lines.length === 0 },
  }
}

const processes = (count: number): string => `${count} ${count === 1 ? "process" : "processes"}`
