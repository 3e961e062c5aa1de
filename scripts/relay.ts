import { networkInterfaces } from "node:os"
import { openDatabase } from "@/db/client"
import { systemClock } from "@/kernel/clock"
import { relaySecretOf } from "@/lan/relay-tickets"
import { readEnvFiles } from "./env-files"
import { CannotStart } from "./party/cannot-start"
import { chooseLanAddress, routeAddress } from "./party/lan-address"
import { addressesOf, readLanAddresses } from "./party/lan-addresses"
import { readLanPorts } from "./party/lan-ports"
import { openLanServices } from "./party/lan-services"

// The virtual LAN's relay and STUN server alone, beside an app in the cloud: `npm run relay`. At home `npm run party` has both.

/** Starts both, or throws CannotStart with one sentence. */
async function start(): Promise<void> {
  readEnvFiles(process.cwd())
  const { DATABASE_URL: url, SESSION_SECRET, LAN_RELAY_SECRET, LAN_ADDRESSES } = process.env
  if (!url) throw new CannotStart("Set DATABASE_URL to the database of the party: the relay learns there who was kicked.")
  const secret = LAN_RELAY_SECRET || SESSION_SECRET
  if (!secret || secret.length < 32) throw new CannotStart("Set LAN_RELAY_SECRET (or SESSION_SECRET) to what the app has, 32 characters or more.")
  const interfaces = networkInterfaces()
  const host = chooseLanAddress(interfaces, await routeAddress())
  const addresses = readLanAddresses(LAN_ADDRESSES) ?? (host ? await addressesOf(host, interfaces) : null)
  if (!addresses) throw new CannotStart("Set LAN_ADDRESSES to the address by which PCs reach this machine.")

  const services = await openLanServices({
    ...{ addresses, interfaces, ports: readLanPorts(process.env), secret: relaySecretOf(secret), now: () => systemClock.now() },
    wanted: { relay: true, stun: true },
  })
  const database = openDatabase(url, { maxConnections: 2 })
  services.follow(database.db, sayTrouble)
  for (const sentence of services.troubles) console.warn(sentence)
  console.log("The app needs these in its environment:")
  if (services.relayAt) console.log(`LAN_RELAY=${services.relayAt}`)
  if (services.stunAt) console.log(`LAN_STUN=${services.stunAt}`)

  let isStopping = false
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      void services.close().then(database.close).then(() => process.exit(0))
    })
  }
}

function sayTrouble(error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  console.error(`The database cannot be asked who was kicked: ${cause instanceof Error ? cause.message : String(cause)}`)
}

try {
  await start()
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error)
  process.exit(1)
}
