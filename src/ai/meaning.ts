import { cosineSimilarity, embedMany, type EmbeddingModel } from "ai"
import { ok, refuse, type Result } from "@/kernel/result"
import { failureOf, type ModelRefusal } from "./model-failure"

export type MeaningLimits = {
  readonly timeoutMs: number
  /** Gives the call up before that, as not reached. */
  readonly signal?: AbortSignal
}

/**
 * How near a text is to others in meaning: the cosine of its embedding with each of theirs, from -1 to 1, in their order.
 * One call and no retry, since somebody waits for it. Never call it inside a transaction.
 */
export async function cosinesWith(
  model: EmbeddingModel,
  text: string,
  others: readonly string[],
  limits: MeaningLimits,
): Promise<Result<number[], ModelRefusal>> {
  const deadline = AbortSignal.timeout(limits.timeoutMs)
  const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline
  try {
    // Capitals would be something that all phrases have in common.
    const values = [text, ...others].map((value) => value.toLowerCase())
    const { embeddings } = await embedMany({ model, values, maxRetries: 0, abortSignal: signal })
    const cosines = cosinesIn(embeddings, values.length)
    return cosines === null ? refuse("model_unreadable") : ok(cosines)
  } catch (error) {
    if (signal.aborted) return refuse("model_unreachable")
    return refuse(failureOf(error).code)
  }
}

/** @returns null when these are not embeddings of so many texts. */
function cosinesIn(embeddings: readonly number[][], count: number): number[] | null {
  const [own, ...others] = embeddings
  if (own === undefined || embeddings.length !== count) return null
  const isWhole = (vector: readonly number[]) => vector.length === own.length && vector.some((value) => value !== 0)
  return embeddings.every(isWhole) ? others.map((other) => cosineSimilarity(own, other)) : null
}
