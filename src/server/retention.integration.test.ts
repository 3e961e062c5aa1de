import { eq, sql } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parties } from "@/db/schema/party"
import { changeImposterSettings } from "@/games/imposter/settings-commands"
import { sendLanSignal } from "@/lan/peer-commands"
import { chooseDeletionDate, deletePartyOnItsDate } from "@/party/deletion-commands"
import { deletionDate } from "@/party/deletion-queries"
import { pcOf } from "@/testing/lan-pc"
import { soloTable } from "@/testing/solo-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { startBusyNight } from "@/testing/strangers-night"
import { deletePartiesOnTheirDate } from "./due-deletions"
import { createDueWork } from "./due-work"
import { runCommand } from "./run-command"

const dayMs = 24 * 60 * 60 * 1000

let house: House
beforeEach(async () => void (house = await startHouse()))
afterEach(() => house.stop())

describe("a party's date", () => {
  it("[PTY-20] is chosen by the host alone, who is told what it is", async () => {
    const night = await startParty({ house, guests: 1 })
    expect(accepted(await night.ask(night.hostClaims, deletionDate)).deletesAt).toBeNull()
    const chosen = ahead(7 * dayMs)
    expect(accepted(await night.host(chooseDeletionDate, { deletesAt: chosen })).deletesAt).toBe(chosen)
    expect(accepted(await night.ask(night.hostClaims, deletionDate)).deletesAt).toBe(chosen)
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(chooseDeletionDate, { deletesAt: ahead(dayMs - 1) }))).toBe("deletion_date_out_of_range")
      expect(refusedWith(await night.host(chooseDeletionDate, { deletesAt: ahead(731 * dayMs) }))).toBe("deletion_date_out_of_range")
      expect(refusedWith(await night.host(chooseDeletionDate, { deletesAt: "soon" }))).toBe("input_invalid")
      expect(refusedWith(await night.guest("Ann", chooseDeletionDate, { deletesAt: null }))).toBe("host_only")
    })
    expect(accepted(await night.host(chooseDeletionDate, { deletesAt: null })).deletesAt).toBeNull()
  })

  it("[PTY-20] moves no screen: the version stays, and nothing is announced", async () => {
    const night = await startParty({ house })
    const [version, announced] = [await night.version(), house.published.length]
    accepted(await night.host(chooseDeletionDate, { deletesAt: ahead(7 * dayMs) }))
    expect([await night.version(), house.published.length]).toEqual([version, announced])
  })
})

describe("on its date", () => {
  it("[PTY-21] [PTY-16] a party with something of everything goes without a row left, and the one beside it keeps every row", async () => {
    const { night: beside } = await startBusyNight(house)
    const before = { rows: await house.fingerprint(), counts: await rowCounts() }
    const { night } = await startBusyNight(house)
    await fillEmptyTables(night)
    const grown = await rowCounts()
    const untried = Object.keys(grown).filter((table) => grown[table] === before.counts[table])
    expect(untried.sort()).toEqual(ofNoParty)

    await setDate(night, house.clock.now())
    await deletePartiesOnTheirDate(house.runtime)

    expect(await rowCounts()).toEqual(before.counts)
    expect(await house.fingerprint()).toEqual(before.rows)
    expect(refusedWith(await night.grant("Ann", 5))).toBe("party_unknown")
    accepted(await beside.grant("Ann", 5))
    await expectConserved(beside)
  })

  it("[PTY-21] all of it goes or nothing: what breaks in the middle leaves it whole, and keeps no other party waiting", async () => {
    const { night } = await startBusyNight(house)
    const other = await startParty({ house, guests: 1 })
    const { db } = house.runtime
    // The last table anybody would think of: by then most of the party's rows are gone already.
    await db.execute(sql`create function refuse_it() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`)
    await db.execute(sql`create trigger refuse_it before delete on ledger_transfers for each row when (old.party_id = ${sql.raw(`'${night.party.id}'`)}) execute function refuse_it()`)
    await setDate(night, new Date(house.clock.now().getTime() - dayMs))
    await setDate(other, house.clock.now())
    const mine = await rowsOfParty(night)
    await deletePartiesOnTheirDate(house.runtime)
    expect(await rowsOfParty(night)).toEqual(mine)
    expect(await rowsOfParty(other)).toEqual([])
    await db.execute(sql`drop trigger refuse_it on ledger_transfers`)
    await deletePartiesOnTheirDate(house.runtime)
    expect(await rowsOfParty(night)).toEqual([])
  })

  it("[PTY-21] a minute early nothing happens, and then the ticker does it, whoever of three processes looks first", async () => {
    const night = await startParty({ house, guests: 2 })
    accepted(await night.host(chooseDeletionDate, { deletesAt: ahead(dayMs) }))
    house.clock.advance(dayMs - 60_000)
    const works = [house.runtime, house.anotherProcess(), house.anotherProcess()].map(createDueWork)
    const everybodyLooks = () => Promise.all(works.map((work) => work.doDue()))
    await everybodyLooks()
    expect(await rowsOfParty(night)).toHaveLength(1)
    house.clock.advance(60_000)
    await everybodyLooks()
    expect(await rowsOfParty(night)).toEqual([])
  })

  it("[PTY-21] a date that was put off between the look and the lock holds", async () => {
    const night = await startParty({ house, guests: 1 })
    await setDate(night, house.clock.now())
    accepted(await night.host(chooseDeletionDate, { deletesAt: ahead(dayMs) }))
    accepted(await runCommand(house.runtime, deletePartyOnItsDate, { claims: { clock: { partyId: night.party.id } } }, {}))
    expect(await rowsOfParty(night)).toHaveLength(1)
  })
})

/** What no party owns: the counters of guesses, which forget by themselves. */
const ofNoParty = ["rate_limits"]

function ahead(ms: number): string {
  return new Date(house.clock.now().getTime() + ms).toISOString()
}

function setDate({ party }: Night, deletesAt: Date) {
  return house.runtime.db.update(parties).set({ deletesAt }).where(eq(parties.id, party.id))
}

function rowsOfParty({ party }: Night) {
  return house.runtime.db.select().from(parties).where(eq(parties.id, party.id))
}

async function rowCounts(): Promise<Record<string, number>> {
  const { db } = house.runtime
  const tables = await db.execute<{ name: string }>(sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const counts = tables.rows.map(({ name }) => sql`select ${name}::text as name, count(*) as n from ${sql.identifier(name)}`)
  const result = await db.execute<{ name: string; n: number }>(sql.join(counts, sql` union all `))
  return Object.fromEntries(result.rows.map(({ name, n }) => [name, Number(n)]))
}

/** What a busy night has not come to yet, so that every table is tried. */
async function fillEmptyTables(night: Night): Promise<void> {
  accepted(await night.host(chooseDeletionDate, { deletesAt: null }, "tap-0123456789abcdef"))
  accepted(await night.host(changeImposterSettings, { discussionMinutes: 4 }))
  const solo = soloTable(night)
  await solo.write("Cy")
  for (const name of ["Gus", "Hal"]) {
    await night.join(name)
    await solo.copy(name)
  }
  const from = await pcOf(night, "Cy")
  const to = await pcOf(night, "Bo")
  const signal = { networkId: from.networkId, to: to.peerId, sequence: 1, body: { kind: "path", path: "direct", attempt: 1 } }
  accepted(await runCommand(house.runtime, sendLanSignal, { claims: from.claims }, signal))
  // A session with sets, and a file that was read, take an evening of their own: only their rows matter here.
  const at = house.clock.now().toISOString()
  await house.runtime.db.execute(sql`
    insert into party_phrasesets (session_id, phraseset_id, created_in_phase, created_at)
    select s.session_id, q.phraseset_id, 'COPY', ${at}::timestamptz
    from party_sessions s join quipflip_phrasesets q on q.party_id = s.party_id where s.party_id = ${night.party.id}`)
  await house.runtime.db.execute(sql`insert into result_file_drivers (party_id, name_key, user_id) values (${night.party.id}, 'ann', ${night.idOf("Ann")})`)
}
