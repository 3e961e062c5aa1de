import type { LanguageModel } from "ai"
import type { Result } from "@/kernel/result"
import { askModel, type ModelLimits } from "./ask-model"
import type { ModelRefusal } from "./model-failure"
import { candidatesIn, copyInstructions, originalInstructions, phraseAnswer, phraseRequest } from "./phrase-writer/phrase-request"

export type OriginalToWrite = {
  /** Unfinished, as the players see it. */
  readonly prompt: string
  readonly isFamily: boolean
}

export type CopyToWrite = {
  /** All that the writer of a copy is shown. */
  readonly original: string
  readonly isFamily: boolean
}

/** An AI player has a phase of minutes, but the local writer stands by: nobody gains by waiting longer. */
const patience: ModelLimits = { timeoutMs: 6_000, pauseMs: 500 }

/**
 * Phrases of the model that finish a prompt: one to six, the best first, in capitals. They may break any rule: the first
 * that the caller's check accepts is to be taken, and without one the local writer's. `timeoutMs` (6 s) covers the call
 * and its one retry. Never call it inside a transaction.
 */
export function writeOriginal(
  model: LanguageModel,
  { prompt, isFamily }: OriginalToWrite,
  limits: Partial<ModelLimits> = {},
): Promise<Result<string[], ModelRefusal>> {
  return writePhrases(model, originalInstructions, phraseRequest({ prompt, isFamily }), limits)
}

/** Rewordings of an original by the model; otherwise as `writeOriginal`. */
export function writeCopy(
  model: LanguageModel,
  { original, isFamily }: CopyToWrite,
  limits: Partial<ModelLimits> = {},
): Promise<Result<string[], ModelRefusal>> {
  return writePhrases(model, copyInstructions, phraseRequest({ original, isFamily }), limits)
}

function writePhrases(
  model: LanguageModel,
  system: string,
  prompt: string,
  limits: Partial<ModelLimits>,
): Promise<Result<string[], ModelRefusal>> {
  return askModel(model, { system, prompt, schema: phraseAnswer, read: candidatesIn }, { ...patience, ...limits })
}
