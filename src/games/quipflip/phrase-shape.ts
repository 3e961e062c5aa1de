import { ok, refuse, type Result } from "@/kernel/result"
import type { PhraseRefusal } from "./phrase-refusals"

/** In characters, blanks and apostrophes among them. */
export const phraseLength = { fewest: 4, most: 100 } as const
export const phraseWords = { fewest: 2, most: 5 } as const
/** In letters: an apostrophe is none. */
const wordLetters = { fewest: 2, most: 15 } as const

const wordsOfOneLetter = ["A", "I"]

/**
 * Length, signs, number of words and their lengths [QF-P2].
 * @param phrase normalised
 * @returns its words
 */
export function checkShape(phrase: string): Result<readonly string[], PhraseRefusal> {
  if (phrase.length < phraseLength.fewest) return refuse("phrase_too_short", { fewest: phraseLength.fewest })
  if (phrase.length > phraseLength.most) return refuse("phrase_too_long", { most: phraseLength.most })
  if (!/^[A-Z' ]*$/.test(phrase)) return refuse("phrase_has_other_signs")
  const words = phrase.split(" ")
  if (words.length < phraseWords.fewest) return refuse("phrase_too_few_words", { fewest: phraseWords.fewest })
  if (words.length > phraseWords.most) return refuse("phrase_too_many_words", { most: phraseWords.most })
  const short = words.find((word) => letterCount(word) < wordLetters.fewest && !wordsOfOneLetter.includes(word))
  if (short !== undefined) return refuse("phrase_word_too_short", { word: short, fewest: wordLetters.fewest })
  const long = words.find((word) => letterCount(word) > wordLetters.most)
  if (long !== undefined) return refuse("phrase_word_too_long", { word: long, most: wordLetters.most })
  return ok(words)
}

/** Letters of a word, its apostrophes left out. */
function letterCount(word: string): number {
  return word.replaceAll("'", "").length
}
