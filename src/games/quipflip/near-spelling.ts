import { SequenceMatcher } from "difflib"

const nearFrom = 0.8

/**
 * Whether two words are spelled nearly alike [QF-P8]: a Ratcliff–Obershelp ratio of at least 0.8. That ratio depends on
 * which word comes first, the answer does not: the higher one counts.
 */
export function isNearSpelling(one: string, other: string): boolean {
  if (highestRatio(one, other) < nearFrom) return false
  return ratio(one, other) >= nearFrom || ratio(other, one) >= nearFrom
}

function ratio(one: string, other: string): number {
  return new SequenceMatcher(null, one, other).ratio()
}

/** What no ratio of the two exceeds: all letters they have in common, in any order. Most pairs need no more. */
function highestRatio(one: string, other: string): number {
  return (2 * commonLetters(one, other)) / (one.length + other.length)
}

function commonLetters(one: string, other: string): number {
  let rest = other
  for (const letter of one) rest = rest.replace(letter, "")
  return other.length - rest.length
}
