import { neonConfig } from "@neondatabase/serverless"
import { createServer, type IncomingMessage } from "node:http"
import { connect } from "node:net"
import { createWebSocketStream, WebSocketServer, type WebSocket } from "ws"

/** Stands in for Neon's proxy: Postgres wire bytes in binary WebSocket frames. */
export type NeonBridge = {
  /** The address of a database of that server as a Neon customer would have it, which chooses Neon's driver by itself. */
  through(databaseUrl: string): string
  /** Breaks every line that is open, without a word. */
  cut(): void
  /** Whatever Postgres says from now on reaches nobody, on the lines that are open. */
  loseAnswers(): void
  /** What becomes of new lines: as usual, refused with a status of HTTP, or taken and never answered. */
  admit(how: "all" | "none" | "in silence"): void
  stop(): Promise<void>
}

const neonHost = "ep-party-os-test.local.neon.tech"

/**
 * Opens a bridge to the Postgres at `databaseUrl` and points Neon's driver, in this process, at it until `stop`.
 * Only that one server can be reached through it.
 */
export async function startNeonBridge(databaseUrl: string): Promise<NeonBridge> {
  const target = targetOf(databaseUrl)
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  const lines = new Set<Line>()
  let admission: Parameters<NeonBridge["admit"]>[0] = "all"
  http.on("upgrade", (request: IncomingMessage, socket, head) => {
    if (admission === "none") return void socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n")
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (admission === "all") bridge(opened, request, target, lines)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const restore = pointNeonAt(portOf(http.address()))
  const cut = () => {
    for (const socket of sockets.clients) socket.terminate()
  }
  return {
    through(url) {
      const address = new URL(url)
      address.hostname = neonHost
      return address.href
    },
    cut,
    loseAnswers() {
      for (const line of lines) line.isDeaf = true
    },
    admit(how) {
      admission = how
    },
    async stop() {
      restore()
      cut()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

type Target = { host: string; port: number; addresses: readonly string[] }
type Line = { isDeaf: boolean }

function bridge(socket: WebSocket, request: IncomingMessage, target: Target, lines: Set<Line>): void {
  const wanted = new URL(request.url ?? "/", "ws://bridge").searchParams.get("address")
  if (!wanted || !target.addresses.includes(wanted)) return socket.close(1008, "unknown address")
  const line = { isDeaf: false }
  lines.add(line)
  const stream = createWebSocketStream(socket)
  const server = connect(target.port, target.host)
  stream.pipe(server)
  server.on("data", (piece) => {
    if (!line.isDeaf) stream.write(piece)
  })
  stream.on("error", () => server.destroy()).on("close", () => server.destroy())
  server.on("error", () => stream.destroy()).on("close", () => {
    lines.delete(line)
    socket.close()
  })
}

// The driver's settings are global; what was there before is put back. TLS and guessing ahead of the server's
// authentication request are Neon's own, a plain Postgres knows neither.
function pointNeonAt(port: number): () => void {
  const { wsProxy, useSecureWebSocket, pipelineTLS, pipelineConnect } = neonConfig
  neonConfig.wsProxy = (host, databasePort) => `127.0.0.1:${port}/v1?address=${host}:${databasePort}`
  neonConfig.useSecureWebSocket = false
  neonConfig.pipelineTLS = false
  neonConfig.pipelineConnect = false
  return () => Object.assign(neonConfig, { wsProxy, useSecureWebSocket, pipelineTLS, pipelineConnect })
}

function targetOf(databaseUrl: string): Target {
  const { hostname, port } = new URL(databaseUrl)
  const at = port || "5432"
  return { host: hostname, port: Number(at), addresses: [`${hostname}:${at}`, `${neonHost}:${at}`] }
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (address && typeof address === "object") return address.port
  throw new Error("the bridge has no port")
}
