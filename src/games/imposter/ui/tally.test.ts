import { expect, it } from "vitest"
import { paidTogether, tallyOf } from "./tally"

it("[IMP-11] groups votes by who was named, most first", () => {
  const votes = [
    { voterId: "ann", targetId: "cy" },
    { voterId: "bo", targetId: "di" },
    { voterId: "cy", targetId: "bo" },
    { voterId: "di", targetId: "bo" },
  ]
  expect(tallyOf(votes)).toEqual([
    { targetId: "bo", voterIds: ["cy", "di"] },
    { targetId: "cy", voterIds: ["ann"] },
    { targetId: "di", voterIds: ["bo"] },
  ])
})

it("[IMP-14] [IMP-16] names those who got the same together, most coins first", () => {
  const coins = [
    { guestId: "ann", coins: 50 },
    { guestId: "bo", coins: 100 },
    { guestId: "cy", coins: 50 },
  ]
  expect(paidTogether(coins)).toEqual([
    { amount: 100, guestIds: ["bo"] },
    { amount: 50, guestIds: ["ann", "cy"] },
  ])
})
