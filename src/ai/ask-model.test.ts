import { MockLanguageModelV3 } from "ai/test"
import { expect, it } from "vitest"
import { z } from "zod"
import { askModel } from "./ask-model"

const question = { system: "Write a word.", prompt: "One.", schema: z.object({ word: z.string() }), read: () => null }

it("a bug is thrown, without what it quotes", async () => {
  const model = new MockLanguageModelV3({
    doGenerate: async () => {
      throw new TypeError("cannot read Ruderboot")
    },
  })
  const error = await askModel(model, question, { timeoutMs: 10_000 }).catch((thrown: unknown) => thrown)
  expect(error).toEqual(new Error("asking the model failed: TypeError"))
  expect(error).not.toHaveProperty("cause")
  expect(model.doGenerateCalls).toHaveLength(1)
})
