import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import type { Database } from "@/db/client"
import { withoutNames } from "@/db/without-names"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** How many guests one address may bring into a party [PTY-27]. Counted in Postgres, so that all processes count together. */
export type ArrivalLimits = {
  /** Counts one more who asks for a seat with the right party PIN. Refused when there were too many from this address. */
  take(arrival: { address: string; partyId: string }): Promise<Result<true, TooManyArrivals>>
}

export type TooManyArrivals = Refusal<"too_many_arrivals">

/** Enough for everybody behind one router to come at once; a program that fills a party with made-up guests leaves the host time to lock the door. */
const allowance = { points: 240, duration: 10 * 60 }

export function createArrivalLimits(pool: Database["pool"]): ArrivalLimits {
  const limiter = new RateLimiterPostgres({ storeClient: withoutNames(pool), storeType: "pool", tableName: "rate_limits", tableCreated: true, clearExpiredByTimeout: false, keyPrefix: "arrival", ...allowance })
  return {
    async take({ address, partyId }) {
      const over = await limiter.consume(`${partyId} ${addressOwner(address)}`).then(() => undefined, onlyOverLimit)
      return over ? refuse("too_many_arrivals", { seconds: Math.max(1, Math.ceil(over.msBeforeNext / 1000)) }) : ok(true)
    },
  }
}

// The library rejects with its own result when the limit is reached, and with something else when the database failed.
function onlyOverLimit(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason
  throw reason
}
