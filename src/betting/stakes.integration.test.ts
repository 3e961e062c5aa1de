import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { addDriverWithoutPhone, createRace, removeDriver, setDnf, startRace, voidLap } from "@/games/racing/commands"
import { changeSettings } from "@/party/commands"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { placeBet } from "./commands"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

describe("a stake that is no stake", () => {
  let night: Night
  beforeAll(async () => {
    night = await startParty({ house, guests: 3 })
    await night.openRace(["Ann", "Bo"])
  })

  it.each([
    ["zero", 0],
    ["negative", -100],
    ["a fraction", 0.5],
    ["more than the ledger can hold", 2 ** 31],
    ["beyond exact integers", 2 ** 53 + 1],
    ["1e308", 1e308],
    ["text", "100"],
    ["text that smells of SQL", "100; update party_users set wallet_balance = 9"],
    ["NaN", Number.NaN],
    ["infinite", Number.POSITIVE_INFINITY],
    ["minus infinite", Number.NEGATIVE_INFINITY],
    ["null", null],
    ["nothing", undefined],
    ["an object", { valueOf: () => 100 }],
    ["a list", [100]],
    ["true", true],
    ["a big integer", 100n],
  ])("[BET-3] %s is refused and changes nothing", async (_what, amount) => {
    const code = await expectUntouched(night, async () => refusedWith(await night.bet("Cy", "Ann", amount)))
    expect(["input_invalid", "stake_over_limit"]).toContain(code)
  })

  it.each([["nothing", undefined], ["null", null], ["text", "bet"], ["a list", []], ["a number", 7]])(
    "[BET-3] %s instead of a bet is refused",
    async (_what, input) => {
      expect(await expectUntouched(night, async () => refusedWith(await night.guest("Cy", placeBet, input)))).toBe("input_invalid")
    },
  )

  it("[BET-3] the limit and the purse are inclusive, one coin more is refused", async () => {
    accepted(await night.host(changeSettings, { stakeLimitCoins: 700 }))
    expect(refusedWith(await night.bet("Cy", "Ann", 701))).toBe("stake_over_limit")
    expect(accepted(await night.bet("Cy", "Ann", 700))).toMatchObject({ walletBalance: 300 })
    expect(refusedWith(await night.bet("Cy", "Ann", 301))).toBe("insufficient_funds")
    expect(accepted(await night.bet("Cy", "Ann", 300))).toMatchObject({ walletBalance: 0 })
    expect(refusedWith(await night.bet("Cy", "Ann", 1))).toBe("insufficient_funds")
    await expectConserved(night)
  })
})

describe("a target that is no target", () => {
  let night: Night
  let raceOfOthers: string
  let others: Night
  beforeAll(async () => {
    night = await startParty({ house, guests: 3 })
    others = await startParty({ house, names: ["Zoe", "Yan"] })
    raceOfOthers = await others.openRace(["Zoe"])
    await night.openRace(["Ann"])
  })

  it.each([
    ["a guest who does not drive", () => ({ targetUserId: night.idOf("Bo") }), "target_not_in_race"],
    ["the guest themself, who does not drive", () => ({ targetUserId: night.idOf("Cy") }), "target_not_in_race"],
    ["a driver of another party", () => ({ targetUserId: others.idOf("Zoe") }), "target_not_in_race"],
    ["nobody at all", () => ({ targetUserId: randomUUID() }), "target_not_in_race"],
    ["a race of another party", () => ({ targetUserId: others.idOf("Zoe"), gameId: raceOfOthers }), "betting_closed"],
    ["a race that does not exist", () => ({ targetUserId: night.idOf("Ann"), gameId: randomUUID() }), "betting_closed"],
    ["no id", () => ({ targetUserId: "ann" }), "input_invalid"],
    ["an id with more behind it", () => ({ targetUserId: `${night.idOf("Ann")}' or true --` }), "input_invalid"],
    ["null", () => ({ targetUserId: null }), "input_invalid"],
    ["a race that is no id", () => ({ targetUserId: night.idOf("Ann"), gameId: "race" }), "input_invalid"],
  ])("[BET-4] %s is refused and changes nothing", async (_what, target, code) => {
    const answer = await expectUntouched(night, () => night.guest("Cy", placeBet, { ...target(), amount: 100 }))
    expect(refusedWith(answer)).toBe(code)
  })

  it("[BET-4] a bettor named in the input is ignored: the subject comes from the seal", async () => {
    const input = { targetUserId: night.idOf("Ann"), amount: 10, bettorId: night.idOf("Bo"), partyId: others.party.id }
    accepted(await night.guest("Cy", placeBet, input))
    expect(await night.purse("Cy")).toBe(990)
    expect(await night.purse("Bo")).toBe(1000)
  })

  it("[BET-4] backing oneself is the party's choice", async () => {
    expect(accepted(await night.bet("Ann", "Ann", 10))).toMatchObject({ walletBalance: 990 })
    accepted(await night.host(changeSettings, { isSelfBettingOn: false }))
    expect(await expectUntouched(night, async () => refusedWith(await night.bet("Ann", "Ann", 10)))).toBe("self_bet_off")
  })

  it("[BET-4] a driver of the other race of the same party is found there, and refused for this one", async () => {
    const { gameId: second } = accepted(await night.host(createRace, {}))
    accepted(await night.host(addDriverWithoutPhone, { gameId: second, name: "Old Tom" }))
    const first = (await night.betsOf("Ann"))[0]?.gameId
    const bo = night.idOf("Bo")
    expect(refusedWith(await night.guest("Cy", placeBet, { targetUserId: bo, amount: 1, gameId: first }))).toBe("target_not_in_race")
    expect(refusedWith(await night.guest("Cy", placeBet, { targetUserId: night.idOf("Ann"), amount: 1, gameId: second }))).toBe("betting_closed")
  })

  it("[RAC-7] a backed driver cannot be taken out of the race", async () => {
    const gameId = (await night.betsOf("Ann"))[0]?.gameId
    const answer = await expectUntouched(night, () => night.host(removeDriver, { gameId, driverId: night.idOf("Ann") }))
    expect(refusedWith(answer)).toBe("driver_has_bets")
  })
})

describe("when a bet is taken", () => {
  it("[BET-1] [BET-2] only between opening and the green flag", async () => {
    const night = await startParty({ house, guests: 2 })
    expect(refusedWith(await night.bet("Bo", "Ann", 10))).toBe("betting_closed")
    const gameId = await night.planRace(["Ann"])
    expect(refusedWith(await night.bet("Bo", "Ann", 10))).toBe("betting_closed")
    const { openBetting } = await import("@/games/racing/commands")
    accepted(await night.host(openBetting, { gameId }))
    accepted(await night.bet("Bo", "Ann", 10))
    accepted(await night.host(startRace, { gameId }))
    expect(await expectUntouched(night, async () => refusedWith(await night.bet("Bo", "Ann", 10)))).toBe("betting_closed")
    await night.lap("Ann", "90")
    accepted(await night.settle(gameId))
    const late = { targetUserId: night.idOf("Ann"), amount: 10, gameId }
    expect(refusedWith(await night.guest("Bo", placeBet, late))).toBe("betting_closed")
  })

  it("[BET-15] nothing can be staked on a race that was called off, and all stakes are back", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 10))
    accepted(await night.bet("Cy", "Ann", 500))
    accepted(await night.callOff(gameId))
    const late = { targetUserId: night.idOf("Ann"), amount: 10, gameId }
    expect(await expectUntouched(night, async () => refusedWith(await night.guest("Bo", placeBet, late)))).toBe("betting_closed")
    expect([await night.purse("Bo"), await night.purse("Cy")]).toEqual([1000, 1000])
    expect((await night.betsOf("Bo")).map(({ status, payout }) => ({ status, payout }))).toEqual([{ status: "REFUNDED", payout: 10 }])
    await expectConserved(night)
  })

  it("[BET-5] a guest may hold several bets, also on different drivers", async () => {
    const night = await startParty({ house, guests: 3 })
    await night.openRace(["Ann", "Bo"])
    for (const target of ["Ann", "Bo", "Ann"]) accepted(await night.bet("Cy", target, 100))
    expect(await night.betsOf("Cy")).toHaveLength(3)
    expect(await night.purse("Cy")).toBe(700)
  })
})

describe("parallel taps on one purse", () => {
  it("[WAL-3] [BET-3] twenty bets of 300 at once: three fit into 1000 coins", async () => {
    const night = await startParty({ house, guests: 2 })
    await night.openRace(["Ann"])
    const answers = await Promise.all(Array.from({ length: 20 }, () => night.bet("Bo", "Ann", 300)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3)
    for (const answer of answers.filter((answer) => !answer.ok)) expect(refusedWith(answer)).toBe("insufficient_funds")
    expect(await night.purse("Bo")).toBe(100)
    await expectConserved(night)
  })

  it("[BET-11] [BET-12] five hosts wave the chequered flag at once: one settles, nobody is paid twice", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 100))
    accepted(await night.lap("Ann", "90"))
    const answers = await Promise.all(Array.from({ length: 5 }, () => night.settle(gameId)))
    expect(answers.map((answer) => (answer.ok ? "settled" : answer.refusal.code)).sort()).toEqual([
      ...Array.from({ length: 4 }, () => "already_settled"),
      "settled",
    ])
    expect(await night.purse("Bo")).toBe(1100)
    expect(await night.transfers("payout")).toHaveLength(1)
    expect(await expectUntouched(night, async () => refusedWith(await night.settle(gameId)))).toBe("already_settled")
    await expectConserved(night)
  })

  it("[BET-12] [BET-15] settling and calling off at once: one of them happens, whole", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 100))
    accepted(await night.lap("Ann", "90"))
    const [settled, calledOff] = await Promise.all([night.settle(gameId), night.callOff(gameId)])
    expect([settled.ok, calledOff.ok].filter(Boolean)).toHaveLength(1)
    expect(await night.purse("Bo")).toBe(settled.ok ? 1100 : 1000)
    await expectConserved(night)
  })
})

describe("settling", () => {
  it("[BET-14] without a lap time it is refused, and the host may call the race off instead", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 100))
    expect(refusedWith(await night.settle(gameId))).toBe("race_step_not_allowed")
    accepted(await night.host(startRace, { gameId }))
    expect(await expectUntouched(night, async () => refusedWith(await night.settle(gameId)))).toBe("no_lap_times")
    const { lapId } = accepted(await night.lap("Ann", "90"))
    accepted(await night.host(voidLap, { lapId, reason: "cut" }))
    expect(refusedWith(await night.settle(gameId))).toBe("no_lap_times")
    accepted(await night.lap("Ann", "91"))
    accepted(await night.host(setDnf, { gameId, driverId: night.idOf("Ann"), isDnf: true }))
    expect(refusedWith(await night.settle(gameId))).toBe("no_lap_times")
    accepted(await night.callOff(gameId))
    expect(await night.purse("Bo")).toBe(1000)
    await expectConserved(night)
  })

  it("[BET-8] [BET-10] a shared pool: live odds move, payouts round down, the breakage goes to the house", async () => {
    const night = await startParty({ house, guests: 4 })
    const gameId = await night.openRace(["Ann", "Bo"], "PARIMUTUEL")
    accepted(await night.bet("Ann", "Ann", 1))
    accepted(await night.bet("Cy", "Ann", 2))
    const { market } = accepted(await night.bet("Di", "Bo", 7))
    expect(market.selections.map((s) => [s.targetName, s.multiplierHundredths])).toEqual([["Ann", 333], ["Bo", 142]])
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    expect([await night.purse("Ann"), await night.purse("Cy"), await night.purse("Di")]).toEqual([1002, 1004, 993])
    expect((await night.transfers("house_take")).map((t) => t.amount)).toEqual([1])
    await expectConserved(night)
  })

  it("[BET-9] a shared pool with nobody on the winner goes back to where it came from", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann", "Bo"], "PARIMUTUEL")
    accepted(await night.bet("Cy", "Bo", 70))
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    expect(await night.purse("Cy")).toBe(1000)
    expect((await night.betsOf("Cy"))[0]).toMatchObject({ status: "REFUNDED", payout: 70 })
    await expectConserved(night)
  })

  it("[BET-6] the odds mode stays what it was when betting opened", async () => {
    const night = await startParty({ house, guests: 2 })
    const { openBetting } = await import("@/games/racing/commands")
    const gameId = await night.openRace(["Ann"], "PARIMUTUEL")
    expect(refusedWith(await night.host(openBetting, { gameId, oddsMode: "FIXED" }))).toBe("race_step_not_allowed")
    expect(accepted(await night.bet("Bo", "Ann", 5)).market.oddsMode).toBe("PARIMUTUEL")
  })

  it("[BET-11] tells the party what was paid, and each winner alone what is theirs", async () => {
    const night = await startParty({ house, guests: 4 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 100))
    accepted(await night.bet("Cy", "Bo", 50))
    accepted(await night.bet("Di", "Bo", 30))
    accepted(await night.lap("Ann", "90"))
    const before = (await night.events()).length
    accepted(await night.settle(gameId))
    const told = (await night.events()).slice(before).map(({ channel, eventType, data }) => ({ channel, eventType, data }))
    expect(told.map(({ channel, eventType }) => [channel, eventType]).sort()).toEqual(
      [
        [`private-betting@${night.party.id}`, "bets-settled"],
        [`private-guest@${night.idOf("Cy")}`, "bet-won"],
        [`private-sim-racing@${night.party.id}`, "race-changed"],
      ].sort(),
    )
    expect(told.find(({ eventType }) => eventType === "bet-won")?.data).toMatchObject({ payout: 200, walletBalance: 1050, targetName: "Ann" })
    expect(told.find(({ eventType }) => eventType === "bets-settled")?.data).toMatchObject({
      winnerId: night.idOf("Ann"),
      topPayouts: [{ guestId: night.idOf("Cy"), name: "Cy", payout: 200 }],
    })
  })
})
