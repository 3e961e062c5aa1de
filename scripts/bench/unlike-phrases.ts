import { fillerDeck } from "@/ai/filler-deck/filler-deck"
import type { PhraseStandard } from "@/games/quipflip/phrase-rules"
import { checkPrompt } from "@/games/quipflip/phrase-rules"
import { sharedWord } from "@/games/quipflip/shared-word"

/**
 * As many phrases, of which each may stand beside any other: a bot that takes one nobody else at its table has is refused
 * for nothing but a prompt it was not shown, and needs no dictionary. Throws when there are fewer.
 */
export function unlikePhrases(count: number, standard: PhraseStandard): string[] {
  const found: string[] = []
  for (const phrase of fillerDeck.flatMap(({ original, copies }) => [original, ...copies])) {
    if (found.length === count) break
    if (found.every((other) => sharedWord(phrase, other) === null) && checkPrompt(phrase, "", standard).ok) found.push(phrase)
  }
  if (found.length < count) throw new Error(`${found.length} phrases are unlike each other, and ${count} are wanted`)
  return found
}

/** One seat's share of the phrases of a table: no two seats have one in common. */
export function phrasesOfSeat(phrases: readonly string[], seat: number, seats: number): string[] {
  return phrases.filter((_, index) => index % seats === seat)
}
