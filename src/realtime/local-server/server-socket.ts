import { WebSocket } from "ws"

/**
 * A socket that says when it starts to leave. `ws` answers a close frame by calling `close()`, long before the
 * TCP connection is gone; who has said goodbye must not be counted or sent to any more (PSH-37).
 */
export class ServerSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason)
    this.emit("leaving")
  }
}
