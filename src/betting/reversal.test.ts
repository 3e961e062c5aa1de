import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { debtOf, house, potOf, walletOf, type Account } from "@/wallet/accounts"
import { planReversal } from "./reversal"

const payout = (id: string, guestId: string, amount: number) => ({ id, from: potOf("m"), to: walletOf(guestId), amount })
const told = (transfers: ReturnType<typeof planReversal>) => transfers.map(({ from, to, amount }) => [from, to, amount])

describe("[BET-13] [WAL-6] taking back", () => {
  it("goes the other way, coin for coin, where the purse has it", () => {
    expect(told(planReversal([payout("1", "ann", 200)], new Map([["ann", 200]])))).toEqual([[walletOf("ann"), potOf("m"), 200]])
  })

  it("takes what is there and leaves the rest as a debt", () => {
    expect(told(planReversal([payout("1", "ann", 200)], new Map([["ann", 30]])))).toEqual([
      [walletOf("ann"), potOf("m"), 30],
      [debtOf("ann"), potOf("m"), 170],
    ])
  })

  it("takes no coin twice when one guest was paid several times", () => {
    expect(told(planReversal([payout("1", "ann", 60), payout("2", "ann", 60)], new Map([["ann", 100]])))).toEqual([
      [walletOf("ann"), potOf("m"), 60],
      [walletOf("ann"), potOf("m"), 40],
      [debtOf("ann"), potOf("m"), 20],
    ])
  })

  it("gives back what the house had taken or covered, always whole", () => {
    const movements = [
      { id: "1", from: potOf("m"), to: house, amount: 7 },
      { id: "2", from: house, to: potOf("m"), amount: 9 },
    ]
    expect(told(planReversal(movements, new Map()))).toEqual([[house, potOf("m"), 7], [potOf("m"), house, 9]])
  })

  it("undoes every account but the guests' debts, never overdraws a purse and never uses a key twice", () => {
    const guest = fc.constantFrom("ann", "bo", "cy")
    const movement = fc.oneof(
      fc.record({ guest, amount: fc.integer({ min: 1, max: 500 }) }).map(({ guest: who, amount }) => ({ from: potOf("m"), to: walletOf(who), amount })),
      fc.integer({ min: 1, max: 500 }).map((amount) => ({ from: house, to: potOf("m"), amount })),
    )
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 12 }), fc.record({ ann: fc.nat(800), bo: fc.nat(800), cy: fc.nat(800) }), (list, purses) => {
        const movements = list.map((one, index) => ({ ...one, id: String(index) }))
        const back = planReversal(movements, new Map(Object.entries(purses)))
        const moved = new Map<Account, number>()
        for (const { from, to, amount } of [...movements, ...back]) {
          expect(amount).toBeGreaterThan(0)
          moved.set(from, (moved.get(from) ?? 0) - amount)
          moved.set(to, (moved.get(to) ?? 0) + amount)
        }
        expect(moved.get(potOf("m")) ?? 0).toBe(0)
        expect(moved.get(house) ?? 0).toBe(0)
        for (const [name, coins] of Object.entries(purses)) {
          const taken = back.filter((one) => one.from === walletOf(name)).reduce((sum, one) => sum + one.amount, 0)
          expect(taken).toBeLessThanOrEqual(coins)
          // What stays in the purse of the payouts is exactly what is owed.
          expect((moved.get(walletOf(name)) ?? 0) + (moved.get(debtOf(name)) ?? 0)).toBe(0)
        }
        expect(new Set(back.map((one) => one.idempotencyKey)).size).toBe(back.length)
      }),
    )
  })
})
