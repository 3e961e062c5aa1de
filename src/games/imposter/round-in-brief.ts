import * as z from "zod/mini"
import { reveal, roundView, type Reveal, type RoundPlayer, type RoundView } from "./view"

const place = z.int().check(z.nonnegative())

/**
 * A round for the way to the screens, which know who plays in it: each player is the place round the table, from 0. With ids it
 * would be too long for a channel from some 65 players on [IMP-19].
 */
export const roundInBrief = z.extend(z.omit(roundView, { players: true, candidateIds: true, reveal: true }), {
  /** One hexadecimal digit a player, the sum of what holds: 1 has left, 2 has called for the vote, 4 has voted, 8 can be named. */
  players: z.string().check(z.regex(/^[0-9a-f]*$/)),
  reveal: z.nullable(
    z.extend(z.pick(reveal, { outcome: true, word: true, hint: true, guessEndsAt: true, endedAt: true, guess: true }), {
      out: z.nullable(place),
      imposters: z.array(place),
      misterWhite: z.nullable(place),
      /** Who named whom, in the order of `Reveal.votes`. */
      votes: z.array(z.tuple([place, place])),
      /** Who got how many coins. */
      coins: z.array(z.tuple([place, z.int()])),
    }),
  ),
})
export type RoundInBrief = z.infer<typeof roundInBrief>

const mark = { left: 1, called: 2, voted: 4, candidate: 8 } as const

/** Throws when the round names somebody who does not play in it. */
export function inBrief(round: RoundView): RoundInBrief {
  const { players, candidateIds, reveal: revealed, ...rest } = round
  const places = new Map(players.map(({ guestId }, index) => [guestId, index]))
  const placeOf = (guestId: string): number => {
    const found = places.get(guestId)
    if (found === undefined) throw new Error(`${guestId} does not play in round ${round.roundId}`)
    return found
  }
  const candidates = new Set(candidateIds.map(placeOf))
  return {
    ...rest,
    players: players.map((player, index) => marksOf(player, candidates.has(index)).toString(16)).join(""),
    reveal: revealed && revealInBrief(revealed, placeOf),
  }
}

function marksOf({ hasLeft, hasCalledVote, hasVoted }: RoundPlayer, isCandidate: boolean): number {
  return (hasLeft ? mark.left : 0) + (hasCalledVote ? mark.called : 0) + (hasVoted ? mark.voted : 0) + (isCandidate ? mark.candidate : 0)
}

function revealInBrief({ outId, imposterIds, misterWhiteId, votes, coins, ...rest }: Reveal, placeOf: (guestId: string) => number) {
  return {
    ...rest,
    out: outId === null ? null : placeOf(outId),
    imposters: imposterIds.map(placeOf),
    misterWhite: misterWhiteId === null ? null : placeOf(misterWhiteId),
    votes: votes.map(({ voterId, targetId }): [number, number] => [placeOf(voterId), placeOf(targetId)]),
    coins: coins.map(({ guestId, coins: amount }): [number, number] => [placeOf(guestId), amount]),
  }
}

/**
 * The round at length. @param playerIds those who play in it, in the order round the table.
 * @returns null when they are not as many as the round has, or it names a place that nobody sits at.
 */
export function atLength(brief: RoundInBrief, playerIds: readonly string[]): RoundView | null {
  const { players: marks, reveal: revealed, ...rest } = brief
  if (marks.length !== playerIds.length || highestPlace(revealed) >= playerIds.length) return null
  const has = (index: number, which: number) => (Number.parseInt(marks.charAt(index), 16) & which) !== 0
  const guestAt = (index: number): string => playerIds[index] ?? ""
  return {
    ...rest,
    players: playerIds.map((guestId, index) => ({
      guestId,
      hasLeft: has(index, mark.left),
      hasCalledVote: has(index, mark.called),
      hasVoted: has(index, mark.voted),
    })),
    candidateIds: playerIds.filter((_, index) => has(index, mark.candidate)),
    reveal: revealed && revealAtLength(revealed, guestAt),
  }
}

function revealAtLength(revealed: NonNullable<RoundInBrief["reveal"]>, guestAt: (index: number) => string): Reveal {
  const { out, imposters, misterWhite, votes, coins, ...rest } = revealed
  return {
    ...rest,
    outId: out === null ? null : guestAt(out),
    imposterIds: imposters.map(guestAt),
    misterWhiteId: misterWhite === null ? null : guestAt(misterWhite),
    votes: votes.map(([voter, target]) => ({ voterId: guestAt(voter), targetId: guestAt(target) })),
    coins: coins.map(([index, amount]) => ({ guestId: guestAt(index), coins: amount })),
  }
}

function highestPlace(revealed: RoundInBrief["reveal"]): number {
  if (!revealed) return -1
  const { out, imposters, misterWhite, votes, coins } = revealed
  return Math.max(out ?? -1, misterWhite ?? -1, ...imposters, ...votes.flat(), ...coins.map(([index]) => index))
}
