import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { assert } from "@/kernel/assert"
import { createClientSockets } from "./client-sockets"
import { closeCode } from "./codes"
import { createHttpApi } from "./http-api"
import { createHub, type HubCounters } from "./hub"
import { defaultLimits, type LocalPusherLimits } from "./limits"
import { defaultLog, type LocalPusherLog } from "./log"

export type LocalPusherOptions = {
  readonly appId: string
  readonly key: string
  readonly secret: string
  readonly log?: LocalPusherLog
  readonly limits?: Partial<LocalPusherLimits>
  /** Seconds of silence before a socket is asked for a sign of life. Default 120. */
  readonly activityTimeoutSeconds?: number
  /** Milliseconds the sign of life may take. Default 30 000. */
  readonly pongTimeoutMs?: number
  /** Milliseconds since 1970; for timestamps, rates and the cache. */
  readonly now?: () => number
}

export type LocalPusherStats = HubCounters & {
  readonly connections: number
  readonly channels: number
  readonly users: number
}

export type LocalPusher = {
  /** Takes requests below `/apps/`; false means the request is somebody else's and was not touched. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean
  /** Takes upgrades of `/app/:key`; false means the upgrade is somebody else's and was not touched. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Sends everybody away and takes nobody in any more. 4100, the default, brings clients back after a second (PSH-57). */
  close(code?: number): void
  stats(): LocalPusherStats
}

/**
 * A Pusher Channels server (protocol 7) for one process, to hang on an HTTP server (see SPEC.md).
 * Keeps everything in memory, delivers at most once, and owns `/app/:key` and `/apps/*` on the port it shares.
 */
export function createLocalPusher(options: LocalPusherOptions): LocalPusher {
  const { appId, key, secret, log = defaultLog, now = Date.now } = options
  const { activityTimeoutSeconds = 120, pongTimeoutMs = 30_000 } = options
  assert(appId && key && secret, "a local pusher needs an app id, a key and a secret")
  assert(activityTimeoutSeconds > 0, "clients do not connect without an activity timeout")

  const hub = createHub({ appId, key, secret }, { ...defaultLimits, ...options.limits }, now)
  const clients = createClientSockets(hub, { activityTimeoutSeconds, pongTimeoutMs }, log)
  const api = createHttpApi(hub, log)

  return {
    handleRequest(request, response) {
      if (!request.url?.startsWith("/apps/")) return false
      void api(request, response)
      return true
    },
    handleUpgrade: clients.handleUpgrade,
    close: (code = closeCode.overCapacity) => clients.closeAll(code),
    stats: () => ({
      connections: hub.connections.size,
      channels: hub.channels.size,
      users: hub.users.count,
      ...hub.counters,
    }),
  }
}
