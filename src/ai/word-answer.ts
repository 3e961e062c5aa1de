import { z } from "zod"
import { pairProblem, wordKey } from "./pair-rule"
import type { WordPair } from "./word-pair"
import type { WordWish } from "./word-wish"

/**
 * The shape of the model's answer. Lengths are not in it: one word too long would throw all the others away, so the pair
 * rule leaves out the one.
 */
export const wordAnswer = z.object({
  language: z.string().describe("BCP 47 tag of the language the words and hints are written in"),
  pairs: z.array(
    z.object({
      word: z.string().describe("What everybody but the imposter sees, at most 40 characters"),
      hint: z.string().describe("What the imposter sees, one or two words, at most 40 characters"),
    }),
  ),
})

export type WordAnswer = z.infer<typeof wordAnswer>

/**
 * The pairs that can be played: in the language asked for, by the pair rule, no word twice, none to avoid, no more than
 * asked for. Null when there is none.
 */
export function playablePairs(answer: WordAnswer, wish: WordWish): WordPair[] | null {
  if (!isSameLanguage(answer.language, wish.language)) return null
  const taken = new Set(wish.avoid.map(wordKey))
  const pairs: WordPair[] = []
  for (const raw of answer.pairs) {
    const pair = { word: cleaned(raw.word), hint: cleaned(raw.hint) }
    const key = wordKey(pair.word)
    if (pairProblem(pair) !== null || taken.has(key)) continue
    taken.add(key)
    pairs.push(pair)
  }
  return pairs.length === 0 ? null : pairs.slice(0, wish.count)
}

/** "de" and "de-AT" are the same language, "zh-Hans" and "zh-Hant" are not. A tag that is none is no language. */
function isSameLanguage(answered: string, asked: string): boolean {
  const wanted = new Intl.Locale(asked)
  const got = localeOf(answered)
  if (got?.language !== wanted.language) return false
  return got.script === undefined || wanted.script === undefined || got.script === wanted.script
}

function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.trim())
  } catch {
    return null
  }
}

// Control characters, halves of characters and writing directions have no place in a word, and Postgres takes no NUL.
const notText = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu

const cleaned = (text: string) => text.replace(/\s+/gu, " ").replace(notText, "").normalize("NFC").trim()
