import { spawn, type ChildProcess } from "node:child_process"
import { open, readFile, rename } from "node:fs/promises"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import type { EmbeddedHome } from "./embedded-home"
import { readPostmasterFile } from "./postmaster-file"

const POLL_MS = 10
const PATIENT_STOP_MS = 10_000

/** `ended` resolves when the server has ended, whoever ended it. */
export type LaunchedPostmaster = { pid: number; ended: Promise<void>; stop(): Promise<void> }
export type Launch = { ok: true; server: LaunchedPostmaster } | { ok: false; lastWords: string }

type Settings = { port: number; durable: boolean; giveUpAt: number }

/**
 * Starts the server and waits until it accepts connections. It is a process group of its own, writing to postgres.log:
 * Ctrl-C reaches the app alone, which then closes its connections before it stops the server.
 */
export async function launchPostmaster(home: EmbeddedHome, settings: Settings): Promise<Launch> {
  const logFile = path.join(home.folder, "postgres.log")
  await rename(logFile, path.join(home.folder, "postgres.previous.log")).catch(() => undefined)
  const child = await spawnPostmaster(home, settings, logFile)
  let notSpawned = ""
  child.once("error", (error) => (notSpawned = `${error.message}\n`))
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()))
  if (await isReadyInTime(child, home.cluster, settings.giveUpAt)) {
    return { ok: true, server: { pid: child.pid ?? 0, ended, stop: () => stop(child, ended) } }
  }
  await stop(child, ended)
  return { ok: false, lastWords: notSpawned + (await readFile(logFile, "utf8")).slice(-2_000) }
}

/** How PostgreSQL's programs are run: as the right account, and deaf to PG… variables meant for other servers. */
export function postgresSpawnOptions({ account, cluster }: EmbeddedHome) {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", TZ: "UTC" }
  for (const name of Object.keys(env)) if (/^PG[A-Z]/.test(name)) delete env[name]
  const ids = account ? { uid: account.uid, gid: account.gid } : {}
  return { ...ids, env, cwd: path.parse(cluster).root, windowsHide: true }
}

async function spawnPostmaster(home: EmbeddedHome, settings: Settings, logFile: string): Promise<ChildProcess> {
  const output = await open(logFile, "w", 0o600)
  try {
    const child = spawn(home.binaries.postgres, ["-D", home.cluster, "-p", String(settings.port), ...flags(settings)], {
      ...postgresSpawnOptions(home),
      stdio: ["ignore", output.fd, output.fd],
      detached: true,
    })
    child.unref()
    return child
  } finally {
    await output.close()
  }
}

function flags({ durable }: Settings): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    // A commit that was acknowledged is on the disk. Tests alone may wish otherwise.
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    // One laptop, no replicas, short queries.
    max_wal_senders: 0,
    wal_level: "minimal",
    jit: "off",
    max_parallel_workers_per_gather: 0,
  }
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
}

// The server writes "ready" into its own file; asking it over the network meanwhile would only fill its log.
async function isReadyInTime(child: ChildProcess, cluster: string, giveUpAt: number): Promise<boolean> {
  while (child.pid !== undefined && !hasEnded(child) && performance.now() < giveUpAt) {
    const file = await readPostmasterFile(cluster)
    if (file?.pid === child.pid && file.ready) return true
    await delay(POLL_MS)
  }
  return false
}

// SIGINT is PostgreSQL's fast shutdown; SIGQUIT, for when it hangs, is as safe as a crash: the next start recovers.
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return
  child.ref()
  child.kill("SIGINT")
  const impatience = setTimeout(() => child.kill("SIGQUIT"), PATIENT_STOP_MS)
  await ended
  clearTimeout(impatience)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
