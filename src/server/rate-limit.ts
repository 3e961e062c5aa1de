import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import type { Database } from "@/db/client"
import { withoutNames } from "@/db/without-names"

/** So often within so many seconds. `keyPrefix` sets its counts apart from those of other limits. */
export type Allowance = { readonly keyPrefix: string; readonly points: number; readonly duration: number }

/** How often something may happen to one key. Counted in Postgres, so that all processes count together. */
export type RateLimit = {
  /** Whether it would be too often by now. Counts nothing. */
  check(key: string): Promise<TooOften | null>
  /** Counts once more, and says whether that is too often. */
  take(key: string): Promise<TooOften | null>
  /** Takes one count back. */
  giveBack(key: string): Promise<void>
}

/** When to come back: in so many seconds, one at least. */
export type TooOften = { readonly seconds: number }

export function createRateLimit(pool: Database["pool"], allowance: Allowance): RateLimit {
  const store = { storeClient: withoutNames(pool), storeType: "pool", tableName: "rate_limits", tableCreated: true, clearExpiredByTimeout: false }
  const limiter = new RateLimiterPostgres({ ...store, ...allowance })
  return {
    async check(key) {
      const seen = await limiter.get(key)
      return seen && seen.consumedPoints >= allowance.points ? tooOften(seen) : null
    },
    take: (key) => limiter.consume(key).then(() => null, onlyOverLimit),
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}

// The library rejects with its own result when the limit is reached, and with something else when the database failed.
function onlyOverLimit(reason: unknown): TooOften {
  if (reason instanceof RateLimiterRes) return tooOften(reason)
  throw reason
}

function tooOften({ msBeforeNext }: RateLimiterRes): TooOften {
  return { seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) }
}
