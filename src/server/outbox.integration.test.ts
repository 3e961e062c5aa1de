import { asc, sql } from "drizzle-orm"
import type Pusher from "pusher"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { partyEvents, rateLimits } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { channelOf } from "@/realtime/channels"
import { accepted, refusedWith, startHouse, startParty, type House, type Night, type Runtime } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { createLog } from "./log"
import type { OutboxEvent } from "./outbox"
import { createPublisher, type Publisher } from "./publisher"

let house: House
let night: Night

const nobodyListens: Publisher = {
  publish: () => undefined,
  send: async () => undefined,
  settled: async () => undefined,
}

beforeEach(async () => {
  house = await startHouse({ parts: { publisher: nobodyListens } })
  night = await startParty({ house, guests: 2 })
})
afterEach(() => house.stop())

describe("the outbox", () => {
  it("a crash between commit and publish loses nothing: the next process announces it, in order, once", async () => {
    await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 10))
    const written = await eventIds()
    expect(written.length).toBeGreaterThan(4)
    const sent: OutboxEvent[] = []
    const next = sweeper(sent)
    await createDueWork(next).doDue()
    expect(sent).toEqual([])
    house.clock.advance(5_000)
    await createDueWork(next).doDue()
    expect(sent.map((event) => event.id)).toEqual(written)
    await createDueWork(next).doDue()
    expect(sent).toHaveLength(written.length)
    expect(await unpublished()).toEqual([])
  })

  it("sweeps exactly what was not published", async () => {
    house.clock.advance(5_000)
    const before = await eventIds()
    await night.runtime.db.update(partyEvents).set({ publishedAt: house.clock.now() })
    accepted(await night.grant("Ann", 5))
    house.clock.advance(5_000)
    const sent: OutboxEvent[] = []
    await createDueWork(sweeper(sent)).doDue()
    expect(sent.map((event) => event.id)).toEqual((await eventIds()).filter((id) => !before.includes(id)))
    expect(sent.map((event) => event.name)).toEqual(["wallet-changed"])
    expect(sent[0]?.payload).toEqual({ walletBalance: 1005, delta: 5, reason: "From the host" })
  })

  it("two sweepers at once send 450 events once each", async () => {
    await night.runtime.db.execute(sql`
      insert into party_events (party_id, version, previous, event_type, channel, data, created_at)
      select ${night.party.id}::uuid, 1000 + n, 999 + n, 'bet-placed', 'private-betting@crowd', '{}'::jsonb, ${house.clock.now().toISOString()}::timestamptz
      from generate_series(1, 450) n`)
    const written = await eventIds()
    house.clock.advance(5_000)
    const sent: OutboxEvent[] = []
    const sweepers = [sweeper(sent), sweeper(sent), sweeper(sent)]
    await Promise.all(sweepers.map((parts) => createDueWork(parts).doDue()))
    expect(sent.map((event) => event.id).sort((a, b) => a - b)).toEqual(written)
    expect(await unpublished()).toEqual([])
  })

  it("a clock set back by an hour puts nothing off, neither what was announced before nor after", async () => {
    const sent: OutboxEvent[] = []
    const dueWork = createDueWork(sweeper(sent))
    await dueWork.doDue()
    house.clock.advance(-60 * 60 * 1000)
    await night.runtime.db.insert(rateLimits).values({ key: "address:old", points: 5, expire: 1 })
    await dueWork.doDue()
    expect(sent.map((event) => event.id)).toEqual(await eventIds())
    expect(await night.runtime.db.select().from(rateLimits)).toEqual([])
    accepted(await night.grant("Ann", 5))
    house.clock.advance(5_000)
    await dueWork.doDue()
    expect(sent.map((event) => event.id)).toEqual(await eventIds())
  })

  it("a line that breaks down again and again makes headway: what got through is not sent anew", async () => {
    for (let time = 0; time < 20; time++) accepted(await night.grant("Ann", 1))
    const written = await eventIds()
    house.clock.advance(5_000)
    const sent: OutboxEvent[] = []
    let taken = 0
    const send: Publisher["send"] = async (events) => {
      if (taken++ % 2 === 1) throw new Error("the line broke")
      sent.push(...events.slice(0, 10))
      if (events.length > 10) throw new Error("the line broke")
    }
    const dueWork = createDueWork(house.anotherProcess({ publisher: { ...nobodyListens, send } }))
    for (let look = 0; look < 4; look++) await dueWork.doDue()
    expect(sent.map((event) => event.id)).toEqual(written)
    expect(await unpublished()).toEqual([])
  })

  it("what could not be sent stays, and the other work is done all the same", async () => {
    house.clock.advance(5_000)
    await night.runtime.db.insert(rateLimits).values({ key: "address:old", points: 5, expire: 1 })
    const written = await eventIds()
    const failing = { ...night.runtime, publisher: { ...nobodyListens, send: () => Promise.reject(new Error("no Pusher")) } }
    await createDueWork(failing).doDue()
    expect(await unpublished()).toEqual(written)
    expect(await night.runtime.db.select().from(rateLimits)).toEqual([])
    const sent: OutboxEvent[] = []
    await createDueWork(sweeper(sent)).doDue()
    expect(sent.map((event) => event.id)).toEqual(written)
  })

  it("a refused command announces nothing, now or later", async () => {
    house.clock.advance(5_000)
    await createDueWork(sweeper([])).doDue()
    expect(refusedWith(await night.bet("Bo", "Ann", 10))).toBe("betting_closed")
    house.clock.advance(5_000)
    const sent: OutboxEvent[] = []
    await createDueWork(sweeper(sent)).doDue()
    expect(sent).toEqual([])
  })
})

describe("the publisher", () => {
  it("sends in order, ten at a time, and notes what was sent", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    const events = await asOutbox()
    for (const event of events) process.publisher.publish([event])
    process.publisher.publish(events.concat(events, events))
    await process.publisher.settled()
    expect(pusher.names).toHaveLength(events.length * 4)
    expect(Math.max(...pusher.batches)).toBeLessThanOrEqual(10)
    expect(await unpublished()).toEqual([])
  })

  it("leaves to the sweeper what the fan-out did not take, and goes on with the next", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    const [first, second] = await asOutbox()
    if (!first || !second) throw new Error("two guests joined, so there are two events")
    pusher.fail = true
    process.publisher.publish([first])
    await process.publisher.settled()
    pusher.fail = false
    process.publisher.publish([second])
    await process.publisher.settled()
    expect(await unpublished()).toEqual([first.id])
    house.clock.advance(5_000)
    await createDueWork(process).doDue()
    expect(pusher.names).toHaveLength(2)
    expect(await unpublished()).toEqual([])
  })

  it("[PTY-24] an end that fails keeps nothing that the screens were told from being noted, now or in the sweeper: each event is sent once", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    const kicked = await writeEnd(night.idOf("Ann"))
    pusher.failsToEnd = true
    process.publisher.publish(await asOutbox())
    await process.publisher.settled()
    expect(await unpublished()).toEqual([kicked])
    accepted(await night.grant("Bo", 5))
    house.clock.advance(5_000)
    const told = pusher.names.length
    await createDueWork(process).doDue()
    expect(pusher.names.slice(told)).toEqual(["wallet-changed"])
    expect(await unpublished()).toEqual([kicked])
    pusher.failsToEnd = false
    await createDueWork(process).doDue()
    expect(pusher.names.slice(told)).toEqual(["wallet-changed"])
    expect(pusher.ended).toEqual([night.idOf("Ann")])
    expect(await unpublished()).toEqual([])
  })

  it("[PTY-24] more ends than one look takes, which a fan-out fails at for ever, hold up nothing behind them", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    const ends = []
    for (let kick = 0; kick < 12; kick++) ends.push(await writeEnd(`0b6f6c1e-0000-4000-8000-0000000000${10 + kick}`))
    accepted(await night.grant("Bo", 5))
    house.clock.advance(5_000)
    pusher.failsToEnd = true
    await createDueWork(process).doDue()
    expect(pusher.names.at(-1)).toBe("wallet-changed")
    expect(await unpublished()).toEqual(ends)
  })

  it("[PTY-24] connections do not end before their screens were told why", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    await writeEnd(night.idOf("Ann"))
    pusher.fail = true
    process.publisher.publish(await asOutbox())
    await process.publisher.settled()
    house.clock.advance(5_000)
    await createDueWork(process).doDue()
    expect(pusher.ended).toEqual([])
    expect(await unpublished()).toEqual(await eventIds())
  })

  it("keeps a note that was lost: the event is announced again rather than never", async () => {
    const pusher = fakePusher()
    const process = withPublisher(pusher)
    const lostNote = { ...process, db: night.runtime.db, publisher: createPublisher({ ...partsFor(process), db: brokenDb(), pusher: pusher.client }) }
    lostNote.publisher.publish(await asOutbox())
    await lostNote.publisher.settled()
    expect((await unpublished()).length).toBe(2)
    house.clock.advance(5_000)
    await createDueWork(process).doDue()
    expect(pusher.names).toHaveLength(4)
  })
})

function sweeper(sent: OutboxEvent[]): Runtime {
  const publisher: Publisher = { ...nobodyListens, send: async (events) => void sent.push(...events) }
  return house.anotherProcess({ publisher })
}

function withPublisher(pusher: { client: Pusher }): Runtime {
  const process = house.anotherProcess()
  return { ...process, publisher: createPublisher({ ...partsFor(process), db: process.db, pusher: pusher.client }) }
}

const partsFor = (process: Runtime) => ({ clock: process.clock, log: createLog("silent") })

function brokenDb(): Runtime["db"] {
  return { transaction: () => Promise.reject(new Error("the database is away")) } as unknown as Runtime["db"]
}

function fakePusher() {
  const names: string[] = []
  const batches: number[] = []
  const state = {
    names,
    batches,
    ended: [] as string[],
    fail: false,
    failsToEnd: false,
    client: {
      triggerBatch(batch: { name: string }[]) {
        if (state.fail) return Promise.reject(new Error("no Pusher"))
        batches.push(batch.length)
        names.push(...batch.map((event) => event.name))
        return Promise.resolve()
      },
      terminateUserConnections(userId: string) {
        if (state.failsToEnd) return Promise.reject(new Error("no Pusher"))
        state.ended.push(userId)
        return Promise.resolve()
      },
    } as unknown as Pusher,
  }
  return state
}

/** As a kick leaves it, and its id. */
async function writeEnd(userId: string): Promise<number> {
  const row = { partyId: night.party.id, version: 1, previous: 0, eventType: "connections-ended", channel: channelOf({ kind: "connections", userId }), data: {}, createdAt: house.clock.now() }
  return one(await night.runtime.db.insert(partyEvents).values(row).returning()).id
}

async function asOutbox(): Promise<OutboxEvent[]> {
  return (await night.events()).map((row) => ({
    id: row.id,
    channel: row.channel,
    name: row.eventType,
    version: row.version,
    previous: row.previous,
    payload: row.data,
  }))
}

async function eventIds(): Promise<number[]> {
  return (await night.runtime.db.select({ id: partyEvents.id }).from(partyEvents).orderBy(asc(partyEvents.id))).map(({ id }) => id)
}

async function unpublished(): Promise<number[]> {
  const rows = await night.runtime.db
    .select({ id: partyEvents.id })
    .from(partyEvents)
    .where(sql`${partyEvents.publishedAt} is null`)
    .orderBy(asc(partyEvents.id))
  return rows.map(({ id }) => id)
}
