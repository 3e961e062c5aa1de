import { relayClientEvent } from "./client-event"
import type { Connection } from "./connection"
import type { Hub } from "./hub"
import { decodeData, decodeFrame, signinData, subscribeData, unsubscribeData, type InboundFrame } from "./inbound"
import { pong, protocolError } from "./outbound"
import { signIn } from "./signin"
import { subscribe, unsubscribe } from "./subscription"

type Handler = (hub: Hub, connection: Connection, frame: InboundFrame) => void

const handlers = new Map<string, Handler>([
  ["pusher:ping", (_hub, connection) => connection.send(pong)],
  // Arriving was its whole purpose: activity is noted for every frame.
  ["pusher:pong", () => undefined],
  [
    "pusher:subscribe",
    (hub, connection, frame) => {
      const request = decodeData(subscribeData, frame.data)
      return request.ok ? subscribe(hub, connection, request.value) : refuseFrame(connection)
    },
  ],
  [
    "pusher:unsubscribe",
    (hub, connection, frame) => {
      const request = decodeData(unsubscribeData, frame.data)
      return request.ok ? unsubscribe(hub, connection, request.value.channel) : refuseFrame(connection)
    },
  ],
  [
    "pusher:signin",
    (hub, connection, frame) => {
      const request = decodeData(signinData, frame.data)
      return request.ok ? signIn(hub, connection, request.value) : refuseFrame(connection)
    },
  ],
])

/** Does what one text frame asks. Whatever it holds, the answer is at worst a `pusher:error` (PSH-9, PSH-14). */
export function handleFrame(hub: Hub, connection: Connection, text: string): void {
  const frame = decodeFrame(text)
  if (!frame.ok) return refuseFrame(connection)
  if (frame.value.event.startsWith("client-")) return relayClientEvent(hub, connection, frame.value)

  const handler = handlers.get(frame.value.event)
  if (handler) return handler(hub, connection, frame.value)
  connection.send(protocolError(null, "Unknown event; a client's own events begin with client-"))
}

/** Tells a client that it was not understood. */
export function refuseFrame(connection: Connection): void {
  connection.send(protocolError(null, "The message is not a Pusher protocol event"))
}
