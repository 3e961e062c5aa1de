import { isCommonWord, withoutPossessive } from "./common-words"

/** The words that exist, in capitals. */
export type Dictionary = ReadonlySet<string>

/** @param list one word per line, in any order and case */
export function dictionaryFrom(list: string): Dictionary {
  const words = new Set(list.toUpperCase().split("\n"))
  words.delete("")
  return words
}

/** In the dictionary, somebody's such word (DOG'S, DOGS'), or common [QF-P4]. */
export function isKnownWord(word: string, dictionary: Dictionary): boolean {
  return isCommonWord(word) || dictionary.has(withoutPossessive(word))
}
