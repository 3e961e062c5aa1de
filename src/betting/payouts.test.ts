import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { payoutsFor, shareDown, type OddsMode, type PendingBet } from "./payouts"

const bet = (id: string, targetId: string, amount: number): PendingBet => ({
  id,
  bettorId: `guest-${id}`,
  targetId,
  amount,
})

const outcome = (oddsMode: OddsMode, winnerId: string, bets: PendingBet[]) => {
  const { rows, houseDelta } = payoutsFor({ oddsMode, winnerId, bets })
  return { rows: rows.map((row) => `${row.betId} ${row.status} ${row.payout}`), houseDelta }
}

const stake = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 2 ** 40 }))
const anyBets = fc
  .array(fc.record({ targetId: fc.constantFrom("ann", "bo", "cy"), amount: stake }), { maxLength: 30 })
  .map((list) => list.map((it, index) => bet(`b${index}`, it.targetId, it.amount)))
const anyMarket = fc.record({
  oddsMode: fc.constantFrom<OddsMode[]>("FIXED", "PARIMUTUEL"),
  winnerId: fc.constantFrom("ann", "bo", "cy", "nobody-backed"),
  bets: anyBets,
})
const sum = (numbers: number[]) => numbers.reduce((total, it) => total + it, 0)

describe("fixed odds", () => {
  it("[BET-7] a won bet pays twice its stake and the house covers the shortfall", () => {
    expect(outcome("FIXED", "ann", [bet("a", "ann", 100), bet("b", "bo", 30)])).toEqual({
      rows: ["a WON 200", "b LOST 0"],
      houseDelta: -70,
    })
  })

  it("[BET-7] the house keeps the surplus", () => {
    expect(outcome("FIXED", "bo", [bet("a", "ann", 100), bet("b", "bo", 30)])).toEqual({
      rows: ["a LOST 0", "b WON 60"],
      houseDelta: 70,
    })
  })

  it("[BET-7] with nobody on the winner everybody loses", () => {
    expect(outcome("FIXED", "cy", [bet("a", "ann", 100)])).toEqual({ rows: ["a LOST 0"], houseDelta: 100 })
  })
})

describe("parimutuel", () => {
  it("[BET-8] the pool is shared in proportion to stake, rounded down, breakage to the house", () => {
    const bets = [bet("a", "ann", 1), bet("b", "ann", 2), bet("c", "bo", 7)]
    // 10 coins over 3 staked: 3.33 and 6.67.
    expect(outcome("PARIMUTUEL", "ann", bets)).toEqual({ rows: ["a WON 3", "b WON 6", "c LOST 0"], houseDelta: 1 })
  })

  it("[BET-8] with everybody on the winner stakes come back as won", () => {
    expect(outcome("PARIMUTUEL", "ann", [bet("a", "ann", 5), bet("b", "ann", 6)])).toEqual({
      rows: ["a WON 5", "b WON 6"],
      houseDelta: 0,
    })
  })

  it("[BET-9] with nobody on the winner everybody is refunded", () => {
    expect(outcome("PARIMUTUEL", "cy", [bet("a", "ann", 100), bet("b", "bo", 30)])).toEqual({
      rows: ["a REFUNDED 100", "b REFUNDED 30"],
      houseDelta: 0,
    })
  })

  it("[BET-8] stays exact where stake × pool leaves the doubles", () => {
    const big = 2 ** 51 - 1
    const bets = [bet("a", "ann", big), bet("b", "ann", 1), bet("c", "bo", big)]
    // pool = 2^52 − 1 over 2^51 staked: floor((2^51 − 1)(2^52 − 1) / 2^51) = 2^52 − 3.
    expect(outcome("PARIMUTUEL", "ann", bets)).toEqual({
      rows: [`a WON ${2 ** 52 - 3}`, "b WON 1", "c LOST 0"],
      houseDelta: 1,
    })
  })
})

describe("laws", () => {
  it("[BET-16] payouts and the house's difference add up to the pool", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { rows, houseDelta } = payoutsFor(market)
        expect(sum(rows.map((row) => row.payout)) + houseDelta).toBe(sum(market.bets.map((it) => it.amount)))
      }),
      { numRuns: 1000 },
    )
  })

  it("[BET-17] every bet has one row, of its bettor; losers get 0, winners at least their stake", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { rows } = payoutsFor(market)
        expect(rows.map((row) => [row.betId, row.bettorId])).toEqual(market.bets.map((it) => [it.id, it.bettorId]))
        for (const [index, row] of rows.entries()) {
          const { amount, targetId } = market.bets[index]!
          expect(Number.isSafeInteger(row.payout)).toBe(true)
          if (row.status === "LOST") expect(row.payout).toBe(0)
          if (row.status === "REFUNDED") expect(row.payout).toBe(amount)
          if (row.status === "WON") expect(row.payout).toBeGreaterThanOrEqual(amount)
          expect(row.status === "WON").toBe(targetId === market.winnerId)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it("[BET-8][BET-9] breakage is never negative, less than a coin per winning bet, and 0 on refund", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { rows, houseDelta } = payoutsFor({ ...market, oddsMode: "PARIMUTUEL" })
        const won = rows.filter((row) => row.status === "WON").length
        expect(houseDelta).toBeGreaterThanOrEqual(0)
        expect(houseDelta).toBeLessThan(Math.max(won, 1))
        const backed = market.bets.some((it) => it.targetId === market.winnerId)
        expect(rows.every((row) => (row.status === "REFUNDED") === !backed)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it("[BET-8] a payout is the largest whole number not above the exact share", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { rows } = payoutsFor({ ...market, oddsMode: "PARIMUTUEL" })
        const pool = BigInt(sum(market.bets.map((it) => it.amount)))
        const staked = BigInt(sum(market.bets.filter((it) => it.targetId === market.winnerId).map((it) => it.amount)))
        for (const [index, row] of rows.entries()) {
          if (row.status !== "WON") continue
          const share = BigInt(market.bets[index]!.amount) * pool
          expect(BigInt(row.payout) * staked <= share).toBe(true)
          expect((BigInt(row.payout) + 1n) * staked > share).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it("[BET-18] the order of the bets changes no payout", () => {
    const shuffled = anyMarket.chain((market) =>
      fc.tuple(
        fc.constant(market),
        fc.shuffledSubarray(market.bets, { minLength: market.bets.length, maxLength: market.bets.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([market, bets]) => {
        const one = payoutsFor(market)
        const other = payoutsFor({ ...market, bets })
        expect(other.houseDelta).toBe(one.houseDelta)
        expect(new Map(other.rows.map((row) => [row.betId, row]))).toEqual(
          new Map(one.rows.map((row) => [row.betId, row])),
        )
      }),
      { numRuns: 500 },
    )
  })

  it.each([0, -1, 1.5, Number.NaN])("[BET-3] a stake of %d is a bug", (amount) => {
    expect(() => payoutsFor({ oddsMode: "FIXED", winnerId: "ann", bets: [bet("a", "ann", amount)] })).toThrow(
      /positive integer/,
    )
  })

  it("[BET-16] refuses to count beyond exact integers rather than lose a coin", () => {
    expect(() => shareDown(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(/more than can be counted/)
  })

  it("a market without bets settles to nothing", () => {
    expect(payoutsFor({ oddsMode: "PARIMUTUEL", winnerId: "ann", bets: [] })).toEqual({ rows: [], houseDelta: 0 })
  })
})
