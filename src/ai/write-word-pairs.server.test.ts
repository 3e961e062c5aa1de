import { once } from "node:events"
import type { ServerResponse } from "node:http"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createModel } from "./model"
import { breaksOff, fails, hangsUp, says, sends, startTestGemini, type TestGemini } from "./test-gemini"
import { wordInstructions, wordRequest } from "./word-prompt"
import type { WordWish } from "./word-wish"
import { writeWordPairs } from "./write-word-pairs"

const wish: WordWish = { topic: "At the lake", language: "de", count: 2, avoid: ["Steg"], isFamily: true }
const boat = { word: "Ruderboot", hint: "Ausflug" }
const good = { language: "de", pairs: [boat] }
const limits = { timeoutMs: 10_000, pauseMs: 0 }

let gemini: TestGemini

beforeEach(async () => {
  gemini = await startTestGemini()
})

afterEach(() => gemini.stop())

const model = () => createModel({ apiKey: "test-key", modelName: "gemini-test", baseURL: gemini.baseURL })
const write = (how = limits) => writeWordPairs(model(), wish, how)

describe("the request", () => {
  it("carries key, model, instructions, the wish as data and the answer's shape", async () => {
    gemini.willReply(says(good))
    await write()
    const [request] = gemini.requests
    expect(request).toMatchObject({ method: "POST", path: "/v1beta/models/gemini-test:generateContent" })
    expect(request?.headers["x-goog-api-key"]).toBe("test-key")
    expect(request?.body).toMatchObject({
      systemInstruction: { parts: [{ text: wordInstructions }] },
      contents: [{ role: "user", parts: [{ text: wordRequest(wish) }] }],
      generationConfig: {
        responseMimeType: "application/json",
        responseSchema: {
          type: "object",
          required: ["language", "pairs"],
          properties: {
            language: { type: "string" },
            pairs: {
              type: "array",
              items: {
                type: "object",
                required: ["word", "hint"],
                properties: { word: { type: "string" }, hint: { type: "string" } },
              },
            },
          },
        },
      },
    })
  })

  it("keeps the key out of address and body", async () => {
    gemini.willReply(says(good))
    await write()
    expect(JSON.stringify([gemini.requests[0]?.path, gemini.requests[0]?.body])).not.toContain("test-key")
  })
})

describe("an answer", () => {
  it("in order gives its pairs, with one request", async () => {
    gemini.willReply(says(good))
    expect(await write()).toEqual({ ok: true, value: [boat] })
    expect(gemini.requests).toHaveLength(1)
  })

  it("in order in several parts, after a thought, is put together", async () => {
    const json = JSON.stringify(good)
    gemini.willReply(
      sends({
        candidates: [
          {
            content: { parts: [{ text: "Boats?", thought: true }, { text: json.slice(0, 9) }, { text: json.slice(9) }], role: "model" },
            finishReason: "STOP",
          },
        ],
      }),
    )
    expect(await write()).toEqual({ ok: true, value: [boat] })
  })

  it("with one pair that tells the word gives the others", async () => {
    gemini.willReply(says({ ...good, pairs: [{ word: "Boot", hint: "Ruderboot" }, boat, { word: "STEG", hint: "Holz" }] }))
    expect(await write()).toEqual({ ok: true, value: [boat] })
  })

  const bad: [string, Parameters<TestGemini["willReply"]>[0]][] = [
    ["that is no JSON", says("Here are your words: Ruderboot")],
    ["that was cut short", says(JSON.stringify(good).slice(0, -4))],
    ["of another shape", says({ language: "de", pairs: [{ word: "Ruderboot" }] })],
    ["that is a list", says([boat])],
    ["in another language", says({ ...good, language: "en" })],
    ["whose only hint is the word", says({ ...good, pairs: [{ word: "Ruderboot", hint: "ruder-boot" }] })],
    ["without a pair", says({ ...good, pairs: [] })],
    ["without a text", says("")],
    ["without a candidate", sends({ candidates: [], usageMetadata: { promptTokenCount: 4 } })],
    ["refused before it was written", sends({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } })],
    ["stopped for safety", sends({ candidates: [{ finishReason: "SAFETY", safetyRatings: [] }] })],
    ["that is not Gemini's", sends("<html>Sign in to the hotel's network</html>")],
  ]

  it.each(bad)("%s is asked for once more, and the second one counts", async (_, reply) => {
    gemini.willReply(reply, says(good))
    expect(await write()).toEqual({ ok: true, value: [boat] })
    expect(gemini.requests).toHaveLength(2)
  })

  it.each(bad)("%s twice is unreadable, after two requests", async (_, reply) => {
    gemini.willReply(reply, reply, says(good))
    expect(await write()).toEqual({ ok: false, refusal: { code: "model_unreadable" } })
    expect(gemini.requests).toHaveLength(2)
  })
})

describe("trouble", () => {
  const trouble: [string, Parameters<TestGemini["willReply"]>[0], string][] = [
    ["429", fails(429, "RESOURCE_EXHAUSTED"), "model_busy"],
    ["503", fails(503, "UNAVAILABLE"), "model_busy"],
    ["500", fails(500, "INTERNAL"), "model_unreachable"],
    ["a line cut before the answer", hangsUp, "model_unreachable"],
    ["a line cut within the answer", breaksOff, "model_unreachable"],
  ]

  it.each(trouble)("%s passes: one retry is enough", async (_, reply) => {
    gemini.willReply(reply, says(good))
    expect(await write()).toEqual({ ok: true, value: [boat] })
    expect(gemini.requests).toHaveLength(2)
  })

  it.each(trouble)("%s twice is told, after exactly two requests", async (_, reply, code) => {
    gemini.willReply(reply, reply, says(good))
    expect(await write()).toEqual({ ok: false, refusal: { code } })
    expect(gemini.requests).toHaveLength(2)
  })

  it("of two kinds is told as the second", async () => {
    gemini.willReply(fails(429, "RESOURCE_EXHAUSTED"), says("nonsense"))
    expect(await write()).toEqual({ ok: false, refusal: { code: "model_unreadable" } })
  })

  it.each([
    [400, "INVALID_ARGUMENT"],
    [403, "PERMISSION_DENIED"],
    [404, "NOT_FOUND"],
  ])("%i is not asked twice: a wrong key or model stays wrong", async (code, status) => {
    gemini.willReply(fails(code, status), says(good))
    expect(await write()).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    expect(gemini.requests).toHaveLength(1)
  })

  it("nobody at the other end is told as unreachable", async () => {
    const unreachable = model()
    await gemini.stop()
    expect(await writeWordPairs(unreachable, wish, limits)).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    gemini = await startTestGemini()
  })
})

describe("time", () => {
  it("that runs out ends the call and hangs up", async () => {
    const asked = new Promise<ServerResponse>((resolve) => gemini.willReply(resolve, says(good)))
    const answer = write({ ...limits, timeoutMs: 500 })
    const hungUp = once(await asked, "close")
    expect(await answer).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    await hungUp
    expect(gemini.requests).toHaveLength(1)
  })

  it("that runs out within an answer ends the call as well", async () => {
    gemini.willReply((response) => void response.write('{"candidates": ['))
    expect(await write({ ...limits, timeoutMs: 500 })).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
  })

  it("covers the pause before the retry", async () => {
    gemini.willReply(fails(429, "RESOURCE_EXHAUSTED"), says(good))
    expect(await write({ timeoutMs: 500, pauseMs: 60_000 })).toEqual({ ok: false, refusal: { code: "model_busy" } })
    expect(gemini.requests).toHaveLength(1)
  })

  it("covers the retry: a hang after trouble ends with the whole call", async () => {
    gemini.willReply(fails(500, "INTERNAL"), () => undefined)
    expect(await write({ ...limits, timeoutMs: 500 })).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    expect(gemini.requests).toHaveLength(2)
  })
})

it("writes no word to the console, whatever happens", async () => {
  const spies = (["log", "info", "warn", "debug"] as const).map((name) => vi.spyOn(console, name).mockImplementation(() => undefined))
  gemini.willReply(says(good), says({ ...good, language: "en" }), says({ language: "de", pairs: [{ word: "Ruderboot" }] }))
  const answers = [await write(), await write()]
  expect(answers[1]).toEqual({ ok: false, refusal: { code: "model_unreadable" } })
  for (const spy of spies) expect(spy).not.toHaveBeenCalled()
})

it("asks for no impossible number of pairs", async () => {
  for (const count of [0, 101, 1.5]) await expect(writeWordPairs(model(), { ...wish, count }, limits)).rejects.toThrow("between 1 and 100")
})
