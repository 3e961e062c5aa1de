import type { ClientEventRate } from "./client-event-rate"
import type { UserData } from "./inbound"
import type { Frame } from "./outbound"
import type { ServerSocket } from "./server-socket"

type ConnectionOptions = {
  readonly socketId: string
  /** Counts the sockets of this server, from 1. */
  readonly number: number
  readonly socket: ServerSocket
  readonly clientEvents: ClientEventRate
  readonly maxBufferedBytes: number
  readonly onSlow: () => void
}

/** One client: its socket, who it is signed in as, and what it listens to. */
export class Connection {
  readonly socketId: string
  readonly number: number
  readonly clientEvents: ClientEventRate
  readonly subscriptions = new Set<string>()
  user: UserData | null = null
  /** In whose names its subscriptions were signed (PSH-59). */
  readonly bears = new Set<string>()

  constructor(private readonly options: ConnectionOptions) {
    this.socketId = options.socketId
    this.number = options.number
    this.clientEvents = options.clientEvents
  }

  /** Sends a frame unless the socket is leaving. A reader too slow for its queue is cut off instead (PSH-51). */
  send(frame: Frame): boolean {
    const { socket, maxBufferedBytes, onSlow } = this.options
    if (socket.readyState !== socket.OPEN) return false
    if (socket.bufferedAmount > maxBufferedBytes) {
      // A close frame would wait behind the very queue that is stuck.
      socket.terminate()
      onSlow()
      return false
    }
    socket.send(frame, { binary: false })
    return true
  }

  /** Asks the other side for a sign of life. */
  ping(): void {
    this.options.socket.ping()
  }

  close(code: number, reason: string): void {
    this.options.socket.close(code, reason)
  }
}
