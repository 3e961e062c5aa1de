import { expect, it } from "vitest"
import { tallyOf } from "./tv-tally"

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
