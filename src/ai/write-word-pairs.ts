import type { LanguageModel } from "ai"
import { assert } from "@/kernel/assert"
import type { Result } from "@/kernel/result"
import { askModel, type ModelLimits } from "./ask-model"
import type { ModelRefusal } from "./model-failure"
import { playablePairs, wordAnswer } from "./word-answer"
import type { WordPair } from "./word-pair"
import { wordInstructions, wordRequest } from "./word-prompt"
import type { WordWish } from "./word-wish"

/**
 * New pairs from the model: at least one, at most `count`, all by the pair rule and none in `avoid`. One retry in all;
 * `timeoutMs` (20 s) covers the whole call. Takes seconds: never call it inside a transaction or on a start's way.
 * Which of them this party may see, its family filter decides afterwards.
 */
export async function writeWordPairs(
  model: LanguageModel,
  wish: WordWish,
  limits: Partial<ModelLimits> = {},
): Promise<Result<WordPair[], ModelRefusal>> {
  assert(Number.isInteger(wish.count) && wish.count >= 1 && wish.count <= 100, "between 1 and 100 pairs are asked for")
  return askModel(
    model,
    {
      system: wordInstructions,
      prompt: wordRequest(wish),
      schema: wordAnswer,
      read: (answer) => playablePairs(answer, wish),
    },
    { timeoutMs: 20_000, ...limits },
  )
}
