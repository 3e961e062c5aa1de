import { parseArgs } from "node:util"
import { openDatabase } from "@/db/client"
import { migrateDatabase } from "@/db/migrate"
import { systemClock } from "@/kernel/clock"
import { secureRandom } from "@/kernel/secure-random"
import { createOneTimeLink, createParty, drawPasscode } from "@/server/create-party"

// Makes a party on DATABASE_URL, for the cloud: `npm run party:create -- --name "Saturday"`. At home `npm run party` does this.
const { values } = parseArgs({ options: { name: { type: "string", default: "Party night" } } })
const url = process.env.DATABASE_URL
if (!url) {
  console.error("Set DATABASE_URL to the database of the party.")
  process.exit(1)
}

await migrateDatabase(url)
const database = openDatabase(url)
const passcode = drawPasscode(secureRandom)
const facts = { now: systemClock.now(), random: secureRandom }
const party = await createParty(database.db, { name: values.name, passcode, ...facts })
const token = await createOneTimeLink(database.db, { partyId: party.id, ...facts })
await database.close()

const base = (process.env.PARTY_URL ?? "").replace(/\/$/, "")
console.log(`Party:     ${party.name}`)
console.log(`Guests:    ${base}/party/join?pin=${party.joinPin}`)
console.log(`Host:      ${base}/admin/login#${token}  (works once, for a day)`)
console.log(`Passcode:  ${passcode}  (kept nowhere but here)`)
