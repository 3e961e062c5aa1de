import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { partyUsers } from "@/db/schema/party"
import { ledgerTransfers } from "@/db/schema/wallet"
import { SQL_STATE, sqlState } from "@/db/sql-state"
import { voidLap } from "@/games/racing/commands"
import { currentGuest, receipt } from "@/party/queries"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { house as bank, walletOf, type Account } from "./accounts"
import { imbalancesOf } from "./conservation"
import { transfer, type Transfer } from "./steps"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

const move = (from: Account, to: Account, amount: number, idempotencyKey: string): Transfer => ({
  from,
  to,
  amount,
  category: "grant",
  cause: "test",
  note: "Test",
  idempotencyKey,
})
const moving = (night: Night, ...transfers: Transfer[]) =>
  night.runtime.db.transaction((tx) => transfer(tx, night.party.id, house.clock.now(), transfers))

describe("the ledger", () => {
  it("[WAL-2] several transfers of one purse in one go are one balance", async () => {
    const night = await startParty({ house, guests: 2 })
    const [ann, bo] = [walletOf(night.idOf("Ann")), walletOf(night.idOf("Bo"))]
    const balances = await moving(night, move(ann, bo, 300, "1"), move(bo, ann, 50, "2"), move(bank, ann, 7, "3"))
    expect(new Map(balances.map((b) => [b.guestId, b.walletBalance]))).toEqual(new Map([[night.idOf("Ann"), 757], [night.idOf("Bo"), 1250]]))
    await expectConserved(night)
  })

  it("[WAL-5] of one instant the receipt has what came in before what it paid for", async () => {
    const night = await startParty({ house, guests: 1 })
    const ann = walletOf(night.idOf("Ann"))
    house.clock.advance(1)
    const loans = Array.from({ length: 8 }, (_, place) => move(bank, ann, 10, `loan ${place}`))
    await moving(night, ...loans.flatMap((loan, place) => [move(ann, bank, 10, `fee ${place}`), loan]))
    const { lines } = accepted(await night.ask(night.claimsOf("Ann"), receipt))
    expect(lines.map(({ walletCoins }) => walletCoins)).toEqual([...Array<number>(8).fill(-10), ...Array<number>(8).fill(10), 1000])
  })

  it("[WAL-3] the database itself refuses a purse below zero, whole", async () => {
    const night = await startParty({ house, guests: 2 })
    const tooMuch = () => moving(night, move(bank, walletOf(night.idOf("Bo")), 5, "1"), move(walletOf(night.idOf("Ann")), bank, 1001, "2"))
    const error = await expectUntouched(night, () => tooMuch().then(() => undefined, (reason: unknown) => reason))
    expect(sqlState(error)).toBe(SQL_STATE.checkViolation)
  })

  it.each([0, -5])("[WAL-1] a transfer of %s coins is refused by the database", async (amount) => {
    const night = await startParty({ house, guests: 1 })
    const error = await expectUntouched(night, () =>
      moving(night, move(bank, walletOf(night.idOf("Ann")), amount, "1")).then(() => undefined, (reason: unknown) => reason),
    )
    expect(sqlState(error)).toBe(SQL_STATE.checkViolation)
  })

  it("[WAL-4] the same key moves coins once: again, in the same go, and at the same moment", async () => {
    const night = await startParty({ house, guests: 1 })
    const ann = walletOf(night.idOf("Ann"))
    await moving(night, move(bank, ann, 10, "gift"))
    expect(await expectUntouched(night, () => moving(night, move(bank, ann, 10, "gift")))).toEqual([])
    await moving(night, move(bank, ann, 5, "twice"), move(bank, ann, 5, "twice"))
    await Promise.all(Array.from({ length: 8 }, () => moving(night, move(bank, ann, 3, "race"))))
    expect(await night.purse("Ann")).toBe(1018)
    await expectConserved(night)
  })

  it("[WAL-4] a key belongs to its party", async () => {
    const [one, two] = [await startParty({ house, guests: 1 }), await startParty({ house, guests: 1 })]
    for (const night of [one, two]) await moving(night, move(bank, walletOf(night.idOf("Ann")), 10, "gift"))
    expect([await one.purse("Ann"), await two.purse("Ann")]).toEqual([1010, 1010])
  })

  it("[WAL-1] [WAL-2] the law of money notices a cooked balance, a lost row and a purse nobody has", async () => {
    const night = await startParty({ house, guests: 2 })
    const { db } = night.runtime
    expect(await imbalancesOf(db, night.party.id)).toEqual([])
    await db.update(partyUsers).set({ walletBalance: 1001 }).where(eq(partyUsers.id, night.idOf("Ann")))
    expect((await imbalancesOf(db, night.party.id)).map(({ what }) => what)).toContain(walletOf(night.idOf("Ann")))
    await db.update(partyUsers).set({ walletBalance: 1000 }).where(eq(partyUsers.id, night.idOf("Ann")))
    await db.execute(sql`delete from ${ledgerTransfers} where to_account = ${walletOf(night.idOf("Bo"))}`)
    expect((await imbalancesOf(db, night.party.id)).length).toBeGreaterThan(0)
  })
})

describe("a grant", () => {
  it("[WAL-8] comes from the house with its reason on the receipt", async () => {
    const night = await startParty({ house, guests: 2 })
    expect(accepted(await night.grant("Ann", 250, "Best hat"))).toMatchObject({ walletBalance: 1250 })
    expect(await night.transfers("grant")).toMatchObject([{ fromAccount: "house", toAccount: walletOf(night.idOf("Ann")), amount: 250, note: "Best hat" }])
    await expectConserved(night)
  })

  it.each([0, -1, 0.5, 100_001, Number.NaN, Number.POSITIVE_INFINITY, "5", null, undefined])("[WAL-8] of %s is refused", async (amount) => {
    const night = await startParty({ house, guests: 1 })
    expect(refusedWith(await expectUntouched(night, () => night.grant("Ann", amount)))).toBe("input_invalid")
  })

  it("[WAL-8] of the most there is goes through, and twice is two grants", async () => {
    const night = await startParty({ house, guests: 1 })
    accepted(await night.grant("Ann", 100_000))
    expect(accepted(await night.grant("Ann", 100_000)).walletBalance).toBe(201_000)
  })
})

describe("a corrected result", () => {
  it("[WAL-6] [WAL-7] what the purse cannot give back is owed, shown, and repaid first by what comes in", async () => {
    const night = await inDebt()
    expect(await night.purse("Cy")).toBe(0)
    expect(await owedBy(night)).toBe(500)
    const lines = accepted(await night.ask(night.claimsOf("Cy"), receipt)).lines
    expect(lines.reduce((sum, line) => sum + line.walletCoins, 0)).toBe(0)
    expect(lines.reduce((sum, line) => sum + line.owedCoins, 0)).toBe(500)
    expect(lines.find((line) => line.category === "debt")).toMatchObject({ walletCoins: 0, owedCoins: 500 })

    expect(accepted(await night.grant("Cy", 200)).walletBalance).toBe(0)
    expect(await owedBy(night)).toBe(300)
    expect(accepted(await night.grant("Cy", 450)).walletBalance).toBe(150)
    expect(await owedBy(night)).toBe(0)
    expect(accepted(await night.grant("Cy", 50)).walletBalance).toBe(200)
    await expectConserved(night)
  })

  it("[WAL-7] a payout repays as well", async () => {
    const night = await inDebt()
    accepted(await night.grant("Cy", 600))
    expect(await owedBy(night)).toBe(0)
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Cy", "Ann", 100))
    accepted(await night.lap("Ann", "90", gameId))
    accepted(await night.settle(gameId))
    expect(await night.purse("Cy")).toBe(200)
    await expectConserved(night)
  })

  it("[WAL-6] who owes cannot stake what the house would get", async () => {
    const night = await inDebt()
    await night.openRace(["Ann"])
    expect(refusedWith(await night.bet("Cy", "Ann", 1))).toBe("insufficient_funds")
  })

  it("[BET-13] corrected back and forth, everybody ends where the last result puts them", async () => {
    const night = await startParty({ house, guests: 4 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 400))
    accepted(await night.bet("Di", "Bo", 300))
    const { lapId } = accepted(await night.lap("Ann", "80"))
    accepted(await night.lap("Bo", "81"))
    accepted(await night.settle(gameId))
    const { restoreLap } = await import("@/games/racing/commands")
    for (let time = 0; time < 3; time++) {
      accepted(await night.host(voidLap, { lapId, reason: "cut" }))
      accepted(await night.resettle(gameId))
      expect([await night.purse("Cy"), await night.purse("Di")]).toEqual([600, 1300])
      accepted(await night.host(restoreLap, { lapId }))
      accepted(await night.resettle(gameId))
      expect([await night.purse("Cy"), await night.purse("Di")]).toEqual([1400, 700])
      await expectConserved(night)
    }
    expect(refusedWith(await expectUntouched(night, () => night.resettle(gameId)))).toBe("nothing_to_resettle")
  })

  /** Cy won 1000 by a lap that was cut, lost half of it, and then the first result was corrected. */
  async function inDebt(): Promise<Night> {
    const night = await startParty({ house, guests: 3 })
    const first = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 500))
    const { lapId } = accepted(await night.lap("Ann", "80", first))
    accepted(await night.lap("Bo", "81", first))
    accepted(await night.settle(first))
    const second = await night.openRace(["Ann", "Bo"])
    for (let bet = 0; bet < 2; bet++) accepted(await night.bet("Cy", "Ann", 500))
    accepted(await night.lap("Bo", "80", second))
    accepted(await night.settle(second))
    expect(await night.purse("Cy")).toBe(500)
    accepted(await night.host(voidLap, { lapId, reason: "cut" }))
    accepted(await night.resettle(first))
    return night
  }

  const owedBy = async (night: Night) => accepted(await night.ask(night.claimsOf("Cy"), currentGuest)).user.owedCoins
})

describe("a receipt", () => {
  it("[WAL-5] has every movement of the own purse with its cause, newest first, and nobody else's", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann"])
    for (const [name, amount] of [["Bo", 100], ["Cy", 70]] as const) {
      house.clock.advance(1000)
      accepted(await night.bet(name, "Ann", amount))
    }
    house.clock.advance(1000)
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    house.clock.advance(1000)
    accepted(await night.grant("Bo", 5, "Best hat"))
    const { lines } = accepted(await night.ask(night.claimsOf("Bo"), receipt))
    expect(lines.map(({ category, note, walletCoins }) => [category, note, walletCoins])).toEqual([
      ["grant", "Best hat", 5],
      ["payout", "Ann won", 200],
      ["stake", "On Ann", -100],
      ["door", "Welcome", 1000],
    ])
    expect(refusedWith(await night.ask(night.hostClaims, receipt))).toBe("not_signed_in")
  })
})
