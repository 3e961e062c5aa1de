import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { Accepted, Orders } from "./quipflip-frantic-player"
import { testSecret } from "./start-party"

/** Another process on the database of a test, which plays a session as fast as it can until it is killed. */
export function startFranticPlayer(databaseUrl: string) {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("quipflip-frantic-player.ts", import.meta.url))], {
    env: { ...process.env, NODE_OPTIONS: "", DATABASE_URL: databaseUrl, SESSION_SECRET: testSecret, PUSHER_APP_ID: "1", PUSHER_KEY: "test-key", PUSHER_SECRET: "test-secret", PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "9" },
    stdio: ["pipe", "pipe", "inherit"],
  })
  return {
    /** Lets it play until it has told of so many things that were accepted, and kills it in the middle of the next. @returns what it told. */
    async playAndDie(orders: Orders, after: (told: readonly Accepted[]) => boolean): Promise<Accepted[]> {
      child.stdin?.write(`${JSON.stringify(orders)}\n`)
      const told: Accepted[] = []
      if (!child.stdout) throw new Error("a child without output")
      for await (const line of createInterface(child.stdout)) {
        told.push(JSON.parse(line) as Accepted)
        if (after(told)) child.kill("SIGKILL")
      }
      await gone(child)
      return told
    },
    async kill(): Promise<void> {
      child.kill("SIGKILL")
      await gone(child)
    },
  }
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
}
