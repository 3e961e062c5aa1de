import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import type { Channel } from "./channel"
import { errorCode } from "./codes"
import type { Connection } from "./connection"
import type { Hub } from "./hub"
import type { InboundFrame } from "./inbound"
import { protocolError, publishedEvent, type Frame } from "./outbound"

type ClientEventRefusal = Refusal<
  "no_channel" | "not_allowed_here" | "not_subscribed" | "name_too_long" | "data_too_large" | "data_too_deep" | "too_fast"
>

const answers: Record<ClientEventRefusal["code"], { code: number | null; message: string }> = {
  no_channel: { code: null, message: "A client event names its channel" },
  not_allowed_here: { code: null, message: "Client events are for private and presence channels only" },
  not_subscribed: { code: null, message: "Client events are for subscribers of the channel only" },
  name_too_long: { code: null, message: "The event name is too long" },
  data_too_large: { code: null, message: "The event's data is too large" },
  data_too_deep: { code: null, message: "The event's data is nested too deeply" },
  too_fast: { code: errorCode.tooMuch, message: "Too many client events within a second; this one was dropped" },
}

/** Relays what one client says to the others in its channel, never back to it (PSH-30 – PSH-35). */
export function relayClientEvent(hub: Hub, connection: Connection, frame: InboundFrame): void {
  const relayed = relay(hub, connection, frame)
  if (relayed.ok) {
    hub.counters.clientEventsRelayed += 1
    hub.counters.framesDelivered += relayed.value
    return
  }
  hub.counters.clientEventsRefused += 1
  const { code, message } = answers[relayed.refusal.code]
  connection.send(protocolError(code, message))
}

function relay(hub: Hub, connection: Connection, frame: InboundFrame): Result<number, ClientEventRefusal> {
  const channel = findChannel(hub, connection, frame.channel)
  if (!channel.ok) return channel
  if (frame.event.length > hub.limits.maxEventNameLength) return refuse("name_too_long")
  // Before the costly part: encoding is what a flood would make us do.
  if (!connection.clientEvents.accept(hub.now())) return refuse("too_fast")
  const encoded = encodeWithin(hub.limits.maxEventDataBytes, connection, channel.value, frame)
  if (!encoded.ok) return encoded
  return ok(channel.value.broadcast(encoded.value, connection.socketId))
}

function findChannel(hub: Hub, connection: Connection, text: string | undefined): Result<Channel, ClientEventRefusal> {
  if (text === undefined) return refuse("no_channel")
  if (!text.startsWith("private-") && !text.startsWith("presence-")) return refuse("not_allowed_here")
  const channel = connection.subscriptions.has(text) ? hub.channels.get(text) : undefined
  return channel ? ok(channel) : refuse("not_subscribed")
}

function encodeWithin(
  maxBytes: number,
  connection: Connection,
  channel: Channel,
  frame: InboundFrame,
): Result<Frame, ClientEventRefusal> {
  try {
    if (dataBytes(frame.data) > maxBytes) return refuse("data_too_large")
    const userId = channel.presence?.memberOf(connection.socketId)?.userId
    return ok(publishedEvent(frame.event, channel.name.text, frame.data, userId))
  } catch (error) {
    // JSON.parse reads nesting that JSON.stringify overflows the stack on.
    if (error instanceof RangeError) return refuse("data_too_deep")
    throw error
  }
}

function dataBytes(data: unknown): number {
  if (data === undefined) return 0
  return Buffer.byteLength(typeof data === "string" ? data : JSON.stringify(data))
}
