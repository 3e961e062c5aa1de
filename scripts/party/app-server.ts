import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import type { RelaySockets } from "@/lan/relay/websocket-commands"
import type { LocalPusher } from "@/realtime/local-server/local-pusher"
import { settleForwarded } from "./forwarded-headers"
import { listen, type PortWish } from "./listen"

// Longer than phones leave between two taps, so that most taps find an open connection.
const KEEP_ALIVE_MS = 65_000
const HEADERS_MS = 15_000
// A result file from a slow phone.
const REQUEST_MS = 60_000
const GRACE_MS = 800

/** Who answers what the local Pusher server leaves. */
export type App = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export type AppServer = {
  readonly port: number
  /** Requests that came before this wait for it: phones that reconnect after a restart see no error. */
  serve(app: App): void
  /** Takes no new connections, lets running requests end, then cuts what is left. */
  close(): Promise<void>
}

export type AppServerOptions = PortWish & {
  readonly pusher: LocalPusher | undefined
  readonly relaySockets?: RelaySockets | undefined
  /** Proxies in front of us whose word about where a request comes from is taken. */
  readonly trustedProxies: number
  readonly onError: (error: unknown) => void
}

/** The one HTTP server of the party: pages, actions, the local Pusher server's sockets and its HTTP API, the LAN relay's sockets, on one port. */
export async function openAppServer({ pusher, relaySockets, trustedProxies, onError, ...wish }: AppServerOptions): Promise<AppServer> {
  let serve: (app: App) => void = () => undefined
  const app = new Promise<App>((resolve) => (serve = resolve))

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS })
  server.on("request", (request, response) => {
    settleForwarded(request, trustedProxies)
    if (pusher?.handleRequest(request, response)) return
    app.then(({ handle }) => handle(request, response)).catch((error: unknown) => {
      onError(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on("upgrade", (request, socket, head) => {
    settleForwarded(request, trustedProxies)
    if (pusher?.handleUpgrade(request, socket, head) || relaySockets?.handleUpgrade(request, socket, head)) return
    // Nobody listens for the errors of a socket between here and there.
    socket.on("error", () => socket.destroy())
    app.then(({ upgrade }) => upgrade(request, socket, head)).catch(onError)
  })

  const sockets = new Set<Socket>()
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.once("close", () => sockets.delete(socket))
  })

  const port = await listen(server, wish)
  return {
    port,
    serve,
    close: () =>
      new Promise((resolve) => {
        // Closes idle connections itself; sockets that became WebSockets it only waits for.
        server.close(() => resolve())
        setTimeout(() => sockets.forEach((socket) => socket.destroy()), GRACE_MS).unref()
      }),
  }
}
