import { cpus, loadavg } from "node:os"
import { parseArgs } from "node:util"
import { ensureBuilt, newDataDir, removeDataDir, startApp, type App, type Launching } from "./app"
import { measureCard } from "./card"
import { measureCommandLayer } from "./command-layer"
import { openBenchDatabase, type BenchDatabase } from "./databases"
import { measureEvening, type EveningLoads, type Measured } from "./evening/evening"
import { statementTable } from "./evening/statements"
import { measureFanOut } from "./fan-out"
import { measureHttpDoors } from "./http-doors"
import { measureStarts } from "./idle-stack"
import { measureLan, type LanPlan } from "./lan"
import { measureMachines, type MachinesPlan } from "./machines/machines"
import { measurePageWeight } from "./page-weight"
import { measureQuipflip, type QuipflipPlan } from "./quipflip"
import { measureSubmits } from "./quipflip-submits"
import { tableOf, type Line } from "./report"
import { measureSnapshots } from "./snapshots"
import { measureSoak } from "./soak/soak"
import { withSilentModel } from "./silent-model"

// `npm run bench` measures what a party feels, each line beside a baseline of the same run. docs/benchmarks.md explains it.

const help = `npm run bench -- [options] [part …]
  --quick          about two minutes, fewer taps, screens and sessions
  --only <names>   some of: commands,snapshots,http,screens,card,quipflip,start,pages,lan; or name them without it
                   only when named: evening (12 minutes), machines (12 minutes), soak
  --joins <n>      lan: joins for each pair of routers
  --minutes <n>    soak: how long, 20 if not said
  --help
DATABASE_URL, if set, names a PostgreSQL server to measure on: each part gets a database of its own there.`

const usualParts = ["commands", "snapshots", "http", "screens", "card", "quipflip", "start", "pages", "lan"] as const
const partNames = [...usualParts, "evening", "machines", "soak"] as const
type Part = (typeof partNames)[number]
/** These need no built app. */
const inProcess: ReadonlySet<Part> = new Set(["commands", "snapshots"] as const)

type Plan = {
  readonly commands: { rounds: number; tapsPerRound: number }
  readonly snapshots: { rounds: number; phones: number }
  readonly http: { taps: number }
  readonly screens: { taps: number; screens: number[] }
  readonly card: { rounds: number; phones: number }
  readonly quipflip: QuipflipPlan & { countedSessions: number }
  readonly start: { runs: number }
  readonly lan: LanPlan
  readonly evening: EveningLoads
  readonly machines: MachinesPlan
  readonly soak: { minutes: number }
}

const full: Plan = {
  commands: { rounds: 12, tapsPerRound: 200 },
  snapshots: { rounds: 30, phones: 100 },
  http: { taps: 1000 },
  screens: { taps: 60, screens: [8, 100, 1000] },
  card: { rounds: 25, phones: 20 },
  quipflip: { countedSessions: 30, sessions: 20, most: 320, hasExtras: true },
  start: { runs: 4 },
  lan: { rounds: 3, pings: 100, tcpSeconds: 4, joins: 20 },
  evening: { racers: [25, 50, 100, 200], imposterPlayers: [50], sessions: [20, 40, 80], parties: [1, 5, 10, 20] },
  machines: { counts: [1, 2, 4], parties: 4, taps: 1500 },
  soak: { minutes: 20 },
}
const quick: Plan = {
  commands: { rounds: 4, tapsPerRound: 100 },
  snapshots: { rounds: 10, phones: 100 },
  http: { taps: 200 },
  screens: { taps: 10, screens: [8, 100, 1000] },
  card: { rounds: 15, phones: 20 },
  quipflip: { countedSessions: 8, sessions: 10, most: 10, hasExtras: false },
  start: { runs: 1 },
  lan: { rounds: 1, pings: 30, tcpSeconds: 2, joins: 1 },
  evening: { racers: [100], imposterPlayers: [50], sessions: [20], parties: [10] },
  machines: { counts: [1, 2, 4], parties: 2, taps: 300 },
  soak: { minutes: 3 },
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, only: { type: "string" }, joins: { type: "string" }, minutes: { type: "string" }, help: { type: "boolean", short: "h" } },
})

if (options.help) console.log(help)
else await bench(planOf(options), partsOf(options.only ?? (positionals.length > 0 ? positionals.join(",") : undefined)))

function planOf({ quick: isQuick, joins, minutes }: typeof options): Plan {
  const plan = isQuick ? quick : full
  return {
    ...plan,
    lan: { ...plan.lan, joins: countIn("--joins", joins) ?? plan.lan.joins },
    soak: { minutes: countIn("--minutes", minutes) ?? plan.soak.minutes },
  }
}

function countIn(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${option} takes a number from 1 to 9999`)
  return Number(text)
}

async function bench(plan: Plan, parts: ReadonlySet<Part>): Promise<void> {
  const givenUrl = process.env.DATABASE_URL || undefined
  if ([...parts].some((part) => !inProcess.has(part))) await ensureBuilt()
  const began = performance.now()
  const loadBefore = loadavg()
  const lines: Line[] = []
  const tables: string[] = []
  const add = async (what: string, measuring: Promise<Line[] | Measured>) => {
    console.error(`${what} …`)
    const measured = await measuring
    lines.push(...("lines" in measured ? measured.lines : measured))
    if ("tables" in measured) tables.push(...measured.tables)
  }
  if (parts.has("commands")) {
    const measuring = withDatabase(givenUrl, (databaseUrl) => measureCommandLayer({ ...plan.commands, databaseUrl }))
    await add("commands in process", measuring)
  }
  if (parts.has("snapshots")) {
    await add("snapshots", withDatabase(givenUrl, (databaseUrl) => measureSnapshots({ ...plan.snapshots, databaseUrl })))
  }
  if (parts.has("http")) await add("commands through HTTP", withApp(givenUrl, (app) => measureHttpDoors(app, plan.http)))
  if (parts.has("screens")) await add("tap to other screens", withApp(givenUrl, (app) => measureFanOut(app, plan.screens)))
  if (parts.has("card")) {
    await add("Start to card", withApp(givenUrl, (app) => measureCard(app, plan.card)))
    const withModel = withSilentModel((model) => withApp(givenUrl, (app) => measureCard(app, { ...plan.card, model }), model))
    await add("Start to card beside a model", withModel)
  }
  if (parts.has("quipflip")) {
    const { countedSessions: sessions, ...evenings } = plan.quipflip
    await add("Quipflip in process", withDatabase(givenUrl, (databaseUrl) => measureSubmits({ databaseUrl, sessions })))
    await add("Quipflip's sessions", withApp(givenUrl, (app) => measureQuipflip(app, evenings)))
  }
  if (parts.has("start")) await add("starting", measureStartsOn(givenUrl, plan.start))
  if (parts.has("pages")) await add("pages", withApp(givenUrl, measurePageWeight))
  if (parts.has("lan")) await add("virtual LAN", measureLan(plan.lan))
  if (parts.has("evening")) {
    await add("whole evenings", withApp(givenUrl, (app) => measureEvening(app, plan.evening)))
    tables.push(await withDatabase(givenUrl, (databaseUrl) => statementTable(databaseUrl, [10, 50, 100, 200])))
  }
  if (parts.has("machines")) await add("many machines", withDatabase(givenUrl, (_, database) => measureMachines(database, plan.machines)))
  if (parts.has("soak")) await add(`${plan.soak.minutes} minutes of an evening`, withApp(givenUrl, (app) => measureSoak(app, plan.soak)))

  const seconds = (performance.now() - began) / 1000
  console.log(`\n${machineText()}; load ${loadText(loadBefore)} before, ${loadText(loadavg())} after; ${seconds.toFixed(0)} s\n`)
  console.log([tableOf(lines), ...tables].join("\n\n"))
  // Whoever only asks whether it holds, reads the exit code.
  if (parts.has("soak") && lines.some(({ aim }) => aim?.isMet === false)) process.exitCode = 1
}

async function withDatabase<T>(givenUrl: string | undefined, work: (databaseUrl: string, database: BenchDatabase) => Promise<T>): Promise<T> {
  const database = await openBenchDatabase(givenUrl)
  try {
    return await work(database.url, database)
  } finally {
    await database.stop()
  }
}

async function withApp<T>(givenUrl: string | undefined, work: (app: App) => Promise<T>, model?: Launching["model"]): Promise<T> {
  if (givenUrl) return withDatabase(givenUrl, (databaseUrl) => withAppOn({ databaseUrl, model }, work))
  return withAppOn({ databaseUrl: undefined, model }, work)
}

async function withAppOn<T>(on: Omit<Launching, "dataDir">, work: (app: App) => Promise<T>): Promise<T> {
  const dataDir = await newDataDir()
  try {
    const app = await startApp({ ...on, dataDir })
    try {
      return await work(app)
    } finally {
      await app.stop()
    }
  } finally {
    await removeDataDir(dataDir)
  }
}

function measureStartsOn(givenUrl: string | undefined, { runs }: { runs: number }): Promise<Line[]> {
  if (givenUrl) return withDatabase(givenUrl, (databaseUrl) => measureStarts({ runs, databaseUrl }))
  return measureStarts({ runs, databaseUrl: undefined })
}

function partsOf(only: string | undefined): ReadonlySet<Part> {
  if (only === undefined) return new Set(usualParts)
  const parts = only.split(",").map((name) => partNames.find((part) => part === name))
  if (parts.includes(undefined)) throw new Error(`--only takes some of ${partNames.join(",")}`)
  return new Set(parts.filter((part) => part !== undefined))
}

function machineText(): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${process.platform}, Node ${process.versions.node}`
}

function loadText(load: readonly number[]): string {
  return (load[0] ?? 0).toFixed(1)
}
