/** How many they have to find, read across the room. */
export function imposterWords(count: number): string {
  return count === 1 ? "One of you is the imposter" : `${count} of you are imposters`
}

/** What Mr White is, for everybody: one of the imposters has nothing to go by [IMP-3]. */
export function misterWhiteWords(imposterCount: number): string {
  return imposterCount === 1 ? "Mr White plays: the imposter has no hint at all." : "Mr White plays: one of them has no hint at all."
}

/** As many names as a headline holds. */
const mostTiedNames = 4

/** Between whom the second vote is: "Bo or Cy?" */
export function tieWords(names: readonly string[]): string {
  if (names.length > mostTiedNames) return `${names.length} are level`
  return `${[names.slice(0, -1).join(", "), names.at(-1)].join(" or ")}?`
}
