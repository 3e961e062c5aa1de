import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { placeBet } from "@/betting/commands"
import { CommitOutcomeUnknown } from "@/db/transaction"
import { createRace, submitLapTime } from "@/games/racing/commands"
import { endParty, grantCoins, kickGuest, renameGuest } from "@/party/commands"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night, type Runtime } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { runCommand } from "./run-command"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

const tap = (number: number) => `tap-0123456789abcdef-${number}`

describe("[PTY-14] the same tap", () => {
  it("sent ten times at once, through two processes, acts once; all ten hear the same answer", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann"])
    const processes: Runtime[] = [house.runtime, house.anotherProcess()]
    const input = { targetUserId: night.idOf("Ann"), amount: 100 }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        runCommand(processes[index % 2] ?? house.runtime, placeBet, { claims: night.claimsOf("Bo"), requestId: tap(1) }, input),
      ),
    )
    const first = accepted(answers[0] ?? answers[1]!)
    for (const answer of answers) expect(accepted(answer)).toEqual(first)
    expect(await night.betsOf("Bo")).toHaveLength(1)
    expect(await night.purse("Bo")).toBe(900)
    expect((await night.events()).filter((event) => event.eventType === "bet-placed")).toHaveLength(1)
    await expectConserved(night)
  })

  it("sent again after everything changed still gets its first answer, and changes nothing", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    const first = accepted(await night.bet("Bo", "Ann", 100, tap(2)))
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    expect(accepted(await expectUntouched(night, () => night.bet("Bo", "Ann", 100, tap(2))))).toEqual(first)
  })

  it("with other words is still the same tap: the first one counts", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann", "Bo"])
    const first = accepted(await night.bet("Bo", "Ann", 100, tap(3)))
    expect(accepted(await night.bet("Bo", "Bo", 400, tap(3)))).toEqual(first)
    expect(await night.purse("Bo")).toBe(900)
  })

  it("for another command is refused", async () => {
    const night = await startParty({ house, guests: 1 })
    accepted(await night.host(grantCoins, { guestId: night.idOf("Ann"), amount: 5 }, tap(4)))
    const answer = await expectUntouched(night, () => night.host(renameGuest, { guestId: night.idOf("Ann"), name: "Anna" }, tap(4)))
    expect(refusedWith(answer)).toBe("input_invalid")
  })

  it("that was refused may be sent again and is decided anew", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.planRace(["Ann"])
    expect(refusedWith(await night.bet("Bo", "Ann", 100, tap(5)))).toBe("betting_closed")
    const { openBetting } = await import("@/games/racing/commands")
    accepted(await night.host(openBetting, { gameId }))
    expect(accepted(await night.bet("Bo", "Ann", 100, tap(5))).walletBalance).toBe(900)
  })

  it("of one guest means nothing for another: it yields neither their answer nor a refusal", async () => {
    const night = await startParty({ house, guests: 3 })
    await night.openRace(["Ann"])
    const bos = accepted(await night.bet("Bo", "Ann", 100, tap(6)))
    const cys = accepted(await night.bet("Cy", "Ann", 30, tap(6)))
    expect(cys.betId).not.toBe(bos.betId)
    expect(cys.walletBalance).toBe(970)
    expect(accepted(await night.bet("Bo", "Ann", 100, tap(6)))).toEqual(bos)
  })

  it("in two parties is two taps", async () => {
    const [one, two] = [await startParty({ house, guests: 1 }), await startParty({ house, guests: 1 })]
    const races = [await one.host(createRace, {}, tap(7)), await two.host(createRace, {}, tap(7))].map(accepted)
    expect(races[0]?.gameId).not.toBe(races[1]?.gameId)
  })

  it("of a kicked guest is refused like everything else of theirs", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 100, tap(8)))
    accepted(await night.host(kickGuest, { guestId: night.idOf("Bo") }))
    expect(refusedWith(await night.bet("Bo", "Ann", 100, tap(8)))).toBe("kicked")
  })

  it("at the door, five at once: one seat, one PIN, a thousand coins once", async () => {
    const night = await startParty({ house })
    const answers = await Promise.all(Array.from({ length: 5 }, () => night.knock("Eve", tap(9))))
    const seats = answers.map((answer) => accepted(answer).user)
    expect(new Set(seats.map((seat) => seat.id)).size).toBe(1)
    expect(new Set(seats.map((seat) => seat.pinCode)).size).toBe(1)
    expect(await night.transfers("door")).toHaveLength(1)
    expect((await night.events()).filter((event) => event.eventType === "user-joined")).toHaveLength(1)
    expect(accepted(await night.knock("Eve", tap(10))).user.name).toBe("Eve 2")
  })

  it("at the door of an ended party is refused", async () => {
    const night = await startParty({ house })
    accepted(await night.knock("Eve", tap(11)))
    accepted(await night.host(endParty, {}))
    expect(refusedWith(await night.knock("Eve", tap(11)))).toBe("party_ended")
  })

  it("a lap sent twice is one lap", async () => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await night.openRace(["Ann"])
    const lap = { driverId: night.idOf("Ann"), timeText: "90", gameId }
    const laps = await Promise.all([night.host(submitLapTime, lap, tap(12)), night.host(submitLapTime, lap, tap(12))])
    expect(laps.map((answer) => accepted(answer).lapId)[0]).toBe(laps.map((answer) => accepted(answer).lapId)[1])
    expect(await night.lapsOf(gameId)).toHaveLength(1)
  })

  it("whose commit was never answered is tried again and acts once; without an id it is not tried again", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann"])
    const input = { targetUserId: night.idOf("Ann"), amount: 100 }
    const claims = night.claimsOf("Bo")
    accepted(await runCommand(losingFirstCommit(night), placeBet, { claims, requestId: tap(13) }, input))
    expect(await night.purse("Bo")).toBe(900)
    await expect(runCommand(losingFirstCommit(night), placeBet, { claims }, input)).rejects.toThrow(CommitOutcomeUnknown)
    // It did happen; nobody was told twice, and the event waits in the outbox.
    expect(await night.purse("Bo")).toBe(800)
    await expectConserved(night)
    const before = night.published.length
    house.clock.advance(5_000)
    await createDueWork(night.runtime).doDue()
    const told = night.published.slice(before).filter((event) => event.name === "bet-placed")
    expect(told.length).toBeGreaterThanOrEqual(1)
  })

  it("is forgotten after a day", async () => {
    const night = await startParty({ house, guests: 1 })
    accepted(await night.host(createRace, {}, tap(14)))
    house.clock.advance(25 * 60 * 60 * 1000)
    await createDueWork(night.runtime).doDue()
    const { gameId } = accepted(await night.host(createRace, {}, tap(14)))
    expect(accepted(await night.host(createRace, {}, tap(14))).gameId).toBe(gameId)
    const { unfinishedRaces } = await import("@/games/racing/queries")
    expect(await unfinishedRaces(night.runtime.db, night.party.id)).toHaveLength(2)
  })
})

/** A process whose line breaks in the moment of its first commit: the server has it, the process does not know. */
function losingFirstCommit(night: Night): Runtime {
  let isFirst = true
  const { db } = night.runtime
  const losing: typeof db.transaction = async (run, config) => {
    const value = await db.transaction(run, config)
    if (!isFirst) return value
    isFirst = false
    throw new CommitOutcomeUnknown("the connection was lost while committing")
  }
  const lossy = new Proxy(db, { get: (target, key) => (key === "transaction" ? losing : (Reflect.get(target, key) as unknown)) })
  return { ...night.runtime, db: lossy }
}
