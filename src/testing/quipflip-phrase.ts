import { localCopy } from "@/ai/phrase-writer/local-copy"
import { localOriginal } from "@/ai/phrase-writer/local-original"
import { readDictionary } from "@/games/quipflip/dictionary-queries"
import { checkCopy, checkPrompt } from "@/games/quipflip/phrase-rules"
import { sharedWord } from "@/games/quipflip/shared-word"
import type { OpenRoundView } from "@/games/quipflip/view"
import type { Random } from "@/kernel/random"

/** A phrase that passes by all its writer can see and has no word of those refused; of a vote, one of the three. */
export async function phraseFor({ promptText, originalPhrase, phrases }: OpenRoundView, random: Random, refused: readonly string[] = []): Promise<string> {
  if (phrases) return phrases[random.int(0, phrases.length - 1)] ?? ""
  const standard = { dictionary: await readDictionary(), isForFamily: () => true }
  const passes = (text: string) =>
    originalPhrase === null
      ? checkPrompt(text, promptText ?? "", standard).ok
      : checkCopy(text, { original: originalPhrase, otherCopy: null, prompt: "" }, standard).ok
  const accepts = (text: string) => passes(text) && refused.every((phrase) => sharedWord(text, phrase) === null)
  const phrase =
    originalPhrase === null ? localOriginal({ prompt: promptText ?? "", accepts, random }) : await localCopy({ original: originalPhrase, accepts, random })
  if (phrase === null) throw new Error("no phrase is left")
  return phrase
}
