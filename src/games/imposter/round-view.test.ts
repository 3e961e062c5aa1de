import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cardOf, imposterIdsOf, isPresent, presentIdsOf, roundViewOf, type Player, type Round, type RoundFacts } from "./round-view"
import { roundView } from "./view"

const startedAt = new Date("2030-05-04T20:00:00.000Z")
const minutesLater = (minutes: number) => new Date(startedAt.getTime() + minutes * 60_000)

function aRound(part: Partial<Round> = {}): Round {
  return {
    id: "round-id",
    partyId: "party-id",
    gameId: "game-id",
    status: "ACTIVE",
    imposterId: "ann",
    secretWord: "Secret-Lighthouse",
    imposterHint: "Secret-Seaside",
    round: 3,
    seed: 987654321,
    createdAt: startedAt,
    discussionEndsAt: minutesLater(5),
    warnedAt: null,
    vote: 0,
    voteEndsAt: null,
    tiedIds: null,
    outcome: null,
    outId: null,
    guessEndsAt: null,
    guess: null,
    isGuessRight: null,
    endedAt: null,
    ...part,
  }
}

function aPlayer(userId: string, part: Partial<Player> = {}): Player {
  return {
    roundId: "round-id",
    userId,
    place: 0,
    role: "CIVILIAN",
    isMisterWhite: false,
    calledVoteAt: null,
    leftAt: null,
    coins: 0,
    isKicked: false,
    ...part,
  }
}

const ann = aPlayer("ann", { role: "IMPOSTER" })
const table = [ann, aPlayer("bo"), aPlayer("cy"), aPlayer("di")]
const voting = { status: "VOTING", vote: 1, voteEndsAt: minutesLater(6) } as const
const caught = { status: "REVEALED", vote: 1, voteEndsAt: minutesLater(6), outcome: "CAUGHT", outId: "ann", guessEndsAt: minutesLater(7) } as const
const facts = (part: Partial<Round>, votes: RoundFacts["votes"] = [], players: readonly Player[] = table): RoundFacts => ({
  round: aRound(part),
  players,
  votes,
})
const voted = (state: RoundFacts) => roundViewOf(state).players.filter(({ hasVoted }) => hasVoted).map(({ guestId }) => guestId)

const anyInstant = fc.option(fc.integer({ min: 0, max: 90 }).map(minutesLater))
/** A round before its reveal: any roles, leavers, kicks, calls, votes and ties. */
const anySecretRound = fc.integer({ min: 3, max: 9 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, place) => `guest-${place}`)
  return fc.record({
    round: fc.record({
      status: fc.constantFrom("ACTIVE" as const, "VOTING" as const),
      warnedAt: anyInstant,
      vote: fc.constantFrom(0, 1, 2),
      voteEndsAt: fc.integer({ min: 0, max: 90 }).map(minutesLater),
      tiedIds: fc.option(fc.subarray(ids)),
      // The status alone decides: not even a row that knows its outcome already tells.
      outcome: fc.constantFrom(null, "CAUGHT" as const, "ESCAPED" as const),
      seed: fc.integer({ min: 100_000_000, max: 2 ** 31 - 1 }),
    }),
    people: fc.array(
      fc.record({
        role: fc.constantFrom("IMPOSTER" as const, "CIVILIAN" as const),
        calledVoteAt: anyInstant,
        leftAt: anyInstant,
        isKicked: fc.boolean(),
      }),
      { minLength: size, maxLength: size },
    ),
    votes: fc.uniqueArray(fc.record({ voterId: fc.constantFrom(...ids), targetId: fc.constantFrom(...ids) }), {
      selector: ({ voterId }) => voterId,
    }),
    hasMisterWhite: fc.boolean(),
  }).map(({ round, people, votes, hasMisterWhite }): RoundFacts => {
    const whiteAt = hasMisterWhite ? people.findIndex(({ role }) => role === "IMPOSTER") : -1
    const players = people.map((part, place) => aPlayer(ids[place]!, { ...part, place, isMisterWhite: place === whiteAt }))
    return { round: aRound({ ...round, imposterId: "the-imposter-in-the-row" }), players, votes }
  })
})

/** Every key and every string of a view. */
function partsOf(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (value === null || typeof value !== "object") return []
  return Object.entries(value).flatMap(([key, part]) => [key, ...partsOf(part)])
}

describe("what everybody sees before the reveal", () => {
  it("[IMP-4] holds no word, no hint, no role, no imposter, no seed and nobody's vote", () => {
    fc.assert(
      fc.property(anySecretRound, (state) => {
        const view = roundViewOf(state)
        const text = JSON.stringify(view)
        expect(view.reveal).toBe(null)
        for (const secret of [state.round.secretWord, state.round.imposterHint, "the-imposter-in-the-row", `${state.round.seed}`]) {
          expect(text).not.toContain(secret)
        }
        for (const part of partsOf(view)) expect(part).not.toMatch(/^(role|IMPOSTER|CIVILIAN|isImposter|isMisterWhite|imposterIds?|misterWhiteId|word|hint|votes|voterId|targetId|votedForId|seed)$/)
      }),
      { numRuns: 500 },
    )
  })

  it("[IMP-4] is the same whoever the imposter is, whatever the word is and whoever was named", () => {
    fc.assert(
      fc.property(anySecretRound, fc.nat(), (state, turns) => {
        const { players } = state
        const turned = players.map((player, place) => {
          const { role, isMisterWhite } = players[(place + turns) % players.length]!
          return { ...player, role, isMisterWhite }
        })
        const other = { ...state, round: { ...state.round, secretWord: "Another word", imposterHint: "Another hint" }, players: turned }
        expect(roundViewOf(other)).toEqual(roundViewOf(state))
        // Each of those who have voted names somebody else who can be named: nobody can tell.
        const { candidateIds } = roundViewOf(state)
        const renamed = state.votes.map(({ voterId, targetId }) => {
          const choices = candidateIds.filter((id) => id !== voterId)
          return { voterId, targetId: choices.includes(targetId) && voterId !== targetId ? choices[turns % choices.length]! : targetId }
        })
        expect(roundViewOf({ ...state, votes: renamed })).toEqual(roundViewOf(state))
      }),
      { numRuns: 500 },
    )
  })

  it("[IMP-4] keeps to the declared shape", () => {
    fc.assert(
      fc.property(anySecretRound, (state) => {
        expect(roundView.parse(roundViewOf(state))).toEqual(roundViewOf(state))
      }),
    )
  })

  it("[IMP-3] tells how many imposters there are and whether one is Mr White, not who", () => {
    const players = [ann, aPlayer("bo", { role: "IMPOSTER", isMisterWhite: true }), ...table.slice(2), aPlayer("ed")]
    expect(roundViewOf(facts({}, [], players))).toMatchObject({ imposterCount: 2, hasMisterWhite: true })
    expect(roundViewOf(facts({}))).toMatchObject({ imposterCount: 1, hasMisterWhite: false })
  })

  it("[IMP-9] shows who has called for the vote, and how many have to", () => {
    const view = roundViewOf(facts({}, [], [ann, aPlayer("bo", { calledVoteAt: startedAt }), aPlayer("cy"), aPlayer("di", { leftAt: startedAt })]))
    expect(view.players.map(({ hasCalledVote }) => hasCalledVote)).toEqual([false, true, false, false])
    expect(view.callsNeeded).toBe(2)
  })

  it("[IMP-10] shows a deadline and candidates while the vote is open only", () => {
    expect(roundViewOf(facts({}))).toMatchObject({ vote: 0, voteEndsAt: null, candidateIds: [] })
    expect(roundViewOf(facts(voting))).toMatchObject({ vote: 1, voteEndsAt: "2030-05-04T20:06:00.000Z", candidateIds: ["ann", "bo", "cy", "di"] })
    expect(roundViewOf(facts({ ...voting, vote: 2, tiedIds: ["cy", "ann"] })).candidateIds).toEqual(["ann", "cy"])
    expect(roundViewOf(facts(caught))).toMatchObject({ voteEndsAt: null, candidateIds: [] })
  })
})

describe("who has voted", () => {
  it("[IMP-10] is shown while the vote is open", () => {
    const votes = [
      { voterId: "ann", targetId: "bo" },
      { voterId: "cy", targetId: "ann" },
    ]
    expect(voted(facts(voting, votes))).toEqual(["ann", "cy"])
    expect(voted(facts(voting))).toEqual([])
    expect(voted(facts(caught, votes))).toEqual([])
  })

  it("[IMP-13] whose vote was for a leaver has not voted, and neither has a leaver", () => {
    const players = [ann, aPlayer("bo", { leftAt: startedAt }), aPlayer("cy", { isKicked: true }), aPlayer("di"), aPlayer("ed")]
    const votes = [
      { voterId: "ann", targetId: "bo" },
      { voterId: "bo", targetId: "ann" },
      { voterId: "di", targetId: "cy" },
      { voterId: "ed", targetId: "di" },
    ]
    expect(voted(facts(voting, votes, players))).toEqual(["ed"])
  })

  it("[IMP-11] in a revote it takes a vote for one of the tied", () => {
    const votes = [
      { voterId: "ann", targetId: "bo" },
      { voterId: "cy", targetId: "di" },
    ]
    expect(voted(facts({ ...voting, vote: 2, tiedIds: ["bo", "ann"] }, votes))).toEqual(["ann"])
  })
})

describe("presence", () => {
  it("[IMP-13] ends by leaving and by a kick", () => {
    const players = [ann, aPlayer("bo", { leftAt: startedAt }), aPlayer("cy", { isKicked: true }), aPlayer("di")]
    expect(presentIdsOf({ players })).toEqual(["ann", "di"])
    expect(players.map(isPresent)).toEqual([true, false, false, true])
    expect(roundViewOf(facts({}, [], players)).players.map(({ hasLeft }) => hasLeft)).toEqual([false, true, true, false])
  })

  it("[IMP-13] an imposter who left is still one of the imposters", () => {
    const players = [{ ...ann, leftAt: startedAt }, ...table.slice(1)]
    expect(imposterIdsOf({ players })).toEqual(["ann"])
    expect(roundViewOf(facts({}, [], players)).imposterCount).toBe(1)
  })
})

describe("the reveal", () => {
  const votes = [
    { voterId: "bo", targetId: "ann" },
    { voterId: "cy", targetId: "ann" },
    { voterId: "ann", targetId: "bo" },
  ]

  it("[IMP-4] [IMP-16] hides word and hint for as long as the caught imposter may guess", () => {
    const view = roundViewOf(facts(caught, votes))
    expect(view.reveal).toEqual({
      outcome: "CAUGHT",
      outId: "ann",
      imposterIds: ["ann"],
      misterWhiteId: null,
      votes,
      word: null,
      hint: null,
      guessEndsAt: "2030-05-04T20:07:00.000Z",
      endedAt: null,
      guess: null,
      coins: [],
    })
    expect(JSON.stringify(view)).not.toMatch(/Secret-/)
  })

  it("[IMP-16] shows word, hint, guess and coins when the guess is over", () => {
    const players = [{ ...ann, isMisterWhite: true, coins: 100 }, aPlayer("bo", { coins: 50 }), aPlayer("cy", { coins: 50 }), aPlayer("di")]
    const { reveal } = roundViewOf(facts({ ...caught, guess: "lighthouse", isGuessRight: true, endedAt: minutesLater(7) }, votes, players))
    expect(reveal).toMatchObject({
      misterWhiteId: "ann",
      word: "Secret-Lighthouse",
      hint: "Secret-Seaside",
      guessEndsAt: null,
      guess: { text: "lighthouse", isRight: true },
      coins: [
        { guestId: "ann", coins: 100 },
        { guestId: "bo", coins: 50 },
        { guestId: "cy", coins: 50 },
      ],
    })
  })

  it("[IMP-12] [IMP-13] shows the word at once when nobody may guess", () => {
    for (const outcome of ["ESCAPED", "CALLED_OFF"] as const) {
      const { reveal } = roundViewOf(facts({ status: "REVEALED", outcome, endedAt: minutesLater(6) }))
      expect(reveal).toMatchObject({ outcome, outId: null, word: "Secret-Lighthouse", guess: null, guessEndsAt: null })
    }
  })
})

describe("a card", () => {
  it("[IMP-4] shows a civilian the word, the imposter the hint and Mr White neither", () => {
    const players = [ann, aPlayer("bo", { role: "IMPOSTER", isMisterWhite: true }), aPlayer("cy")]
    const cards = players.map(({ userId }) => cardOf(facts({}, [], players), userId))
    expect(cards).toEqual([
      { roundId: "round-id", isImposter: true, isMisterWhite: false, word: "Secret-Seaside", votedForId: null },
      { roundId: "round-id", isImposter: true, isMisterWhite: true, word: null, votedForId: null },
      { roundId: "round-id", isImposter: false, isMisterWhite: false, word: "Secret-Lighthouse", votedForId: null },
    ])
  })

  it("[IMP-4] is for players present alone", () => {
    const players = [ann, aPlayer("bo", { leftAt: startedAt }), aPlayer("cy", { isKicked: true })]
    for (const id of ["bo", "cy", "stranger"]) expect([id, cardOf(facts({}, [], players), id)]).toEqual([id, null])
    expect(cardOf(facts({}, [], players), "ann")).not.toBe(null)
  })

  it("[IMP-4] names the own vote, nobody else's", () => {
    const state = facts(voting, [{ voterId: "bo", targetId: "cy" }])
    expect(table.map(({ userId }) => cardOf(state, userId)?.votedForId)).toEqual([null, "cy", null, null])
  })

  it("[IMP-4] never tells an imposter the word, at any time of the round, nor a civilian the hint", () => {
    fc.assert(
      fc.property(anySecretRound, fc.constantFrom({}, caught, { ...caught, endedAt: minutesLater(7) }), (state, part) => {
        for (const { userId, role } of state.players) {
          const text = JSON.stringify(cardOf({ ...state, round: { ...state.round, ...part } }, userId))
          expect(text).not.toContain(role === "IMPOSTER" ? state.round.secretWord : state.round.imposterHint)
        }
      }),
    )
  })
})
