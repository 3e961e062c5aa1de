/** What one server lets its clients and its publishers ask for. Everything here can be lowered by a test. */
export type LocalPusherLimits = {
  /** Open sockets of the whole server; one more is told 4100 (PSH-8). */
  readonly maxConnections: number
  /** Open sockets of one address; one more is told 4100 (PSH-58). */
  readonly maxConnectionsPerAddress: number
  /** Channels one socket may hold at a time (PSH-52). */
  readonly maxSubscriptionsPerConnection: number
  /** Bytes of one frame from a client; more closes the socket with 1009 (PSH-50). */
  readonly maxFrameBytes: number
  /** Bytes that may wait for a slow reader before it is cut off (PSH-51). */
  readonly maxBufferedBytes: number
  /** Bytes of one HTTP request body (PSH-53). */
  readonly maxBodyBytes: number
  /** Bytes of one event's data, by HTTP and from clients (PSH-35, PSH-43). */
  readonly maxEventDataBytes: number
  /** Characters of an event name. */
  readonly maxEventNameLength: number
  /** Channels one published event may name (PSH-43). */
  readonly maxChannelsPerEvent: number
  /** Events in one batch (PSH-44). */
  readonly maxBatchLength: number
  /** Distinct users of one presence channel (PSH-26). */
  readonly maxPresenceMembers: number
  /** Bytes of one member's `user_info` as JSON (PSH-26). */
  readonly maxUserInfoBytes: number
  /** Characters of a presence `user_id` (PSH-26). */
  readonly maxUserIdLength: number
  /** Characters of a channel name a client may subscribe to (PSH-15). */
  readonly maxSubscribedNameLength: number
  /** Characters of a channel name a publisher may name (PSH-15). */
  readonly maxPublishedNameLength: number
  /** Client events one socket may send within any second (PSH-34). */
  readonly maxClientEventsPerSecond: number
  /** How long the last event of a cache channel is kept, ms (PSH-28). */
  readonly cachedEventTtlMs: number
  /** Cache channels remembered at a time; the oldest is forgotten first (PSH-28). */
  readonly maxCachedEvents: number
  /** Users whose connections were ended that are remembered at a time; the oldest is forgotten first (PSH-60). */
  readonly maxEndedUsers: number
  /** How far a publisher's clock may be off, s (PSH-41). */
  readonly maxClockSkewSeconds: number
  /** How long a closed socket may take to hang up before it is cut, ms (PSH-54). */
  readonly closeTimeoutMs: number
}

export const defaultLimits: LocalPusherLimits = {
  maxConnections: 5_000,
  maxConnectionsPerAddress: 2_500,
  maxSubscriptionsPerConnection: 250,
  maxFrameBytes: 64 * 1024,
  maxBufferedBytes: 1024 * 1024,
  maxBodyBytes: 1024 * 1024,
  maxEventDataBytes: 10_240,
  maxEventNameLength: 200,
  maxChannelsPerEvent: 100,
  maxBatchLength: 10,
  maxPresenceMembers: 100,
  maxUserInfoBytes: 1024,
  maxUserIdLength: 128,
  maxSubscribedNameLength: 164,
  maxPublishedNameLength: 200,
  maxClientEventsPerSecond: 10,
  cachedEventTtlMs: 30 * 60 * 1000,
  maxCachedEvents: 10_000,
  maxEndedUsers: 10_000,
  maxClockSkewSeconds: 600,
  closeTimeoutMs: 5_000,
}
