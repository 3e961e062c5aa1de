import { AddressCounts } from "./address-counts"
import type { Channel } from "./channel"
import type { Connection } from "./connection"
import { EndedUsers } from "./ended-users"
import { EventCache } from "./event-cache"
import type { LocalPusherLimits } from "./limits"
import type { AppCredentials } from "./signature"
import { Users } from "./users"

/** Everything one server knows, in memory: gone with the process, as delivery is at most once. */
export type Hub = {
  readonly app: AppCredentials
  readonly limits: LocalPusherLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly connections: Map<string, Connection>
  /** Of whom those connections are (PSH-58). */
  readonly addresses: AddressCounts
  readonly channels: Map<string, Channel>
  /** Who is signed in. */
  readonly users: Users
  /** In whose name subscriptions were signed (PSH-59). */
  readonly bearers: Users
  readonly endedUsers: EndedUsers
  readonly cache: EventCache
  readonly counters: HubCounters
}

/** Counts since the start. */
export type HubCounters = {
  connectionsOpened: number
  eventsPublished: number
  clientEventsRelayed: number
  clientEventsRefused: number
  framesDelivered: number
  slowConnectionsDropped: number
  silentConnectionsClosed: number
}

export function createHub(app: AppCredentials, limits: LocalPusherLimits, now: () => number): Hub {
  return {
    app,
    limits,
    now,
    connections: new Map(),
    addresses: new AddressCounts(),
    channels: new Map(),
    users: new Users(),
    bearers: new Users(),
    endedUsers: new EndedUsers(limits.maxEndedUsers),
    cache: new EventCache(limits.cachedEventTtlMs, limits.maxCachedEvents),
    counters: {
      connectionsOpened: 0,
      eventsPublished: 0,
      clientEventsRelayed: 0,
      clientEventsRefused: 0,
      framesDelivered: 0,
      slowConnectionsDropped: 0,
      silentConnectionsClosed: 0,
    },
  }
}
