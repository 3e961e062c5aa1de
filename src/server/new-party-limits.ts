import type { Database } from "@/db/client"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { createRateLimit } from "./rate-limit"

/** How many parties may be started from the landing page [PTY-22]. Counted in Postgres, so that all processes count together. */
export type NewPartyLimits = {
  /** Counts one more party. Refused when there were too many from this address, or altogether. */
  take(address: string): Promise<Result<true, TooManyParties>>
}

export type TooManyParties = Refusal<"too_many_parties">

const hourSeconds = 60 * 60

export function createNewPartyLimits(pool: Database["pool"]): NewPartyLimits {
  const perAddress = createRateLimit(pool, { keyPrefix: "new-party-address", points: 3, duration: hourSeconds })
  const together = createRateLimit(pool, { keyPrefix: "new-party", points: 30, duration: hourSeconds })
  return {
    async take(address) {
      // The address first: who asks too often must not use up what the others have together.
      const over = (await perAddress.take(addressOwner(address))) ?? (await together.take("all"))
      return over ? refuse("too_many_parties", over) : ok(true)
    },
  }
}
