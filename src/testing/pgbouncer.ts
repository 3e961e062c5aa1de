import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { freePort } from "../db/free-port"
import { postgresAccount } from "../db/postgres-account"

/** Where Debian puts it is not in everybody's PATH. */
const places = ["pgbouncer", "/usr/sbin/pgbouncer", "/usr/local/sbin/pgbouncer", "/opt/homebrew/bin/pgbouncer"]

/** The pgbouncer of this machine; undefined when there is none. */
export function pgBouncerProgram(): string | undefined {
  return places.find((place) => spawnSync(place, ["--version"]).status === 0)
}

/** A PgBouncer in front of one server, in transaction pooling: each transaction may meet another process of Postgres. */
export type PgBouncer = {
  /** The address of the same database through the pooler. */
  through(databaseUrl: string): string
  stop(): Promise<void>
}

const patienceMs = 10_000

/** Starts `program` before the server of `serverUrl`, with so many connections to each of its databases. */
export async function startPgBouncer(program: string, serverUrl: string, poolSize: number): Promise<PgBouncer> {
  const folder = await mkdtemp(path.join(tmpdir(), "party-pgbouncer-"))
  const port = await freePort(undefined)
  const file = path.join(folder, "pgbouncer.ini")
  await writeFile(file, settings(new URL(serverUrl), port, poolSize))
  // It refuses to be root.
  const account = await postgresAccount()
  if (account) await Promise.all([chown(folder, account.uid, account.gid), chown(file, account.uid, account.gid), chmod(file, 0o600)])
  const child = spawn(program, ["-q", file], { stdio: ["ignore", "ignore", "pipe"], ...(account ? { uid: account.uid, gid: account.gid } : {}) })
  const ended = once(child, "exit")
  let words = ""
  child.stderr.on("data", (piece: Buffer) => (words += piece.toString()))
  const stop = async () => {
    child.kill("SIGKILL")
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const through = (databaseUrl: string) => {
    const url = new URL(databaseUrl)
    url.host = `127.0.0.1:${port}`
    return url.href
  }
  try {
    await untilItAnswers(through(serverUrl), () => (child.exitCode === null ? undefined : words))
  } catch (error) {
    await stop()
    throw error
  }
  return { through, stop }
}

function settings({ hostname, port, username, password }: URL, at: number, poolSize: number): string {
  return [
    "[databases]",
    `* = host=${hostname} port=${port || 5432} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${at}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    `default_pool_size = ${poolSize}`,
    "max_client_conn = 200",
    // Of a database that is dropped it must not hold on to anything.
    "server_idle_timeout = 1",
    "",
  ].join("\n")
}

async function untilItAnswers(url: string, lastWords: () => string | undefined): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    const answers = await client.connect().then(() => client.query("select 1")).then(() => true, () => false)
    await client.end().catch(() => undefined)
    if (answers) return
    const words = lastWords()
    if (words !== undefined || performance.now() > giveUpAt) throw new Error(`pgbouncer does not start: ${words ?? "no answer"}`)
  }
}
