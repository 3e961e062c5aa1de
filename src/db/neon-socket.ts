import { WebSocket } from "ws"

type EventName = keyof WebSocket.WebSocketEventMap
type Listener = (event: unknown) => void

/**
 * The WebSocket that Neon's driver speaks through. The driver throws whatever it hears of as "error": here that is the error
 * itself (ECONNREFUSED, an answer other than 101), not the event around it, which nobody would take for an error.
 */
export class NeonSocket extends WebSocket {
  override addEventListener(name: EventName, listener: Listener | { handleEvent: Listener }, options?: WebSocket.EventListenerOptions): void {
    const hear: Listener = typeof listener === "function" ? listener : (event) => listener.handleEvent(event)
    if (name !== "error") return super.addEventListener(name, hear, options)
    super.addEventListener("error", (event) => hear(event.error), options)
  }
}
