import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder } from "@/testing/faults/fault-folder"
import { reportFault } from "@/testing/faults/fault-report"
import { createOpenedThings } from "@/testing/faults/opened-things"
import { postgresProcesses, signalAll, type PostgresProcesses } from "@/testing/faults/postgres-processes"

const things = createOpenedThings()
let app: App
let crowd: Crowd
let stopped: PostgresProcesses | undefined

beforeAll(async () => {
  const folder = await things.open(newFaultFolder(), (opened) => opened.remove())
  app = await things.open(startApp({ dataDir: folder.path }), (opened) => opened.stop())
  const gathering = gatherCrowd({
    baseUrl: () => app.baseUrl,
    databaseUrl: await app.databaseUrl(),
    sessionSecret: await app.sessionSecret(),
    realtime: { port: app.port, key: await realtimeKeyOf(app.dataDir) },
  })
  crowd = await things.open(gathering, (opened) => opened.close())
  await crowd.rest()
}, startMs)

beforeEach(async () => {
  crowd.resume()
  await crowd.moreAnswers(60, getGoingMs)
})

afterEach(() => {
  if (stopped) signalAll(stopped, "SIGCONT")
  stopped = undefined
})

afterAll(things.closeAll)

it("kill -9 of PostgreSQL under bets and laps: the party starts it again and keeps its promises", async () => {
  const before = await postgresProcesses(app.clusterDir)
  process.kill(before.postmaster, "SIGKILL")
  const killedAt = performance.now()
  await until(() => app.output().includes("The database is back"), 20_000, app.output)
  const backAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - backAt).toBeLessThan(5_000)
  expect((await postgresProcesses(app.clusterDir)).postmaster).not.toBe(before.postmaster)
  expect(app.output()).toContain("The database ended by itself; starting it again")
  expect(await crowd.brokenPromises()).toEqual([])
  expectClearWords(crowd)
  reportFault("PostgreSQL killed", {
    "back after (ms)": backAt - killedAt,
    "first tap answered after that (ms)": firstAnswerAt - backAt,
    "screens right (ms)": rightAt - backAt,
    ...said(crowd),
  })
})

const stopMs = Number(process.env.FAULT_STOP_MS ?? 9_000)

it(`PostgreSQL hangs for ${stopMs / 1000} s under bets and laps: a clear no in time, and then as if nothing had been`, async () => {
  stopped = await postgresProcesses(app.clusterDir)
  signalAll(stopped, "SIGSTOP")
  const stoppedAt = performance.now()
  await until(() => performance.now() - stoppedAt > stopMs, stopMs + 1_000, () => "")
  signalAll(stopped, "SIGCONT")
  stopped = undefined
  const curedAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - curedAt).toBeLessThan(5_000)
  expect(await crowd.brokenPromises()).toEqual([])
  expectClearWords(crowd)
  // Nobody waited for longer than the server's patience, and somebody had to learn that it was over.
  const tries = crowd.phones.flatMap((phone) => phone.tries)
  expect(Math.max(...tries.map(({ ms }) => ms))).toBeLessThan(10_000)
  expect(tries.some(({ what }) => what === "database_away")).toBe(true)
  reportFault(`PostgreSQL hangs for ${stopMs} ms`, {
    "first tap answered (ms)": firstAnswerAt - curedAt,
    "screens right (ms)": rightAt - curedAt,
    ...said(crowd),
  })
})

/** Whatever was said besides yes is one of the sentences for this, and no bug of ours. */
function expectClearWords({ phones }: Crowd): void {
  const words = new Set(phones.flatMap(({ tries }) => tries.map(({ what }) => what)))
  expect([...words].filter((what) => !["yes", "database_away", "party_busy"].includes(what))).toEqual([])
}

function said({ phones, answered }: Crowd) {
  const tries = phones.flatMap((phone) => phone.tries)
  return {
    taps: answered().length,
    "told to try again": tries.filter(({ what }) => what !== "yes").length,
    "longest wait for an answer (ms)": Math.max(...tries.map(({ ms }) => ms)),
  }
}
