import { localCopy } from "@/ai/phrase-writer/local-copy"
import { localOriginal } from "@/ai/phrase-writer/local-original"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { checkCopy, checkPrompt } from "@/games/quipflip/phrase-rules"
import { sharedWord } from "@/games/quipflip/shared-word"
import type { Random } from "@/kernel/random"
import { passesFamilyFilter } from "@/party/family-filter"

/** The strictest filter: what passes it passes at every party. */
const isForFamily = (text: string) => passesFamilyFilter(text, "STRICT")

/** A phrase that finishes a prompt. @returns null when none is left that has no word of those refused */
export async function originalFor(prompt: string, refused: readonly string[], random: Random): Promise<string | null> {
  const standard = { dictionary: await readDictionary(), isForFamily }
  return localOriginal({ prompt, random, accepts: (text) => isNew(text, refused) && checkPrompt(text, prompt, standard).ok })
}

/** A copy of an original, as well as it can be judged without the texts a copier is not shown. */
export async function copyFor(original: string, refused: readonly string[], random: Random): Promise<string | null> {
  const standard = { dictionary: await readDictionary(), isForFamily }
  const texts = { original, otherCopy: null, prompt: "" }
  return localCopy({ original, random, accepts: (text) => isNew(text, refused) && checkCopy(text, texts, standard).ok })
}

/** What was refused for a hidden text was too close to it with one of its words: the next has none of them. */
function isNew(text: string, refused: readonly string[]): boolean {
  return refused.every((phrase) => sharedWord(text, phrase) === null)
}
