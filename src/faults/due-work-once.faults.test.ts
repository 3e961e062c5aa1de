import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, it } from "vitest"
import { channelOf } from "@/realtime/channels"
import { createLog } from "@/server/log"
import { createRuntime, type Runtime } from "@/server/runtime"
import { startMs, until } from "@/testing/faults/crowd"
import { reportFault } from "@/testing/faults/fault-report"
import { beginGames, type GamesUnderWay } from "@/testing/faults/games-under-way"
import { openHostedHouse, type HostedHouse } from "@/testing/faults/hosted-house"
import type { PartyProcess } from "@/testing/faults/party-process"
import { testEnv } from "@/testing/start-party"
import { imbalancesOf } from "@/wallet/conservation"
import { openScreen } from "../../scripts/bench/screen"
import { fillHouse } from "../../scripts/bench/stage"

const metricsToken = "faults-metrics-token"
const partyCount = 4
/** So many that both sweep at the same time. */
const leftBehind = 600

let house: HostedHouse
let runtime: Runtime
let apps: PartyProcess[]

beforeAll(async () => {
  house = await openHostedHouse()
  const env = { METRICS_TOKEN: metricsToken }
  apps = [await house.startOne("one", env), await house.startOne("other", env)]
  const publisher = { publish: () => undefined, send: async () => undefined, settled: async () => undefined }
  runtime = createRuntime(testEnv(house.databaseUrl, { SESSION_SECRET: house.sessionSecret }), { log: createLog("silent"), publisher })
}, startMs)

afterAll(async () => {
  try {
    await runtime.close()
  } finally {
    await house.close()
  }
})

it("[PTY-14] what a crash has left unpublished is heard once, though two apps look for it", async () => {
  const { partyId } = await fillHouse(runtime, 1)
  const channel = channelOf({ kind: "party", topic: "lan", partyId })
  const heard = new Map<string, number>()
  const socket = await openScreen(
    {
      url: `ws://127.0.0.1:${house.realtime.port}/app/${house.account.key}?protocol=7&client=faults&version=1`,
      subscription: { channels: [channel], account: house.account, auth: { url: "", cookie: "" } },
      asksApp: false,
    },
    (frame) => {
      const name = /"event":"(left-[0-9]+)"/.exec(frame.toString())?.[1]
      if (name) heard.set(name, (heard.get(name) ?? 0) + 1)
    },
  )
  await runtime.db.execute(sql`
    insert into party_events (party_id, version, previous, event_type, channel, data, created_at)
    select ${partyId}::uuid, p.version + n, p.version + n - 1, 'left-' || n, ${channel}, '{}'::jsonb, now() - interval '1 minute'
    from generate_series(1, ${leftBehind}::integer) as n, parties p where p.id = ${partyId}::uuid`)
  await until(() => heard.size === leftBehind, 15_000, () => `${heard.size} of ${leftBehind} events were heard`)
  await everybodyLooksAgain()
  socket.terminate()
  expect([...heard.values()].filter((times) => times !== 1)).toEqual([])
})

// The last one: it costs the house an app.
it("[IMP-18] [QF-S11] what runs out under the eyes of two apps is ended once, by whichever; also when one is killed at that moment", async () => {
  const parties = await Promise.all(Array.from({ length: partyCount }, () => fillHouse(runtime, 7)))
  const games = await Promise.all(parties.map(({ partyId, guests }) => beginGames(runtime, partyId, guests)))
  const firstMs = await runOut(games, { to: "REVEALED COPY", changes: { round: 1, session: 1 } })
  // [IMP-14] [QF-N3] Each once.
  const paidOnce = { voters: [1_050, 1_050], players: [900, 995, 1_000] }
  expect(await Promise.all(games.map((each) => each.purses()))).toEqual(games.map(() => paidOnce))

  const [one] = apps.splice(0, 1)
  const lastMs = await runOut(games, { to: "OVER VOTE", changes: { round: 1, session: 1 }, meanwhile: () => one?.signal("SIGKILL") })
  const purses = await Promise.all(games.map((each) => each.purses()))
  expect(purses.map(({ voters }) => voters)).toEqual(games.map(() => paidOnce.voters))
  expect(await Promise.all(parties.map(({ partyId }) => imbalancesOf(runtime.db, partyId)))).toEqual(parties.map(() => []))
  reportFault("two apps and one clock", {
    "deadlines each (2 apps)": 2 * partyCount,
    "all ended after (ms)": firstMs,
    "with one killed at that moment (ms)": lastMs,
  })
})

type Expected = { readonly to: string; readonly changes: { readonly round: number; readonly session: number }; readonly meanwhile?: () => void }

/** Lets every deadline pass, and looks at what came of it once every app has looked at the clock twice more. @returns after how many ms all had ended. */
async function runOut(games: readonly GamesUnderWay[], { to, changes, meanwhile }: Expected): Promise<number> {
  const before = await Promise.all(games.map((each) => each.announced()))
  await Promise.all(games.map((each) => each.endAt(new Date(Date.now() - 1))))
  meanwhile?.()
  const dueAt = performance.now()
  const where = () => Promise.all(games.map((each) => each.where()))
  await until(async () => (await where()).every((each) => each === to), 15_000, () => `not everybody is at ${to}`)
  const endedMs = performance.now() - dueAt
  // Whoever would do it a second time has come by then.
  await everybodyLooksAgain()
  expect(await where()).toEqual(games.map(() => to))
  const after = await Promise.all(games.map((each) => each.announced()))
  expect(after).toEqual(before.map(({ round, session }) => ({ round: round + changes.round, session: session + changes.session })))
  return endedMs
}

async function everybodyLooksAgain(): Promise<void> {
  const before = await Promise.all(apps.map(looksOf))
  const haveLooked = async () => (await Promise.all(apps.map(looksOf))).every((looks, index) => looks >= (before[index] ?? 0) + 2)
  await until(haveLooked, 15_000, () => "an app does not look at the clock")
}

/** How often an app has looked for work, the rarest of what is due every second. */
async function looksOf({ baseUrl }: PartyProcess): Promise<number> {
  const response = await fetch(`${baseUrl}/api/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
  const text = await response.text()
  const looks = ["move rounds on", "move sessions on", "publish what was left behind"].map((work) =>
    Number(new RegExp(`party_due_work_total\\{work="${work}",outcome="ok"\\} (\\d+)`).exec(text)?.[1] ?? 0),
  )
  return Math.min(...looks)
}
