import type * as z from "zod/mini"
import { bettingEvents } from "@/betting/events"
import { imposterEvents } from "@/games/imposter/events"
import { quipflipEvents } from "@/games/quipflip/events"
import { racingEvents } from "@/games/racing/events"
import { lanEvents } from "@/lan/events"
import { partyEvents } from "@/party/events"
import { envelope, type EventKind } from "@/realtime/event"

/** Every event of every subject. A new one breaks `applyEvent` until somebody has said what it means. */
const catalogue = { ...partyEvents, ...racingEvents, ...bettingEvents, ...imposterEvents, ...quipflipEvents, ...lanEvents }
type Catalogue = typeof catalogue

export type LiveEventKind = keyof Catalogue

/** One event as it arrived, told apart by `kind` (the key in its subject's events.ts). `version` is its command's. */
export type LiveEvent = {
  [K in LiveEventKind]: { readonly kind: K; readonly version: number; readonly payload: z.infer<Catalogue[K]["payload"]> }
}[LiveEventKind]

/** The parties' topics, and the two channels that belong to somebody. */
export type ChannelTopic = EventKind<unknown>["topic"]

/** What a channel brought. `event` is null when it was too big to travel: the snapshot has it. */
export type LiveMessage = {
  readonly topic: ChannelTopic
  readonly version: number
  /** The version of the event before it on this channel, 0 when none. */
  readonly previous: number
  readonly event: LiveEvent | null
}

/** What could not be read, for the log: never the payload. */
export type EventProblem = {
  readonly code: "unreadable_envelope" | "unknown_event" | "unreadable_payload"
  readonly topic: ChannelTopic
  readonly name: string
}

/** `message` is null only when not even the envelope could be read. */
export type Heard = { readonly message: LiveMessage | null; readonly problem: EventProblem | null }

const kindsByTopicAndName = new Map(
  Object.entries(catalogue).map(([kind, { topic, name }]) => [`${topic}/${name}`, kind as LiveEventKind]),
)

/** Reads what a channel brought: parses everything, trusts nothing, throws never. `data` is the envelope. */
export function parseEvent(topic: ChannelTopic, name: string, data: unknown): Heard {
  const read = envelope.safeParse(data)
  if (!read.success) return { message: null, problem: { code: "unreadable_envelope", topic, name } }
  const { version, previous, payload } = read.data
  const withoutEvent = { topic, version, previous, event: null }
  if (payload === null) return { message: withoutEvent, problem: null }
  const kind = kindsByTopicAndName.get(`${topic}/${name}`)
  if (!kind) return { message: withoutEvent, problem: { code: "unknown_event", topic, name } }
  const parsed = catalogue[kind].payload.safeParse(payload)
  if (!parsed.success) return { message: withoutEvent, problem: { code: "unreadable_payload", topic, name } }
  // The map gave the kind its own schema; the compiler cannot follow a key through a union.
  return { message: { ...withoutEvent, event: { kind, version, payload: parsed.data } as LiveEvent }, problem: null }
}
