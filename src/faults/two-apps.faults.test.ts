import pg from "pg"
import { afterEach, beforeEach, expect, it } from "vitest"
import { gatherCrowd, getGoingMs, startMs, until, type Crowd } from "@/testing/faults/crowd"
import { reportFault } from "@/testing/faults/fault-report"
import { openHostedHouse, type HostedHouse } from "@/testing/faults/hosted-house"
import type { PartyProcess } from "@/testing/faults/party-process"

let house: HostedHouse
let crowd: Crowd | undefined
let observer: pg.Client

beforeEach(async () => {
  crowd = undefined
  house = await openHostedHouse()
  observer = new pg.Client({ connectionString: house.databaseUrl })
  await observer.connect()
}, startMs)

afterEach(async () => {
  await crowd?.close()
  await observer.end()
  await house.close()
})

/** Stops a process in the very middle of a command: it holds a party's row, and neither goes on nor lets go. */
async function freezeMidCommand(app: PartyProcess): Promise<void> {
  for (;;) {
    app.signal("SIGSTOP")
    await until(async () => (await activity("active")) === 0, 5_000, () => "statements go on")
    if ((await activity("idle in transaction")) > 0) return
    app.signal("SIGCONT")
    await until(async () => (await activity("active")) > 0, 5_000, () => "nobody taps")
  }
}

async function activity(state: string): Promise<number> {
  const { rows } = await observer.query<{ count: string }>(
    "select count(*) from pg_stat_activity where application_name = 'party-os' and state = $1 and wait_event_type is distinct from 'Lock'",
    [state],
  )
  return Number(rows[0]?.count)
}

it("two apps on one database, one killed in the middle of a command: the other goes on, nothing is lost or doubled", async () => {
  const one = await house.startOne("one")
  const other = await house.startOne("other")
  let isOneThere = true
  crowd = await gatherCrowd({
    baseUrl: () => other.baseUrl,
    tapsAt: (phone) => (phone % 2 === 0 && isOneThere ? one.baseUrl : other.baseUrl),
    databaseUrl: house.databaseUrl,
    sessionSecret: house.sessionSecret,
    realtime: house.realtime,
  })
  await crowd.moreAnswers(60, getGoingMs)

  await freezeMidCommand(one)
  isOneThere = false
  one.signal("SIGKILL")
  const killedAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.rest()
  const rightAt = await crowd.allScreensRight(5_000)

  expect(rightAt - killedAt).toBeLessThan(5_000)
  expect(await crowd.brokenPromises()).toEqual([])
  reportFault("one of two apps killed in the middle of a command", {
    "the other's first answer (ms)": firstAnswerAt - killedAt,
    "screens right (ms)": rightAt - killedAt,
    taps: crowd.answered().length,
    retried: crowd.answered().filter(({ tries }) => tries > 1).length,
  })
})
