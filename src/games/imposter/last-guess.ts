import { wordKey } from "@/ai/pair-rule"

/**
 * Whether a typed guess is the word [IMP-16]: case, accents, punctuation, blanks, a leading article and a plural's s
 * or es do not matter.
 */
export function isRightGuess(guess: string, word: string): boolean {
  const wanted = keysOf(word)
  return keysOf(guess).some((guessed) => wanted.some((key) => guessed === key || isPluralOf(guessed, key) || isPluralOf(key, guessed)))
}

/** What a text may mean: itself, and itself without what looks like an article ("Las" belongs to Las Vegas). */
function keysOf(text: string): string[] {
  return [wordKey(text), wordKey(withoutArticle(text))].filter((key) => key !== "")
}

// English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish and Norwegian.
const article =
  /^(?:(?:the|an?|der|die|das|den|dem|eine?[nr]?|le|la|les|une?|des|el|los|las|un[ao]s?|il|lo|i|gli|de|het|een|os?|as|uma?|en|ett?)[^\p{L}\p{N}\s]*\s+|(?:l|un|gl|d)')/u

function withoutArticle(text: string): string {
  const straight = text.replace(/[’‘`´]/gu, "'").normalize("NFKC").toLowerCase()
  return straight.replace(/^[^\p{L}\p{N}]+/u, "").replace(article, "")
}

// Shorter than this, an s at the end is as likely the word's own: "gas" is not many "ga".
const shortestSingular = 3

/** With an s, or with es after a sibilant or an o: "cats", "buses", "potatoes". "Glass" is not many "glas". */
function isPluralOf(many: string, single: string): boolean {
  if (single.length < shortestSingular) return false
  return (many === `${single}s` && !single.endsWith("s")) || (many === `${single}es` && /(?:[sxzo]|ch|sh)$/u.test(single))
}
