import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { awardsOf, type Achievements } from "./awards"

const player = (playerId: string, change: Partial<Achievements>): Achievements => ({
  playerId,
  originalVotes: 0,
  copyVotes: 0,
  votesCast: 0,
  votesRight: 0,
  ...change,
})

const anyPlayers = fc
  .array(
    fc.record({ originalVotes: fc.nat(4), copyVotes: fc.nat(4), votesRight: fc.nat(3), votesWrong: fc.nat(3) }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) =>
    list.map(({ originalVotes, copyVotes, votesRight, votesWrong }, place) =>
      player(`player-${place}`, { originalVotes, copyVotes, votesRight, votesCast: votesRight + votesWrong }),
    ),
  )

describe("awards", () => {
  it("[QF-S15] Best Writer and Top Impostor have the most votes, and are shared", () => {
    const players = [
      player("ann", { originalVotes: 3, copyVotes: 1 }),
      player("bo", { originalVotes: 1, copyVotes: 2 }),
      player("cy", { originalVotes: 3 }),
    ]
    expect(awardsOf(players)).toEqual({ bestWriterIds: ["ann", "cy"], topImpostorIds: ["bo"], sharpestVoterIds: [] })
  })

  it.each([
    ["the greater share", [3, 2, 2, 2], "bo"],
    ["of equal shares the more right votes", [2, 1, 4, 2], "bo"],
    ["of equal shares and numbers both", [3, 2, 3, 2], "ann bo"],
    ["one of one before two of three", [1, 1, 3, 2], "ann"],
    ["nobody who has not voted", [0, 0, 3, 1], "bo"],
    ["nobody when nobody was right", [3, 0, 2, 0], ""],
  ])("[QF-S15] Sharpest Voter: %s", (_name, [annCast, annRight, boCast, boRight], holders) => {
    const players = [player("ann", { votesCast: annCast, votesRight: annRight }), player("bo", { votesCast: boCast, votesRight: boRight })]
    expect(awardsOf(players).sharpestVoterIds.join(" ")).toBe(holders)
  })

  it("[QF-S15] nobody holds one for nothing", () => {
    expect(awardsOf([player("ann", {}), player("bo", { votesCast: 3 })])).toEqual({
      bestWriterIds: [],
      topImpostorIds: [],
      sharpestVoterIds: [],
    })
  })

  it("[QF-S15] there is always a holder when somebody earned one, and nobody does better than a holder", () => {
    fc.assert(
      fc.property(anyPlayers, (players) => {
        const { bestWriterIds, topImpostorIds, sharpestVoterIds } = awardsOf(players)
        const most = (values: number[]) => Math.max(...values)
        const whoHas = (value: (one: Achievements) => number) => {
          const top = most(players.map(value))
          return top > 0 ? players.filter((one) => value(one) === top).map(({ playerId }) => playerId) : []
        }
        expect(bestWriterIds).toEqual(whoHas(({ originalVotes }) => originalVotes))
        expect(topImpostorIds).toEqual(whoHas(({ copyVotes }) => copyVotes))
        // Shares of at most 6 votes differ by 1/30 at least: the number right cannot outweigh them when divided by 1000.
        const sharpness = (one: Achievements) => (one.votesRight === 0 ? 0 : one.votesRight / one.votesCast + one.votesRight / 1000)
        const top = most(players.map(sharpness))
        const expected = players.filter((one) => one.votesRight > 0 && Math.abs(sharpness(one) - top) < 1e-9)
        expect(sharpestVoterIds).toEqual(expected.map(({ playerId }) => playerId))
      }),
      { numRuns: 500 },
    )
  })
})
