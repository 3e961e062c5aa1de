import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import Pusher from "pusher"
import { createLocalPusher, type LocalPusherOptions } from "./local-pusher"
import { app } from "./test-app"
import { TestClient } from "./test-client"

export type HttpAnswer = { readonly status: number; readonly body: unknown }
export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** A real HTTP server on a loopback port (a free one unless told), with the clock in the test's hand and the official publisher beside it. */
export async function startTestServer(options: Partial<LocalPusherOptions> = {}, atPort = 0) {
  const clock = { nowMs: Date.now() }
  const pusher = createLocalPusher({ ...app, now: () => clock.nowMs, ...options })
  const server = createServer((request, response) => {
    if (pusher.handleRequest(request, response)) return
    response.writeHead(418).end("somebody else's")
  })
  server.on("upgrade", (request, socket, head) => {
    if (!pusher.handleUpgrade(request, socket, head)) socket.end("HTTP/1.1 418 Somebody else's\r\n\r\n")
  })
  server.listen(atPort, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const api = new Pusher({ ...app, host: "127.0.0.1", port: String(port), useTLS: false })
  const clients: TestClient[] = []

  const send = async (method: string, pathAndQuery: string, body?: string): Promise<HttpAnswer> => {
    const response = await fetch(`http://127.0.0.1:${port}${pathAndQuery}`, { method, body })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }

  return {
    port,
    pusher,
    api,
    clock,
    send,
    /** A call signed as the official library signs it. `path` is below the app. */
    call(method: string, path: string, { params, body }: { params?: Record<string, string>; body?: unknown } = {}) {
      const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body)
      const fullPath = `/apps/${app.appId}${path}`
      const query = api.createSignedQueryString({ method, path: fullPath, params, body: text })
      return send(method, `${fullPath}?${query}`, text)
    },
    /** A client that has not waited for anything. */
    open(path = `/app/${app.key}?protocol=7&client=js&version=8.6.0`): TestClient {
      const client = new TestClient(`ws://127.0.0.1:${port}${path}`)
      clients.push(client)
      return client
    },
    /** A connected client. */
    async connect(): Promise<TestClient> {
      const client = this.open()
      await client.connected()
      return client
    },
    async stop() {
      for (const client of clients) client.terminate()
      pusher.close()
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
