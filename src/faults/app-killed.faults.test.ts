import { afterEach, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder, type FaultFolder } from "@/testing/faults/fault-folder"
import { reportFault } from "@/testing/faults/fault-report"
import { beginGames, whereOn } from "@/testing/faults/games-under-way"

let folder: FaultFolder
let app: App | undefined
let crowd: Crowd | undefined

afterEach(async () => {
  await crowd?.close()
  await app?.stop()
  await folder.remove()
})

it("[IMP-18] [QF-S11] kill -9 of the app under bets, laps and games whose time runs out meanwhile: nothing is lost, nothing paid twice, every screen right within 8 s", async () => {
  folder = await newFaultFolder()
  app = await startApp({ dataDir: folder.path })
  const { port } = app
  crowd = await gatherCrowd({
    baseUrl: () => `http://127.0.0.1:${port}`,
    databaseUrl: await app.databaseUrl(),
    sessionSecret: await app.sessionSecret(),
    realtime: { port, key: await realtimeKeyOf(app.dataDir) },
  })
  const { screens } = crowd
  const games = await beginGames(crowd.runtime, crowd.stage.partyId, crowd.stage.bettors.slice(-7))
  await until(() => screens.every((screen) => whereOn(screen.shown(), games) === "VOTING PROMPT"), 10_000, () => "not every screen shows the games")
  await crowd.moreAnswers(60, getGoingMs)

  // The vote and the phase run out while nobody is there to see it: not before the kill, however slow the machine is.
  const runOutAt = Date.now() + 3_000
  await games.endAt(new Date(runOutAt))
  await app.kill("SIGKILL")
  const killedAt = performance.now()
  await until(() => Date.now() > runOutAt, 5_000, () => "")
  expect(await games.where()).toBe("VOTING PROMPT")
  const startedAt = performance.now()
  app = await startApp({ dataDir: folder.path, env: { PORT: String(port) } })
  const backAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  await until(() => screens.every((screen) => whereOn(screen.shown(), games) === "REVEALED COPY"), 5_000, () => whereOn(screens[0]?.shown(), games))
  const gamesRightAt = performance.now()
  const rightAt = await crowd.allScreensRight(5_000)

  // Usually 1 to 3 s. A screen whose questions have failed meanwhile asks again after 4 s at the latest, and a machine that
  // does other things adds to that: 5.7 s were seen.
  expect(rightAt - backAt).toBeLessThan(8_000)
  expect(await crowd.brokenPromises()).toEqual([])
  // [IMP-14] [QF-N3] Each once: two who named the imposter, a prompt that was played, one that timed out, one never begun.
  expect(await games.purses()).toEqual({ voters: [1_050, 1_050], players: [900, 995, 1_000] })
  reportFault("app killed", {
    "dead for (ms)": startedAt - killedAt,
    "back after (ms)": backAt - startedAt,
    "first tap answered after that (ms)": Math.max(0, firstAnswerAt - backAt),
    "screens right (ms)": rightAt - backAt,
    "games on every screen (ms)": gamesRightAt - backAt,
    taps: crowd.answered().length,
    retried: crowd.answered().filter(({ tries }) => tries > 1).length,
  })
}, startMs)
