import { assert } from "@/kernel/assert"
import { phrasesetRoles, type PhrasesetRole } from "./roles"

/** Points a vote for this phrase brings its writer [QF-N6]. */
const pointsPerVote: Readonly<Record<PhrasesetRole, number>> = { ORIGINAL: 1, COPY_1: 2, COPY_2: 2 }

export type Shares = {
  /** Coins of the pool for each phrase's writer. */
  readonly shares: Readonly<Record<PhrasesetRole, number>>
  /** What rounding leaves, in coins: the house's. */
  readonly houseCoins: number
}

/**
 * Shares a phraseset's pool among its writers by points, each share rounded down; without a vote a third each [QF-E7].
 * @param pool coins, see `poolCoins`.
 * @param votes votes for each of the three phrases.
 */
export function sharesOf(pool: number, votes: Readonly<Record<PhrasesetRole, number>>): Shares {
  assert(Number.isSafeInteger(pool) && pool >= 0, `a pool is a whole number of coins, not ${pool}`)
  const points = pointsOf(votes)
  const share = (role: PhrasesetRole) => Math.floor((points[role] * pool) / sumOf(points))
  const shares = { ORIGINAL: share("ORIGINAL"), COPY_1: share("COPY_1"), COPY_2: share("COPY_2") }
  return { shares, houseCoins: pool - sumOf(shares) }
}

function pointsOf(votes: Readonly<Record<PhrasesetRole, number>>): Record<PhrasesetRole, number> {
  if (sumOf(votes) === 0) return { ORIGINAL: 1, COPY_1: 1, COPY_2: 1 }
  return {
    ORIGINAL: votes.ORIGINAL * pointsPerVote.ORIGINAL,
    COPY_1: votes.COPY_1 * pointsPerVote.COPY_1,
    COPY_2: votes.COPY_2 * pointsPerVote.COPY_2,
  }
}

function sumOf(numbers: Readonly<Record<PhrasesetRole, number>>): number {
  return phrasesetRoles.reduce((sum, role) => sum + numbers[role], 0)
}
