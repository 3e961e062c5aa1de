import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { freePort } from "@/db/free-port"
import { benchSecret, type PusherAccount } from "../environment"

/** One process of the app as it runs in the cloud: without database, realtime server or relay of its own. */
export type Machine = { readonly port: number; readonly pid: number; stop(): Promise<void> }

type Wiring = { readonly databaseUrl: string; readonly account: PusherAccount; readonly realtimePort: number; readonly logFile: string }

const patienceMs = 60_000
const next = path.join("node_modules", "next", "dist", "bin", "next")
// Longer than the proxy keeps an idle line: after the five seconds that are usual, a tap meets one that was just hung up.
const keepAliveMs = "70000"

/** `next start` with its ticker, as docs/scale.md says. Resolves when it answers that it is ready. */
export async function startMachine({ databaseUrl, account, realtimePort, logFile }: Wiring): Promise<Machine> {
  const port = await freePort(undefined)
  const child = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port), "--keepAliveTimeout", keepAliveMs], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...withoutOurs(process.env),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: benchSecret,
      PUSHER_APP_ID: account.appId,
      PUSHER_KEY: account.key,
      PUSHER_SECRET: account.secret,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: String(realtimePort),
      PARTY_OS_TICKER: "1",
      PARTY_LOG_FILE: logFile,
      LOG_LEVEL: "warn",
    },
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    child.kill("SIGTERM")
    await ended
  }
  const { pid } = child
  try {
    if (pid === undefined) throw new Error("a machine cannot be started")
    await untilReady(port, () => child.exitCode !== null)
    return { port, pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the shell has set for a party of its own must not reach a machine. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PARTY_|PUSHER_|LAN_|GOOGLE_|GEMINI_|PORT$)/.test(name))) as NodeJS.ProcessEnv
}

async function untilReady(port: number, hasEnded: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined)
    if (answer?.ok) return
    if (hasEnded() || performance.now() > giveUpAt) throw new Error(`a machine does not get ready: ${answer ? await answer.text() : "no answer"}`)
    await delay(100)
  }
}
