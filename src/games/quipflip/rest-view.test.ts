import { describe, expect, it } from "vitest"
import { aRevealedSet, someResults } from "@/testing/quipflip-views"
import { resultsTold } from "./rest-view"
import type { RevealedPhrase, RevealedSet, SessionResults } from "./view"

/** A set whose three phrases got so many votes, original first. */
function setWith(...votes: readonly [number, number, number]): RevealedSet {
  const set = aRevealedSet()
  const voter = (name: string) => ({ participantId: `seat-${name}`, guestId: name, name, isAi: false, isByHouse: false })
  const phrases = set.phrases.map((phrase, place): RevealedPhrase => ({ ...phrase, voters: Array.from({ length: votes[place] ?? 0 }, (_, index) => voter(`v${index}`)) }))
  return { ...set, phrases }
}

const summaryOf = (set: RevealedSet) => resultsTold(someResults({ sets: [set] })).phrasesets_summary[0]

describe("results for machines", () => {
  it("[QF-S15] equals share an award: the first holds it, the others are named beside", () => {
    const { awards } = resultsTold(someResults())
    expect(awards.best_writer).toBeNull()
    expect(awards.top_impostor).toMatchObject({ participant_id: "seat-bo", votes_fooled: 1, metric_value: 1, shared_with: [] })
    expect(awards.sharpest_voter).toMatchObject({ participant_id: "seat-ann", shared_with: [{ participant_id: "seat-cy" }] })
  })

  it("[QF-S14] players stand in the order of their ranks, with their coins", () => {
    expect(resultsTold(someResults()).rankings.map(({ rank, participant_id, net_coins }) => [rank, participant_id, net_coins])).toEqual([
      [1, "seat-bo", 120],
      [2, "seat-ann", -210],
      [2, "seat-cy", -210],
    ])
  })

  it("[QF-S15] accuracy is in per cent with one decimal, and nobody's who has not voted", () => {
    const accuracyOf = (numbers: Partial<SessionResults["players"][number]>) => {
      const { players, ...rest } = someResults()
      return resultsTold({ ...rest, players: players.map((player) => ({ ...player, ...numbers })) }).rankings[0]?.vote_accuracy
    }
    expect(accuracyOf({ votesCast: 3, votesRight: 2 })).toBe(66.7)
    expect(accuracyOf({ votesCast: 3, votesRight: 3 })).toBe(100)
    expect(accuracyOf({ votesCast: 3, votesRight: 0 })).toBe(0)
    expect(accuracyOf({ votesCast: 0, votesRight: 0 })).toBeNull()
  })

  it("a set says which phrase has most votes, when one has", () => {
    expect(summaryOf(setWith(3, 1, 0))).toMatchObject({ vote_count: 4, most_votes: "original" })
    expect(summaryOf(setWith(0, 1, 0))).toMatchObject({ vote_count: 1, most_votes: "copy_1" })
    expect(summaryOf(setWith(1, 0, 2))).toMatchObject({ most_votes: "copy_2" })
    expect(summaryOf(setWith(2, 2, 1))).toMatchObject({ most_votes: null })
    expect(summaryOf(setWith(0, 0, 0))).toMatchObject({ vote_count: 0, most_votes: null })
  })

  it("[QF-S9] the house's own phrases have no player", () => {
    const set = aRevealedSet()
    const filler = { ...set, isFiller: true, phrases: set.phrases.map((phrase) => ({ ...phrase, writer: null })) }
    expect(summaryOf(filler)).toMatchObject({ is_filler: true, original_player: null, phrases: [{ username: null }, { username: null }, { username: null }] })
    expect(summaryOf(set)).toMatchObject({ original_player: set.phrases[0]?.writer?.name })
  })
})
