import { randomBytes } from "node:crypto"
import { chmod, mkdir, realpath } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { initialiseCluster, isInitialised } from "./embedded-cluster"
import { settleEmbeddedHome, type EmbeddedHome } from "./embedded-home"
import { readKept, writeKept, type Kept } from "./embedded-kept"
import { freePort } from "./free-port"
import { defuseStaleFile, findPostmaster, readPostmasterFile } from "./postmaster-file"
import { launchPostmaster, type LaunchedPostmaster } from "./postmaster-launch"
import { postgresAccount } from "./postgres-account"
import { birthOf, isAlive } from "./process-identity"
import { sqlState } from "./sql-state"
import { withStartLock } from "./start-lock"

const LONGEST_START_MS = 120_000
const UNIDENTIFIED_PATIENCE_MS = 5_000
const POLL_MS = 10
const PORT_POLL_MS = 100
const END_POLL_MS = 500
const ROLE = "party"
const DATABASE = "postgres"

export type EmbeddedOptions = {
  /** A folder that belongs to the database alone; made when missing. */
  dataDir: string
  /** Hears one sentence per step, without secrets. */
  log?: (line: string) => void
  /** False gives up crash safety for speed: for tests, whose data nobody misses. Default true. */
  durable?: boolean
  /** Insists on a port, and waits while somebody else has it: for a server that others know by its address already. */
  port?: number
}

export type EmbeddedPostgres = {
  /** Address with password; reachable from this machine only. */
  url: string
  /** False when a server of the same folder was running already, perhaps an orphan of a killed process. */
  startedHere: boolean
  /** Resolves when the server has ended, whoever ended it; or when `isOver` says that nobody wants to know any more. */
  ended(isOver: AbortSignal): Promise<void>
  /** Clean shutdown: ends connections, writes everything, waits. Does nothing when not started here. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with npm, or finds the one that already serves `dataDir`. Returns once it accepts
 * connections. Safe to call from several processes at once, after kill -9 of either side, and after a first start that
 * was cut short. Throws with the server's own last words when it cannot start; never ends a process it did not start.
 */
export async function startEmbeddedPostgres({ dataDir, log, durable = true, port }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = await postgresAccount()
  await mkdir(dataDir, { recursive: true })
  const folder = await realpath(dataDir)
  // The secrets in it have a mode of their own; the server's account only has to get through.
  if (account) await chmod(folder, 0o711)
  const start: Start = { folder, account, durable, port, log: log ?? (() => undefined) }
  return withStartLock(path.join(folder, "starting.lock"), LONGEST_START_MS, async () => {
    const home = await settleEmbeddedHome(start)
    return (await reuse(start, home)) ?? (await startAnew(start, home))
  })
}

type Start = Pick<EmbeddedHome, "folder" | "account"> & { durable: boolean; port: number | undefined; log: (line: string) => void }

async function reuse(start: Start, home: EmbeddedHome): Promise<EmbeddedPostgres | undefined> {
  const began = performance.now()
  for (;;) {
    const found = await findPostmaster(home.cluster)
    if (found.state !== "alive") return undefined
    const url = await addressOf(home)
    if (url && (await serves(url, home.cluster))) {
      start.log(`database: found running (process ${found.pid})`)
      return { url, startedHere: false, ended: (isOver) => endOf(found.pid, isOver), stop: async () => undefined }
    }
    const waited = performance.now() - began
    if (!found.identified && waited > UNIDENTIFIED_PATIENCE_MS) return undefined
    if (waited > LONGEST_START_MS) {
      throw new Error(`process ${found.pid} holds the database in ${home.cluster} but does not answer: end it, then start again`)
    }
    await delay(POLL_MS)
  }
}

async function addressOf(home: EmbeddedHome): Promise<string | undefined> {
  const kept = await readKept(home.folder)
  const file = await readPostmasterFile(home.cluster)
  return kept && file?.ready && file.port ? address(kept.password, file.port) : undefined
}

async function startAnew(start: Start, home: EmbeddedHome): Promise<EmbeddedPostgres> {
  const kept = await prepare(start, home)
  await defuseStaleFile(home.cluster)
  const giveUpAt = performance.now() + LONGEST_START_MS
  for (let port = start.port ?? (await freePort(kept.port)); ; port = start.port ?? (await freePort(undefined))) {
    if (port !== kept.port) await writeKept(home.folder, { ...kept, port })
    const server = await launchUntilClear(home, port, start.durable, giveUpAt)
    if (server === "port_taken") {
      if (start.port !== undefined) await waitForPort(port, giveUpAt)
      continue
    }
    start.log(`database: ready on port ${port}`)
    return {
      url: await proven(address(kept.password, port), home.cluster, server),
      startedHere: true,
      ended: (isOver) => Promise.race([server.ended, abortOf(isOver)]),
      stop: () => server.stop(),
    }
  }
}

async function waitForPort(port: number, giveUpAt: number): Promise<void> {
  if (performance.now() > giveUpAt) throw new Error(`another program has taken the database's port ${port}`)
  await delay(PORT_POLL_MS)
}

// A server that somebody else started ends without telling us.
async function endOf(pid: number, isOver: AbortSignal): Promise<void> {
  const birth = await birthOf(pid)
  while (!isOver.aborted && isAlive(pid) && (await birthOf(pid)) === birth) {
    await delay(END_POLL_MS, undefined, { signal: isOver, ref: false }).catch(() => undefined)
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
}

async function prepare(start: Start, home: EmbeddedHome): Promise<Kept> {
  const kept = await readKept(home.folder)
  if (await isInitialised(home.cluster)) {
    if (kept) return kept
    throw new Error(`the password of the database in ${home.cluster} is gone: restore keep.json, or move the folder away to begin anew`)
  }
  const secrets = kept ?? { password: randomBytes(24).toString("hex"), port: undefined }
  await writeKept(home.folder, secrets)
  start.log("database: first start, creating it")
  await initialiseCluster(home, { role: ROLE, password: secrets.password, durable: start.durable })
  return secrets
}

// After kill -9 of the server its backends live on for a moment and hold the shared memory; PostgreSQL then refuses to
// start, rightly. They notice within a second, so asking again is enough.
async function launchUntilClear(home: EmbeddedHome, port: number, durable: boolean, giveUpAt: number): Promise<LaunchedPostmaster | "port_taken"> {
  for (;;) {
    const launched = await launchPostmaster(home, { port, durable, giveUpAt })
    if (launched.ok) return launched.server
    if (/could not bind|in use|could not create any TCP/i.test(launched.lastWords) && !/shared memory/.test(launched.lastWords)) return "port_taken"
    if (!/shared memory/.test(launched.lastWords) || performance.now() > giveUpAt) {
      throw new Error(`PostgreSQL did not start:\n${launched.lastWords}`)
    }
    await delay(50)
  }
}

async function proven(url: string, cluster: string, server: LaunchedPostmaster): Promise<string> {
  if (await serves(url, cluster)) return url
  await server.stop()
  throw new Error(`the database in ${cluster} started but could not be reached`)
}

/** Whether the server at `url` lets us in and serves this very folder. Throws when it refuses our password. */
async function serves(url: string, cluster: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on("error", () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>("show data_directory")
    return rows[0]?.data_directory === cluster
  } catch (error) {
    if (sqlState(error)?.startsWith("28")) throw new Error(`the database in ${cluster} refuses the password in keep.json`, { cause: error })
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function address(password: string, port: number): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`
}
