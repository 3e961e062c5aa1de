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
  return draw(unusedPairs(category, left.usedKeys), left, random) ?? draw(unusedPairs(null, left.usedKeys), left, random)
}

/** The pairs of the deck whose word a party does not know [IMP-5]; of all categories for null. */
export function unusedPairs(category: string | null, usedKeys: ReadonlySet<string>): WordPair[] {
  return deck.filter((each) => (category === null || each.category === category) && !usedKeys.has(each.key)).map(({ pair }) => pair)
}

// Whether a pair may be shown takes the family filter 40 µs to say: it is asked about the pair drawn, not about the deck.
function draw(unused: WordPair[], { isPlayable }: Left, random: Random): WordPair | null {
  while (unused.length > 0) {
    const [pair] = unused.splice(random.int(0, unused.length - 1), 1)
    if (pair && isPlayable(pair)) return pair
  }
  return null
}
