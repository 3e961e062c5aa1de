import { Agent, request } from "node:http"
import type { Tap } from "./doors"

export type Look = Pick<Tap, "path" | "headers">

export type Reply = { readonly status: number; readonly text: string }

/** Connections kept open as a browser keeps them, one request on each at a time. */
export function openClient(baseUrl: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(baseUrl)
  const send = (method: "GET" | "POST", { path, headers }: Look, body?: string) =>
    new Promise<Reply>((resolve, reject) => {
      const sending = request({ hostname, port, path, method, agent, headers })
      sending.once("error", reject)
      sending.once("response", (response) => {
        const chunks: Buffer[] = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.once("error", reject)
        response.once("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
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
