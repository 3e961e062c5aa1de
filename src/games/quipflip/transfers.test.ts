import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { aiPlayerOf, debtOf, house, potOf, vaultOf, walletOf, type Account } from "@/wallet/accounts"
import type { Transfer } from "@/wallet/steps"
import { copyFee, type UnplayedReason } from "./fees"
import { mostVotes, poolBase } from "./prize-pool"
import { phrasesetRoles, type PhrasesetRole, type RoundKind } from "./roles"
import {
  accountOf,
  causeOf,
  feeTransfers,
  poolTransfers,
  refundTransfers,
  rightVoteTransfers,
  settlementOf,
  settlementTransfers,
  type PaidRound,
  type Payer,
  type SettledSet,
} from "./transfers"

const pot = "prompt-1"
const guest = (playerId: string): Payer => ({ playerId, aiParticipantId: null })
const ann = guest("ann")
const bo = guest("bo")
const cy = guest("cy")
const robot: Payer = { playerId: null, aiParticipantId: "robot" }
const theHouse: Payer = { playerId: null, aiParticipantId: null }

const fees: Readonly<Record<RoundKind, number>> = { PROMPT: 100, COPY: 50, VOTE: 10 }

function round(roundType: RoundKind, payer: Payer, part: Partial<PaidRound> = {}): PaidRound {
  const roundId = part.roundId ?? `${roundType}-${payer.playerId ?? payer.aiParticipantId ?? "house"}`
  return { ...payer, roundId, roundType, sessionId: null, feeCoins: fees[roundType], lentCoins: 0, potId: pot, ...part }
}

type Vote = SettledSet["votes"][number]
const vote = (payer: Payer, choice: PhrasesetRole, part: Partial<PaidRound> = {}): Vote => ({ ...round("VOTE", payer, part), choice })

/** What each account gained, nothing left out. */
function gains(transfers: readonly Transfer[]): Record<string, number> {
  const accounts = new Map<string, number>()
  for (const { from, to, amount } of transfers) {
    accounts.set(from, (accounts.get(from) ?? 0) - amount)
    accounts.set(to, (accounts.get(to) ?? 0) + amount)
  }
  return Object.fromEntries(accounts)
}

const gain = (transfers: readonly Transfer[], account: Account) => gains(transfers)[account] ?? 0

/** All that is ever booked for a set, in order. */
function bookedFor(set: SettledSet, writers = Object.values(set.writers)): Transfer[] {
  return [
    ...writers.flatMap(feeTransfers),
    ...poolTransfers({ poolBaseCoins: set.poolBaseCoins, rounds: writers }),
    ...set.votes.flatMap(feeTransfers),
    ...set.votes.filter(({ choice }) => choice === "ORIGINAL").flatMap(rightVoteTransfers),
    ...settlementTransfers(set),
  ]
}

describe("fees", () => {
  it("[QF-E1] goes from the wallet into the pot of the prompt it is about", () => {
    expect(feeTransfers(round("COPY", bo))).toEqual([
      {
        from: walletOf("bo"),
        to: potOf(pot),
        amount: 50,
        category: "entry_fee",
        cause: "quipflip:COPY-bo",
        note: "Quipflip copy",
        idempotencyKey: "quipflip:COPY-bo:fee",
      },
    ])
  })

  it("[QF-S5] what the wallet does not reach is lent first, as a debt", () => {
    const transfers = feeTransfers(round("PROMPT", ann, { lentCoins: 30 }))
    expect(transfers.map(({ category }) => category)).toEqual(["loan", "entry_fee"])
    expect(gains(transfers)).toEqual({ [debtOf("ann")]: -30, [walletOf("ann")]: -70, [potOf(pot)]: 100 })
  })

  it("[QF-S6] an AI player pays from an account of its own, and for what is nobody's the house", () => {
    expect(gains(feeTransfers(round("COPY", robot)))).toEqual({ [aiPlayerOf("robot")]: -50, [potOf(pot)]: 50 })
    expect(gains(feeTransfers(round("COPY", theHouse)))).toEqual({ [house]: -50, [potOf(pot)]: 50 })
    expect([ann, robot, theHouse].map(accountOf)).toEqual([walletOf("ann"), aiPlayerOf("robot"), house])
  })

  it("has the session as its cause, or the round outside one", () => {
    expect(causeOf({ sessionId: "s", roundId: "r" })).toBe("quipflip:s")
    expect(causeOf({ sessionId: null, roundId: "r" })).toBe("quipflip:r")
  })
})

describe("what is not played", () => {
  it.each<[RoundKind, UnplayedReason, number, number]>([
    ["PROMPT", "ABANDONED", 95, 5],
    ["COPY", "TIMED_OUT", 45, 5],
    ["VOTE", "ABANDONED", 0, 10],
    ["VOTE", "TIMED_OUT", 0, 10],
    ["COPY", "FLAGGED", 50, 0],
    ["VOTE", "SET_FINAL", 10, 0],
    ["PROMPT", "PARTY_ENDED", 100, 0],
    ["PROMPT", "SESSION_ABANDONED", 100, 0],
  ])("[QF-N3] a %s that is %s brings %d back, the house keeps %d, the pot nothing", (kind, reason, back, kept) => {
    const paid = round(kind, ann)
    const transfers = refundTransfers(paid, reason)
    expect([gain(transfers, walletOf("ann")), gain(transfers, house)]).toEqual([back, kept])
    expect(gain([...feeTransfers(paid), ...transfers], potOf(pot))).toBe(0)
  })

  it("[QF-N3] of a lent fee the whole comes back to the wallet, which owes", () => {
    const paid = round("PROMPT", ann, { lentCoins: 100 })
    const transfers = [...feeTransfers(paid), ...refundTransfers(paid, "TIMED_OUT")]
    expect(gains(transfers)).toEqual({ [debtOf("ann")]: -100, [walletOf("ann")]: 95, [potOf(pot)]: 0, [house]: 5 })
  })

  it("the house gives itself nothing back", () => {
    expect(gains([...feeTransfers(round("COPY", theHouse)), ...refundTransfers(round("COPY", theHouse), "TIMED_OUT")])).toEqual({ [house]: 0, [potOf(pot)]: 0 })
  })
})

describe("a new set's pool", () => {
  const prompt = round("PROMPT", ann)
  const first = round("COPY", bo)
  const discounted = (payer: Payer) => round("COPY", payer, { feeCoins: 40 })
  const second = round("COPY", bo, { roundId: "COPY-bo-2", feeCoins: 100 })

  it.each<[string, PaidRound[], number, number]>([
    ["two copies at the full price: nothing is missing", [prompt, first, round("COPY", cy)], 200, 0],
    ["one with discount: the house puts in 10", [prompt, first, discounted(cy)], 200, -10],
    ["two with discount: 20", [prompt, discounted(bo), discounted(cy)], 200, -20],
    ["both by one player: 250 are in it", [prompt, first, second], 250, 0],
    ["both by one player, the first with discount", [prompt, discounted(bo), second], 250, -10],
    ["both by the house: no bonus", [prompt, round("COPY", theHouse, { roundId: "h1" }), round("COPY", theHouse, { roundId: "h2" })], 200, 0],
    ["more in it than the base: the house takes it", [prompt, first, second], 200, 50],
  ])("[QF-N4] %s", (_what, rounds, poolBaseCoins, houseGain) => {
    const transfers = poolTransfers({ poolBaseCoins, rounds })
    expect(gain(transfers, house)).toBe(houseGain)
    expect(gain([...rounds.flatMap(feeTransfers), ...transfers], potOf(pot))).toBe(poolBaseCoins)
  })

  it("[QF-N4] is booked once, however often it is asked: by the prompt's round", () => {
    const [cover] = poolTransfers({ poolBaseCoins: 200, rounds: [prompt, discounted(bo), discounted(cy)] })
    expect(cover).toMatchObject({ category: "house_cover", idempotencyKey: "quipflip:PROMPT-ann:cover" })
  })
})

describe("what a set brings", () => {
  const writers = { ORIGINAL: round("PROMPT", ann), COPY_1: round("COPY", bo), COPY_2: round("COPY", cy) }
  const set = (votes: readonly Vote[], part: Partial<SettledSet> = {}): SettledSet => ({ phrasesetId: "set", poolBaseCoins: 200, writers, votes, ...part })
  const votesFor = (...choices: PhrasesetRole[]) => choices.map((choice, place) => vote(guest(`voter-${place}`), choice))

  it.each<[PhrasesetRole[], number, Record<PhrasesetRole, number>, number]>([
    [[], 200, { ORIGINAL: 66, COPY_1: 66, COPY_2: 66 }, 2],
    [["ORIGINAL"], 190, { ORIGINAL: 190, COPY_1: 0, COPY_2: 0 }, 0],
    [["COPY_1"], 210, { ORIGINAL: 0, COPY_1: 210, COPY_2: 0 }, 0],
    [["ORIGINAL", "COPY_1", "COPY_2"], 210, { ORIGINAL: 42, COPY_1: 84, COPY_2: 84 }, 0],
    [["ORIGINAL", "ORIGINAL", "COPY_2"], 190, { ORIGINAL: 95, COPY_1: 0, COPY_2: 95 }, 0],
  ])("[QF-E7] votes for %j share a pool of %d", (choices, pool, shares, rest) => {
    const settled = set(votesFor(...choices))
    expect(settlementOf(settled)).toMatchObject({ pool, shares, houseCoins: rest })
    expect(gain(settlementTransfers(settled), house)).toBe(rest)
  })

  it("[QF-E8] of a writer's net three tenths go to the vault", () => {
    const transfers = settlementTransfers(set(votesFor("COPY_1")))
    expect([gain(transfers, walletOf("bo")), gain(transfers, vaultOf("bo"))]).toEqual([210 - 48, 48])
  })

  it("[QF-E8] the fee is the one really charged: with discount more is won, of a lent one none is paid", () => {
    const cheap = { ...writers, COPY_1: round("COPY", bo, { feeCoins: 40 }) }
    expect(gain(settlementTransfers(set(votesFor("COPY_1"), { writers: cheap })), vaultOf("bo"))).toBe(51)
    const lent = { ...writers, COPY_1: round("COPY", bo, { lentCoins: 50 }) }
    expect(gain(settlementTransfers(set(votesFor("COPY_1"), { writers: lent })), vaultOf("bo"))).toBe(48)
  })

  it("[QF-E7] who wrote both copies gets both shares, each against its own fee", () => {
    const both = { ...writers, COPY_2: round("COPY", bo, { roundId: "COPY-bo-2", feeCoins: 100 }) }
    const transfers = settlementTransfers(set(votesFor("COPY_1", "COPY_2"), { writers: both, poolBaseCoins: 250 }))
    expect([gain(transfers, walletOf("bo")) + gain(transfers, vaultOf("bo")), gain(transfers, vaultOf("bo"))]).toEqual([270, 25 + 10])
  })

  it("[QF-S6] AI players keep all of it, and what is the house's stays there", () => {
    const machines = { ORIGINAL: round("PROMPT", robot), COPY_1: round("COPY", theHouse), COPY_2: writers.COPY_2 }
    const transfers = settlementTransfers(set(votesFor("ORIGINAL", "COPY_1"), { writers: machines }))
    expect([gain(transfers, aiPlayerOf("robot")), gain(transfers, house)]).toEqual([66, 132 + 2])
  })

  it("[QF-N4] [QF-E8] a right vote brings 20: 17 for the wallet, 3 for the vault", () => {
    const transfers = rightVoteTransfers(vote(guest("di"), "ORIGINAL"))
    expect(gains(transfers)).toEqual({ [potOf(pot)]: -20, [walletOf("di")]: 17, [vaultOf("di")]: 3 })
  })
})

describe("[QF-E7] nothing is made or lost", () => {
  const anyPayer = fc.constantFrom(ann, bo, cy, robot, theHouse)
  const anySet = fc
    .record({
      writers: fc.tuple(anyPayer, anyPayer, anyPayer),
      isOneCopier: fc.boolean(),
      waiting: fc.tuple(fc.constantFrom(0, 11), fc.constantFrom(0, 11)),
      lent: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }),
      votes: fc.array(fc.record({ payer: fc.constantFrom(guest("di"), guest("ed"), robot, theHouse), choice: fc.constantFrom(...phrasesetRoles) }), { maxLength: mostVotes }),
    })
    .map(({ writers: [author, one, other], isOneCopier, waiting, lent, votes }): SettledSet => {
      const second = isOneCopier ? one : other
      const isSecondCopy = second.playerId !== null && second.playerId === one.playerId
      const fee = [100, copyFee({ waitingPromptCount: waiting[0], isSecondCopy: false }), copyFee({ waitingPromptCount: waiting[1], isSecondCopy })]
      const written = (kind: RoundKind, payer: Payer, place: number) =>
        round(kind, payer, { roundId: `writer-${place}`, feeCoins: fee[place] ?? 0, lentCoins: Math.min(fee[place] ?? 0, lent[place] ?? 0) })
      return {
        phrasesetId: "set",
        poolBaseCoins: poolBase({ hasOneCopier: isSecondCopy }),
        writers: { ORIGINAL: written("PROMPT", author, 0), COPY_1: written("COPY", one, 1), COPY_2: written("COPY", second, 2) },
        votes: votes.map(({ payer, choice }, place) => vote(payer, choice, { roundId: `vote-${place}` })),
      }
    })

  it("and every pot ends at zero without ever being overdrawn", () => {
    fc.assert(
      fc.property(anySet, (set) => {
        let left = 0
        let lowest = 0
        for (const { from, to, amount } of bookedFor(set)) {
          left += (to === potOf(pot) ? amount : 0) - (from === potOf(pot) ? amount : 0)
          lowest = Math.min(lowest, left)
        }
        expect({ left, lowest }).toEqual({ left: 0, lowest: 0 })
      }),
    )
  })

  it("each movement is of a positive number of coins, between two accounts, under a key of its own", () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const transfers = bookedFor(set)
        expect(transfers.filter(({ amount, from, to }) => !Number.isSafeInteger(amount) || amount <= 0 || from === to)).toEqual([])
        expect(new Set(transfers.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(transfers.length)
      }),
    )
  })

  it("and everybody gets the share of what they wrote and the pay of what they saw through", () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const { shares } = settlementOf(set)
        const paidOut = [...settlementTransfers(set), ...set.votes.filter(({ choice }) => choice === "ORIGINAL").flatMap(rightVoteTransfers)]
        for (const { playerId } of [ann, bo, cy, guest("di"), guest("ed")]) {
          if (playerId === null) continue
          const wrote = phrasesetRoles.filter((role) => set.writers[role].playerId === playerId).reduce((sum, role) => sum + shares[role], 0)
          const saw = 20 * set.votes.filter((cast) => cast.playerId === playerId && cast.choice === "ORIGINAL").length
          expect(gain(paidOut, walletOf(playerId)) + gain(paidOut, vaultOf(playerId))).toBe(wrote + saw)
        }
      }),
    )
  })
})
