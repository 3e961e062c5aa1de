import { randomUUID } from "node:crypto"
import { isNull } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { partyEvents } from "@/db/schema/party"
import { isSessionOver } from "@/games/quipflip/session-over"
import { imposterTable } from "@/testing/imposter-table"
import { startQuipflip } from "@/testing/quipflip-table"
import { accepted, expectConserved, refusedWith, startHouse, startParty, type House, type Night, type Runtime } from "@/testing/start-party"
import { createDueWork } from "./due-work"

const hourMs = 60 * 60 * 1000

let house: House
let night: Night
let processes: Runtime[]

beforeEach(async () => {
  house = await startHouse()
  night = await startParty({ house, guests: 6 })
  processes = [house.runtime, house.anotherProcess(), house.anotherProcess()]
})
afterEach(() => house.stop())

/** Three processes look at the clock at the same time, each so many times. */
async function everybodyLooks(looks = 3): Promise<void> {
  await Promise.all(
    processes.map(async (process) => {
      const dueWork = createDueWork(process)
      for (let look = 0; look < looks; look++) await dueWork.doDue()
    }),
  )
}

describe.each([
  ["forward", hourMs],
  ["back", -hourMs],
])("the clock jumps an hour %s while everything runs", (_direction, jumpMs) => {
  it("[IMP-18] [QF-S11] [PTY-14] and right again: no bet is lost or paid twice, the games end, every event is announced", async () => {
    const gameId = await night.openRace(["Ann", "Bo"])
    const table = imposterTable(night)
    const quipflip = await startQuipflip(night, { players: ["Ann", "Bo", "Cy"] })
    await table.start()
    const taps = ["Cy", "Di", "Ed"].map((name) => ({ name, requestId: randomUUID() }))
    const tap = ({ name, requestId }: (typeof taps)[number]) => night.bet(name, "Ann", 100, requestId)
    const first = await Promise.all(taps.map(tap))
    first.map(accepted)
    const purses = () => Promise.all(taps.map(({ name }) => night.purse(name)))
    const before = await purses()

    house.clock.advance(jumpMs)
    await everybodyLooks()
    expect(await Promise.all(taps.map(tap))).toEqual(first)
    expect(await purses()).toEqual(before)
    accepted(await night.bet("Flo", "Bo", 50))
    accepted(await night.lap("Ann", "1:20.000", gameId))
    accepted(await night.lap("Bo", "1:21.000", gameId))
    accepted(await night.settle(gameId))
    const paid = await purses()
    await everybodyLooks()

    house.clock.advance(-jumpMs)
    await everybodyLooks()
    expect(refusedWith(await night.settle(gameId))).toBe("already_settled")
    expect(await Promise.all(taps.map(tap))).toEqual(first)
    expect(await purses()).toEqual(paid)
    await expectConserved(night)

    // Whatever deadlines the jump has made, the evening comes to its end within the hour it was wrong by.
    const isOver = async () => (await table.facts()).round.status === "REVEALED" && isSessionOver(await quipflip.status())
    for (let minutes = 0; minutes < 75 && !(await isOver()); minutes += 1) {
      house.clock.advance(60_000)
      await everybodyLooks(1)
    }
    expect(await isOver()).toBe(true)
    house.clock.advance(5_000)
    await everybodyLooks()
    expect(await night.runtime.db.select().from(partyEvents).where(isNull(partyEvents.publishedAt))).toEqual([])
    await expectConserved(night)
    const versions = (await night.events()).map(({ version }) => version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
  }, 60_000)
})
