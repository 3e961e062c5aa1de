import { describe, expect, it } from "vitest"
import { wordKey } from "@/ai/pair-rule"
import { wordDeck } from "@/ai/word-deck/word-deck"
import { type Random, seededRandom } from "@/kernel/random"
import { choosePair } from "./deck-choice"
import { drawRoles, fewestPlayers, type Roles } from "./roles"
import { paymentsFor, type Payment } from "./scores"
import { candidatesOf, countVotes, type Vote } from "./voting"

const sizes = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const partiesPerSize = 20
const roundsPerParty = 50
const mostSeed = 2 ** 31 - 1

// Upper critical values of chi-square for p = 0.001 by degrees of freedom: NIST/SEMATECH e-Handbook of Statistical
// Methods, section 1.3.6.7.4.
const critical = new Map([
  [2, 13.816],
  [3, 16.266],
  [4, 18.467],
  [5, 20.515],
  [6, 22.458],
  [7, 24.322],
  [8, 26.124],
  [9, 27.877],
  [10, 29.588],
  [11, 31.264],
])

type Played = {
  readonly livingIds: readonly string[]
  readonly roles: Roles
  readonly presentIds: readonly string[]
  readonly wordKey: string
  readonly isCalledOff: boolean
  readonly outId: string | null
  /** Those of the deciding vote. */
  readonly votes: readonly Vote[]
  readonly payments: readonly Payment[]
}

const chance = (random: Random, percent: number) => random.int(1, 100) <= percent

/** A night: guests come and go between rounds and in them, vote for anybody, or do not vote. */
function playParty(size: number, random: Random): Played[] {
  const guestIds = Array.from({ length: size }, (_, place) => `guest-${place}`)
  const usedKeys = new Set<string>()
  const settings = { imposterCount: random.int(1, 3), hasMisterWhite: chance(random, 50) }
  const category = chance(random, 80) ? wordDeck[random.int(0, wordDeck.length - 1)]!.category : null
  let awayIds: string[] = []
  return Array.from({ length: roundsPerParty }, () => {
    const nowAwayIds = guestIds.filter((id) => chance(random, 25) !== awayIds.includes(id))
    // Too few for a round: they wait until all are back.
    awayIds = size - nowAwayIds.length >= fewestPlayers ? nowAwayIds : []
    const livingIds = guestIds.filter((id) => !awayIds.includes(id))
    const roles = drawRoles(random.int(0, mostSeed), livingIds, settings)
    const pair = choosePair(category, { usedKeys, isPlayable: () => true }, random)
    const key = wordKey(pair!.word)
    usedKeys.add(key)
    return { livingIds, roles, wordKey: key, ...playTable(livingIds, roles, random) }
  })
}

function playTable(livingIds: readonly string[], { imposterIds }: Roles, random: Random) {
  const presentIds = livingIds.filter(() => !chance(random, 5))
  const isCalledOff = presentIds.length < fewestPlayers || !imposterIds.some((id) => presentIds.includes(id))
  if (isCalledOff) return { presentIds, isCalledOff, outId: null, votes: [], payments: [] }
  const first = castVotes(livingIds, candidatesOf(presentIds, null), random)
  const count = countVotes(first, presentIds, candidatesOf(presentIds, null))
  if ("outId" in count) return { presentIds, isCalledOff, ...decided(presentIds, imposterIds, count.outId, first) }
  const tied = candidatesOf(presentIds, count.tiedIds)
  const second = castVotes(livingIds, tied, random)
  const recount = countVotes(second, presentIds, tied)
  return { presentIds, isCalledOff, ...decided(presentIds, imposterIds, "outId" in recount ? recount.outId : null, second) }
}

function decided(presentIds: readonly string[], imposterIds: readonly string[], outId: string | null, votes: readonly Vote[]) {
  return { outId, votes, payments: paymentsFor({ presentIds, imposterIds, outId, votes }) }
}

/** Four of five vote, those who have left since included. */
function castVotes(voterIds: readonly string[], candidateIds: readonly string[], random: Random): Vote[] {
  return voterIds.flatMap((voterId) => {
    const choices = candidateIds.filter((id) => id !== voterId)
    if (choices.length === 0 || !chance(random, 80)) return []
    return [{ voterId, targetId: choices[random.int(0, choices.length - 1)]! }]
  })
}

/**
 * How far the draws of a party size are from every living guest being drawn equally often. Of m living guests k are
 * imposters: each is one with p = k/m, with a variance of p(1 − p). Nobody's presence is likelier than another's, so
 * the summed differences of n guests have one variance v each and add up to 0; Σd²·(n − 1)/(n·v) is chi-square with
 * n − 1 degrees of freedom.
 */
function chiSquare(size: number, rounds: readonly Played[], drawnOf: (roles: Roles) => readonly string[]): number {
  const difference = new Map<string, number>()
  let variances = 0
  for (const { livingIds, roles } of rounds) {
    const drawn = drawnOf(roles)
    const p = drawn.length / livingIds.length
    for (const id of livingIds) difference.set(id, (difference.get(id) ?? 0) + (drawn.includes(id) ? 1 : 0) - p)
    variances += livingIds.length * p * (1 - p)
  }
  const squares = [...difference.values()].reduce((total, it) => total + it * it, 0)
  return (squares * (size - 1)) / variances
}

/** What the house owes for a round, by the letter of the rules. Coins. */
function owed({ isCalledOff, outId, roles: { imposterIds }, presentIds, votes }: Played): number {
  if (isCalledOff) return 0
  const present = new Set(presentIds)
  if (outId === null || !imposterIds.includes(outId)) return 150 * imposterIds.filter((id) => present.has(id)).length
  return 50 * votes.filter(({ voterId, targetId }) => targetId === outId && present.has(voterId) && !imposterIds.includes(voterId)).length
}

describe("[IMP-3] [IMP-5] simulation of 10 000 seeded rounds", () => {
  const random = seededRandom(20_300_504)
  const nights = new Map(sizes.map((size) => [size, Array.from({ length: partiesPerSize }, () => playParty(size, random))]))
  const rounds = [...nights.values()].flat(2)

  it("is 10 000 rounds of every kind", () => {
    expect(rounds).toHaveLength(10_000)
    const kinds = rounds.map(({ isCalledOff, outId, roles }) =>
      isCalledOff ? "called off" : outId === null ? "nobody out" : roles.imposterIds.includes(outId) ? "caught" : "civilian out",
    )
    for (const kind of ["called off", "nobody out", "caught", "civilian out"]) expect([kind, kinds.filter((it) => it === kind).length > 300]).toEqual([kind, true])
    expect(new Set(rounds.map(({ livingIds }) => livingIds.length))).toEqual(new Set(sizes))
    expect(new Set(rounds.map(({ roles }) => roles.imposterIds.length))).toEqual(new Set([1, 2, 3]))
  })

  it.each(sizes)("[IMP-3] in parties of %d each living guest becomes imposter, and Mr White, equally often", (size) => {
    const played = nights.get(size)!.flat()
    expect(chiSquare(size, played, ({ imposterIds }) => imposterIds)).toBeLessThan(critical.get(size - 1)!)
    const withMisterWhite = played.filter(({ roles }) => roles.misterWhiteId !== null)
    expect(chiSquare(size, withMisterWhite, ({ misterWhiteId }) => [misterWhiteId!])).toBeLessThan(critical.get(size - 1)!)
  })

  it("[IMP-3] would notice somebody being drawn a little more often", () => {
    for (const size of sizes) {
      // In every eighth round the first at the table is it, whatever the draw said.
      const biased = nights.get(size)!.flat().map((round, at) => (at % 8 === 0 ? { ...round, roles: { ...round.roles, imposterIds: round.livingIds.slice(0, 1) } } : round))
      expect(chiSquare(size, biased, ({ imposterIds }) => imposterIds)).toBeGreaterThan(critical.get(size - 1)!)
    }
  })

  it("[IMP-14] [IMP-15] what the house owes is what guests receive, coin for coin", () => {
    const wallets = new Map<string, number>()
    for (const { payments } of rounds) for (const { guestId, coins } of payments) wallets.set(guestId, (wallets.get(guestId) ?? 0) + coins)
    const received = [...wallets.values()].reduce((total, coins) => total + coins, 0)
    expect(received).toBe(rounds.reduce((total, round) => total + owed(round), 0))
    for (const round of rounds) {
      const paid = round.payments.map(({ guestId }) => guestId)
      expect(round.payments.reduce((total, { coins }) => total + coins, 0)).toBe(owed(round))
      expect(new Set(paid).size).toBe(paid.length)
      expect(paid.every((id) => round.presentIds.includes(id))).toBe(true)
    }
  })

  it("[IMP-12] caught pays civilians only, escaped imposters only, called off nobody", () => {
    for (const { isCalledOff, outId, roles, payments } of rounds) {
      const isCaught = outId !== null && roles.imposterIds.includes(outId)
      if (isCalledOff) expect(payments).toEqual([])
      else expect(payments.every(({ guestId }) => roles.imposterIds.includes(guestId) !== isCaught)).toBe(true)
      // Caught by other imposters' votes alone it is nobody's merit.
      if (!isCalledOff && !isCaught) expect(payments.length).toBeGreaterThan(0)
    }
  })

  it("[IMP-5] no word comes twice in a party, though categories are used up", () => {
    for (const party of [...nights.values()].flat()) expect(new Set(party.map((round) => round.wordKey)).size).toBe(roundsPerParty)
    const largest = Math.max(...wordDeck.map(({ pairs }) => pairs.length))
    expect(roundsPerParty).toBeGreaterThan(largest)
  })
})
