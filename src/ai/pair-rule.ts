import type { WordPair } from "./word-pair"

/** The longest word or hint, in code points, as Postgres counts them. */
const longestWord = 40

// All but the iota below Greek vowels: in upper case it is a letter.
const accents = /[\u0300-\u0344\u0346-\u036F]/gu
const notLetters = /[^\p{L}\p{N}\p{M}]/gu

/**
 * Two words are the same when their keys are: no case, no accents, no blanks, no punctuation ("Ice-cream", "ICE CRÉAM").
 * Vowel signs of scripts that write them as marks stay: they tell words apart.
 */
export function wordKey(text: string): string {
  // Down, up and down again makes "ẞ", "ß" and "ss" one.
  const folded = bareLetters(bareLetters(text).toLowerCase().toUpperCase()).toLowerCase()
  return bareLetters(folded).replace(/ς/gu, "σ").normalize("NFC")
}

const bareLetters = (text: string) => text.normalize("NFKD").replace(accents, "").replace(notLetters, "")

/**
 * Why a pair cannot be played, or null: both sides have letters to see, neither is longer than 40 characters, and the
 * hint does not tell the word by holding it or by being a part of it.
 */
export function pairProblem(pair: WordPair): "empty" | "too_long" | "hint_tells_word" | null {
  const word = wordKey(pair.word)
  const hint = wordKey(pair.hint)
  if (word === "" || hint === "") return "empty"
  if (isTooLong(pair.word) || isTooLong(pair.hint)) return "too_long"
  if (word.includes(hint) || hint.includes(word)) return "hint_tells_word"
  return null
}

const isTooLong = (text: string) => Array.from(text).length > longestWord
