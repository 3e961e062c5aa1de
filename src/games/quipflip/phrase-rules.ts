import { ok, refuse, type Refused, type Result } from "@/kernel/result"
import { isCommonWord } from "./common-words"
import { type Dictionary, isKnownWord } from "./dictionary"
import { normalisePhrase } from "./phrase"
import type { PhraseRefusal } from "./phrase-refusals"
import { checkShape } from "./phrase-shape"
import { sharedWord } from "./shared-word"

/** What every phrase is held against. */
export type PhraseStandard = {
  readonly dictionary: Dictionary
  /** May these words be shown on this party's screens? [QF-P10] */
  readonly isForFamily: (text: string) => boolean
}

/** The texts a copy must keep away from. Its writer has been shown the original, and nothing else. */
export type CopiedTexts = {
  readonly original: string
  readonly otherCopy: string | null
  readonly prompt: string
}

/**
 * Whether a player may answer a prompt with this [QF-P3]. The player sees the prompt.
 * @param typed as the player typed it
 * @returns the phrase as it is stored
 */
export function checkPrompt(typed: string, prompt: string, standard: PhraseStandard): Result<string, PhraseRefusal> {
  const phrase = normalisePhrase(typed)
  return checkAlone(phrase, standard) ?? checkAgainstShown(phrase, prompt) ?? ok(phrase)
}

/**
 * Whether a player may copy an original with this [QF-P3]. A refusal says nothing of the texts the player has not been
 * shown beyond that one of them is too close [QF-P11].
 * @param typed as the player typed it
 * @returns the phrase as it is stored
 */
export function checkCopy(typed: string, texts: CopiedTexts, standard: PhraseStandard): Result<string, PhraseRefusal> {
  const phrase = normalisePhrase(typed)
  return (
    checkAlone(phrase, standard) ??
    checkIsNew(phrase, texts) ??
    checkAgainstShown(phrase, texts.original) ??
    checkAgainstHidden(phrase, texts) ??
    ok(phrase)
  )
}

type Refusing = Refused<PhraseRefusal> | null

function checkAlone(phrase: string, { dictionary, isForFamily }: PhraseStandard): Refusing {
  const shape = checkShape(phrase)
  if (!shape.ok) return shape
  if (!isForFamily(phrase)) return refuse("phrase_not_for_family")
  const unknown = shape.value.find((word) => !isKnownWord(word, dictionary))
  if (unknown !== undefined) return refuse("phrase_word_unknown", { word: unknown })
  return shape.value.every(isCommonWord) ? refuse("phrase_all_common") : null
}

function checkIsNew(phrase: string, { original, otherCopy }: CopiedTexts): Refusing {
  const taken = otherCopy === null ? [original] : [original, otherCopy]
  return taken.some((text) => normalisePhrase(text) === phrase) ? refuse("phrase_duplicate") : null
}

function checkAgainstShown(phrase: string, shown: string): Refusing {
  const word = sharedWord(phrase, shown)
  return word === null ? null : refuse("phrase_too_close", { word })
}

/** The player's own word would be the hidden text's word: none is named. */
function checkAgainstHidden(phrase: string, { otherCopy, prompt }: CopiedTexts): Refusing {
  const isClose = [prompt, otherCopy ?? ""].some((hidden) => sharedWord(phrase, hidden) !== null)
  return isClose ? refuse("phrase_too_close_to_hidden") : null
}
