import type { Meaning, Outside } from "@/party/outside"
import type { Env } from "./env"
import type { Log } from "./log"

/** A guest waits for it with the phrase just typed, in milliseconds; less than the grace a round has [QF-N7]. */
const meaningPatienceMs = 2_500

/** The services of this process that commands may ask before their transaction. */
export function createOutside(env: Env, log: Log, closing: AbortSignal): Outside {
  return { meaning: meaningOf(env, log, closing), log }
}

function meaningOf(env: Env, log: Log, closing: AbortSignal): Meaning | null {
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GEMINI_EMBEDDING_MODEL: modelName, GEMINI_BASE_URL: baseURL } = env
  if (!modelName) return null
  if (!apiKey) {
    log.warn("GEMINI_EMBEDDING_MODEL does nothing without GOOGLE_GENERATIVE_AI_API_KEY")
    return null
  }
  return async (text, others) => {
    // The SDK is large; a party without a key never loads it.
    const [{ createEmbeddingModel }, { cosinesWith }] = await Promise.all([import("@/ai/model"), import("@/ai/meaning")])
    const model = createEmbeddingModel({ apiKey, modelName, ...(baseURL ? { baseURL } : {}) })
    return cosinesWith(model, text, others, { timeoutMs: meaningPatienceMs, signal: closing })
  }
}
