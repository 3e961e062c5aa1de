import { writeFile } from "node:fs/promises"
import path from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder } from "@/testing/faults/fault-folder"
import { reportFault } from "@/testing/faults/fault-report"
import { beginGames, whereOn, type GamesUnderWay } from "@/testing/faults/games-under-way"
import { createOpenedThings } from "@/testing/faults/opened-things"
import { fetchNight } from "@/testing/faults/screen"

const hourMs = 60 * 60_000
const jumpingClock = path.join(import.meta.dirname, "../testing/faults/jumping-clock.mjs")

const things = createOpenedThings()
let clockFile: string
let app: App
let crowd: Crowd
let games: GamesUnderWay

beforeAll(async () => {
  const folder = await things.open(newFaultFolder(), (opened) => opened.remove())
  clockFile = path.join(folder.path, "off-by-ms")
  const env = { NODE_OPTIONS: `--import=${jumpingClock}`, JUMPING_CLOCK_FILE: clockFile }
  app = await things.open(startApp({ dataDir: folder.path, env }), (opened) => opened.stop())
  const gathering = gatherCrowd({
    baseUrl: () => app.baseUrl,
    databaseUrl: await app.databaseUrl(),
    sessionSecret: await app.sessionSecret(),
    realtime: { port: app.port, key: await realtimeKeyOf(app.dataDir) },
  })
  crowd = await things.open(gathering, (opened) => opened.close())
  games = await beginGames(crowd.runtime, crowd.stage.partyId, crowd.stage.bettors.slice(-7))
  await crowd.rest()
}, startMs)

afterAll(things.closeAll)

/** Sets the clock of the app, and waits until it goes by it. @returns when that was, by `performance.now()`. */
async function jumpTo(offByMs: number): Promise<number> {
  await writeFile(clockFile, String(offByMs))
  process.kill(app.pid, "SIGUSR2")
  const jumpedAt = performance.now()
  const isOff = async () => {
    const { serverTime } = await fetchNight({ surface: "host", token: crowd.screens.at(-1)?.token ?? "", baseUrl: () => app.baseUrl })
    return Math.abs(Date.parse(serverTime) - Date.now() - offByMs) < 60_000
  }
  await until(isOff, 5_000, () => "the clock does not jump")
  return jumpedAt
}

const untouched = { voters: [1_000, 1_000], players: [900, 900, 1_000] }
/** [IMP-14] [QF-N3] Each once. */
const runOut = { voters: [1_050, 1_050], players: [900, 995, 1_000] }

// Back first: what runs out when it goes forward does not come again.
it.each([
  ["back", { jumpMs: -hourMs, where: "VOTING PROMPT", purses: untouched }],
  ["forward", { jumpMs: hourMs, where: "REVEALED COPY", purses: runOut }],
])("[IMP-18] [PTY-14] the clock jumps an hour %s and right again under bets, laps and games: every screen is right within 5 s", async (direction, { jumpMs, where, purses }) => {
  crowd.resume()
  await crowd.moreAnswers(30, getGoingMs)
  const beganAt = performance.now()
  const jumpedAt = await jumpTo(jumpMs)
  await crowd.moreAnswers(8, getGoingMs)
  await until(() => crowd.screens.every((screen) => whereOn(screen.shown(), games) === where), 5_000, () => whereOn(crowd.screens[0]?.shown(), games))
  const shownAt = performance.now()
  const curedAt = await jumpTo(0)
  await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - curedAt).toBeLessThan(5_000)
  expect(await games.purses()).toEqual(purses)
  expect(await crowd.brokenPromises()).toEqual([])
  const tries = crowd.phones.flatMap((phone) => phone.tries.filter(({ atMs }) => atMs > beganAt))
  expect(new Set(tries.map(({ what }) => what))).toEqual(new Set(["yes"]))
  reportFault(`the app's clock jumps an hour ${direction}`, {
    "games on every screen (ms)": shownAt - jumpedAt,
    "screens right when it is right again (ms)": rightAt - curedAt,
    "longest tap (ms)": Math.max(...tries.map(({ ms }) => ms)),
  })
})
