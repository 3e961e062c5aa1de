import { Agent } from "node:http"
import Pusher from "pusher"
import type { Db } from "@/db/client"
import type { Clock } from "@/kernel/clock"
import { userToEnd } from "@/realtime/channels"
import type { Env } from "./env"
import type { Log } from "./log"
import { noMetrics, type Metrics } from "./metrics"
import { markPublished, type OutboxEvent } from "./outbox"

/** Sends committed events to the screens, and ends the connections that are to end. What it cannot do stays in the outbox for the sweeper. */
export type Publisher = {
  /** Queues events; returns at once. Never throws. */
  publish(events: readonly OutboxEvent[]): void
  /** Sends these now. @throws when the fan-out did not take them. */
  send(events: readonly OutboxEvent[]): Promise<void>
  /** Resolves when nothing is queued or under way. */
  settled(): Promise<void>
}

// Pusher's own limits: ten events in a batch, 10 240 bytes of data in an event.
const batchSize = 10
const largestDataBytes = 10_240
// A line that died without a word would otherwise keep every later event waiting behind the one it swallowed.
const patienceMs = 5_000

/** The publisher for hosted Pusher or our own server, whichever the environment names. */
export function createPublisher(parts: { db: Db; clock: Clock; log: Log; pusher: Pusher; metrics?: Metrics }): Publisher {
  const { db, clock, log, pusher, metrics = noMetrics } = parts
  let waiting: OutboxEvent[] = []
  let running: Promise<void> | undefined

  async function send(events: readonly OutboxEvent[]): Promise<void> {
    for (const step of stepsOf(events)) {
      const userId = userToEnd(step[0]?.channel ?? "")
      await (userId === null ? tellScreens(step) : counted(1, endConnectionsOf(userId)))
    }
  }

  async function tellScreens(events: readonly OutboxEvent[]): Promise<void> {
    for (let start = 0; start < events.length; start += batchSize) {
      const batch = events.slice(start, start + batchSize)
      await counted(batch.length, pusher.triggerBatch(batch.map((event) => ({ channel: event.channel, name: event.name, data: envelopeText(event) }))))
    }
  }

  /** [PTY-24] A fan-out that does not know how is not asked for ever: everything behind it would wait. */
  async function endConnectionsOf(userId: string): Promise<void> {
    await pusher.terminateUserConnections(userId).catch((error: unknown) => {
      if (!cannotEverBeDone(error)) throw error
      log.error({ err: error }, "connections that were to end may stay open")
    })
  }

  async function counted(count: number, sending: Promise<unknown>): Promise<void> {
    await sending.catch((error: unknown) => {
      metrics.published(count, false)
      throw error
    })
    metrics.published(count, true)
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting
      waiting = []
      try {
        for (const step of stepsOf(events)) {
          await send(step)
          await markPublished(db, step.map((event) => event.id), clock.now())
        }
      } catch (error) {
        log.warn({ err: error, events: events.length }, "events stay in the outbox for the sweeper")
      }
    }
    running = undefined
  }

  return {
    send,
    publish(events) {
      if (events.length === 0) return
      waiting.push(...events)
      running ??= drain()
    },
    settled: async () => running,
  }
}

/**
 * Events in the order in which they go out, each list to be noted before the next is tried: what the screens are told, and
 * then one list for each user whose connections end, so that a screen still hears why it is sent away [PTY-24].
 */
export function stepsOf(events: readonly OutboxEvent[]): OutboxEvent[][] {
  const toScreens = events.filter(({ channel }) => userToEnd(channel) === null)
  const ends = new Map<string, OutboxEvent[]>()
  for (const event of events) {
    if (userToEnd(event.channel) !== null) ends.set(event.channel, [...(ends.get(event.channel) ?? []), event])
  }
  return [toScreens, ...ends.values()].filter((step) => step.length > 0)
}

/** The official client, with connections kept open: a new one for every event would cost more than the event. Gives an answer up after `timeoutMs`. */
export function createPusherClient(env: Env, timeoutMs = patienceMs): Pusher {
  const account = { appId: env.PUSHER_APP_ID, key: env.PUSHER_KEY, secret: env.PUSHER_SECRET, timeout: timeoutMs }
  if (!env.PUSHER_HOST) return new Pusher({ ...account, cluster: env.PUSHER_CLUSTER ?? "eu", useTLS: true })
  return new Pusher({
    ...account,
    host: env.PUSHER_HOST,
    ...(env.PUSHER_PORT ? { port: String(env.PUSHER_PORT) } : {}),
    useTLS: false,
    agent: new Agent({ keepAlive: true, maxSockets: 4 }),
  })
}

/** The bytes that travel. Too big for a channel: without the payload, and the screens fetch the night instead. */
export function envelopeText({ version, previous, payload }: OutboxEvent): string {
  const full = JSON.stringify({ version, previous, payload })
  return Buffer.byteLength(full) <= largestDataBytes ? full : JSON.stringify({ version, previous, payload: null })
}

/** No key, no time and too many calls are over one day. */
const passing = [401, 408, 429]

/** The fan-out has no such call, or will not take this one from anybody. */
function cannotEverBeDone(error: unknown): boolean {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return false
  const { status } = error
  return status === 501 || (status >= 400 && status < 500 && !passing.includes(status))
}
