import { once } from "node:events"
import type { ServerResponse } from "node:http"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { cosinesWith } from "./meaning"
import { createEmbeddingModel } from "./model"
import { breaksOff, embeds, fails, hangsUp, isSilent, says, sends, startTestGemini, type Reply, type TestGemini } from "./test-gemini"

const limits = { timeoutMs: 10_000 }

let gemini: TestGemini

beforeEach(async () => {
  gemini = await startTestGemini()
})

afterEach(() => gemini.stop())

const model = () => createEmbeddingModel({ apiKey: "test-key", modelName: "embedding-test", baseURL: gemini.baseURL })
const ask = (others = ["A WET DOG", "DAMP HOUND"], how: Parameters<typeof cosinesWith>[3] = limits) => cosinesWith(model(), "SOGGY SOCKS", others, how)

describe("the request", () => {
  it("carries key, model and the texts in small letters, all in one call", async () => {
    gemini.willReply(embeds([1, 0], [1, 0], [1, 0]))
    await ask()
    expect(gemini.requests).toHaveLength(1)
    const [request] = gemini.requests
    expect(request).toMatchObject({ method: "POST", path: "/v1beta/models/embedding-test:batchEmbedContents" })
    expect(request?.headers["x-goog-api-key"]).toBe("test-key")
    const about = (text: string) => ({
      model: "models/embedding-test",
      content: { role: "user", parts: [{ text }] },
      taskType: "SEMANTIC_SIMILARITY",
      outputDimensionality: 768,
    })
    expect(request?.body).toEqual({ requests: ["soggy socks", "a wet dog", "damp hound"].map(about) })
  })
})

describe("an answer", () => {
  it("gives the cosine with each of the others, in their order", async () => {
    gemini.willReply(embeds([2, 0], [4, 3], [0, 7]))
    expect(await ask()).toEqual({ ok: true, value: [0.8, 0] })
  })

  it.each<[string, Reply]>([
    ["with one embedding too few", embeds([1, 0], [1, 0])],
    ["with one too many", embeds([1, 0], [1, 0], [1, 0], [1, 0])],
    ["with none", embeds()],
    ["of unlike lengths", embeds([1, 0], [1, 0], [1])],
    ["that points nowhere", embeds([1, 0], [0, 0], [1, 0])],
    ["without a number", embeds([], [], [])],
    ["of another shape", says("the same")],
    ["that is not Gemini's", sends("<html>Sign in to the hotel's network</html>")],
  ])("%s is unreadable, after one request", async (_, reply) => {
    gemini.willReply(reply, embeds([1, 0], [1, 0], [1, 0]))
    expect(await ask()).toEqual({ ok: false, refusal: { code: "model_unreadable" } })
    expect(gemini.requests).toHaveLength(1)
  })
})

describe("trouble is told at once, since somebody waits", () => {
  it.each<[string, Reply, string]>([
    ["429", fails(429, "RESOURCE_EXHAUSTED"), "model_busy"],
    ["503", fails(503, "UNAVAILABLE"), "model_busy"],
    ["500", fails(500, "INTERNAL"), "model_unreachable"],
    ["a refused key", fails(403, "PERMISSION_DENIED"), "model_unreachable"],
    ["an unknown model", fails(404, "NOT_FOUND"), "model_unreachable"],
    ["a line cut before the answer", hangsUp, "model_unreachable"],
    ["a line cut within the answer", breaksOff, "model_unreachable"],
  ])("%s", async (_, reply, code) => {
    gemini.willReply(reply, embeds([1, 0], [1, 0], [1, 0]))
    expect(await ask()).toEqual({ ok: false, refusal: { code } })
    expect(gemini.requests).toHaveLength(1)
  })

  it("nobody at the other end", async () => {
    const unreachable = model()
    await gemini.stop()
    expect(await cosinesWith(unreachable, "SOGGY SOCKS", ["A WET DOG"], limits)).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    gemini = await startTestGemini()
  })

  it("silence: the time runs out, and the line is let go", async () => {
    const asked = new Promise<ServerResponse>((resolve) => gemini.willReply(resolve))
    const answer = ask(undefined, { timeoutMs: 300 })
    const hungUp = once(await asked, "close")
    expect(await answer).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
    await hungUp
  })

  it("the process closes", async () => {
    const closing = new AbortController()
    gemini.willReply((response) => {
      isSilent(response)
      closing.abort()
    })
    expect(await ask(undefined, { ...limits, signal: closing.signal })).toEqual({ ok: false, refusal: { code: "model_unreachable" } })
  })
})

it("writes no word to the console, whatever happens", async () => {
  const spies = (["log", "info", "warn", "debug"] as const).map((name) => vi.spyOn(console, name).mockImplementation(() => undefined))
  gemini.willReply(embeds([1, 0], [1, 0], [1, 0]), sends("nonsense"), fails(500, "INTERNAL"))
  for (let time = 0; time < 3; time++) await ask()
  expect(gemini.requests).toHaveLength(3)
  for (const spy of spies) expect(spy).not.toHaveBeenCalled()
})
