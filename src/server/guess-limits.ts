import type { Database } from "@/db/client"
import { addressOwner } from "@/kernel/client-address"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { createRateLimit } from "./rate-limit"

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
  const perAddress = createRateLimit(pool, { keyPrefix: "address", points: 5, duration: 60 })
  const perParty = createRateLimit(pool, { keyPrefix: "party", points: 30, duration: 60 * 60 })
  const counters = ({ address, door }: Guess) => [
    { limit: perAddress, key: addressOwner(address) },
    ...(door ? [{ limit: perParty, key: door }] : []),
  ]
  return {
    async check(guess) {
      for (const { limit, key } of counters(guess)) {
        const over = await limit.check(key)
        if (over) return refuse("too_many_guesses", over)
      }
      return ok(true)
    },
    async take(guess) {
      for (const { limit, key } of counters(guess)) {
        const over = await limit.take(key)
        if (over) return refuse("too_many_guesses", over)
      }
      return ok(true)
    },
    async giveBack(guess) {
      for (const { limit, key } of counters(guess)) await limit.giveBack(key)
    },
  }
}
