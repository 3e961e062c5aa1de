import { afterEach, expect, it } from "vitest"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, realtimeKeyOf, type Crowd } from "@/testing/faults/crowd"
import { reportFault } from "@/testing/faults/fault-report"
import { newFaultFolder, type FaultFolder } from "@/testing/faults/fault-folder"

let folder: FaultFolder
let app: App | undefined
let crowd: Crowd | undefined

afterEach(async () => {
  await crowd?.close()
  await app?.stop()
  await folder.remove()
})

it("kill -9 of the app under bets and laps: nothing acknowledged is lost, nothing is paid twice, every screen is right within 5 s", async () => {
  folder = await newFaultFolder()
  app = await startApp({ dataDir: folder.path })
  const { port } = app
  crowd = await gatherCrowd({
    baseUrl: () => `http://127.0.0.1:${port}`,
    databaseUrl: await app.databaseUrl(),
    sessionSecret: await app.sessionSecret(),
    realtime: { port, key: await realtimeKeyOf(app.dataDir) },
  })
  await crowd.moreAnswers(60, 15_000)

  await app.kill("SIGKILL")
  const killedAt = performance.now()
  app = await startApp({ dataDir: folder.path, env: { PORT: String(port) } })
  const backAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - backAt).toBeLessThan(5_000)
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault("app killed", {
    "back after (ms)": backAt - killedAt,
    "first tap answered after that (ms)": Math.max(0, firstAnswerAt - backAt),
    "screens right (ms)": rightAt - backAt,
    taps: crowd.answered().length,
    retried: crowd.answered().filter(({ tries }) => tries > 1).length,
  })
}, 90_000)
