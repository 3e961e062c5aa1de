import { and, asc, eq, isNull } from "drizzle-orm"
import { pairProblem } from "@/ai/pair-rule"
import type { WordPair } from "@/ai/word-pair"
import type { Db, Tx } from "@/db/client"
import { partyImposterWords } from "@/db/schema/imposter"
import { type FamilyFilter, passesFamilyFilter } from "@/party/family-filter"
import { type Topic, topicKey } from "./topic"

/** May be played in this party [IMP-5]. */
export function isPlayable(pair: WordPair, filter: FamilyFilter): boolean {
  return pairProblem(pair) === null && passesFamilyFilter(pair.word, filter) && passesFamilyFilter(pair.hint, filter)
}

/** Unused pairs a model wrote for this topic, oldest first. The host may have made the filter stricter since: what it stops is not ready. */
export async function readyPairs(db: Db | Tx, { partyId, ...topic }: Topic & { partyId: string }, filter: FamilyFilter): Promise<(WordPair & { id: string })[]> {
  const unused = await db
    .select({ id: partyImposterWords.id, word: partyImposterWords.word, hint: partyImposterWords.hint })
    .from(partyImposterWords)
    .where(
      and(
        eq(partyImposterWords.partyId, partyId),
        eq(partyImposterWords.topicKey, topicKey(topic)),
        isNull(partyImposterWords.usedAt),
      ),
    )
    .orderBy(asc(partyImposterWords.createdAt), asc(partyImposterWords.id))
  return unused.filter((pair) => isPlayable(pair, filter))
}

/** Every word a party has ready or has used, with its key, in the order they came. */
export async function knownWords(db: Db | Tx, partyId: string): Promise<{ word: string; wordKey: string }[]> {
  return db
    .select({ word: partyImposterWords.word, wordKey: partyImposterWords.wordKey })
    .from(partyImposterWords)
    .where(eq(partyImposterWords.partyId, partyId))
    .orderBy(asc(partyImposterWords.createdAt), asc(partyImposterWords.id))
}
