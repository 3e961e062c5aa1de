import pg from "pg"
import { sql } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { GET as dueWorkRoute } from "@/app/api/cron/due-work/route"
import { GET as liveRoute } from "@/app/api/health/live/route"
import { GET as readyRoute } from "@/app/api/health/route"
import { GET as metricsRoute } from "@/app/api/metrics/route"
import { partyEvents } from "@/db/schema/party"
import { allGuests } from "@/party/queries"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { doDueAfterAnswer } from "./due-on-request"
import { createDueWork } from "./due-work"
import { announceEmbeddedSockets } from "./embedded-sockets"
import { createLog } from "./log"
import { createPublisher } from "./publisher"
import { createRuntime, type Runtime } from "./runtime"

const token = "metrics-token-0123456789"
const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }

let house: House
let night: Night
const lines: string[] = []

async function open(env: Record<string, string> = { METRICS_TOKEN: token }) {
  lines.length = 0
  house = await startHouse({ env, parts: { log: createLog("info", { write: (line) => void lines.push(line) }) } })
  holder[runtimeKey] = house.runtime
  night = await startParty({ house, guests: 3 })
}
beforeEach(() => open())
afterEach(async () => {
  announceEmbeddedSockets(undefined)
  delete holder[runtimeKey]
  await house.stop()
})

const scrape = (authorization = `Bearer ${token}`) => metricsRoute(new Request("http://party/api/metrics", { headers: { authorization } }))
const numbers = async () => {
  const text = await (await scrape()).text()
  return (series: string) => text.split("\n").filter((line) => line.startsWith(`${series} `)).map((line) => Number(line.split(" ").at(-1)))
}

describe("GET /api/metrics", () => {
  it("does not exist without its token, nor where none is set", async () => {
    for (const shown of ["", "Bearer", "Bearer ", `Bearer ${token}x`, token, "Bearer undefined"]) {
      expect((await scrape(shown)).status).toBe(404)
    }
    expect((await scrape()).status).toBe(200)
    await house.stop()
    await open({})
    for (const shown of ["", "Bearer undefined", `Bearer ${token}`]) expect((await scrape(shown)).status).toBe(404)
  })

  it("counts commands and questions by name and outcome, and how long they took", async () => {
    await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 10))
    accepted(await night.bet("Cy", "Bo", 20))
    await night.bet("Cy", "Ann", 100_000)
    accepted(await night.ask(night.hostClaims, allGuests))
    await night.ask({}, allGuests)
    const valueOf = await numbers()
    expect(valueOf('party_commands_total{command="placeBet",outcome="ok"}')).toEqual([2])
    expect(valueOf('party_commands_total{command="placeBet",outcome="stake_over_limit"}')).toEqual([1])
    expect(valueOf('party_command_seconds_count{command="placeBet"}')).toEqual([3])
    expect(valueOf('party_command_seconds_bucket{le="+Inf",command="placeBet"}')).toEqual([3])
    expect(valueOf('party_commands_total{command="joinParty",outcome="ok"}')).toEqual([3])
    expect(valueOf('party_queries_total{query="allGuests",outcome="ok"}')).toEqual([1])
    expect(valueOf("party_database_statements_total")[0]).toBeGreaterThan(20)
  })

  it("a bug is an outcome of its own, and goes on its way", async () => {
    await night.openRace(["Ann"])
    await house.runtime.db.execute(sql`alter table bets add constraint broken check (bettor_id is null) not valid`)
    await expect(night.bet("Bo", "Ann", 10)).rejects.toThrow()
    expect((await numbers())('party_commands_total{command="placeBet",outcome="bug"}')).toEqual([1])
  })

  it("counts what reached the fan-out and what did not", async () => {
    const metrics = house.runtime.metrics
    let isThere = true
    const pusher = { triggerBatch: () => (isThere ? Promise.resolve() : Promise.reject(new Error("away"))) } as unknown as Runtime["pusher"]
    const publisher = createPublisher({ ...house.runtime, pusher, metrics })
    const event = { id: 1, channel: "private-x@1", name: "bet-placed", version: 1, previous: 0, payload: {} }
    publisher.publish([event, event])
    await publisher.settled()
    isThere = false
    publisher.publish([event])
    await publisher.settled()
    const valueOf = await numbers()
    expect(valueOf('party_events_published_total{outcome="taken"}')).toEqual([2])
    expect(valueOf('party_events_published_total{outcome="left"}')).toEqual([1])
  })

  it("tells parties, the outbox, sockets and the last look for due work as they are when it is read", async () => {
    announceEmbeddedSockets({ count: () => 42 })
    await startParty({ house })
    await house.runtime.db.update(partyEvents).set({ publishedAt: house.clock.now() })
    await night.openRace(["Ann"])
    await createDueWork(house.runtime).doDue()
    house.clock.advance(30_000)
    const valueOf = await numbers()
    expect(valueOf("party_parties_open")).toEqual([2])
    expect(valueOf("party_parties_live")).toEqual([1])
    expect(valueOf("party_outbox_events")[0]).toBeGreaterThan(0)
    expect(valueOf("party_outbox_oldest_seconds")[0]).toBeCloseTo(30, 0)
    expect(valueOf("party_sockets")).toEqual([42])
    expect(valueOf("party_database_up")).toEqual([1])
    const lookedAt = valueOf('party_due_work_last_success_timestamp_seconds{work="move rounds on"}')[0] ?? 0
    expect(house.clock.now().getTime() / 1000 - lookedAt).toBeCloseTo(30, 0)
    expect(valueOf("process_cpu_seconds_total")).toHaveLength(1)
    announceEmbeddedSockets(undefined)
    house.clock.advance(5 * 60_000)
    const later = await numbers()
    expect(later("party_parties_live")).toEqual([0])
    expect(later("party_sockets")).toEqual([])
  })

  it("answers without the database, and says that it is away", async () => {
    const parts = { ...house.runtime, db: { execute: () => Promise.reject(new Error("away")) } }
    holder[runtimeKey] = parts
    const valueOf = await numbers()
    expect(valueOf("party_database_up")).toEqual([0])
    expect(valueOf("party_parties_open")).toEqual([])
  })
})

describe("a command's log line", () => {
  it("[PTY-15] [PTY-14] names request, command, party, outcome and duration, and nothing anybody typed", async () => {
    const tapId = "tap-0123456789abcdef"
    await night.openRace(["Ann"])
    lines.length = 0
    accepted(await night.bet("Bo", "Ann", 77, tapId))
    accepted(await night.bet("Bo", "Ann", 77, tapId))
    await night.bet("Bo", "Ann", 9_999)
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(logged.map(({ command, outcome, party }) => [command, outcome, party])).toEqual([
      ["placeBet", "ok", night.party.id],
      ["placeBet", "ok", night.party.id],
      ["placeBet", "stake_over_limit", night.party.id],
    ])
    expect(logged[0]?.request).toMatch(/^[0-9a-f]{12}$/)
    expect(logged[1]?.request).toBe(logged[0]?.request)
    expect(Object.keys(logged[2] ?? {}).sort()).toEqual(["command", "level", "ms", "msg", "outcome", "party", "time"])
    for (const { ms } of logged) expect(ms).toBeGreaterThan(0)
    for (const typed of [tapId, "77", "9999"]) expect(lines.map((line) => line.replace(/"(ms|time|party|request)":("[^"]*"|[\d.]+)/g, "")).join()).not.toContain(typed)
  })
})

describe("GET /api/health", () => {
  const ready = async () => {
    const response = await readyRoute()
    return { status: response.status, body: (await response.json()) as unknown }
  }

  it("is ready when the database is there, migrated, and screens can be reached", async () => {
    expect(await ready()).toEqual({ status: 200, body: { ok: true, checks: { database: "ok", migrations: "ok", realtime: "ok" } } })
  })

  it("is not ready before its migrations have run, and is when the database is ahead of it", async () => {
    const { db } = house.runtime
    await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 9999999999999)`)
    expect((await ready()).status).toBe(200)
    await db.execute(sql`delete from drizzle.__drizzle_migrations where id in (select id from drizzle.__drizzle_migrations order by created_at desc limit 2)`)
    expect(await ready()).toEqual({ status: 503, body: { ok: false, checks: { database: "ok", migrations: "behind", realtime: "ok" } } })
    await db.execute(sql`drop schema drizzle cascade`)
    expect(await ready()).toEqual({ status: 503, body: { ok: false, checks: { database: "ok", migrations: "behind", realtime: "ok" } } })
  })

  it("is not ready without a cluster to publish to", async () => {
    const { PUSHER_HOST: _host, ...env } = house.runtime.env
    holder[runtimeKey] = { ...house.runtime, env }
    expect(await ready()).toMatchObject({ status: 503, body: { checks: { realtime: "no_cluster" } } })
  })

  it("says within seconds that a database hangs, asks it once for many who ask, and lives all the same", async () => {
    const blocker = new pg.Client({ connectionString: house.databaseUrl })
    await blocker.connect()
    await blocker.query("begin; lock table drizzle.__drizzle_migrations in access exclusive mode")
    const statements = house.statements.length
    const began = performance.now()
    const answers = await Promise.all(Array.from({ length: 20 }, ready))
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(answers[0]).toEqual({ status: 503, body: { ok: false, checks: { database: "too_slow", migrations: "unknown", realtime: "ok" } } })
    expect(house.statements.length - statements).toBe(1)
    expect(liveRoute().status).toBe(200)
    await blocker.query("rollback")
    await blocker.end()
    await vi.waitFor(async () => expect((await ready()).status).toBe(200))
  })

  it("tells a wrong configuration and a database nobody answers at by words alone", async () => {
    const away = createRuntime({ ...house.runtime.env, DATABASE_URL: "postgres://party:hush-hush@127.0.0.1:9/secret-name" }, { log: house.runtime.log })
    holder[runtimeKey] = away
    const refused = await ready()
    expect(refused).toEqual({ status: 503, body: { ok: false, checks: { database: "no_answer", migrations: "unknown", realtime: "ok" } } })
    expect(lines.join()).not.toContain("hush-hush")
    await away.close()
    delete holder[runtimeKey]
    vi.stubEnv("DATABASE_URL", "hush-hush")
    expect(await ready()).toEqual({ status: 503, body: { ok: false, checks: { configuration: "invalid" } } })
    vi.unstubAllEnvs()
    expect(JSON.stringify(vi.mocked(console.error).mock.calls)).toMatch(/DATABASE_URL(?!.*hush-hush)/)
    vi.mocked(console.error).mockClear()
  })
})

describe("where no process lives on", () => {
  it("a request does what is due after its answer, at most once a second, and never where a ticker runs", async () => {
    const ticking = { ...house.runtime, env: { ...house.runtime.env, PARTY_OS_TICKER: true } }
    const looks = () => house.statements.filter((statement) => statement.includes("party_imposter_rounds")).length
    const before = looks()
    await doDueAfterAnswer(ticking)
    expect(looks()).toBe(before)
    await doDueAfterAnswer(house.runtime)
    const once = looks() - before
    expect(once).toBeGreaterThan(0)
    house.clock.advance(999)
    await Promise.all(Array.from({ length: 50 }, () => doDueAfterAnswer(house.runtime)))
    expect(looks() - before).toBe(once)
    house.clock.advance(1)
    await Promise.all(Array.from({ length: 50 }, () => doDueAfterAnswer(house.runtime)))
    expect(looks() - before).toBe(2 * once)
  })

  it("the scheduler's route wants its own secret, not another's", async () => {
    await house.stop()
    await open({ METRICS_TOKEN: token, CRON_SECRET: "cron-secret-0123456789" })
    const knock = (authorization: string) => dueWorkRoute(new Request("http://party/api/cron/due-work", { headers: { authorization } }))
    for (const shown of ["", `Bearer ${token}`, "Bearer cron-secret-012345678"]) expect((await knock(shown)).status).toBe(404)
    expect((await knock("Bearer cron-secret-0123456789")).status).toBe(200)
  })
})
