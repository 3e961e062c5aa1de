import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { openFaultyLine, type FaultyLine } from "@/testing/faults/faulty-line"
import { reportFault } from "@/testing/faults/fault-report"
import { createOpenedThings } from "@/testing/faults/opened-things"

const things = createOpenedThings()
let app: App
let lines: FaultyLine[]
let crowd: Crowd

beforeAll(async () => {
  app = await things.open(startApp(), (opened) => opened.stop())
  const key = await realtimeKeyOf(app.dataDir)
  lines = []
  const gathering = gatherCrowd({
    baseUrl: () => app.baseUrl,
    databaseUrl: await app.databaseUrl(),
    sessionSecret: await app.sessionSecret(),
    realtime: async () => {
      const line = await things.open(openFaultyLine(() => app.port), (opened) => opened.close())
      lines.push(line)
      return { port: line.port, key }
    },
  })
  crowd = await things.open(gathering, (opened) => opened.close())
  await crowd.rest()
}, startMs)

beforeEach(async () => {
  crowd.resume()
  await crowd.moreAnswers(30, getGoingMs)
})

afterAll(things.closeAll)

it.each(["one screen", "all screens"])("the line of %s is cut under bets and laps, again and again: right within 5 s", async (whose) => {
  const cut = whose === "one screen" ? lines.slice(0, 1) : lines
  await until(() => lines.every((line) => line.open() === 1), 5_000, () => "not every screen is connected")
  for (let time = 0; time < 3; time++) {
    for (const line of cut) line.cut()
    await crowd.moreAnswers(10, getGoingMs)
  }
  await crowd.rest()
  const cutAt = performance.now()
  for (const line of cut) line.cut()
  const rightAt = await crowd.allScreensRight(5_000)
  await until(() => lines.every((line) => line.open() === 1), 5_000, () => "not every screen is connected again")
  const connectedAt = performance.now()
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault(`realtime cut, ${whose}`, { "screens right (ms)": rightAt - cutAt, "connected again (ms)": connectedAt - cutAt })
})

it("the line of all screens is gone for 4 s while people bet: right within 5 s, and without it meanwhile", async () => {
  for (const line of lines) line.letIn(false)
  const goneAt = performance.now()
  await until(() => performance.now() - goneAt > 4_000, 5_000, () => "")
  await crowd.rest()
  const restedAt = performance.now()
  const rightWithoutAt = await crowd.allScreensRight(5_000)
  for (const line of lines) line.letIn(true)
  const curedAt = performance.now()
  await until(() => crowd.screens.every((screen) => screen.connection() === "live"), 10_000, () => crowd.screens.map((screen) => screen.connection()).join())
  const rightAt = await crowd.allScreensRight(5_000)
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault("realtime gone for 4 s, all screens", {
    "right without it (ms)": rightWithoutAt - restedAt,
    "live again (ms)": rightAt - curedAt,
  })
})
