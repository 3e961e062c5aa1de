import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible"
import type { Database } from "@/db/client"
import { withoutNames } from "@/db/without-names"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** How often one may guess wrong at the door [PTY-6]. Counted in Postgres, so that all processes count together. */
export type GuessLimits = {
  /** Whether another guess is allowed now. Counts nothing. */
  check(guess: Guess): Promise<Result<true, TooManyGuesses>>
  /** Counts a guess as wrong before it is looked at, so that a hundred at once do not slip through. */
  take(guess: Guess): Promise<Result<true, TooManyGuesses>>
  /** It was right after all. */
  giveBack(guess: Guess): Promise<void>
}

/** `door` is what the guesses of a party are counted together for, null while no party is known. */
export type Guess = { readonly address: string; readonly door: string | null }
export type TooManyGuesses = Refusal<"too_many_guesses">

export function createGuessLimits(pool: Database["pool"]): GuessLimits {
  const store = { storeClient: withoutNames(pool), storeType: "pool", tableName: "rate_limits", tableCreated: true, clearExpiredByTimeout: false }
  const perAddress = new RateLimiterPostgres({ ...store, keyPrefix: "address", points: 5, duration: 60 })
  const perParty = new RateLimiterPostgres({ ...store, keyPrefix: "party", points: 30, duration: 60 * 60 })
  const counters = ({ address, door }: Guess) => [
    { limiter: perAddress, key: addressOwner(address) },
    ...(door ? [{ limiter: perParty, key: door }] : []),
  ]
  return {
    async check(guess) {
      for (const { limiter, key } of counters(guess)) {
        const seen = await limiter.get(key)
        if (seen && seen.consumedPoints >= limiter.points) return tooMany(seen)
      }
      return ok(true)
    },
    async take(guess) {
      for (const { limiter, key } of counters(guess)) {
        const over = await limiter.consume(key).then(() => undefined, onlyOverLimit)
        if (over) return tooMany(over)
      }
      return ok(true)
    },
    async giveBack(guess) {
      for (const { limiter, key } of counters(guess)) await limiter.reward(key)
    },
  }
}

// The library rejects with its own result when the limit is reached, and with an Error when the database failed.
function onlyOverLimit(reason: unknown): RateLimiterRes {
  if (reason instanceof Error) throw reason
  return reason as RateLimiterRes
}

function tooMany(seen: RateLimiterRes): Result<true, TooManyGuesses> {
  return refuse("too_many_guesses", { seconds: Math.max(1, Math.ceil(seen.msBeforeNext / 1000)) })
}
