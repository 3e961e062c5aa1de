import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import type { Database } from "@/db/client"
import { withoutNames } from "@/db/without-names"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** How many parties may be started from the landing page [PTY-22]. Counted in Postgres, so that all processes count together. */
export type NewPartyLimits = {
  /** Counts one more party. Refused when there were too many from this address, or altogether. */
  take(address: string): Promise<Result<true, TooManyParties>>
}

export type TooManyParties = Refusal<"too_many_parties">

const hourSeconds = 60 * 60

export function createNewPartyLimits(pool: Database["pool"]): NewPartyLimits {
  const store = { storeClient: withoutNames(pool), storeType: "pool", tableName: "rate_limits", tableCreated: true, clearExpiredByTimeout: false }
  const perAddress = new RateLimiterPostgres({ ...store, keyPrefix: "new-party-address", points: 3, duration: hourSeconds })
  const together = new RateLimiterPostgres({ ...store, keyPrefix: "new-party", points: 30, duration: hourSeconds })
  return {
    async take(address) {
      // The address first: who asks too often must not use up what the others have together.
      for (const { limiter, key } of [{ limiter: perAddress, key: addressOwner(address) }, { limiter: together, key: "all" }]) {
        const over = await limiter.consume(key).then(() => undefined, onlyOverLimit)
        if (over) return refuse("too_many_parties", { seconds: Math.max(1, Math.ceil(over.msBeforeNext / 1000)) })
      }
      return ok(true)
    },
  }
}

// The library rejects with its own result when the limit is reached, and with something else when the database failed.
function onlyOverLimit(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason
  throw reason
}
