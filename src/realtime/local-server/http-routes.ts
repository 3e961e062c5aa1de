import { channelInfo } from "./channel-info"
import { parseChannelName, type ChannelName } from "./channel-name"
import { closeCode } from "./codes"
import type { Hub } from "./hub"
import { publicationOf, type EventInputs } from "./http-input"
import { queryValue, type Query } from "./http-query"
import { decodeJson } from "./inbound"
import { publish } from "./publish"

export type Call = {
  readonly hub: Hub
  readonly inputs: EventInputs
  /** What the path names, decoded: a channel or a user. */
  readonly subject: string
  readonly query: Query
  readonly body: string
}

export type Answer = { readonly status: number; readonly body: object }

const nothing: ReadonlySet<string> = new Set()

type Route = { readonly method: string; readonly path: RegExp; readonly answer: (call: Call) => Answer }

/** Paths below `/apps/:id` (PSH-39). */
export const routes: readonly Route[] = [
  { method: "POST", path: /^\/events$/, answer: postEvent },
  { method: "POST", path: /^\/batch_events$/, answer: postBatch },
  { method: "GET", path: /^\/channels$/, answer: getChannels },
  { method: "GET", path: /^\/channels\/([^/]+)$/, answer: getChannel },
  { method: "GET", path: /^\/channels\/([^/]+)\/users$/, answer: getChannelUsers },
  { method: "POST", path: /^\/users\/([^/]+)\/terminate_connections$/, answer: postTerminateConnections },
]

/** A "no" of the HTTP API. The text is for people; callers go by the status. */
export function httpError(status: number, error: string): Answer {
  return { status, body: { error, code: status } }
}

function postEvent({ hub, inputs, body }: Call): Answer {
  const input = decodeJson(inputs.event, body)
  if (!input.ok) return httpError(400, "The event is not well formed")
  const event = input.value
  if (isTooLarge(hub, event.data)) return httpError(413, "The event's data is too large")

  const channels = [...new Set(event.channels)]
  for (const channel of channels) publish(hub, publicationOf(event, channel))
  if (!event.info) return { status: 200, body: {} }
  const asked = event.info
  return { status: 200, body: { channels: Object.fromEntries(channels.map((name) => [name, channelInfo(hub, name, asked)])) } }
}

// Nothing of a batch is sent unless all of it can be (PSH-44).
function postBatch({ hub, inputs, body }: Call): Answer {
  const input = decodeJson(inputs.batch, body)
  if (!input.ok) return httpError(400, "The batch is not well formed")
  const { batch } = input.value
  if (batch.some((event) => isTooLarge(hub, event.data))) return httpError(413, "An event's data is too large")

  for (const event of batch) publish(hub, publicationOf(event, event.channel))
  if (!batch.some((event) => event.info)) return { status: 200, body: {} }
  return { status: 200, body: { batch: batch.map((event) => channelInfo(hub, event.channel, event.info ?? nothing)) } }
}

function getChannels({ hub, query }: Call): Answer {
  const prefix = queryValue(query, "filter_by_prefix") ?? ""
  const asked = askedInfo(query)
  if (asked.has("user_count") && !prefix.startsWith("presence-")) {
    return httpError(400, "Users are counted only where filter_by_prefix begins with presence-")
  }
  const names = [...hub.channels.keys()].filter((name) => name.startsWith(prefix))
  return { status: 200, body: { channels: Object.fromEntries(names.map((name) => [name, channelInfo(hub, name, asked)])) } }
}

function getChannel({ hub, query, subject }: Call): Answer {
  const name = readName(hub, subject)
  if (!name) return httpError(400, "The channel name is not valid")
  const asked = askedInfo(query)
  if (asked.has("user_count") && name.access !== "presence") {
    return httpError(400, "Users are counted only in presence channels")
  }
  return { status: 200, body: { occupied: hub.channels.has(name.text), ...channelInfo(hub, name.text, asked) } }
}

function getChannelUsers({ hub, subject }: Call): Answer {
  const name = readName(hub, subject)
  if (name?.access !== "presence") return httpError(400, "Users are listed only for presence channels")
  const userIds = hub.channels.get(name.text)?.presence?.userIds() ?? []
  return { status: 200, body: { users: userIds.map((id) => ({ id })) } }
}

function postTerminateConnections({ hub, subject }: Call): Answer {
  hub.endedUsers.end(subject, hub.counters.connectionsOpened)
  for (const connection of new Set([...hub.users.of(subject), ...hub.bearers.of(subject)])) connection.close(closeCode.unauthorized, "terminated by the app")
  return { status: 200, body: {} }
}

function readName(hub: Hub, subject: string): ChannelName | null {
  const name = parseChannelName(subject, hub.limits.maxPublishedNameLength)
  return name.ok ? name.value : null
}

function askedInfo(query: Query): ReadonlySet<string> {
  return new Set((queryValue(query, "info") ?? "").split(","))
}

function isTooLarge(hub: Hub, data: string): boolean {
  return Buffer.byteLength(data) > hub.limits.maxEventDataBytes
}
