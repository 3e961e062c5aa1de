import { audienceOf } from "./channels"
import type { EventKind } from "./event"

/** What channels tell. Knows no subject: `data` is whatever came. */
export type ChannelHandlers = {
  onEvent(topic: EventKind<unknown>["topic"], name: string, data: unknown): void
  /** Channels are open that were not: what was said on them before is lost. Once for all that open together. */
  onSubscribed(): void
  /** The server will not have this screen on a channel. Asked again as long as the connection lasts. */
  onRefused(): void
  /** Ids of those who are online, when a presence channel is among the channels. */
  onMembers?(ids: readonly string[]): void
}

/** As much of a pusher-js client as is used here. */
export type ChannelClient = { subscribe(channel: string): PusherChannel }
type PusherChannel = {
  bind_global(callback: (event: string, data: unknown) => void): unknown
  readonly members?: { each(callback: (member: { id: string }) => void): void }
}

type Joining = {
  readonly client: ChannelClient
  /** Names made by `channelOf`. */
  readonly channels: readonly string[]
  readonly handlers: ChannelHandlers
  readonly setTimer: (run: () => void, delayMs: number) => () => void
}

/** After a refused channel: doubles up to the limit, ms. A screen that woke while the server was unwell must not stay deaf for long. */
const refusedRetryMs = { first: 1500, most: 4000 }

/** Channels that open within this time of each other open together, ms. */
const togetherMs = 50

/** The library's own words, and what a listener sends to the others: every guest could make all screens ask the server. */
const notOurs = ["pusher:", "pusher_internal:", "client-"]

/** Screens hear nothing of what PCs of the virtual LAN tell each other. */
function screenAudienceOf(channel: string) {
  const audience = audienceOf(channel)
  return audience?.kind === "lan-network" || audience?.kind === "lan-peer" ? null : audience
}

/** Subscribes, and passes on what the channels bring. @returns how to hear no more of them. */
export function joinChannels({ client, channels, handlers, setTimer }: Joining): () => void {
  const refused = new Set<string>()
  let refusals = 0
  let hasLeft = false
  let cancelRetry = () => {}
  let cancelTogether = () => {}

  const onOpen = (name: string) => {
    refused.delete(name)
    cancelTogether()
    cancelTogether = setTimer(handlers.onSubscribed, togetherMs)
  }

  const onRefused = (name: string) => {
    refused.add(name)
    handlers.onRefused()
    cancelRetry()
    cancelRetry = setTimer(retryRefused, Math.min(refusedRetryMs.first * 2 ** refusals, refusedRetryMs.most))
    refusals += 1
  }

  const retryRefused = () => {
    for (const name of refused) client.subscribe(name)
  }

  for (const name of channels) {
    const audience = screenAudienceOf(name)
    const channel = client.subscribe(name)
    const tellMembers = () => {
      const ids: string[] = []
      channel.members?.each(({ id }) => ids.push(id))
      handlers.onMembers?.(ids)
    }
    channel.bind_global((event, data) => {
      if (hasLeft || !audience) return
      if (event === "pusher:subscription_succeeded") onOpen(name)
      if (event === "pusher:subscription_error") onRefused(name)
      if (audience.kind === "presence") return tellMembers()
      if (notOurs.some((prefix) => event.startsWith(prefix))) return
      handlers.onEvent(audience.kind === "party" ? audience.topic : audience.kind, event, data)
    })
  }

  return () => {
    hasLeft = true
    cancelRetry()
    cancelTogether()
  }
}
