import type { Random } from "@/kernel/random"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

const lowest = 1000
const highest = 9999

/**
 * A four-digit PIN nobody in the party has [PTY-4]. Drawn again on a collision; when draws keep colliding, one of the free ones.
 */
export function drawPersonalPin(taken: ReadonlySet<number>, random: Random): Result<number, Refusal<"no_pin_left">> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const pin = random.int(lowest, highest)
    if (!taken.has(pin)) return ok(pin)
  }
  const free = []
  for (let pin = lowest; pin <= highest; pin++) if (!taken.has(pin)) free.push(pin)
  const pin = free.length > 0 ? free[random.int(0, free.length - 1)] : undefined
  return pin === undefined ? refuse("no_pin_left") : ok(pin)
}
