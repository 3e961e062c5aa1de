import { seededRandom } from "@/kernel/random"
import { shuffled } from "@/kernel/shuffled"
import { phrasesetRoles, type PhrasesetRole } from "./roles"

/** The order in which a voter sees a phraseset's phrases: the same for the same stored seed, every order equally likely [QF-E6]. */
export function phraseOrder(seed: number): PhrasesetRole[] {
  return shuffled(phrasesetRoles, seededRandom(seed))
}
