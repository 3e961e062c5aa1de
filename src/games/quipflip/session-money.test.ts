import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"
import { copyFee, promptFeeCoins, voteFeeCoins } from "./fees"
import { fillerSetsNeeded, type VotableSet } from "./filler-sets"
import { netSplit } from "./net-split"
import { sharesOf } from "./payouts"
import { phraseOrder } from "./phrase-order"
import { poolCoins, rightVoteCoins } from "./prize-pool"
import { rankingOf } from "./ranking"
import { copiesPerPrompt, dealCopies } from "./ring"
import { phrasesetRoles, type PhrasesetRole } from "./roles"
import { dealVotes } from "./vote-assignments"

const house = "house"

type Sheet = { readonly setId: string; readonly writers: Readonly<Record<PhrasesetRole, string>> }
type Session = { players: number; perAuthor: number; copies: number; votes: number; waitingPromptCount: number; seed: number }

const anySession = fc.record<Session>({
  players: fc.integer({ min: 3, max: 8 }),
  perAuthor: fc.integer({ min: 1, max: 3 }),
  copies: fc.integer({ min: 1, max: 4 }),
  votes: fc.integer({ min: 2, max: 5 }),
  waitingPromptCount: fc.constantFrom(0, 11),
  seed: fc.nat(),
})

const times = <T>(count: number, make: (place: number) => T) => Array.from({ length: count }, (_, place) => make(place))

/** Every set of a session: its own, those of prompts from outside, and fillers, with the house wherever nobody wrote. */
function sheetsOf(ids: readonly string[], { perAuthor, copies }: Session): Sheet[] {
  const prompts = ids.flatMap((authorId) => times(perAuthor, (ordinal) => ({ promptId: `${authorId}/${ordinal}`, authorId, ordinal })))
  const deal = dealCopies(ids, prompts, copies)
  const sheet = (setId: string, author: string, copiers: readonly string[]): Sheet => ({
    setId,
    writers: { ORIGINAL: author, COPY_1: copiers[0] ?? house, COPY_2: copiers[1] ?? house },
  })
  return [
    ...prompts.map(({ promptId, authorId }) =>
      sheet(promptId, authorId, deal.assignments.filter((one) => one.promptId === promptId).map(({ copierId }) => copierId)),
    ),
    ...deal.outsidePrompts.map(({ copierIds }, place) => sheet(`outside-${place}`, house, copierIds)),
  ]
}

/** Plays a session through the rules and books every coin: fees into each set's pot, out of it what it pays. */
function play(session: Session) {
  const random = seededRandom(session.seed)
  const ids = shuffled(times(session.players, (seat) => `player-${seat}`), random)
  const copyCoins = copyFee({ waitingPromptCount: session.waitingPromptCount, isSecondCopy: false })
  const fees: Record<PhrasesetRole, number> = { ORIGINAL: promptFeeCoins, COPY_1: copyCoins, COPY_2: copyCoins }
  const accounts = new Map<string, number>()
  const books = { spent: new Map<string, number>(), earned: new Map<string, number>(), lowestPot: 0 }
  const add = (map: Map<string, number>, key: string, coins: number) => map.set(key, (map.get(key) ?? 0) + coins)
  const transfer = (from: string, to: string, coins: number) => {
    add(accounts, from, -coins)
    add(accounts, to, coins)
  }
  const charge = (playerId: string, pot: string, coins: number) => {
    transfer(playerId, pot, coins)
    add(books.spent, playerId, coins)
  }
  const pay = (playerId: string, pot: string, coins: number, fee: number) => {
    const { walletCoins, vaultCoins } = netSplit(coins, fee)
    transfer(pot, playerId, walletCoins)
    transfer(pot, `vault of ${playerId}`, vaultCoins)
    add(books.earned, playerId, walletCoins + vaultCoins)
  }

  const own = sheetsOf(ids, session)
  const votable = own.map(({ setId, writers }): VotableSet => ({ setId, writerIds: Object.values(writers) }))
  const fillers = times(fillerSetsNeeded(ids, votable, session.votes), (place): Sheet => ({
    setId: `filler-${place}`,
    writers: { ORIGINAL: house, COPY_1: house, COPY_2: house },
  }))
  const dealt = dealVotes(ids, { sets: votable, fillers: fillers.map(({ setId }) => ({ setId, writerIds: [] })) }, session.votes)

  for (const { setId, writers } of [...own, ...fillers]) {
    for (const role of phrasesetRoles) charge(writers[role], setId, fees[role])
    transfer(house, setId, copiesPerPrompt * (50 - copyCoins))
    const cast: Record<PhrasesetRole, number> = { ORIGINAL: 0, COPY_1: 0, COPY_2: 0 }
    const voters = dealt.filter((one) => one.setId === setId).map(({ voterId }) => voterId)
    for (const voterId of voters) {
      const choice = phraseOrder(random.int(0, 2 ** 31 - 1))[random.int(0, 2)]!
      cast[choice] += 1
      charge(voterId, setId, voteFeeCoins)
      if (choice === "ORIGINAL") pay(voterId, setId, rightVoteCoins, voteFeeCoins)
    }
    books.lowestPot = Math.min(books.lowestPot, accounts.get(setId) ?? 0)
    const pool = poolCoins({ baseCoins: 200, voteCount: voters.length, rightVoteCount: cast.ORIGINAL })
    const { shares, houseCoins } = sharesOf(pool, cast)
    for (const role of phrasesetRoles) pay(writers[role], setId, shares[role], fees[role])
    transfer(setId, house, houseCoins)
  }
  return { ids, accounts, books, setIds: [...own, ...fillers].map(({ setId }) => setId) }
}

describe("the money of a whole session", () => {
  it("[QF-E7] [QF-E8] [QF-N4] every pot ends empty and is never overdrawn; nothing is made or lost", () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const { accounts, books, setIds } = play(session)
        for (const setId of setIds) expect([setId, accounts.get(setId)]).toEqual([setId, 0])
        expect(books.lowestPot).toBe(0)
        expect([...accounts.values()].reduce((sum, coins) => sum + coins, 0)).toBe(0)
      }),
    )
  })

  it("[QF-S14] the ranking's nets are what wallets and vaults gained", () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const { ids, accounts, books } = play(session)
        const balances = ids.map((playerId) => ({
          playerId,
          earnedCoins: books.earned.get(playerId) ?? 0,
          spentCoins: books.spent.get(playerId) ?? 0,
        }))
        for (const { playerId, netCoins } of rankingOf(balances)) {
          expect(netCoins).toBe((accounts.get(playerId) ?? 0) + (accounts.get(`vault of ${playerId}`) ?? 0))
        }
      }),
    )
  })

  it("[QF-N1] [QF-N8] everybody spends the same: prompts, copies and votes as promised", () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const { ids, books } = play(session)
        const copyCoins = session.waitingPromptCount > 10 ? 40 : 50
        const expected = 100 * session.perAuthor + copyCoins * session.copies + 10 * session.votes
        for (const id of ids) expect(books.spent.get(id)).toBe(expected)
      }),
    )
  })
})
