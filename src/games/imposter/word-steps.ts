import { eq } from "drizzle-orm"
import { wordKey } from "@/ai/pair-rule"
import type { WordPair } from "@/ai/word-pair"
import type { Tx } from "@/db/client"
import { partyImposterWords } from "@/db/schema/imposter"
import type { Random } from "@/kernel/random"
import type { Party } from "@/party/actor"
import { choosePair } from "./deck-choice"
import type { Settings } from "./settings-queries"
import { topicKey } from "./topic"
import { isPlayable, knownWords, readyPairs } from "./word-queries"

type Draw = { tx: Tx; party: Party; now: Date; random: Random }

/**
 * The pair for the next round, noted as used: of the stock for the topic, else of the deck [IMP-6].
 * @returns null when every word is used.
 */
export async function takePair(draw: Draw, settings: Settings): Promise<WordPair | null> {
  return (await takeFromStock(draw, settings)) ?? takeFromDeck(draw, settings)
}

async function takeFromStock({ tx, party, now }: Draw, settings: Settings): Promise<WordPair | null> {
  const [pair] = await readyPairs(tx, settings, party.familyFilter)
  if (!pair) return null
  await tx.update(partyImposterWords).set({ usedAt: now }).where(eq(partyImposterWords.id, pair.id))
  return pair
}

async function takeFromDeck({ tx, party, now, random }: Draw, settings: Settings): Promise<WordPair | null> {
  const usedKeys = new Set((await knownWords(tx, party.id)).map((known) => known.wordKey))
  const left = { usedKeys, isPlayable: (pair: WordPair) => isPlayable(pair, party.familyFilter) }
  const pair = choosePair(settings.category, left, random)
  if (!pair) return null
  await tx.insert(partyImposterWords).values({
    partyId: party.id,
    source: "DECK",
    topicKey: topicKey(settings),
    word: pair.word,
    hint: pair.hint,
    wordKey: wordKey(pair.word),
    createdAt: now,
    usedAt: now,
  })
  return pair
}

/** Puts what a model wrote into the stock; words the party knows are left out. @returns how many came in. */
export async function addToStock({ tx, party, now }: Omit<Draw, "random">, topic: string, pairs: readonly WordPair[]): Promise<number> {
  const values = pairs
    .filter((pair) => isPlayable(pair, party.familyFilter))
    .map(({ word, hint }) => ({ partyId: party.id, source: "MODEL" as const, topicKey: topic, word, hint, wordKey: wordKey(word), createdAt: now }))
  if (values.length === 0) return 0
  const added = await tx.insert(partyImposterWords).values(values).onConflictDoNothing().returning({ id: partyImposterWords.id })
  return added.length
}
