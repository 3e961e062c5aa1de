import { seededRandom, type Random } from "@/kernel/random"
import { phrasesetRoles, type PhrasesetRole } from "./roles"

/** The order in which a voter sees a phraseset's phrases: the same for the same stored seed, every order equally likely [QF-E6]. */
export function phraseOrder(seed: number): PhrasesetRole[] {
  return shuffled(phrasesetRoles, seededRandom(seed))
}

/** Every order equally likely (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.int(0, last)
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}
