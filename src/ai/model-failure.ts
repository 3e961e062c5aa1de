import { APICallError, NoObjectGeneratedError, NoOutputGeneratedError } from "ai"
import type { Refusal } from "@/kernel/result"

/**
 * Why there is no answer: not reached, or it does not know our key or model (`model_unreachable`); too many requests
 * (`model_busy`); an answer that is none (`model_unreadable`).
 */
export type ModelRefusal = Refusal<"model_unreachable" | "model_busy" | "model_unreadable">

/** What went wrong, and whether a second attempt is worth it. */
export type Failure = { readonly code: ModelRefusal["code"]; readonly next: "pause, then again" | "again" | "give up" }

export const unreadable: Failure = { code: "model_unreadable", next: "again" }

/** What an error of the SDK comes to. It may quote the answer, so none is passed on: a bug throws an error of our own. */
export function failureOf(error: unknown): Failure {
  if (NoObjectGeneratedError.isInstance(error) || NoOutputGeneratedError.isInstance(error)) return unreadable
  if (APICallError.isInstance(error)) return failureOfCall(error)
  // A bug, ours or the SDK's. Its message may quote the answer.
  throw new Error(`asking the model failed: ${error instanceof Error ? error.name : typeof error}`)
}

function failureOfCall({ statusCode, isRetryable }: APICallError): Failure {
  // Google says 503 for a model that is overloaded.
  if (statusCode === 429 || statusCode === 503) return { code: "model_busy", next: "pause, then again" }
  // No status, or a good one and no whole answer: the connection was cut.
  if (isRetryable) return { code: "model_unreachable", next: "pause, then again" }
  if (statusCode !== undefined && statusCode < 300) return unreadable
  // A wrong key or model name is as wrong a second time.
  return { code: "model_unreachable", next: "give up" }
}
