import { randomUUID } from "node:crypto"
import { sql } from "drizzle-orm"
import { afterEach, beforeEach, expect, it } from "vitest"
import { one } from "@/kernel/assert"
import { sealClaim } from "@/server/identity"
import { startApp, type App } from "@/testing/browser/app"
import { gatherCrowd, getGoingMs, realtimeKeyOf, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { reportFault } from "@/testing/faults/fault-report"
import { hostBrowser } from "@/testing/faults/server-action"
import { withSilentModel, type SilentModel } from "../../scripts/bench/silent-model"

/** Nobody waits for a model, which is given up after 6 s and more. How long a tap takes is the benchmark's business. */
const tapMs = 5_000
/** What an AI player's phrase may take from its time on: the model's 6 s, and a look of the ticker before and after. */
const seatMs = 10_000

let app: App | undefined
let crowd: Crowd | undefined

beforeEach(() => {
  app = undefined
  crowd = undefined
})

afterEach(async () => {
  await crowd?.close()
  await app?.stop()
})

it("[IMP-6] [QF-S12] the model takes every question and answers none, under bets and laps: a round starts at once, AI seats are played, nobody waits", async () => {
  await withSilentModel(async (model) => {
    app = await startApp({ env: { GOOGLE_GENERATIVE_AI_API_KEY: model.apiKey, GEMINI_BASE_URL: model.baseUrl } })
    crowd = await gather(app)
    const { stage, phones } = crowd
    await crowd.moreAnswers(30, getGoingMs)

    const host = await hostBrowser({ baseUrl: app.baseUrl, sessionSecret: await app.sessionSecret() }, stage.partyId)
    const themed = await host.call("changeImposterSettingsAction", { theme: "Things in a kitchen" })
    await until(() => model.isWaitedFor(), 10_000, () => "nobody asked the model for words")
    const hungAt = performance.now()
    // Of those without a screen: a phone asks for its card by itself.
    const begun = await host.call("startImposterRoundAction", stage.bettors.slice(-6, -1), randomUUID())
    const { sessionId, tookMs } = await startSessionWithAi(app, crowd)
    const seatsTook = await playSeats(crowd, sessionId, model)
    await crowd.moreAnswers(20, getGoingMs)
    await crowd.rest()
    const restedAt = performance.now()
    const rightAt = await crowd.allScreensRight(5_000)
    expect(await crowd.brokenPromises()).toEqual([])

    const tries = phones.flatMap((phone) => phone.tries.filter(({ atMs }) => atMs > hungAt))
    const longestTap = Math.max(...tries.map(({ ms }) => ms))
    expect([themed.answer.success, begun.answer.success]).toEqual([true, true])
    expect(new Set(tries.map(({ what }) => what))).toEqual(new Set(["yes"]))
    expect(Math.max(longestTap, begun.ms, tookMs)).toBeLessThan(tapMs)
    expect(seatsTook).toBeLessThan(seatMs)
    await crowd.close()
    // The first question may have been given up by now.
    await host.call("changeImposterSettingsAction", { theme: "Things in a garden" })
    await until(() => model.isWaitedFor(), 10_000, () => "nobody asked the model again")
    const stoppedAt = performance.now()
    await app.kill("SIGTERM")
    const goneAt = performance.now()
    expect(goneAt - stoppedAt).toBeLessThan(5_000)
    reportFault("model hangs", {
      "Imposter began after (ms)": begun.ms,
      "Quipflip began after (ms)": tookMs,
      "AI seats played after (ms)": seatsTook,
      "longest tap meanwhile (ms)": longestTap,
      "screens right (ms)": rightAt - restedAt,
      "stopped with it after (ms)": goneAt - stoppedAt,
      questions: model.asked(),
    })
  })
}, startMs)

async function gather({ baseUrl, port, dataDir, databaseUrl, sessionSecret }: App): Promise<Crowd> {
  return gatherCrowd({
    baseUrl: () => baseUrl,
    databaseUrl: await databaseUrl(),
    sessionSecret: await sessionSecret(),
    realtime: { port, key: await realtimeKeyOf(dataDir) },
  })
}

/** A guest who does not bet opens a session, has the AI take two seats and starts it. */
async function startSessionWithAi({ baseUrl, sessionSecret }: App, { stage }: Crowd): Promise<{ sessionId: string; tookMs: number }> {
  const guestId = one(stage.bettors.slice(-1))
  const token = await sealClaim("guest", { partyId: stage.partyId, guestId }, await sessionSecret())
  const post = async (path: string): Promise<{ session_id: string }> => {
    const response = await fetch(`${baseUrl}/api/v1/qf/party/${path}`, { method: "POST", headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as { session_id: string }
  }
  const { session_id: sessionId } = await post("create")
  for (let seat = 0; seat < 2; seat++) await post(`${sessionId}/add-ai`)
  const began = performance.now()
  await post(`${sessionId}/start`)
  return { sessionId, tookMs: performance.now() - began }
}

/** Says that the AI players have thought long enough. @returns after how many ms both had played, by the local writer. */
async function playSeats({ runtime }: Crowd, sessionId: string, model: SilentModel): Promise<number> {
  const asked = model.asked()
  await runtime.db.execute(sql`update party_rounds set ai_due_at = now() where session_id = ${sessionId}::uuid and ai_due_at is not null`)
  const dueAt = performance.now()
  const played = async () => {
    const { rows } = await runtime.db.execute(sql`
      select 1 from party_rounds t join quipflip_rounds r on r.round_id = t.round_id
      where t.session_id = ${sessionId}::uuid and t.done_at is not null and not t.is_by_house and r.phrase is not null`)
    return rows.length
  }
  await until(async () => (await played()) === 2, seatMs + 5_000, () => "AI seats are not played")
  expect(model.asked() - asked).toBeGreaterThanOrEqual(2)
  return performance.now() - dueAt
}
