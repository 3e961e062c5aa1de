import { parseArgs } from "node:util"
import { openDatabase } from "@/db/client"
import { migrateDatabase } from "@/db/migrate"
import { systemClock } from "@/kernel/clock"
import { secureRandom } from "@/kernel/secure-random"
import { deletionDateFor } from "@/party/deletion-date"
import { createOneTimeLink, createParty, drawPasscode } from "@/server/create-party"
import { readEnvFiles } from "./env-files"

// Makes a party on DATABASE_URL, for the cloud: `npm run party:create -- --name "Saturday"`. At home `npm run party` does this.
const { values } = parseArgs({ options: { name: { type: "string", default: "Party night" } } })
readEnvFiles(process.cwd())
const url = process.env.DATABASE_URL
if (!url) {
  console.error("Set DATABASE_URL to the database of the party.")
  process.exit(1)
}

const lifetimeDays = Number(process.env.PARTY_LIFETIME_DAYS || 90)
if (!Number.isInteger(lifetimeDays) || lifetimeDays < 0 || lifetimeDays > 730) {
  console.error("PARTY_LIFETIME_DAYS is a whole number of days up to 730, or 0 for never.")
  process.exit(1)
}

await migrateDatabase(url)
const database = openDatabase(url)
const passcode = drawPasscode(secureRandom)
const facts = { now: systemClock.now(), random: secureRandom }
const party = await createParty(database.db, { name: values.name, passcode, ...facts, deletesAt: deletionDateFor(facts.now, lifetimeDays) })
const token = await createOneTimeLink(database.db, { partyId: party.id, ...facts })
await database.close()

const base = (process.env.PARTY_URL ?? "").replace(/\/$/, "")
console.log(`Party:     ${party.name}`)
console.log(`Guests:    ${base}/party/join?pin=${party.joinPin}`)
console.log(`Host:      ${base}/admin/login#${token}  (works once, for a day)`)
console.log(`Passcode:  ${passcode}  (kept nowhere but here)`)
console.log(`Deleted:   ${party.deletesAt ? `on ${party.deletesAt.toISOString().slice(0, 10)}, unless race control says otherwise` : "never, unless race control says otherwise"}`)
