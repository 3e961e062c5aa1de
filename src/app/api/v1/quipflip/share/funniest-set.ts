import type { RevealedPhrase, RevealedSet } from "@/games/quipflip/view"

export type FunniestSet = { readonly promptText: string; readonly original: RevealedPhrase; readonly copy: RevealedPhrase }

/** The set whose copy took in the most voters, the players' own before the house's; null when nobody was fooled. */
export function funniestSet(sets: readonly RevealedSet[]): FunniestSet | null {
  const fooled = sets.flatMap(({ promptText, isFiller, phrases }) => {
    const original = phrases.find(({ role }) => role === "ORIGINAL")
    const copies = phrases.filter(({ role, voters }) => role !== "ORIGINAL" && voters.length > 0)
    return original ? copies.map((copy) => ({ promptText, isFiller, original, copy })) : []
  })
  const [best] = fooled.toSorted((a, b) => b.copy.voters.length - a.copy.voters.length || Number(a.isFiller) - Number(b.isFiller))
  return best ? { promptText: best.promptText, original: best.original, copy: best.copy } : null
}
