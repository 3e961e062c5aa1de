import { wordKey } from "@/ai/pair-rule"
import { wordDeck } from "@/ai/word-deck/word-deck"
import type { WordPair } from "@/ai/word-pair"
import type { Random } from "@/kernel/random"

const deck = wordDeck.flatMap(({ category, pairs }) => pairs.map((pair) => ({ category, pair, key: wordKey(pair.word) })))

/** What the deck still has for a party: all but the words it knows, by their key, and what it may not be shown. */
export type Left = { readonly usedKeys: ReadonlySet<string>; readonly isPlayable: (pair: WordPair) => boolean }

/**
 * The pair of the deck a round is played with, each that is free in the category equally likely; of any category when
 * that one is used up [IMP-6].
 * @returns null when the party knows every word.
 */
export function choosePair(category: string | null, left: Left, random: Random): WordPair | null {
  const inCategory = freePairs(category, left)
  const choice = inCategory.length > 0 ? inCategory : freePairs(null, left)
  return choice.length > 0 ? (choice[random.int(0, choice.length - 1)] ?? null) : null
}

/** The pairs of the deck that are free [IMP-5]; of all categories for null. */
export function freePairs(category: string | null, { usedKeys, isPlayable }: Left): WordPair[] {
  return deck
    .filter((each) => (category === null || each.category === category) && !usedKeys.has(each.key) && isPlayable(each.pair))
    .map(({ pair }) => pair)
}
