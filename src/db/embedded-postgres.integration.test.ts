import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { createInterface } from "node:readline"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest"
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres"
import { postgresAccount } from "./postgres-account"
import { isAlive } from "./process-identity"
import { findPostmaster, readPostmasterFile } from "./postmaster-file"

let dataDir: string
let cluster: string
const servers: EmbeddedPostgres[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "party-embedded-"))
  cluster = path.join(dataDir, "cluster")
})

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  await endOrphan()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir })
  servers.push(server)
  return server
}

// What a killed parent left behind is ours to end, once the system confirms whose it is.
async function endOrphan(): Promise<void> {
  const found = await findPostmaster(cluster)
  if (found.state !== "alive") return
  process.kill(found.pid, "SIGINT")
  await until(() => !isAlive(found.pid))
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

async function postmasterPid(): Promise<number> {
  const pid = (await readPostmasterFile(cluster))?.pid
  if (!pid) throw new Error("no server is running")
  return pid
}

describe("the first start", () => {
  it("listens on this machine only, keeps its secret to itself, and syncs what it acknowledges", async () => {
    const { url, startedHere } = await start()
    expect(startedHere).toBe(true)
    const settings = await ask(url, "select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding', 'TimeZone') order by name collate \"C\"")
    expect(settings).toEqual([
      { name: "TimeZone", setting: "UTC" },
      { name: "fsync", setting: "on" },
      { name: "full_page_writes", setting: "on" },
      { name: "listen_addresses", setting: "127.0.0.1" },
      { name: "server_encoding", setting: "UTF8" },
      { name: "synchronous_commit", setting: "on" },
      { name: "unix_socket_directories", setting: "" },
    ])
    expect((await stat(path.join(dataDir, "keep.json"))).mode & 0o777).toBe(0o600)
    const guess = new URL(url)
    guess.password = "guess"
    await expect(ask(guess.href, "select 1")).rejects.toMatchObject({ code: "28P01" })
  })

  it("is done once, however many begin together", async () => {
    const log: string[] = []
    const started = await Promise.all([1, 2, 3, 4].map(() => startEmbeddedPostgres({ dataDir, log: (line) => log.push(line) })))
    servers.push(...started)
    expect(started.filter((server) => server.startedHere)).toHaveLength(1)
    expect(new Set(started.map((server) => server.url)).size).toBe(1)
    expect(log.filter((line) => line.includes("creating"))).toHaveLength(1)
  })

  it("is done once by processes that begin together", async () => {
    const [one, other] = await Promise.all([startInChild(), startInChild()])
    expect(one.url).toBe(other.url)
    expect([one.startedHere, other.startedHere].sort()).toEqual([false, true])
  })

  it("begins anew after one that was cut short", async () => {
    const child = spawnStarter()
    await until(async () => (await readdir(dataDir)).some((name) => name.startsWith("cluster.new-") && !name.endsWith(".password")))
    await kill(child)
    const { url, startedHere } = await start()
    expect(startedHere).toBe(true)
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).filter((name) => name.startsWith("cluster.new-"))).toEqual([])
  })
})

describe("a later start", () => {
  it("finds the server that is running, and does not end it", async () => {
    const first = await start()
    const second = await start()
    expect(second).toMatchObject({ url: first.url, startedHere: false })
    await second.stop()
    expect(await ask(first.url, "select 1 as one")).toEqual([{ one: 1 }])
  })

  it("has the data, the port and the password of before", async () => {
    const first = await start()
    await ask(first.url, "create table guests (name text); insert into guests values ('Ann')")
    await first.stop()
    expect(await readPostmasterFile(cluster)).toBeUndefined()
    const second = await start()
    expect(second).toMatchObject({ url: first.url, startedHere: true })
    expect(await ask(second.url, "select name from guests")).toEqual([{ name: "Ann" }])
  })

  it("takes another port when the old one is taken", async () => {
    const first = await start()
    await first.stop()
    const squatter = createServer().listen(Number(new URL(first.url).port), "127.0.0.1")
    await once(squatter, "listening")
    onTestFinished(() => void squatter.close())
    const second = await start()
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
    expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }])
    await second.stop()
    expect((await start()).url).toBe(second.url)
  })

  it("accepts connections within a second", async () => {
    await (await start()).stop()
    const began = performance.now()
    const { url } = await start()
    await ask(url, "select 1")
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe("after kill -9", () => {
  it("of the server in the middle of writing, every acknowledged row is there", async () => {
    const first = await start()
    await ask(first.url, "create table bets (id int primary key)")
    const client = new pg.Client({ connectionString: first.url })
    client.on("error", () => undefined)
    await client.connect()
    let acknowledged = 0
    const writing = (async () => {
      for (;;) {
        await client.query("insert into bets values ($1)", [acknowledged + 1])
        acknowledged++
      }
    })().catch(() => undefined)
    await until(() => acknowledged >= 50)
    process.kill(await postmasterPid(), "SIGKILL")
    const second = await start()
    await client.end().catch(() => undefined)
    await writing
    expect(second.startedHere).toBe(true)
    const [{ rows }] = (await ask(second.url, "select count(*)::int as rows from bets")) as [{ rows: number }]
    expect(rows).toBeGreaterThanOrEqual(acknowledged)
    expect(rows).toBeLessThanOrEqual(acknowledged + 1)
  })

  it("of the server, the next start waits for a backend that has not noticed yet", async () => {
    const first = await start()
    const client = new pg.Client({ connectionString: first.url })
    client.on("error", () => undefined)
    await client.connect()
    const { rows: backends } = await client.query<{ pid: number }>("select pg_backend_pid() as pid")
    const backend = backends[0]?.pid ?? 0
    process.kill(backend, "SIGSTOP")
    process.kill(await postmasterPid(), "SIGKILL")
    const second = start()
    const refused = () => readFile(path.join(dataDir, "postgres.previous.log"), "utf8").catch(() => "")
    await until(async () => /shared memory block .* still in use/.test(await refused())).finally(() => process.kill(backend, "SIGCONT"))
    expect((await second).startedHere).toBe(true)
    await client.end().catch(() => undefined)
  })

  it("of the parent, the next start finds the orphan and what was written", async () => {
    const child = spawnStarter()
    const first = await saidBy(child)
    await ask(first.url, "create table guests (name text); insert into guests values ('Ann')")
    const orphan = await postmasterPid()
    await kill(child)
    const second = await start()
    expect(second).toMatchObject({ url: first.url, startedHere: false })
    expect(await postmasterPid()).toBe(orphan)
    expect(await ask(second.url, "select name from guests")).toEqual([{ name: "Ann" }])
  })

  it("of parent and server, the next start recovers", async () => {
    const child = spawnStarter()
    const first = await saidBy(child)
    await ask(first.url, "create table guests (name text); insert into guests values ('Ann')")
    const orphan = await postmasterPid()
    await kill(child)
    process.kill(orphan, "SIGKILL")
    const second = await start()
    expect(second.startedHere).toBe(true)
    expect(await ask(second.url, "select name from guests")).toEqual([{ name: "Ann" }])
  })

  it("of a parent that held the start lock, the next start is not kept waiting", async () => {
    const child = spawnStarter()
    await until(async () => (await readdir(dataDir)).includes("starting.lock"))
    await kill(child)
    expect(await readdir(dataDir)).toContain("starting.lock")
    expect((await start()).startedHere).toBe(true)
  })
})

describe("a stale postmaster.pid", () => {
  it("that names a living stranger does not stop the start, and the stranger lives", async () => {
    const first = await start()
    await ask(first.url, "create table guests (name text); insert into guests values ('Ann')")
    const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8")
    await first.stop()
    // Of the server's own account: from another's, PostgreSQL itself would know better.
    const account = await postgresAccount()
    const stranger = spawn("sleep", ["1000"], account ? { uid: account.uid, gid: account.gid, cwd: "/" } : {})
    onTestFinished(() => void stranger.kill("SIGKILL"))
    await once(stranger, "spawn")
    await writeFile(path.join(cluster, "postmaster.pid"), text.replace(/^\d+/, String(stranger.pid)))
    const second = await start()
    expect(second.startedHere).toBe(true)
    expect(await ask(second.url, "select name from guests")).toEqual([{ name: "Ann" }])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  })

  it("that is empty does not stop the start", async () => {
    await (await start()).stop()
    await writeFile(path.join(cluster, "postmaster.pid"), "")
    expect((await start()).startedHere).toBe(true)
  })
})

describe("a folder that cannot be used", () => {
  it("is refused with the reason: the password is gone", async () => {
    await (await start()).stop()
    await rm(path.join(dataDir, "keep.json"))
    await expect(start()).rejects.toThrow(/password .* is gone/)
  })

  it("is refused with PostgreSQL's words: another major version wrote it", async () => {
    await (await start()).stop()
    await writeFile(path.join(cluster, "PG_VERSION"), "9\n")
    await expect(start()).rejects.toThrow(/database files are incompatible/)
  })

  it.runIf(process.getuid?.() === 0)("is used all the same by root from a private folder, by way of a public one", async () => {
    const hidden = path.join(dataDir, "hidden")
    await mkdir(hidden, { mode: 0o700 })
    const server = await startEmbeddedPostgres({ dataDir: path.join(hidden, "postgres") })
    servers.push(server)
    const [{ data_directory: place }] = (await ask(server.url, "show data_directory")) as [{ data_directory: string }]
    onTestFinished(() => rm(place, { recursive: true, force: true }))
    expect(place.startsWith(dataDir)).toBe(false)
    await ask(server.url, "create table guests (name text); insert into guests values ('Ann')")
    await server.stop()
    const again = await startEmbeddedPostgres({ dataDir: path.join(hidden, "postgres") })
    expect(await ask(again.url, "select name from guests")).toEqual([{ name: "Ann" }])
    await again.stop()
  })
})

type Said = { url: string; startedHere: boolean }

// A process of its own that starts the database and then only lives, like the app.
const STARTER = `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(path.resolve("src/db/embedded-postgres.ts"))})
  const { url, startedHere } = await startEmbeddedPostgres({ dataDir: process.env.STARTER_DATA_DIR })
  console.log(JSON.stringify({ url, startedHere }))
  setInterval(() => {}, 1000)
`

function spawnStarter(): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", STARTER], {
    env: { ...process.env, STARTER_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  return child
}

async function startInChild(): Promise<Said> {
  return saidBy(spawnStarter())
}

async function saidBy(child: ChildProcess): Promise<Said> {
  if (!child.stdout) throw new Error("the starter has no output")
  for await (const line of createInterface(child.stdout)) return JSON.parse(line) as Said
  throw new Error("the starter ended without a word")
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit")
  child.kill("SIGKILL")
  await gone
}

/** Asks again and again until it is so; the test's own time limit ends a wait in vain. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
