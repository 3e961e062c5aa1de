import { spawn, type ChildProcess } from "node:child_process"
import { on, once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { z } from "zod"
import { startEmbeddedPostgres } from "@/db/embedded-postgres"
import { createLog } from "@/server/log"
import { createRuntime, type Runtime } from "@/server/runtime"
import { benchEnv, benchSecret, type PusherAccount } from "./environment"

/** The built app as a party runs it: a process of its own with its database, on a data folder of its own. */
export type App = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly dataDir: string
  readonly pusher: PusherAccount
  /** Opens Node's inspector, which costs nothing until then. @returns its WebSocket address. */
  inspect(): Promise<string>
  /** A runtime of this process on the app's database, to set a stage. Its events go through the app's Pusher server. */
  readonly runtime: Runtime
  stop(): Promise<void>
}

const patienceMs = 120_000
const inspectorPatienceMs = 10_000
const root = process.cwd()

const secretsShape = z.object({ pusher: z.object({ appId: z.string(), key: z.string(), secret: z.string() }) })

/** Builds what is stale; fast when nothing is. */
export async function ensureBuilt(): Promise<void> {
  const child = spawn(process.execPath, ["scripts/party.mjs", "--build-only"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] })
  const [code] = (await once(child, "exit")) as [number | null]
  if (code !== 0) throw new Error("the app does not build, so there is nothing to measure")
}

export async function newDataDir(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "party-bench-"))
}

/** What to start a party with: its folder, a PostgreSQL server or its own, and what writes words, if anything. */
export type Launching = {
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly model?: { readonly apiKey: string; readonly baseUrl: string } | undefined
}

/** Starts the built app on any free port. */
export async function startApp(options: Launching): Promise<App> {
  const { dataDir } = options
  const party = launch([process.execPath, "scripts/party.mjs"], options)
  try {
    const url = await party.url
    const port = Number(new URL(url).port)
    const { pusher } = secretsShape.parse(JSON.parse(await readFile(path.join(dataDir, "secrets.json"), "utf8")))
    // Finds the server the app has started; starts none.
    const databaseUrl = options.databaseUrl ?? (await startEmbeddedPostgres({ dataDir: path.join(dataDir, "database") })).url
    const runtime = createRuntime(benchEnv({ databaseUrl, pusher, pusherPort: port }), { log: createLog("silent") })
    return {
      url,
      port,
      pid: party.pid,
      dataDir,
      pusher,
      runtime,
      inspect: () => party.inspect(),
      async stop() {
        await runtime.close()
        await party.stop()
      },
    }
  } catch (error) {
    await party.stop()
    throw error
  }
}

export type Launched = {
  readonly pid: number
  /** Resolves when the terminal shows the guests' QR code and address, with the address. */
  readonly url: Promise<string>
  inspect(): Promise<string>
  stop(): Promise<void>
}

/** Runs a command that starts a party, and waits for the line a host waits for. */
export function launch(command: readonly string[], { dataDir, databaseUrl, model }: Launching): Launched {
  const [program = "", ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    // A group of its own, so that Ctrl-C can be sent to npm and to what npm started, as a terminal does.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: "0",
      // Any port, when it is asked to open its inspector.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --inspect-port=127.0.0.1:0`.trim(),
      PARTY_HOST: "127.0.0.1",
      PARTY_DATA_DIR: dataDir,
      SESSION_SECRET: benchSecret,
      DATABASE_URL: databaseUrl ?? "",
      PUSHER_APP_ID: "",
      PUSHER_KEY: "",
      PUSHER_SECRET: "",
      // A key in the shell would have Google write words for parties nobody plays.
      GOOGLE_GENERATIVE_AI_API_KEY: model?.apiKey ?? "",
      GEMINI_BASE_URL: model?.baseUrl ?? "",
    },
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} cannot be started`)
  return { pid, url: guestsLine(child), inspect: () => openInspector(child, pid), stop: () => interrupt(child, pid) }
}

async function openInspector(child: ChildProcess, pid: number): Promise<string> {
  const patience = AbortSignal.timeout(inspectorPatienceMs)
  const said = on(child.stderr ?? child, "data", { signal: patience, close: ["close"] }) as AsyncIterable<[Buffer]>
  process.kill(pid, "SIGUSR1")
  let words = ""
  for await (const [chunk] of said) {
    words += chunk.toString()
    const url = /Debugger listening on (ws:\S+)/.exec(words)?.[1]
    if (url) return url
  }
  throw new Error("the party ended instead of opening its inspector")
}

async function guestsLine(child: ChildProcess): Promise<string> {
  let output = ""
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the party did not start within ${patienceMs} ms:\n${output}`)), patienceMs)
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Guests +(http:\/\/[^/\s]+)\/party\/join/.exec(output)?.[1]
      if (!url) return
      clearTimeout(late)
      resolve(url)
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.once("exit", () => {
      clearTimeout(late)
      reject(new Error(`the party ended while starting:\n${output}`))
    })
  })
}

async function interrupt(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, "exit")
  process.kill(-pid, "SIGINT")
  await ended
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
}
