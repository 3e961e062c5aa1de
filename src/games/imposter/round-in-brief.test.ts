import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { aReveal, aRound, aRoundPlayer } from "@/testing/imposter-views"
import { imposterEvents } from "./events"
import { atLength, inBrief, roundInBrief } from "./round-in-brief"
import type { RoundView } from "./view"

const instant = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }).map((at) => at.toISOString())
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })

/** Any round that could be shown, the impossible ones included: nothing but the players' places is assumed. */
const anyRound: fc.Arbitrary<RoundView> = fc.uniqueArray(fc.uuid(), { minLength: 3, maxLength: 40 }).chain((ids) => {
  const id = fc.constantFrom(...ids)
  const reveal = fc.record({
    outcome: fc.constantFrom("CAUGHT" as const, "ESCAPED" as const, "CALLED_OFF" as const),
    outId: maybe(id),
    imposterIds: fc.uniqueArray(id),
    misterWhiteId: maybe(id),
    votes: fc.array(fc.record({ voterId: id, targetId: id }), { maxLength: 40 }),
    word: maybe(fc.string()),
    hint: maybe(fc.string()),
    guessEndsAt: maybe(instant),
    endedAt: maybe(instant),
    guess: maybe(fc.record({ text: fc.string(), isRight: fc.boolean() })),
    coins: fc.array(fc.record({ guestId: id, coins: fc.integer({ min: 1, max: 500 }) })),
  })
  return fc.record({
    roundId: fc.uuid(),
    gameId: fc.uuid(),
    round: fc.integer({ min: 1, max: 99 }),
    status: fc.constantFrom("ACTIVE" as const, "VOTING" as const, "REVEALED" as const),
    startedAt: instant,
    players: fc.tuple(...ids.map((guestId) => fc.record({ guestId: fc.constant(guestId), hasLeft: fc.boolean(), hasCalledVote: fc.boolean(), hasVoted: fc.boolean() }))),
    imposterCount: fc.integer({ min: 1, max: 9 }),
    hasMisterWhite: fc.boolean(),
    discussionEndsAt: instant,
    isWarned: fc.boolean(),
    callsNeeded: fc.integer({ min: 1, max: 40 }),
    vote: fc.nat(2),
    voteEndsAt: maybe(instant),
    candidateIds: fc.subarray(ids),
    reveal: maybe(reveal),
  })
})

const idsOf = (round: RoundView) => round.players.map(({ guestId }) => guestId)
/** As it comes off the wire. */
const sent = (round: RoundView) => roundInBrief.parse(JSON.parse(JSON.stringify(inBrief(round))))

describe("[IMP-19] a round in brief", () => {
  it("is at length what it was", () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        expect(atLength(sent(round), idsOf(round))).toEqual(round)
      }),
      { numRuns: 300 },
    )
  })

  it("names nobody by id", () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const text = JSON.stringify(inBrief(round))
        for (const id of idsOf(round)) expect(text).not.toContain(id)
      }),
    )
  })

  it("tells of a vote who has voted, never for whom", () => {
    const players = ["ann", "bo", "cy"].map((id) => aRoundPlayer(id))
    const voting = aRound({ status: "VOTING", vote: 1, players })
    expect(inBrief(voting).players).toBe("888")
    expect(inBrief({ ...voting, players: players.with(1, aRoundPlayer("bo", { hasVoted: true })) })).toEqual({ ...inBrief(voting), players: "8c8" })
  })

  it("cannot be told of others than those who play in it", () => {
    const round = aRound()
    expect(atLength(inBrief(round), ["ann", "bo"])).toBeNull()
    expect(atLength(inBrief(round), ["ann", "bo", "cy", "di"])).toBeNull()
    expect(() => inBrief({ ...round, candidateIds: ["nobody"] })).toThrow("nobody does not play")
  })

  it("is not read when it names a place nobody sits at", () => {
    const brief = inBrief(aRound({ status: "REVEALED", reveal: aReveal() }))
    const reveal = brief.reveal
    expect(reveal).not.toBeNull()
    for (const wrong of [{ out: 3 }, { misterWhite: 3 }, { imposters: [3] }, { votes: [[0, 3] as [number, number]] }, { coins: [[3, 50] as [number, number]] }]) {
      expect(atLength({ ...brief, reveal: reveal && { ...reveal, ...wrong } }, ["ann", "bo", "cy"])).toBeNull()
    }
  })

  it("is read only with the digits of its players", () => {
    expect(imposterEvents.roundChanged.payload.safeParse({ round: { ...inBrief(aRound()), players: "00x" } }).success).toBe(false)
  })
})
