import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { catcherCoins, escapeCoins, guessCoins, paymentsFor } from "./scores"
import type { Vote } from "./voting"

const vote = (voterId: string, targetId: string): Vote => ({ voterId, targetId })
const everybody = ["ann", "bo", "cy", "di", "ed"]

const anyEnding = fc.integer({ min: 3, max: 12 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, place) => `guest-${place}`)
  return fc.record({
    presentIds: fc.subarray(ids),
    imposterIds: fc.subarray(ids, { minLength: 1, maxLength: Math.floor((size - 1) / 2) }),
    outId: fc.option(fc.constantFrom(...ids)),
    votes: fc
      .uniqueArray(fc.record({ voterId: fc.constantFrom(...ids), targetId: fc.constantFrom(...ids) }), { selector: ({ voterId }) => voterId })
      .map((votes) => votes.filter(({ voterId, targetId }) => voterId !== targetId)),
  })
})

describe("caught", () => {
  const votes = [vote("bo", "ann"), vote("cy", "ann"), vote("di", "bo"), vote("ann", "bo")]

  it("[IMP-14] pays 50 coins to each civilian who voted for the imposter, to nobody else", () => {
    expect(paymentsFor({ presentIds: everybody, imposterIds: ["ann"], outId: "ann", votes })).toEqual([
      { guestId: "bo", coins: 50 },
      { guestId: "cy", coins: 50 },
    ])
  })

  it("[IMP-14] pays nobody who has left, for whatever vote", () => {
    const presentIds = ["ann", "cy", "di", "ed"]
    expect(paymentsFor({ presentIds, imposterIds: ["ann"], outId: "ann", votes })).toEqual([{ guestId: "cy", coins: 50 }])
  })

  it("[IMP-14] pays no imposter for betraying another, and no civilian for naming the other imposter", () => {
    const both = [vote("bo", "ann"), vote("cy", "ann"), vote("di", "bo"), vote("ed", "ann"), vote("ann", "bo")]
    expect(paymentsFor({ presentIds: everybody, imposterIds: ["ann", "bo"], outId: "ann", votes: both })).toEqual([
      { guestId: "cy", coins: 50 },
      { guestId: "ed", coins: 50 },
    ])
  })
})

describe("escaped", () => {
  it("[IMP-15] pays 150 coins to the imposter when a civilian is out", () => {
    const votes = [vote("bo", "ann"), vote("cy", "di"), vote("ed", "di")]
    expect(paymentsFor({ presentIds: everybody, imposterIds: ["ann"], outId: "di", votes })).toEqual([{ guestId: "ann", coins: 150 }])
  })

  it("[IMP-11] [IMP-15] pays the imposter when nobody is out, votes or none", () => {
    for (const votes of [[], [vote("bo", "ann"), vote("ann", "bo")]]) {
      expect(paymentsFor({ presentIds: everybody, imposterIds: ["ann"], outId: null, votes })).toEqual([{ guestId: "ann", coins: 150 }])
    }
  })

  it("[IMP-15] pays each of several imposters who is present", () => {
    const ending = { imposterIds: ["ann", "ed"], outId: "bo", votes: [] }
    expect(paymentsFor({ ...ending, presentIds: everybody })).toEqual([
      { guestId: "ann", coins: 150 },
      { guestId: "ed", coins: 150 },
    ])
    expect(paymentsFor({ ...ending, presentIds: ["bo", "cy", "ed"] })).toEqual([{ guestId: "ed", coins: 150 }])
  })
})

describe("laws", () => {
  it("[IMP-14] [IMP-15] [IMP-17] nobody is paid twice or while away, and never both sides", () => {
    fc.assert(
      fc.property(anyEnding, (ending) => {
        const payments = paymentsFor(ending)
        const paid = payments.map(({ guestId }) => guestId)
        const isCaught = ending.outId !== null && ending.imposterIds.includes(ending.outId)
        expect(new Set(paid).size).toBe(paid.length)
        for (const { guestId, coins } of payments) {
          expect(ending.presentIds).toContain(guestId)
          expect(ending.imposterIds.includes(guestId)).toBe(!isCaught)
          expect(coins).toBe(isCaught ? catcherCoins : escapeCoins)
        }
        const expected = isCaught
          ? ending.votes.filter(
              ({ voterId, targetId }) => targetId === ending.outId && ending.presentIds.includes(voterId) && !ending.imposterIds.includes(voterId),
            )
          : ending.imposterIds.filter((id) => ending.presentIds.includes(id))
        expect(paid).toHaveLength(expected.length)
      }),
      { numRuns: 1000 },
    )
  })

  it("[IMP-14] [IMP-15] [IMP-16] are paid in these coins", () => {
    expect([catcherCoins, escapeCoins, guessCoins]).toEqual([50, 150, 100])
  })
})
