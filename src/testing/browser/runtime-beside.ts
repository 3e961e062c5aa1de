import type { Refusal } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command } from "@/party/command"
import { readEnv } from "@/server/env"
import type { Claims } from "@/server/identity"
import { createLog } from "@/server/log"
import { runCommand } from "@/server/run-command"
import { createRuntime, type Runtime } from "@/server/runtime"
import type { App } from "./app"

/** A process beside the app's, on its database. What it does, the app's own sweeper announces, some two seconds later. */
export async function runtimeBeside(app: App): Promise<Runtime> {
  const facts = { DATABASE_URL: await app.databaseUrl(), SESSION_SECRET: await app.sessionSecret(), PUSHER_APP_ID: "1", PUSHER_KEY: "unused", PUSHER_SECRET: "unused", LOG_LEVEL: "silent" }
  const publisher = { publish: () => undefined, send: async () => undefined, settled: async () => undefined }
  return createRuntime(readEnv(facts), { log: createLog("silent"), publisher })
}

/** Has somebody do something there. @throws when it is refused. */
export async function does<W extends Who, I, V extends object, R extends Refusal, P>(runtime: Runtime, command: Command<W, I, V, R, P>, claims: Claims, input: unknown): Promise<V> {
  const done = await runCommand(runtime, command, { claims }, input)
  if (!done.ok) throw new Error(`${command.name} was refused: ${JSON.stringify(done.refusal)}`)
  return done.value
}
