import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { defaultEmbeddingSettingsMiddleware, wrapEmbeddingModel, type EmbeddingModel, type LanguageModel } from "ai"

type ModelSettings = { apiKey: string; modelName: string; baseURL?: string }

/** The model that writes words; this file is the only place that knows whose it is. `baseURL` replaces the provider's own address. */
export function createModel(settings: ModelSettings): LanguageModel {
  const { apiKey, modelName, baseURL } = settings
  return createGoogleGenerativeAI({ apiKey, baseURL })(modelName)
}

// Made for comparing short texts, and a quarter of the numbers on the wire.
const comparing = { google: { taskType: "SEMANTIC_SIMILARITY", outputDimensionality: 768 } }

/** The model that places texts by their meaning. */
export function createEmbeddingModel({ apiKey, modelName, baseURL }: ModelSettings): EmbeddingModel {
  const model = createGoogleGenerativeAI({ apiKey, baseURL }).embedding(modelName)
  return wrapEmbeddingModel({ model, middleware: defaultEmbeddingSettingsMiddleware({ settings: { providerOptions: comparing } }) })
}
