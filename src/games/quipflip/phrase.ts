/** What people's keyboards type where an apostrophe is meant. */
const apostrophes = /[‘’‛ʼ′`´]/gu

/**
 * The form in which a phrase is stored and compared [QF-P1]: compatibility forms folded, blanks collapsed and trimmed,
 * a straight apostrophe, capitals. Normalising again changes nothing.
 */
export function normalisePhrase(text: string): string {
  // The acute accent falls apart into a blank and a mark when folded, so the apostrophes come first; n with an
  // apostrophe before it falls apart into two letters, so they come again.
  const folded = text.replace(apostrophes, "'").normalize("NFKC")
  // Capitals may fall apart where small letters did not, hence the second folding.
  const capitals = folded.toUpperCase().normalize("NFKC").replace(apostrophes, "'")
  return capitals.replace(/\s+/gu, " ").trim()
}
