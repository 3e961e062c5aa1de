import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** A model's address that takes every question and answers none, as a dead line does. */
export type SilentModel = {
  readonly apiKey: string
  readonly baseUrl: string
  /** Questions so far. */
  asked(): number
  /** Whether somebody waits for an answer right now. */
  isWaitedFor(): boolean
}

export async function withSilentModel<T>(work: (model: SilentModel) => Promise<T>): Promise<T> {
  let asked = 0
  let waiting = 0
  const server = createServer((request, response) => {
    asked += 1
    waiting += 1
    request.resume()
    response.once("close", () => (waiting -= 1))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  try {
    return await work({
      apiKey: "bench-model-key",
      baseUrl: `http://127.0.0.1:${port}/v1beta`,
      asked: () => asked,
      isWaitedFor: () => waiting > 0,
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
