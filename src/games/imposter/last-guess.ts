/** Whether a typed guess is the word [IMP-16]: case, accents, punctuation, a leading article and a plural's s do not matter. */
export function isRightGuess(guess: string, word: string): boolean {
  const guessed = guessKey(guess)
  return guessed !== "" && guessed === guessKey(word)
}

const articles = /^(the|an?|der|die|das|eine?|le|la|les|un|une|el|los|las|il|lo|gli|de|het|een|o|os|as|um|uma)\s+/u

function guessKey(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, "")
    .trim()
    .replace(articles, "")
    .replace(/\s+/gu, "")
  return words.length > 3 ? words.replace(/s$/u, "") : words
}
