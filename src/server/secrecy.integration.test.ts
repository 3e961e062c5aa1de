import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { userBets } from "@/betting/queries"
import { partyEvents } from "@/db/schema/party"
import { addDriverWithoutPhone, createRace, submitLapTime, voidLap } from "@/games/racing/commands"
import { flaggedPhrases, soloDesk } from "@/games/quipflip/solo-queries"
import { leaderboard } from "@/games/racing/queries"
import { changeSettings, createHostLink, kickGuest, lockDoor, readmitGuest, renameGuest } from "@/party/commands"
import { allGuests, currentGuest, eventLog, hostLinks, receipt } from "@/party/queries"
import { accepted, startHouse, startParty, testPasscode, testSecret, type House, type Night } from "@/testing/start-party"
import { replyTo } from "./answer"
import { createOneTimeLink } from "./create-party"
import { guestAtDoor, hostAtDoor, linkAtDoor } from "./door"
import { createDueWork } from "./due-work"
import { exportNight } from "./export-night"
import { sealClaim } from "./identity"
import { createLog } from "./log"
import { nightFor } from "./night-view"
import { createPublisher } from "./publisher"

// Numbers nothing else of this evening has: no balance, no lap, no year.
const pins = [7391, 8462, 9573, 6184, 5296, 4387]
const joinPin = 871_365
const lines: string[] = []

let house: House
let night: Night
/** Every secret of the evening, by what it is. */
let secrets: Record<string, string>

beforeAll(async () => {
  const log = createLog("trace", { write: (line) => void lines.push(line) })
  house = await startHouse({ random: scripted(), parts: { log } })
  night = await startParty({ house, guests: 5 })
  secrets = await playAnEvening()
})
afterAll(() => house.stop())

describe("[PTY-15] nobody is shown a secret", () => {
  it("the guests have the PINs this test looks for", () => {
    expect([...night.guests.values()].map((guest) => guest.pinCode)).toEqual(pins.slice(0, 5))
    expect(night.party.joinPin).toBe(joinPin)
  })

  it("by any event: neither in the log of events nor on its way to the screens", async () => {
    const events = await night.events()
    expect(new Set(events.map((event) => event.eventType)).size).toBeGreaterThanOrEqual(12)
    expect(found(events)).toEqual([])
    expect(found(night.published)).toEqual([])
  })

  it("by race control's log, links and export, which are the host's", async () => {
    for (const query of [eventLog, hostLinks, allGuests, flaggedPhrases, exportNight]) {
      const shown: unknown = accepted(await night.ask(night.hostClaims, query as typeof eventLog))
      expect([query.name, found(shown)]).toEqual([query.name, []])
    }
    expect(found(accepted(await night.ask(night.hostClaims, nightFor("host"))))).toEqual([])
  })

  it("by the TV's night", async () => {
    expect(found(accepted(await night.ask(night.hostClaims, nightFor("tv"))))).toEqual([])
  })

  it.each(["Ann", "Bo", "Cy", "Di", "Ed"])("to %s: the own PIN in the own seat, and nothing else", async (name) => {
    const claims = night.claimsOf(name)
    const shown = accepted(await night.ask(claims, nightFor("guest")))
    expect(found(shown)).toEqual([`the PIN of ${name}`])
    expect(found({ ...shown.night, me: null })).toEqual([])
    expect(found(accepted(await night.ask(claims, currentGuest)))).toEqual([`the PIN of ${name}`])
    for (const query of [allGuests, receipt, userBets, leaderboard, soloDesk]) {
      expect([query.name, found(accepted(await night.ask(claims, query as typeof allGuests)))]).toEqual([query.name, []])
    }
  })

  it("nobody's purse is in anybody else's view but for the evening's table", async () => {
    const { night: shown } = accepted(await night.ask(night.claimsOf("Ann"), nightFor("guest")))
    expect(JSON.stringify({ ...shown, me: null, table: [] })).not.toMatch(/walletBalance|vaultBalance|owedCoins/)
    expect(shown?.myBets.every((bet) => bet.id !== "")).toBe(true)
    expect(JSON.stringify(accepted(await night.ask(night.claimsOf("Ann"), allGuests)))).not.toMatch(/wallet|pin/i)
  })

  it("by the log, at its most talkative, when everything goes wrong", async () => {
    const before = lines.length
    await breakEverything()
    expect(lines.length).toBeGreaterThan(before + 3)
    expect(lines.join("")).toContain("a statement failed")
    expect(found(lines)).toEqual([])
  })

  it("by an answer of ours when everything went wrong", async () => {
    const { answer } = await replyTo(night.runtime.log, "test", () => Promise.reject(new Error(`PIN ${pins[0]} of ${testPasscode}`)))
    expect(found(answer)).toEqual([])
    expect(answer).toMatchObject({ success: false, code: "internal" })
  })

  it("and the search finds what it is for", () => {
    expect(found({ pinCode: pins[1] })).toEqual(["the PIN of Bo"])
    expect(found(`somebody said ${pins[1]}.`)).toEqual(["the PIN of Bo"])
    expect(found({ id: `0000-1${pins[1]}` })).toEqual([])
    expect(found([secrets["the passcode"]?.toLowerCase()])).toEqual(["the passcode"])
    for (const [what, secret] of Object.entries(secrets)) expect(found({ secret })).toContain(what)
  })
})

async function playAnEvening(): Promise<Record<string, string>> {
  const { runtime, party } = night
  const printed = await createOneTimeLink(runtime.db, { partyId: party.id, now: house.clock.now(), random: runtime.random })
  accepted(await linkAtDoor(runtime, "10.0.0.1", printed))
  const { token: coHost } = accepted(await night.host(createHostLink, { kind: "CO_HOST", label: "Bea" }))
  const { token: tv } = accepted(await night.host(createHostLink, { kind: "TV", label: "Big screen" }))
  accepted(await linkAtDoor(runtime, "10.0.0.1", tv))
  accepted(await hostAtDoor(runtime, "10.0.0.1", { passcode: testPasscode, partyPin: party.joinPin }))
  accepted(await guestAtDoor(runtime, "10.0.0.2", { partyPin: party.joinPin, personalPin: pins[1] }))

  accepted(await night.host(changeSettings, { isSelfTimingOn: true }))
  const gameId = await night.openRace(["Ann", "Bo"])
  accepted(await night.host(addDriverWithoutPhone, { name: "Old Tom", gameId }))
  accepted(await night.bet("Cy", "Ann", 100))
  accepted(await night.bet("Di", "Bo", 50))
  const { lapId } = accepted(await night.lap("Ann", "1:24.500"))
  accepted(await night.guest("Bo", submitLapTime, { timeText: "1:25.000" }))
  accepted(await night.settle(gameId))
  accepted(await night.host(voidLap, { lapId, reason: "cut" }))
  accepted(await night.resettle(gameId))
  accepted(await night.host(createRace, {}))
  const second = await night.openRace(["Cy"])
  accepted(await night.bet("Ed", "Cy", 25))
  accepted(await night.callOff(second))
  accepted(await night.host(renameGuest, { guestId: night.idOf("Ed"), name: "Eddy" }))
  accepted(await night.host(kickGuest, { guestId: night.idOf("Di") }))
  accepted(await night.host(readmitGuest, { guestId: night.idOf("Di") }))
  accepted(await night.grant("Ann", 70, "Best hat"))
  accepted(await night.host(lockDoor, { isDoorLocked: true }))
  accepted(await night.host(lockDoor, { isDoorLocked: false }))

  const { db } = runtime
  const hashes = await db.execute<{ hash: string }>(sql`
    select host_passcode_hash as hash from parties union all select token_hash from party_host_links`)
  const names = [...night.guests.keys()]
  return {
    ...Object.fromEntries(names.map((name, index) => [`the PIN of ${name}`, String(pins[index])])),
    "the passcode": testPasscode,
    "the printed link": printed,
    "the co-host's link": coHost,
    "the TV's link": tv,
    "the secret of the seals": testSecret,
    "the secret of the channels": "test-secret",
    ...Object.fromEntries(hashes.rows.map(({ hash }, index) => [`hash ${index + 1}`, hash])),
    "a guest's seal": await sealClaim("guest", { partyId: party.id, guestId: night.idOf("Ann") }, testSecret),
  }
}

/** Statements that fail with a secret among their parameters, or in the row Postgres quotes. */
async function breakEverything(): Promise<void> {
  const { runtime, party } = night
  const { db, log } = runtime
  // No two people are Trouble; Postgres then quotes the whole row, the new PIN included.
  await db.execute(sql`alter table party_users add constraint no_trouble check (name <> 'Trouble') not valid`)
  await replyTo(log, "joinParty", () => night.knock("Trouble"))
  await db.execute(sql`alter table party_users rename column pin_code to pin_code_gone`)
  await replyTo(log, "loginWithPin", () => guestAtDoor(runtime, "10.0.0.3", { partyPin: party.joinPin, personalPin: pins[2] }))
  await db.execute(sql`alter table party_users rename column pin_code_gone to pin_code`)
  await db.execute(sql`alter table party_host_links rename column token_hash to token_hash_gone`)
  await replyTo(log, "openLink", () => linkAtDoor(runtime, "10.0.0.4", secrets["the co-host's link"] ?? ""))
  await db.execute(sql`alter table party_host_links rename column token_hash_gone to token_hash`)
  // Nothing listens on this port.
  const publisher = createPublisher({ db, clock: runtime.clock, log, pusher: runtime.pusher })
  publisher.publish(night.published.slice(0, 3))
  await publisher.settled()
  await db.update(partyEvents).set({ publishedAt: null })
  house.clock.advance(60_000)
  await createDueWork({ ...runtime, publisher }).doDue()
  log.info({ pinCode: pins[0], body: { personalPin: pins[1], passcode: testPasscode } }, "somebody logs a form")
}

/** Which secrets are in this, as a token of its own in whatever is said. Ids and instants are no PINs. */
function found(said: unknown): string[] {
  const text = JSON.stringify(said)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "id")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "instant")
    .toLowerCase()
  return Object.entries(secrets).flatMap(([what, secret]) => {
    const word = secret.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    return new RegExp(`(?<![0-9a-z])${word}(?![0-9a-z])`).test(text) ? [what] : []
  })
}

/** The party PIN and the personal PINs above, in this order; anything else is drawn as it comes. */
function scripted() {
  const left = [...pins]
  let state = 1
  return {
    int(min: number, max: number) {
      if (max === 999_999) return joinPin
      if (max === 9999) return left.shift() ?? 3278
      state = (state * 48_271) % 2_147_483_647
      return min + (state % (max - min + 1))
    },
  }
}
