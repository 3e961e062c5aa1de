import { createGoogleGenerativeAI } from "@ai-sdk/google"
import type { LanguageModel } from "ai"

/** The model that writes words: the only place that knows whose it is. `baseURL` replaces the provider's own address. */
export function createModel(settings: { apiKey: string; modelName: string; baseURL?: string }): LanguageModel {
  const { apiKey, modelName, baseURL } = settings
  return createGoogleGenerativeAI({ apiKey, baseURL })(modelName)
}
