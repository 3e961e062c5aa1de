import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { gatherCrowd, getGoingMs, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { reportFault } from "@/testing/faults/fault-report"
import { openFaultyLine, type FaultyLine } from "@/testing/faults/faulty-line"
import { openHostedHouse, type HostedHouse } from "@/testing/faults/hosted-house"
import { createOpenedThings } from "@/testing/faults/opened-things"
import type { PartyProcess } from "@/testing/faults/party-process"
import type { Try } from "@/testing/faults/phone"
import { fetchNight } from "@/testing/faults/screen"

/** Every answer of the database takes so much longer. */
const answerDelayMs = 300
const goneMs = Number(process.env.FAULT_STOP_MS ?? 4_000)

const things = createOpenedThings()
let house: HostedHouse
let line: FaultyLine
let app: PartyProcess
let crowd: Crowd

beforeAll(async () => {
  house = await things.open(openHostedHouse(), (opened) => opened.close())
  const database = new URL(house.databaseUrl)
  const { port } = database
  line = await things.open(openFaultyLine(() => Number(port)), (opened) => opened.close())
  database.port = String(line.port)
  app = await things.open(house.startOne("app", { DATABASE_URL: database.href }), (opened) => opened.kill())
  const gathering = gatherCrowd({
    baseUrl: () => app.baseUrl,
    databaseUrl: house.databaseUrl,
    sessionSecret: house.sessionSecret,
    realtime: house.realtime,
  })
  crowd = await things.open(gathering, (opened) => opened.close())
  await crowd.rest()
}, startMs)

beforeEach(async () => {
  crowd.resume()
  await crowd.moreAnswers(40, getGoingMs)
})

afterEach(() => {
  line.slowDown(0)
  line.letIn(true)
})

afterAll(things.closeAll)

it(`[PTY-23] [PTY-25] the database answers ${answerDelayMs} ms late under bets and laps: one after another is done, the others are told no in time`, async () => {
  line.slowDown(answerDelayMs)
  const slowAt = performance.now()
  const answered = crowd.answered().length
  await until(() => triesSince(slowAt).some(({ what }) => what !== "yes"), 20_000, () => "nobody was told no")
  // What is begun is done: a line in which everybody gives up just before their turn is over would get nobody through.
  await crowd.moreAnswers(1, 15_000)
  const looks = await Promise.allSettled(crowd.screens.map((screen) => fetchNight({ ...screen, baseUrl: () => app.baseUrl })))
  line.slowDown(0)
  const curedAt = performance.now()
  const answeredSlowly = crowd.answered().length - answered
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - curedAt).toBeLessThan(5_000)
  expect(answeredSlowly).toBeGreaterThan(1)
  expectClearWords(triesSince(slowAt))
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault(`database answers ${answerDelayMs} ms late`, {
    "for (ms)": curedAt - slowAt,
    "answered meanwhile": answeredSlowly,
    "looks answered of 9": looks.filter(({ status }) => status === "fulfilled").length,
    "first tap answered (ms)": firstAnswerAt - curedAt,
    "screens right (ms)": rightAt - curedAt,
    ...said(triesSince(slowAt)),
  })
})

it(`[PTY-23] the database cannot be reached for ${goneMs / 1000} s under bets and laps: a clear no at once, and then as if nothing had been`, async () => {
  line.letIn(false)
  const goneAt = performance.now()
  await until(() => performance.now() - goneAt > goneMs, goneMs + 1_000, () => "")
  line.letIn(true)
  const curedAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - curedAt).toBeLessThan(5_000)
  expectClearWords(triesSince(goneAt))
  expect(triesSince(goneAt).some(({ what }) => what === "database_away")).toBe(true)
  expect(app.output()).not.toContain("The party broke")
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault(`database gone for ${goneMs} ms`, {
    "first tap answered (ms)": firstAnswerAt - curedAt,
    "screens right (ms)": rightAt - curedAt,
    ...said(triesSince(goneAt)),
  })
})

function triesSince(atMs: number): Try[] {
  return crowd.phones.flatMap(({ tries }) => tries.filter((each) => each.atMs > atMs))
}

/** Nobody waited for longer than the server's patience [PTY-23], and a no was one of the sentences for this. */
function expectClearWords(tries: readonly Try[]): void {
  expect(Math.max(...tries.map(({ ms }) => ms))).toBeLessThan(10_000)
  expect([...new Set(tries.map(({ what }) => what))].filter((what) => !["yes", "database_away", "party_busy"].includes(what))).toEqual([])
}

function said(tries: readonly Try[]) {
  return {
    "told to try again": tries.filter(({ what }) => what !== "yes").length,
    "longest wait for an answer (ms)": Math.max(...tries.map(({ ms }) => ms)),
  }
}
