import { afterEach, describe, expect, it } from "vitest"
import { accepted, expectConserved, refusedWith, startParty, type Night } from "@/testing/start-party"
import { resettleRace } from "@/games/racing/settle-commands"
import { voidLap } from "@/games/racing/commands"

let night: Night
afterEach(() => night.stop())

describe("an evening through the command layer", () => {
  it("[BET-11] [RAC-4] [WAL-1] bets are taken, laps start the race, the winner's backers are paid", async () => {
    night = await startParty({ guests: 4 })
    const race = await night.openRace(["Ann", "Bo"])
    expect(accepted(await night.bet("Cy", "Ann", 100))).toMatchObject({ walletBalance: 900 })
    accepted(await night.bet("Di", "Bo", 250))
    accepted(await night.lap("Bo", "1:25.000"))
    expect(refusedWith(await night.bet("Cy", "Ann", 1))).toBe("betting_closed")
    accepted(await night.lap("Ann", "84.5"))
    expect(accepted(await night.settle(race))).toMatchObject({ winnerName: "Ann" })
    expect(await night.purse("Cy")).toBe(1100)
    expect(await night.purse("Di")).toBe(750)
    await expectConserved(night)
    expect(refusedWith(await night.settle(race))).toBe("already_settled")
    expect(await night.purse("Cy")).toBe(1100)
  })

  it("[BET-13] a corrected lap is settled again and the books still balance", async () => {
    night = await startParty({ guests: 4 })
    const race = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 100))
    accepted(await night.bet("Di", "Bo", 250))
    accepted(await night.lap("Bo", "1:25.000"))
    const { lapId } = accepted(await night.lap("Ann", "84.5"))
    accepted(await night.settle(race))
    expect(refusedWith(await night.host(resettleRace, { gameId: race }))).toBe("nothing_to_resettle")
    accepted(await night.host(voidLap, { lapId, reason: "cut the corner" }))
    expect(accepted(await night.host(resettleRace, { gameId: race }))).toMatchObject({ winnerName: "Bo" })
    expect(await night.purse("Cy")).toBe(900)
    expect(await night.purse("Di")).toBe(1250)
    await expectConserved(night)
  })

  it("[PTY-14] the same tap sent twice acts once and gets the same answer", async () => {
    night = await startParty({ guests: 2 })
    await night.openRace(["Ann"])
    const tap = "tap-0123456789abcdef"
    const first = accepted(await night.bet("Bo", "Ann", 100, tap))
    expect(accepted(await night.bet("Bo", "Ann", 100, tap))).toEqual(first)
    expect(await night.purse("Bo")).toBe(900)
  })

  it("a refused command leaves no trace: no version, no event, no coin", async () => {
    night = await startParty({ guests: 2 })
    await night.openRace(["Ann"])
    const before = { version: await night.version(), events: night.published.length }
    expect(refusedWith(await night.bet("Bo", "Ann", 501))).toBe("stake_over_limit")
    expect({ version: await night.version(), events: night.published.length }).toEqual(before)
    await expectConserved(night)
  })

  it("events carry the version of the one before them on their channel", async () => {
    night = await startParty({ guests: 3 })
    await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 10))
    accepted(await night.lap("Ann", "90"))
    const last = new Map<string, number>()
    for (const event of night.published) {
      expect(event.previous).toBe(last.get(event.channel) ?? 0)
      last.set(event.channel, event.version)
    }
  })
})
