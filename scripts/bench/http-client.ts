import { Agent, request, type IncomingMessage } from "node:http"
import type { Tap } from "./doors"

export type Look = Pick<Tap, "path" | "headers">

/** `cookies` are what the server set, as a browser would send them back; `retryAfter` is its header, as it came. */
export type Reply = { readonly status: number; readonly text: string; readonly cookies: readonly string[]; readonly retryAfter: string | null }

export type Client = ReturnType<typeof openClient>

/** Connections kept open as a browser keeps them, one request on each at a time. */
export function openClient(baseUrl: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(baseUrl)
  const send = (method: "GET" | "POST", { path, headers }: Look, body?: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sending = request({ hostname, port, path, method, agent, headers })
      sending.once("error", (error) => {
        // The server has just hung up on a line nobody used for a while: a browser asks again on another, and so do we.
        if (sending.reusedSocket && "code" in error && error.code === "ECONNRESET") resolve(send(method, { path, headers }, body))
        else reject(error)
      })
      sending.once("response", (response) => {
        const chunks: Buffer[] = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.once("error", reject)
        response.once("end", () => resolve(replyOf(response, Buffer.concat(chunks).toString())))
      })
      sending.end(body)
    })
  return {
    get: (look: Look): Promise<Reply> => send("GET", look),
    post: ({ path, headers, body }: Tap): Promise<Reply> =>
      send("POST", { path, headers: { ...headers, "content-length": String(Buffer.byteLength(body)) } }, body),
    close: () => agent.destroy(),
  }
}

function replyOf(response: IncomingMessage, text: string): Reply {
  return { status: response.statusCode ?? 0, text, cookies: cookiesOf(response), retryAfter: response.headers["retry-after"] ?? null }
}

function cookiesOf({ headers }: IncomingMessage): string[] {
  return (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";", 1)[0] ?? "")
}
