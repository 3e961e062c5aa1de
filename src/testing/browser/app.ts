import { spawn, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { z } from "zod"
import { startEmbeddedPostgres } from "@/db/embedded-postgres"
import { stopOrphan } from "../../../scripts/party/orphaned-postgres"

/** The party as a host runs it: one process, started by the program behind `npm run party`. */
export type App = {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string
  readonly port: number
  readonly partyPin: number
  /** Of the link printed at this start: makes one browser the host, once. */
  readonly hostToken: string
  readonly passcode: string
  readonly pid: number
  readonly dataDir: string
  /** The folder of its database, for `findPostmaster` and the like. */
  readonly clusterDir: string
  /** Everything the terminal has shown so far. */
  output(): string
  /** The address of the party's own database, from this process's point of view. */
  databaseUrl(): Promise<string>
  /** What seals this party's cookies. */
  sessionSecret(): Promise<string>
  /** Ends the process as the signal does, and waits until it is gone. The data folder stays. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends the party in order, and its database whatever happened before; removes the data folder unless it was given. */
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, "../../..")
// A build that is not there yet is made first.
const longestStartMs = 240_000
const longestStopMs = 15_000
const foreign = /^(DATABASE_URL|DATABASE_CONNECTIONS|SESSION_SECRET|NODE_ENV|NODE_OPTIONS|PARTY_.*|(NEXT_PUBLIC_)?PUSHER_.*|GOOGLE_GENERATIVE_AI_API_KEY)$/

/**
 * Starts the built app on a free port and waits until it answers. With a `dataDir` the party goes on there; otherwise a new
 * one begins in a folder of its own. Throws with the terminal's words when it does not start.
 */
export async function startApp(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<App> {
  const dataDir = options.dataDir ?? (await newDataDir())
  const child = spawn(process.execPath, [path.join(root, "scripts", "party.mjs")], {
    cwd: root,
    env: { ...ownEnvironment(), PORT: "0", PARTY_HOST: "127.0.0.1", PARTY_DATA_DIR: dataDir, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const terminal = listenTo(child)
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()))

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }

  async function stop(): Promise<void> {
    const cap = setTimeout(() => child.kill("SIGKILL"), longestStopMs)
    await kill("SIGTERM")
    clearTimeout(cap)
    await stopDatabaseOf(dataDir)
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
  }

  try {
    const shown = await waitForWelcome(child, terminal)
    return {
      ...readWelcome(shown),
      pid: child.pid ?? 0,
      dataDir,
      clusterDir: await realpath(path.join(databaseDirOf(dataDir), "cluster")),
      output: () => terminal.text,
      databaseUrl: async () => (await startEmbeddedPostgres({ dataDir: databaseDirOf(dataDir) })).url,
      sessionSecret: () => sessionSecretOf(dataDir),
      kill,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "party-browser-"))
  // As root the database runs under another account, which has to get through to its own folder.
  await chmod(folder, 0o711)
  return folder
}

type Terminal = { text: string; onText: () => void }

function listenTo(child: ChildProcess): Terminal {
  const terminal: Terminal = { text: "", onText: () => undefined }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      terminal.text += chunk.toString()
      terminal.onText()
    })
  }
  return terminal
}

/** The last line of the welcome is how to stop; nothing is missing above it. */
function waitForWelcome(child: ChildProcess, terminal: Terminal): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${terminal.text}`))
    const cap = setTimeout(() => fail(`the party did not start within ${longestStartMs} ms`), longestStartMs)
    child.once("close", (code) => {
      clearTimeout(cap)
      fail(`the party ended with code ${code} while starting`)
    })
    terminal.onText = () => {
      if (!terminal.text.includes("Stop with Ctrl-C")) return
      clearTimeout(cap)
      resolve(terminal.text)
    }
  })
}

function readWelcome(shown: string) {
  const port = Number(find(shown, /Guests\s+http:\/\/[^\s:]+:(\d+)/))
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    partyPin: Number(find(shown, /PIN (\d{6})/)),
    hostToken: find(shown, /\/admin\/login#([0-9A-Z]+)/),
    passcode: find(shown, /passcode (\S+)/),
  }
}

function find(shown: string, pattern: RegExp): string {
  const found = pattern.exec(shown)?.[1]
  if (found) return found
  throw new Error(`the terminal does not show ${pattern}:\n${shown}`)
}

const databaseDirOf = (dataDir: string) => path.join(dataDir, "database")

async function sessionSecretOf(dataDir: string): Promise<string> {
  const secrets = z.object({ sessionSecret: z.string() }).parse(JSON.parse(await readFile(path.join(dataDir, "secrets.json"), "utf8")))
  return secrets.sessionSecret
}

/** A killed app leaves its database running, for the next start to find; after a test nobody would. */
async function stopDatabaseOf(dataDir: string): Promise<void> {
  if (!existsSync(path.join(databaseDirOf(dataDir), "cluster"))) return
  const found = await startEmbeddedPostgres({ dataDir: databaseDirOf(dataDir) })
  await found.stop()
  await stopOrphan(databaseDirOf(dataDir), found.url)
}

/** A developer's own database, keys and party are not to be touched. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { ...Object.fromEntries(kept), NODE_ENV: "production", NO_COLOR: "1" }
}
