import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { partyImposterRounds } from "@/db/schema/imposter"
import { callOffImposterRound, moveImposterRoundOn, startImposterRound } from "@/games/imposter/commands"
import { newestRound } from "@/games/imposter/queries"
import { deleteParty, endParty } from "@/party/commands"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { exportNight } from "./export-night"
import { runCommand } from "./run-command"

let house: House
let night: Night
let table: ReturnType<typeof imposterTable>

beforeAll(async () => void (house = await startHouse()))
beforeEach(async () => {
  night = await startParty({ house, guests: 5 })
  table = imposterTable(night)
})
afterAll(() => house.stop())

const minuteMs = 60_000

async function expectNothingDue(): Promise<void> {
  const before = await night.version()
  await table.tick()
  expect(await night.version()).toBe(before)
}

describe("what the host takes home", () => {
  it("[IMP-4] has the rounds that are over and nothing of the one that runs, and no round among the races", async () => {
    const { round } = await table.start()
    const word = await table.word()
    accepted(await night.host(callOffImposterRound, {}))
    await table.start()
    const { races, rounds, players } = accepted(await night.ask(night.hostClaims, exportNight))
    expect(races).toEqual([])
    expect(rounds).toMatchObject([{ id: round.roundId, round: 1, outcome: "CALLED_OFF", word }])
    expect(players.map(({ roundId }) => roundId)).toEqual(Array(5).fill(round.roundId))
    expect(players.filter(({ role }) => role === "IMPOSTER")).toHaveLength(1)
  })
})

describe("[IMP-18] deadlines fire with no browser open", () => {
  it("[IMP-8] the warning, the vote, the revote and the reveal follow each other", async () => {
    await table.start()
    house.clock.advance(4 * minuteMs - 1)
    await expectNothingDue()
    house.clock.advance(1)
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "ACTIVE", warnedAt: house.clock.now() })
    house.clock.advance(minuteMs - 1)
    await expectNothingDue()
    house.clock.advance(1)
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "VOTING", vote: 1 })
    house.clock.advance(60_000)
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "VOTING", vote: 2 })
    house.clock.advance(30_000)
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "REVEALED", outcome: "ESCAPED" })
    expect((await night.events()).map(({ eventType }) => eventType).filter((type) => type.startsWith("round"))).toEqual([
      "round-started",
      "round-changed",
      "round-changed",
      "round-changed",
      "round-revealed",
    ])
    await expectConserved(night)
  })

  it("after a restart, in a process that never saw the round", async () => {
    await table.start()
    await table.openVote()
    house.clock.advance(10 * minuteMs)
    await createDueWork(house.anotherProcess()).doDue()
    expect((await table.facts()).round).toMatchObject({ status: "VOTING", vote: 2 })
  })

  it("once, however many processes look at the clock", async () => {
    await table.start()
    await table.deal(["Ann"])
    await table.openVote()
    accepted(await table.vote("Bo", "Ann"))
    house.clock.advance(60_000)
    const processes = [night.runtime, house.anotherProcess(), house.anotherProcess()]
    await Promise.all(processes.map((runtime) => createDueWork(runtime).doDue()))
    expect((await table.facts()).round.outcome).toBe("CAUGHT")
    expect(await night.transfers("prize")).toHaveLength(1)
    expect((await night.events()).filter(({ eventType }) => eventType === "round-revealed")).toHaveLength(1)
  })

  it("in every party that is due, and in no other", async () => {
    const other = await startParty({ house, guests: 3 })
    await table.start()
    house.clock.advance(minuteMs)
    await imposterTable(other).start()
    house.clock.advance(4 * minuteMs)
    await table.tick()
    expect((await table.facts()).round.status).toBe("VOTING")
    expect((await imposterTable(other).facts()).round.status).toBe("ACTIVE")
  })
})

describe("[IMP-13] a party that is ended while a round runs", () => {
  it.each(["ACTIVE", "VOTING"])("calls off a round that is %s, once, and has nothing due afterwards", async (status) => {
    await table.start()
    await table.deal(["Ann"])
    if (status === "VOTING") await table.openVote()
    accepted(await night.host(endParty, {}))
    const processes = [night.runtime, house.anotherProcess()]
    await Promise.all(processes.map((runtime) => createDueWork(runtime).doDue()))
    expect((await table.facts()).round).toMatchObject({ status: "REVEALED", outcome: "CALLED_OFF", endedAt: house.clock.now() })
    expect((await night.events()).filter(({ eventType }) => eventType === "round-revealed")).toHaveLength(1)
    expect(await night.transfers("prize")).toEqual([])
    await expectNothingDue()
  })

  it("ends the guess, shows the word, and leaves the coins where they are", async () => {
    await table.start()
    await table.deal(["Ann"])
    await table.openVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    accepted(await night.host(endParty, {}))
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ outcome: "CAUGHT", endedAt: house.clock.now(), guess: null })
    expect(await night.transfers("prize")).toHaveLength(4)
  })

  it("[PTY-12] starts no other", async () => {
    accepted(await night.host(endParty, {}))
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(startImposterRound, {}))).toBe("party_ended")
    })
  })

  it("[PTY-15] a party deleted in the middle of a round takes it along", async () => {
    await table.start()
    await table.openVote()
    accepted(await table.vote("Ann", "Bo"))
    accepted(await night.host(deleteParty, {}))
    await table.tick()
    expect(await night.runtime.db.$count(partyImposterRounds, eq(partyImposterRounds.partyId, night.party.id))).toBe(0)
  })
})

describe("[IMP-10] the vote's last millisecond", () => {
  it("a vote and the clock at once: it is counted whole or refused whole", async () => {
    await table.start()
    await table.deal(["Ann"])
    await table.openVote()
    house.clock.advance(59_999)
    for (const voter of ["Bo", "Cy"]) accepted(await table.vote(voter, "Ann"))
    const late = table.vote("Di", "Ann")
    house.clock.advance(1)
    const [answer] = await Promise.all([late, table.tick(), createDueWork(house.anotherProcess()).doDue()])
    await table.tick()
    const { round, votes } = (await newestRound(night.runtime.db, night.party.id)) ?? expect.fail("no round")
    expect(round).toMatchObject({ status: "REVEALED", outcome: "CAUGHT" })
    const isCounted = votes.some(({ voterId }) => voterId === night.idOf("Di"))
    expect(isCounted).toBe(answer.ok)
    expect(await night.purse("Di")).toBe(answer.ok ? 1050 : 1000)
    await expectConserved(night)
  })

  it("everybody at once: the last vote closes it, and nobody is paid twice", async () => {
    await table.start()
    await table.deal(["Ann"])
    await table.openVote()
    const answers = await Promise.all([
      ...["Bo", "Cy", "Di", "Ed"].map((voter) => table.vote(voter, "Ann")),
      table.vote("Ann", "Bo"),
    ])
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect((await table.facts()).round.outcome).toBe("CAUGHT")
    expect(await Promise.all(["Ann", "Bo", "Cy", "Di", "Ed"].map(night.purse))).toEqual([1000, 1050, 1050, 1050, 1050])
    await expectConserved(night)
  })
})

describe("the clock's own door", () => {
  it("opens to no cookie: whatever a browser claims, it is not the clock", async () => {
    await table.start()
    house.clock.advance(10 * minuteMs)
    for (const claims of [night.hostClaims, night.claimsOf("Ann"), {}]) {
      await expectUntouched(night, async () => {
        expect(refusedWith(await runCommand(night.runtime, moveImposterRoundOn, { claims }, {}))).toBe("not_signed_in")
      })
    }
  })
})
