import type { Hub } from "./hub"

export type ChannelInfo = {
  user_count?: number
  subscription_count?: number
  cache?: { data: string; ttl: number }
}

/** What a caller may know about a channel, as far as asked for. Counting users outside presence channels means nothing and is left out (PSH-46). */
export function channelInfo(hub: Hub, channel: string, asked: ReadonlySet<string>): ChannelInfo {
  const occupied = hub.channels.get(channel)
  const info: ChannelInfo = {}
  if (asked.has("user_count") && channel.startsWith("presence-")) info.user_count = occupied?.presence?.count ?? 0
  if (asked.has("subscription_count")) info.subscription_count = occupied?.subscribers.size ?? 0
  const cached = asked.has("cache") ? hub.cache.get(channel, hub.now()) : null
  if (cached) info.cache = { data: cached.data, ttl: Math.ceil((cached.expiresAtMs - hub.now()) / 1000) }
  return info
}
