import { assert } from "@/kernel/assert"
import { voteFeeCoins } from "./fees"

/** Coins [QF-N4]. */
const poolBaseCoins = 200
const secondCopyBonusCoins = 50
export const rightVoteCoins = 20

/** No phraseset takes more votes [QF-N5]: that is also what keeps its pool from running dry. */
export const mostVotes = 20

/** What a new phraseset's pool holds, in coins [QF-N4]. */
export function poolBase({ hasOneCopier }: { readonly hasOneCopier: boolean }): number {
  return poolBaseCoins + (hasOneCopier ? secondCopyBonusCoins : 0)
}

export type PrizePool = {
  /** See `poolBase`. */
  readonly baseCoins: number
  /** Votes cast, the right ones included. */
  readonly voteCount: number
  readonly rightVoteCount: number
}

/** What a phraseset's writers share, in coins: its base, with each vote's fee in it and each right vote's pay out of it [QF-N4]. */
export function poolCoins({ baseCoins, voteCount, rightVoteCount }: PrizePool): number {
  assert(rightVoteCount >= 0 && rightVoteCount <= voteCount && voteCount <= mostVotes, `${rightVoteCount} of ${voteCount} votes`)
  return baseCoins + voteCount * voteFeeCoins - rightVoteCount * rightVoteCoins
}
