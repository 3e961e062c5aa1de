import { stemmer } from "stemmer"
import { isCommonWord, withoutPossessive } from "./common-words"
import { normalisePhrase } from "./phrase"

/** A word that is not common, and how it is compared with others [QF-P6]. */
export type TellingWord = {
  /** As it stands in the text, in capitals. */
  readonly written: string
  /** Its letters alone, without a possessive's S. */
  readonly letters: string
  readonly stem: string
  /** Long enough to be kept apart from other texts in its own right. */
  readonly isSignificant: boolean
}

/** In letters. */
const significantLetters = 4

/** Every word of a text, be it a prompt or a phrase, that is not common. */
export function tellingWords(text: string): TellingWord[] {
  return wordsOf(text).filter((word) => !isCommonWord(word)).map(tellingWord)
}

/** A prompt is a sentence: it may hold signs, digits and accents that no phrase holds. */
function wordsOf(text: string): string[] {
  const bare = normalisePhrase(text).normalize("NFD").replace(/\p{M}/gu, "")
  return bare.match(/\p{L}+(?:'\p{L}+)*(?:(?<=S)')?/gu) ?? []
}

function tellingWord(written: string): TellingWord {
  const letters = withoutPossessive(written).replaceAll("'", "")
  return { written, letters, stem: stemmer(letters), isSignificant: letters.length >= significantLetters }
}
