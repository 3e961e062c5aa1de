import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

/** The built app as a process of its own, wherever its database is. */
export type PartyProcess = {
  readonly baseUrl: string
  readonly pid: number
  /** Everything the terminal has shown so far. */
  output(): string
  signal(signal: NodeJS.Signals): void
  /** Ends it at once and waits until it is gone; does nothing when it is. */
  kill(): Promise<void>
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, "../../..")
const longestStartMs = 60_000
const foreign = /^(DATABASE_URL|DATABASE_CONNECTIONS|SESSION_SECRET|NODE_ENV|NODE_OPTIONS|PARTY_.*|(NEXT_PUBLIC_)?PUSHER_.*|GOOGLE_GENERATIVE_AI_API_KEY)$/

/** Starts the app on a free port, with what `env` says. Throws with the terminal's words when it does not start. */
export async function startParty(dataDir: string, env: Readonly<Record<string, string>>): Promise<PartyProcess> {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const child = spawn(process.execPath, [path.join(root, "scripts", "party.mjs")], {
    cwd: root,
    env: { ...Object.fromEntries(kept), NODE_ENV: "production", NO_COLOR: "1", PORT: "0", PARTY_HOST: "127.0.0.1", PARTY_DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const ended = once(child, "close")
  let shown = ""
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const stop = async (signal: NodeJS.Signals) => {
    if (!hasEnded()) child.kill(signal)
    await ended
  }
  const baseUrl = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${shown}`))
    const cap = setTimeout(() => {
      child.kill("SIGKILL")
      fail("the party did not start in time")
    }, longestStartMs)
    child.once("close", () => {
      clearTimeout(cap)
      fail("the party ended while starting")
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        shown += chunk.toString()
        const port = /Guests\s+http:\/\/[^\s:]+:(\d+)[^]*Stop with Ctrl-C/.exec(shown)?.[1]
        if (port === undefined) return
        clearTimeout(cap)
        resolve(`http://127.0.0.1:${port}`)
      })
    }
  })
  return {
    baseUrl,
    pid: child.pid ?? 0,
    output: () => shown,
    signal: (signal) => void child.kill(signal),
    kill: () => stop("SIGKILL"),
    stop: () => stop("SIGTERM"),
  }
}
