import { expect, it } from "vitest"
import { aPhrase, aRound, aSetSheet, aSheet, aVote, later } from "@/testing/quipflip-sheets"
import type { Sheet } from "./round-sheet"
import { soloDue } from "./solo-due"

const due = (live: readonly Sheet[], atMs: number, isPartyOver = false) => {
  const { endings, finals } = soloDue(live, later(atMs), isPartyOver)
  return { endings: endings.map(({ round, reason }) => `${round.roundId} ${reason}`), finals: finals.map(({ prompt }) => prompt.roundId) }
}
const nothing = { endings: [], finals: [] }

it("[QF-N7] a round is over five seconds after its time, from that millisecond on", () => {
  const live = [aSheet("one", { copies: [aRound({ playerId: "bo", slot: 1 })] })]
  expect(due(live, 184_999)).toEqual(nothing)
  expect(due(live, 185_000)).toEqual({ endings: ["round-bo TIMED_OUT"], finals: [] })
})

it("a prompt that is being written as well, and none of a session", () => {
  const writing = aRound({ roundId: "writing", roundType: "PROMPT", playerId: "ann" })
  const elsewhere = aRound({ playerId: "bo", slot: 1, sessionId: "session" })
  expect(due([aSheet("one", { prompt: writing }), aSheet("two", { copies: [elsewhere] })], 185_000).endings).toEqual(["writing TIMED_OUT"])
})

it("what is written is never over", () => {
  expect(due([aSheet("one", { copies: [aPhrase("bo", { slot: 1 })] })], 10 ** 9)).toEqual(nothing)
})

it("[QF-N5] a set is final from its own millisecond on", () => {
  const live = [aSetSheet("one", {}, { finalAt: later(1000) }), aSetSheet("two")]
  expect(due(live, 999)).toEqual(nothing)
  expect(due(live, 1000)).toEqual({ endings: [], finals: ["one"] })
})

it("[QF-E11] whoever looks late: a vote whose set was final first did not come too late, one that was over first did", () => {
  const set = (finalAtMs: number) => [aSetSheet("one", { votes: [aVote("di")] }, { finalAt: later(finalAtMs) })]
  expect(due(set(64_999), 10 ** 6)).toEqual({ endings: [], finals: ["one"] })
  expect(due(set(65_000), 10 ** 6)).toEqual({ endings: ["vote-di TIMED_OUT"], finals: ["one"] })
})

it("[QF-E12] at a party that is over everything ends: what is no set is given back, sets are final", () => {
  const live = [
    aSheet("waiting", { copies: [aPhrase("bo", { slot: 1 })] }),
    aSheet("writing", { prompt: aRound({ roundId: "writing", roundType: "PROMPT" }) }),
    aSetSheet("set", { votes: [aVote("di")] }),
  ]
  expect(due(live, 0, true)).toEqual({
    endings: ["waiting PARTY_ENDED", "round-bo PARTY_ENDED", "writing PARTY_ENDED"],
    finals: ["set"],
  })
})
