import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import pg from "pg"
import { afterEach, beforeEach, expect, it } from "vitest"
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded-postgres"
import { createLocalPusher, type LocalPusher } from "@/realtime/local-server/local-pusher"
import { gatherCrowd, until, type Crowd } from "@/testing/faults/crowd"
import { newFaultFolder, type FaultFolder } from "@/testing/faults/fault-folder"
import { startParty, type PartyProcess } from "@/testing/faults/party-process"
import { reportFault } from "@/testing/faults/fault-report"

const sessionSecret = randomBytes(32).toString("base64url")
const account = { appId: "1", key: "faults-key", secret: randomBytes(24).toString("base64url") }

let folder: FaultFolder
let postgres: EmbeddedPostgres
let pusher: LocalPusher
let realtime: Server
let apps: PartyProcess[]
let crowd: Crowd | undefined
let observer: pg.Client

beforeEach(async () => {
  folder = await newFaultFolder()
  apps = []
  crowd = undefined
  postgres = await startEmbeddedPostgres({ dataDir: path.join(folder.path, "database") })
  observer = new pg.Client({ connectionString: postgres.url })
  await observer.connect()
  pusher = createLocalPusher(account)
  realtime = createServer((request, response) => {
    if (!pusher.handleRequest(request, response)) response.writeHead(404).end()
  })
  realtime.on("upgrade", (request, socket, head) => {
    if (!pusher.handleUpgrade(request, socket, head)) socket.destroy()
  })
  realtime.listen(0, "127.0.0.1")
  await once(realtime, "listening")
})

afterEach(async () => {
  await crowd?.close()
  for (const app of apps) await app.kill()
  pusher.close()
  realtime.close()
  realtime.closeAllConnections()
  await observer.end()
  await postgres.stop()
  await folder.remove()
})

/** One of the app's processes as a hosted party has them: the database and the realtime server are elsewhere. */
async function startOne(name: string): Promise<PartyProcess> {
  const app = await startParty(path.join(folder.path, name), {
    DATABASE_URL: postgres.url,
    SESSION_SECRET: sessionSecret,
    PUSHER_APP_ID: account.appId,
    PUSHER_KEY: account.key,
    PUSHER_SECRET: account.secret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String((realtime.address() as AddressInfo).port),
  })
  apps.push(app)
  return app
}

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
  const one = await startOne("one")
  const other = await startOne("other")
  let isOneThere = true
  crowd = await gatherCrowd({
    baseUrl: () => other.baseUrl,
    tapsAt: (phone) => (phone % 2 === 0 && isOneThere ? one.baseUrl : other.baseUrl),
    databaseUrl: postgres.url,
    sessionSecret,
    realtime: { port: (realtime.address() as AddressInfo).port, key: account.key },
  })
  await crowd.moreAnswers(60, 15_000)

  await freezeMidCommand(one)
  isOneThere = false
  one.signal("SIGKILL")
  const killedAt = performance.now()
  const firstAnswerAt = await crowd.moreAnswers(1, 5_000)
  await crowd.moreAnswers(20, 5_000)
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
