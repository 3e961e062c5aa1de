import pg from "pg"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { openDatabase, type Database } from "@/db/client"
import { partyHostLinks } from "@/db/schema/party"
import { SQL_STATE, sqlState } from "@/db/sql-state"
import type { Result } from "@/kernel/result"
import { drawInvitation } from "@/lan/invitations"
import { channelOf } from "@/realtime/channels"
import { accepted, expectConserved, refusedWith, startHouse, startParty, testPasscode, type House, type Night, type Runtime } from "@/testing/start-party"
import { authenticateUser, authorizeChannel } from "./channel-access"
import { createOneTimeLink } from "./create-party"
import { databaseOutage } from "./database-outage"
import { guestAtDoor, hostAtDoor, linkAtDoor, newcomerAtDoor, partyAtDoor } from "./door"
import { inviteeAtDoor } from "./lan-door"
import { startNewParty } from "./new-party"
import { nightFor } from "./night-view"
import { patienceMs } from "./patience"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"

const statementTimeoutMs = 600

let house: House
let busy: Night
let calm: Night
let database: Database
/** A process with three connections and little patience. */
let process: Runtime
let stranger: pg.Client

beforeEach(async () => {
  house = await startHouse({ env: { ALLOW_NEW_PARTIES: "1" } })
  busy = await startParty({ house, guests: 2 })
  calm = await startParty({ house, guests: 2 })
  await busy.openRace(["Ann"])
  await calm.openRace(["Ann"])
  database = openDatabase(house.databaseUrl, { maxConnections: 3, statementTimeoutMs })
  process = { ...house.anotherProcess(), db: database.db, database }
  stranger = new pg.Client({ connectionString: house.databaseUrl })
  await stranger.connect()
})
afterEach(async () => {
  await stranger.end()
  await database.close()
  await house.stop()
})

describe("somebody else sits on a party's row", () => {
  it("the command fails within the statement timeout and leaves nothing; the next one goes through", async () => {
    await sitOn(busy)
    const began = performance.now()
    const error = await bet(busy).then(() => undefined, (reason: unknown) => reason)
    expect(sqlState(error)).toBe(SQL_STATE.queryCanceled)
    expect(performance.now() - began).toBeLessThan(statementTimeoutMs * 5)
    await stranger.query("rollback")
    expect(await busy.purse("Bo")).toBe(1000)
    expect(accepted(await bet(busy)).walletBalance).toBe(995)
    await expectConserved(busy)
  })

  it("thirty commands of that party wait in line on one connection: another party bets and looks meanwhile", async () => {
    await sitOn(busy)
    const waiting = Array.from({ length: 30 }, () => bet(busy))
    const outcomes = Promise.allSettled(waiting)
    for (let time = 0; time < 5; time++) {
      accepted(await bet(calm))
      accepted(await runQuery(process, nightFor("guest"), calm.claimsOf("Bo"), {}))
    }
    // Looking takes no lock: not even the busy party's own screens are blind.
    accepted(await runQuery(process, nightFor("guest"), busy.claimsOf("Ann"), {}))
    expect(database.pool.totalCount).toBeLessThanOrEqual(3)
    await Promise.race(waiting).then(neverInTime, () => undefined)
    await stranger.query("rollback")
    const settled = await outcomes
    const taken = settled.filter((outcome) => outcome.status === "fulfilled").length
    expect(taken).toBeGreaterThanOrEqual(25)
    expect(await busy.purse("Bo")).toBe(1000 - 5 * taken)
    await expectConserved(busy)
    await expectConserved(calm)
  })

  it("[PTY-23] whoever waited for 8 s hears so, and does not act when the row is free again", async () => {
    const patient = house.anotherProcess()
    await sitOn(busy)
    const began = performance.now()
    const taps = Array.from({ length: 3 }, () => runCommand(patient, placeBet, { claims: busy.claimsOf("Bo") }, { targetUserId: busy.idOf("Ann"), amount: 5 }))
    const outcomes = await Promise.allSettled(taps)
    expect(outcomes.map((outcome) => (outcome.status === "rejected" ? databaseOutage(outcome.reason) : outcome.value))).toEqual(Array(3).fill("database_away"))
    expect(performance.now() - began).toBeGreaterThanOrEqual(patienceMs - 50)
    expect(performance.now() - began).toBeLessThan(patienceMs + 3_000)
    await stranger.query("rollback")
    accepted(await runCommand(patient, placeBet, { claims: busy.claimsOf("Bo") }, { targetUserId: busy.idOf("Ann"), amount: 5 }))
    expect(await busy.purse("Bo")).toBe(995)
    await expectConserved(busy)
  })

  it("a statement that hangs inside a command is cut off, and its connection is fit for the next", async () => {
    const hanging = runCommand(process, sleepingBet, { claims: busy.claimsOf("Bo") }, { targetUserId: busy.idOf("Ann"), amount: 5 })
    await expect(hanging).rejects.toSatisfy((error) => sqlState(error) === SQL_STATE.queryCanceled)
    expect(await busy.purse("Bo")).toBe(1000)
    for (let time = 0; time < 6; time++) accepted(await bet(busy))
    await expectConserved(busy)
  })
})

describe("connections are cut under a command", () => {
  it("what was not committed is not there, what was acknowledged is, and the pool recovers", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        if (index % 12 === 6) await cutAllConnections()
        return bet(busy).then(
          (answer: Result<unknown>) => (answer.ok ? "taken" : answer.refusal.code),
          () => "lost",
        )
      }),
    )
    const taken = outcomes.filter((outcome) => outcome === "taken").length
    const lost = outcomes.filter((outcome) => outcome === "lost").length
    const bets = (await busy.betsOf("Bo")).length
    expect(bets).toBeGreaterThanOrEqual(taken)
    expect(bets).toBeLessThanOrEqual(taken + lost)
    expect(await busy.purse("Bo")).toBe(1000 - 5 * bets)
    await expectConserved(busy)
    await expect.poll(() => bet(busy).then((answer) => answer.ok, () => false)).toBe(true)
  })
})

describe("[PTY-23] a door that makes a claim, while the database hangs", () => {
  const home = "192.0.2.1"

  it("told no after 8 s, a link that works once is not used up, a party that was asked for is not there, and all other doors say so too", async () => {
    const { runtime } = house
    const { db, clock, random } = runtime
    const token = await createOneTimeLink(db, { partyId: busy.party.id, now: clock.now(), random })
    const before = await house.fingerprint()
    await stranger.query("begin")
    await stranger.query("lock table party_host_links, lan_invitations, party_users in access exclusive mode")
    const began = performance.now()
    const pins = { partyPin: busy.party.joinPin, personalPin: busy.guests.get("Ann")?.pinCode }
    const doors = [
      linkAtDoor(runtime, home, token),
      startNewParty(runtime, home, { name: "Saturday" }),
      guestAtDoor(runtime, "192.0.2.2", pins),
      inviteeAtDoor(runtime, "192.0.2.3", { invitation: drawInvitation(random), public_key: "", nonce: "", proof: "" }),
      authorizeChannel(runtime, busy.claimsOf("Ann"), "1.2", channelOf({ kind: "guest", guestId: busy.idOf("Ann") })),
      authenticateUser(runtime, busy.claimsOf("Ann"), "1.2", "guest"),
    ]
    expect((await Promise.allSettled(doors)).map(outageOf)).toEqual(doors.map(() => "database_away"))
    expect(performance.now() - began).toBeGreaterThanOrEqual(patienceMs - 50)
    expect(performance.now() - began).toBeLessThan(patienceMs + 3_000)
    await stranger.query("rollback")
    expect(accepted(await linkAtDoor(runtime, home, token))).toMatchObject({ kind: "host", partyId: busy.party.id })
    expect(refusedWith(await linkAtDoor(runtime, home, token))).toBe("link_not_valid")
    expect(await house.fingerprint()).toEqual({ ...before, party_host_links: expect.any(String) as string })
    expect(await db.select().from(partyHostLinks)).toHaveLength(1)
  }, 30_000)

  it("nor do those that only count and look: whoever hangs at the counters hears so", async () => {
    const { runtime } = house
    await stranger.query("begin")
    await stranger.query("lock table rate_limits in access exclusive mode")
    const { joinPin } = busy.party
    const doors = [
      partyAtDoor(runtime, home, joinPin),
      newcomerAtDoor(runtime, home, joinPin),
      hostAtDoor(runtime, home, { passcode: testPasscode, partyPin: joinPin }),
      linkAtDoor(runtime, home, "no link"),
      startNewParty(runtime, home, { name: "Saturday" }),
    ]
    expect((await Promise.allSettled(doors)).map(outageOf)).toEqual(doors.map(() => "database_away"))
    await stranger.query("rollback")
    expect(accepted(await partyAtDoor(runtime, home, joinPin)).id).toBe(busy.party.id)
  }, 30_000)

  it("a link that was used is no refusal when only its guess could not be given back", async () => {
    const { runtime } = house
    const token = await createOneTimeLink(runtime.db, { partyId: busy.party.id, now: runtime.clock.now(), random: runtime.random })
    const guesses = { ...runtime.guesses, giveBack: () => new Promise<void>(() => undefined) }
    expect(accepted(await linkAtDoor({ ...runtime, guesses }, home, token)).kind).toBe("host")
  })
})

const outageOf = (outcome: PromiseSettledResult<unknown>) => (outcome.status === "rejected" ? databaseOutage(outcome.reason) : outcome.value)

/** A bet whose rules take forever, with the stake moved already. */
const sleepingBet = {
  ...placeBet,
  name: "sleepingBet",
  run: async (...[context, input]: Parameters<typeof placeBet.run>) => {
    const answer = await placeBet.run(context, input)
    const { sql } = await import("drizzle-orm")
    await context.tx.execute(sql`select pg_sleep(60)`)
    return answer
  },
}

function bet(night: Night) {
  return runCommand(process, placeBet, { claims: night.claimsOf("Bo") }, { targetUserId: night.idOf("Ann"), amount: 5 })
}

async function sitOn(night: Night): Promise<void> {
  await stranger.query("begin")
  await stranger.query("select 1 from parties where id = $1 for update", [night.party.id])
}

async function cutAllConnections(): Promise<void> {
  await stranger.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'party-os' and pid <> pg_backend_pid()",
  )
}

function neverInTime(): never {
  throw new Error("a bet was taken while the party's row was held")
}
