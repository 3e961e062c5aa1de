import type { Refusal } from "@/kernel/result"

/** Why a phrase is not taken [QF-P3]. Where there is a `word` in the detail, the writer has just typed it [QF-P11]. */
export type PhraseRefusal = Refusal<
  | "phrase_too_short"
  | "phrase_too_long"
  | "phrase_has_other_signs"
  | "phrase_too_few_words"
  | "phrase_too_many_words"
  | "phrase_word_too_short"
  | "phrase_word_too_long"
  | "phrase_word_unknown"
  | "phrase_all_common"
  | "phrase_not_for_family"
  | "phrase_duplicate"
  | "phrase_too_close"
  | "phrase_too_close_to_hidden"
  | "phrase_same_meaning"
>
