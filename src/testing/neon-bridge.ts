import { neonConfig } from "@neondatabase/serverless"
import { createServer, type IncomingMessage } from "node:http"
import { connect } from "node:net"
import { createWebSocketStream, WebSocketServer, type WebSocket } from "ws"

/** Stands in for Neon's proxy: Postgres wire bytes in binary WebSocket frames. */
export type NeonBridge = { stop(): Promise<void> }

/**
 * Opens a bridge to the Postgres at `databaseUrl` and points Neon's driver, in this process, at it until `stop`.
 * Only that one server can be reached through it.
 */
export async function startNeonBridge(databaseUrl: string): Promise<NeonBridge> {
  const target = targetOf(databaseUrl)
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  sockets.on("connection", (socket, request) => bridge(socket, request, target))
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const restore = pointNeonAt(portOf(http.address()))
  return {
    async stop() {
      restore()
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

type Target = { host: string; port: number; address: string }

function bridge(socket: WebSocket, request: IncomingMessage, target: Target): void {
  const wanted = new URL(request.url ?? "/", "ws://bridge").searchParams.get("address")
  if (wanted !== target.address) return socket.close(1008, "unknown address")
  const stream = createWebSocketStream(socket)
  const server = connect(target.port, target.host)
  stream.pipe(server).pipe(stream)
  stream.on("error", () => server.destroy()).on("close", () => server.destroy())
  server.on("error", () => stream.destroy()).on("close", () => socket.close())
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
  return { host: hostname, port: Number(port || 5432), address: `${hostname}:${port || 5432}` }
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (address && typeof address === "object") return address.port
  throw new Error("the bridge has no port")
}
