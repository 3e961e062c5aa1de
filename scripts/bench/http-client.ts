import { Agent, request } from "node:http"
import type { Tap } from "./doors"

export type Reply = { readonly status: number; readonly text: string }

/** Connections kept open as a browser keeps them, one request on each at a time. */
export function openClient(baseUrl: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(baseUrl)
  return {
    post({ path, headers, body }: Tap): Promise<Reply> {
      return new Promise((resolve, reject) => {
        const length = Buffer.byteLength(body)
        const sending = request({ hostname, port, path, method: "POST", agent, headers: { ...headers, "content-length": length } })
        sending.once("error", reject)
        sending.once("response", (response) => {
          const chunks: Buffer[] = []
          response.on("data", (chunk: Buffer) => chunks.push(chunk))
          response.once("error", reject)
          response.once("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
        })
        sending.end(body)
      })
    },
    close: () => agent.destroy(),
  }
}
