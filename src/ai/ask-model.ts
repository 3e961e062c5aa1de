import { setTimeout as pause } from "node:timers/promises"
import { generateText, Output, type LanguageModel } from "ai"
import type { z } from "zod"
import { ok, refuse, type Result } from "@/kernel/result"
import { type Failure, failureOf, type ModelRefusal, unreadable } from "./model-failure"

export type ModelLimits = {
  /** For the whole call, its retry included. */
  readonly timeoutMs: number
  /** Gives the call up before that, as not reached. */
  readonly signal?: AbortSignal
  /** Before the retry, when the model or the way to it was in trouble. */
  readonly pauseMs?: number
}

export type Question<Answer, Value> = {
  readonly system: string
  readonly prompt: string
  /** The shape of the answer; told to the model, and checked. */
  readonly schema: z.ZodType<Answer>
  /** What the answer is good for, or null when it is good for nothing. */
  readonly read: (answer: Answer) => Value | null
}

// Enough for some hundred pairs; an answer that runs away is cut off here, not on the bill.
const longestAnswerTokens = 8_192

/**
 * Asks a model and checks what it says, with one retry in all. Whatever the model answered stays in here: errors of the
 * SDK quote it, so none is passed on or logged.
 */
export async function askModel<Answer, Value>(
  model: LanguageModel,
  question: Question<Answer, Value>,
  limits: ModelLimits,
): Promise<Result<Value, ModelRefusal>> {
  const deadline = AbortSignal.timeout(limits.timeoutMs)
  const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline
  const first = await askOnce(model, question, signal)
  if ("value" in first) return ok(first.value)
  if (first.next === "give up") return refuse(first.code)

  const isInTime = first.next === "again" || (await waited(limits.pauseMs ?? 1_000, signal))
  if (!isInTime) return refuse(first.code)
  const second = await askOnce(model, question, signal)
  return "value" in second ? ok(second.value) : refuse(second.code)
}

async function askOnce<Answer, Value>(
  model: LanguageModel,
  { system, prompt, schema, read }: Question<Answer, Value>,
  signal: AbortSignal,
): Promise<{ readonly value: Value } | Failure> {
  try {
    const { output } = await generateText({
      model,
      system,
      prompt,
      output: Output.object({ schema }),
      maxOutputTokens: longestAnswerTokens,
      maxRetries: 0,
      abortSignal: signal,
    })
    const value = read(output)
    return value === null ? unreadable : { value }
  } catch (error) {
    if (signal.aborted) return { code: "model_unreachable", next: "give up" }
    return failureOf(error)
  }
}

/** Whether the time was still ours when the wait was over. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  await pause(ms, undefined, { signal }).catch(() => undefined)
  return !signal.aborted
}
