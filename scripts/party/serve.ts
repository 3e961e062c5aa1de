import { networkInterfaces } from "node:os"
import path from "node:path"
import type { Logger } from "pino"
import { systemClock } from "@/kernel/clock"
import { secureRandom } from "@/kernel/secure-random"
import { createLocalPusher } from "@/realtime/local-server/local-pusher"
import { announceEmbeddedSockets } from "@/server/embedded-sockets"
import { appEnvironment } from "./app-environment"
import { openAppServer } from "./app-server"
import { closeRuntime } from "./app-runtime"
import { CannotStart } from "./cannot-start"
import * as claims from "./claim"
import { readyDatabase } from "./database"
import { waitForAnswer } from "./first-answer"
import { chooseLanAddress, routeAddress } from "./lan-address"
import { openLanHouse } from "./lan-house"
import { loadNext } from "./next-app"
import { openParty } from "./open-party"
import { openPartyLog } from "./party-log"
import { keepSecrets } from "./secrets"
import { readSettings, type Settings } from "./settings"
import { createShutdown, stopOnSignals, type Shutdown } from "./shutdown"
import { lookOf, welcomeLines } from "./terminal"
import { warmUp } from "./warm-up"

export type Place = {
  /** The project: its build, migrations and packages. */
  readonly root: string
  /** Where this party's data lives. */
  readonly dataDir: string
}

type Run = Place & { readonly log: Logger; readonly logFile: string; readonly shutdown: Shutdown }

/** Runs the party until somebody stops it. Ends the process: 0 when stopped, 1 when it could not start or broke. */
export async function serve(place: Place): Promise<void> {
  const logFile = path.join(place.dataDir, "party.log")
  const log = openPartyLog(logFile, process.env.LOG_LEVEL || "warn")
  const exit = (code: number) => process.exit(code)
  const shutdown = createShutdown({ exit, onTrouble: (part, error) => log.error({ err: error, part }, "trouble while stopping") })
  stopOnSignals(shutdown, { exit, now: () => performance.now(), onStop: () => console.log("\nStopping …") })
  surviveAccidents(log, shutdown)
  try {
    await start({ ...place, log, logFile, shutdown })
  } catch (error) {
    // Stopped while starting: what broke then broke because of it.
    if (shutdown.isStopping) return
    if (!(error instanceof CannotStart)) log.fatal({ err: error }, "could not start")
    console.error(error instanceof CannotStart ? error.message : error)
    await shutdown.stop(1)
  }
}

/** Says no, in one sentence and with exit code 1, while another process runs the party of this folder. */
export async function refuseIfRunning(dataDir: string): Promise<void> {
  await claims.refuseIfRunning(dataDir).catch((error: unknown) => {
    if (!(error instanceof CannotStart)) throw error
    console.error(error.message)
    process.exit(1)
  })
}

async function start({ root, dataDir, log, logFile, shutdown }: Run): Promise<void> {
  const settings = readSettings(process.env)
  const claim = await claims.claimParty(dataDir)
  shutdown.add("claim", claim.release)
  console.log("Starting the party …")
  // The database starts while Next's modules load; neither waits for the other.
  const databaseReady = readyDatabase({ dataDir, givenUrl: settings.databaseUrl, log, shutdown })
  databaseReady.catch(() => undefined)

  const secrets = await keepSecrets(dataDir, secureRandom)
  const pusher = settings.isPusherHosted ? undefined : createLocalPusher({ ...secrets.pusher, log })
  if (pusher) announceEmbeddedSockets({ count: () => pusher.stats().connections })
  shutdown.add("pusher", () => pusher?.close())
  const host = await guestHost(settings)
  const lan = await openLanHouse(process.env, host, process.env.SESSION_SECRET || secrets.sessionSecret)
  shutdown.add("lan", lan.close)
  const wires = { pusher, relaySockets: lan.sockets }
  const server = await openAppServer({ ...settings, ...wires, onError: (error) => log.error({ err: error }, "request failed") })
  shutdown.add("server", server.close)
  if (settings.port !== 0 && server.port !== settings.port) console.log(`Port ${settings.port} is taken; this party uses ${server.port}.`)
  for (const sentence of lan.troubles) console.log(sentence)
  const next = await loadNext({ root, port: server.port })
  shutdown.add("app", next.close)
  shutdown.add("runtime", closeRuntime)

  const lanUrl = `http://${host}:${server.port}`
  const { url, db } = await databaseReady
  lan.follow(db, (error) => {
    if (!shutdown.isStopping) log.warn({ err: error }, "the relay cannot ask who was kicked")
  })
  const wiring = { secrets, lan, databaseUrl: url, isPusherHosted: settings.isPusherHosted, port: server.port, partyUrl: lanUrl, logFile }
  Object.assign(process.env, appEnvironment(process.env, wiring))
  const [party] = await Promise.all([
    openParty(db, { name: settings.partyName, passcode: secrets.hostPasscode, now: systemClock.now(), random: secureRandom }),
    next.prepare(),
  ])
  server.serve(next)
  const localUrl = `http://localhost:${server.port}`
  await Promise.all([waitForAnswer(`http://127.0.0.1:${server.port}`), claim.announce(localUrl)])
  const lines = welcomeLines({ ...party, partyName: party.name, lanUrl, localUrl }, lookOf(process.stdout, process.env))
  console.log(lines.join("\n"))
  await warmUp(`http://127.0.0.1:${server.port}`)
}

async function guestHost(settings: Settings): Promise<string> {
  const address = settings.host ?? chooseLanAddress(networkInterfaces(), await routeAddress())
  if (address) return address
  console.warn("No network found, so only this laptop can join. Connect it to the Wi-Fi and start again, or set PARTY_HOST.")
  return "localhost"
}

function surviveAccidents(log: Logger, shutdown: Shutdown): void {
  // A promise that nobody waited for is one request's bug; the night goes on.
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"))
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught exception")
    console.error("The party broke and has to stop; party.log in the data folder says why. Start it again: it goes on where it was.")
    void shutdown.stop(1)
  })
  // A closed terminal takes no more lines; that is no reason to skip the orderly end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}
