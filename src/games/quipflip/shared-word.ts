import { isNearSpelling } from "./near-spelling"
import { type TellingWord, tellingWords } from "./significant-words"

/**
 * The first word of a phrase that comes too close to one of a text [QF-P6, QF-P7, QF-P8].
 * @returns the word as it stands in the phrase, never as it stands in the text
 */
export function sharedWord(phrase: string, text: string): string | null {
  const others = tellingWords(text)
  return tellingWords(phrase).find((word) => others.some((other) => isTooClose(word, other)))?.written ?? null
}

function isTooClose(one: TellingWord, other: TellingWord): boolean {
  // One significant word is enough: RUNNING gives RUN away.
  if (one.stem === other.stem) return one.isSignificant || other.isSignificant
  return one.isSignificant && other.isSignificant && isNearSpelling(one.letters, other.letters)
}
