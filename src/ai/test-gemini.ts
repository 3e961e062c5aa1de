import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"

export type GeminiRequest = {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingMessage["headers"]
  readonly body: unknown
}

export type Reply = (response: ServerResponse) => void

/** A server that speaks Gemini's wire format: each request takes the next reply. A request without one gets 404. */
export async function startTestGemini() {
  const requests: GeminiRequest[] = []
  const replies: Reply[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({ method: request.method, path: request.url, headers: request.headers, body: JSON.parse(body) })
      const reply = replies.shift() ?? fails(404, "NOT_FOUND")
      reply(response)
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${port}/v1beta`,
    requests,
    willReply: (...next: Reply[]) => void replies.push(...next),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

export type TestGemini = Awaited<ReturnType<typeof startTestGemini>>

/** Any JSON, or text that is none, with status 200. */
export function sends(body: unknown): Reply {
  return (response) => {
    response.setHeader("content-type", "application/json; charset=UTF-8")
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}

/** A whole answer of the model; a value that is no text is written as JSON. */
export function says(answer: unknown): Reply {
  const part = { text: typeof answer === "string" ? answer : JSON.stringify(answer) }
  return sends({
    candidates: [{ content: { parts: [part], role: "model" }, finishReason: "STOP", index: 0 }],
    usageMetadata: {
      promptTokenCount: 431,
      candidatesTokenCount: 57,
      totalTokenCount: 488,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 431 }],
    },
    modelVersion: "gemini-test",
    responseId: "test-response",
  })
}

/** Embeddings of so many texts. */
export function embeds(...vectors: readonly (readonly number[])[]): Reply {
  return sends({ embeddings: vectors.map((values) => ({ values })) })
}

/** Takes the question and says nothing. */
export const isSilent: Reply = () => undefined

/** An error as Google writes it. */
export function fails(code: number, status: string): Reply {
  return (response) => {
    response.statusCode = code
    sends({ error: { code, message: `told by the test: ${status}`, status } })(response)
  }
}

/** Headers and half an answer, then the line is cut. */
export const breaksOff: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 10_000 })
  response.write('{"candidates": [{', () => response.destroy())
}

/** The line is cut before a word was said. */
export const hangsUp: Reply = (response) => void response.destroy()
