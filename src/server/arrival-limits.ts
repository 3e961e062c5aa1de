import type { Database } from "@/db/client"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { createRateLimit } from "./rate-limit"

/** How many guests one address may bring into a party [PTY-27]. Counted in Postgres, so that all processes count together. */
export type ArrivalLimits = {
  /** Counts one more who asks for a seat with the right party PIN. Refused when there were too many from this address. */
  take(arrival: { address: string; partyId: string }): Promise<Result<true, TooManyArrivals>>
}

export type TooManyArrivals = Refusal<"too_many_arrivals">

/** Enough for everybody behind one router to come at once; a program that fills a party with made-up guests leaves the host time to lock the door. */
const allowance = { keyPrefix: "arrival", points: 240, duration: 10 * 60 }

export function createArrivalLimits(pool: Database["pool"]): ArrivalLimits {
  const limit = createRateLimit(pool, allowance)
  return {
    async take({ address, partyId }) {
      const over = await limit.take(`${partyId} ${addressOwner(address)}`)
      return over ? refuse("too_many_arrivals", over) : ok(true)
    },
  }
}
