import { setTimeout as pause } from "node:timers/promises"
import { secureRandom } from "@/kernel/secure-random"
import { playTogether } from "./be-guest"
import { readOptions, usage, type BotOptions } from "./options"
import { resultsText } from "./results-text"

/** A cut line is noticed late, so even who hears asks now and then. Milliseconds. */
const patience = { connectedMs: 5_000, cutMs: 700 }

async function run({ url, pin, name, thinkMs, hasSocket, ...table }: BotOptions): Promise<void> {
  const wishes = { url, pin, name, thinkMs, hasSocket, patience }
  const startedAt = performance.now()
  const { results, session, heard } = await playTogether(wishes, table, { fetch, pause: (ms) => pause(ms), random: secureRandom })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`Session ${session.party_code}: ${seconds} s, ${heard} events heard.\n`)
  console.log(results ? resultsText(results) : "The session was given up.")
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await run(options)
  else console.log(usage)
  // pusher-js keeps timers of its own.
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
