import { type FamilyFilter, passesFamilyFilter } from "@/party/family-filter"
import { readDictionary } from "./dictionary-queries"
import type { PhraseStandard } from "./phrase-rules"

/** What every phrase of a party is held against: the word list, and its family filter [QF-P4] [QF-P10]. */
export async function phraseStandard({ familyFilter }: { readonly familyFilter: FamilyFilter }): Promise<PhraseStandard> {
  return { dictionary: await readDictionary(), isForFamily: (text) => passesFamilyFilter(text, familyFilter) }
}
