import { addresseeOf, parseChannelName } from "./channel-name"
import type { Hub } from "./hub"
import { publishedEvent, type Frame } from "./outbound"

export type Publication = {
  readonly name: string
  readonly channel: string
  readonly data: string
  /** A socket that already knows. */
  readonly exceptSocketId: string | null
}

/** Sends what the party's server announces to all who listen to a channel, or to all sockets of one user (PSH-29, PSH-42). */
export function publish(hub: Hub, publication: Publication): void {
  const addressee = addresseeOf(publication.channel)
  hub.counters.eventsPublished += 1
  hub.counters.framesDelivered +=
    addressee === null ? publishToChannel(hub, publication) : publishToUser(hub, addressee, publication)
}

function publishToChannel(hub: Hub, publication: Publication): number {
  const channel = hub.channels.get(publication.channel)
  const name = parseChannelName(publication.channel, hub.limits.maxPublishedNameLength)
  const isCached = name.ok && name.value.isCache
  if (!channel && !isCached) return 0

  const frame = encode(publication)
  if (isCached) hub.cache.put(publication.channel, { frame, data: publication.data }, hub.now())
  return channel?.broadcast(frame, publication.exceptSocketId) ?? 0
}

function publishToUser(hub: Hub, userId: string, publication: Publication): number {
  const frame = encode(publication)
  let sent = 0
  for (const connection of hub.users.of(userId)) {
    if (connection.socketId !== publication.exceptSocketId && connection.send(frame)) sent += 1
  }
  return sent
}

function encode({ name, channel, data }: Publication): Frame {
  return publishedEvent(name, channel, data)
}
