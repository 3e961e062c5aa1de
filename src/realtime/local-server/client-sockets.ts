import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import { secureRandom } from "@/kernel/secure-random"
import { watchActivity } from "./activity"
import { addressOf } from "./address-counts"
import { ClientEventRate } from "./client-event-rate"
import { handleFrame, refuseFrame } from "./client-frame"
import { closeCode } from "./codes"
import { Connection } from "./connection"
import { handshakeAnswers, readHandshake } from "./handshake"
import type { Hub } from "./hub"
import type { LocalPusherLog } from "./log"
import { connectionEstablished, protocolError } from "./outbound"
import { ServerSocket } from "./server-socket"
import { leaveAll } from "./subscription"

export type ActivityTimeouts = {
  /** Silence after which a socket is asked for a sign of life; told to clients, who ask in turn. */
  readonly activityTimeoutSeconds: number
  /** How long the answer may take. */
  readonly pongTimeoutMs: number
}

export type ClientSockets = {
  /** False when the upgrade is somebody else's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  closeAll(code: number): void
}

/** The WebSocket side: takes upgrades of `/app/:key`, keeps each socket's life, hands its frames on. */
export function createClientSockets(hub: Hub, timeouts: ActivityTimeouts, log: LocalPusherLog): ClientSockets {
  const socketOptions = {
    noServer: true,
    WebSocket: ServerSocket,
    maxPayload: hub.limits.maxFrameBytes,
    // Compression multiplies the cost of a delivery and the memory of a connection.
    perMessageDeflate: false,
    closeTimeout: hub.limits.closeTimeoutMs,
  }
  const server = new WebSocketServer(socketOptions)
  let isClosed = false

  return {
    handleUpgrade(request, socket, head) {
      const handshake = readHandshake(request.url ?? "", hub.app.key)
      if (!handshake) return false
      // Refused sockets linger until they hang up: they, too, are limited.
      if (isClosed || server.clients.size >= 2 * hub.limits.maxConnections) {
        rejectUpgrade(socket)
        return true
      }
      const address = addressOf(request)
      server.handleUpgrade(request, socket, head, (client) => {
        if (!handshake.ok) return turnAway(client, handshakeAnswers[handshake.refusal.code])
        if (hub.connections.size >= hub.limits.maxConnections) {
          return turnAway(client, { code: closeCode.overCapacity, message: "The server is full" })
        }
        if (hub.addresses.of(address) >= hub.limits.maxConnectionsPerAddress) {
          return turnAway(client, { code: closeCode.overCapacity, message: "Your address holds too many connections" })
        }
        welcome(hub, timeouts, log, { socket: client, address })
      })
      return true
    },
    closeAll(code) {
      isClosed = true
      for (const client of server.clients) client.close(code)
    },
  }
}

function rejectUpgrade(socket: Duplex): void {
  socket.on("error", () => undefined)
  socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
}

// Said twice, because older clients read only one of the two (PSH-6).
function turnAway(client: ServerSocket, { code, message }: { code: number; message: string }): void {
  client.on("error", () => undefined)
  client.send(protocolError(code, message), { binary: false })
  client.close(code, message)
}

type Guest = { readonly socket: ServerSocket; readonly address: string }

function welcome(hub: Hub, timeouts: ActivityTimeouts, log: LocalPusherLog, { socket, address }: Guest): void {
  hub.counters.connectionsOpened += 1
  const connection = new Connection({
    socketId: newSocketId(hub),
    number: hub.counters.connectionsOpened,
    socket,
    clientEvents: new ClientEventRate(hub.limits.maxClientEventsPerSecond),
    maxBufferedBytes: hub.limits.maxBufferedBytes,
    onSlow() {
      hub.counters.slowConnectionsDropped += 1
      log.warn({ socketId: connection.socketId }, "local pusher: dropped a connection that reads too slowly")
    },
  })
  const activity = watchActivity({
    idleMs: timeouts.activityTimeoutSeconds * 1000,
    pongTimeoutMs: timeouts.pongTimeoutMs,
    ping: () => connection.ping(),
    onSilent() {
      hub.counters.silentConnectionsClosed += 1
      connection.close(closeCode.noPong, "no pong in time")
    },
  })
  const goodbye = () => {
    activity.stop()
    if (sayGoodbye(hub, connection)) hub.addresses.remove(address)
  }

  hub.connections.set(connection.socketId, connection)
  hub.addresses.add(address)
  socket.on("message", (data, isBinary) => {
    // What was already on its way when a socket was told to go must not bring it back.
    if (socket.readyState !== socket.OPEN) return
    activity.seen()
    receive(hub, log, connection, isBinary ? null : String(data))
  })
  socket.on("ping", activity.seen)
  socket.on("pong", activity.seen)
  // Broken frames and lost peers end in "close" like everything else.
  socket.on("error", (error) => log.info({ err: error }, "local pusher: a client's socket failed"))
  socket.on("leaving", goodbye)
  socket.on("close", goodbye)
  connection.send(connectionEstablished(connection.socketId, timeouts.activityTimeoutSeconds))
}

// The process serves the whole party: a bug one frame can reach must cost no more than that frame (PSH-9).
function receive(hub: Hub, log: LocalPusherLog, connection: Connection, text: string | null): void {
  try {
    if (text === null) refuseFrame(connection)
    else handleFrame(hub, connection, text)
  } catch (error) {
    log.error({ err: error, socketId: connection.socketId }, "local pusher: a frame could not be handled")
    refuseFrame(connection)
  }
}

/** Whether it was still here. */
function sayGoodbye(hub: Hub, connection: Connection): boolean {
  if (!hub.connections.delete(connection.socketId)) return false
  leaveAll(hub, connection)
  if (connection.user) hub.users.remove(connection.user.id, connection)
  for (const userId of connection.bears) hub.bearers.remove(userId, connection)
  return true
}

function newSocketId(hub: Hub): string {
  const part = () => secureRandom.int(1, 1_000_000_000)
  const socketId = `${part()}.${part()}`
  return hub.connections.has(socketId) ? newSocketId(hub) : socketId
}
