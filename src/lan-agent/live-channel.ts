import Pusher, { type Channel } from "pusher-js"
import { z } from "zod"
import { lanPeerEvents } from "@/lan/peer-events"
import type { LiveDoor, LiveNews } from "./agent-doors"
import { boundedJson } from "./bounded-body"
import type { Fetch, Realtime } from "./control-plane"

type Order = {
  readonly party: string
  readonly realtime: Realtime
  /** Read whenever a channel is asked for, for a token is renewed. */
  readonly token: () => string
  readonly hear: (news: LiveNews) => void
  readonly fetch: Fetch
}

/** As much of pusher-js as is used. */
export type LiveLibrary = new (key: string, options: ConstructorParameters<typeof Pusher>[1]) => {
  subscribe(name: string): Pick<Channel, "bind_global">
  unsubscribe(name: string): void
  disconnect(): void
  connect(): void
  readonly connection: { bind(event: "state_change", told: (change: { current: string }) => void): unknown }
}

/** So long a line may say nothing before it is asked whether it is there, and so long it may take to answer, ms. */
const activityTimeout = 10_000
const pongTimeout = 3_000
/** So long after a refusal a channel is asked for again, and so long the party may take to answer that, ms. */
const subscribeAgainMs = 2_000
const authorizeWithinMs = 10_000
/** So long after the party closed the line for good it is opened anew, ms. */
const connectAgainMs = 2_000

/** [LANA-40] The party's two channels for this PC: what is said to the whole network, and what is for it alone. */
export function openLiveChannel(order: Order, Library: LiveLibrary = Pusher): LiveDoor {
  const { hear } = order
  const pusher = connectionOf(order, Library)
  const open = new Set<string>()
  /** Of the open ones those that are heard. */
  const heard = new Set<string>()
  const again = new Map<string, NodeJS.Timeout>()
  let isConnected = false
  let isUp = false
  const show = () => {
    const isUpNow = isConnected && open.size > 0 && heard.size === open.size
    if (isUpNow === isUp) return
    isUp = isUpNow
    hear({ type: "line", isUp })
  }
  let isClosed = false
  let connectAgain: NodeJS.Timeout | undefined
  pusher.connection.bind("state_change", ({ current }) => {
    isConnected = current === "connected"
    if (!isConnected) heard.clear()
    show()
    clearTimeout(connectAgain)
    // The library stays away after codes 4000-4099. They may have been meant for who this PC was before it came back.
    if (current === "disconnected" && !isClosed) connectAgain = setTimeout(() => pusher.connect(), connectAgainMs)
  })
  const drop = (name: string) => {
    clearTimeout(again.get(name))
    again.delete(name)
    heard.delete(name)
    open.delete(name)
  }
  /** The library asks no second time for a channel that was refused, and a party that starts may refuse what it grants later. */
  const settle = (name: string, event: string) => {
    if (event === "pusher:subscription_succeeded") heard.add(name)
    else if (event === "pusher:subscription_error") {
      heard.delete(name)
      clearTimeout(again.get(name))
      again.set(name, setTimeout(() => pusher.subscribe(name), subscribeAgainMs))
    } else return
    show()
  }
  const listen = (name: string) => {
    if (open.has(name)) return
    open.add(name)
    const read = newsReader()
    pusher.subscribe(name).bind_global((event: string, data: unknown) => {
      if (!open.has(name)) return
      settle(name, event)
      for (const news of read(event, data)) hear(news)
    })
  }
  const follow = ({ channels }: Realtime) => {
    const wanted = [channels.network, channels.peer]
    for (const name of open) {
      if (wanted.includes(name)) continue
      drop(name)
      pusher.unsubscribe(name)
    }
    wanted.forEach(listen)
    show()
  }
  follow(order.realtime)
  const renew = () => {
    pusher.disconnect()
    pusher.connect()
  }
  const close = () => {
    isClosed = true
    clearTimeout(connectAgain)
    for (const name of [...open]) drop(name)
    pusher.disconnect()
  }
  return { follow, renew, close }
}

/** The connection that the channels share; every subscription is asked for with the token as it is then. */
function connectionOf({ party, realtime, token, fetch }: Order, Library: LiveLibrary) {
  const { hostname, port, protocol } = new URL(party)
  const isSecure = protocol === "https:"
  const wsPort = Number(port) || (isSecure ? 443 : 80)
  const { key, cluster, auth_endpoint } = realtime
  const endpoint = `${party}${auth_endpoint}`
  const ownServer = { wsHost: hostname.replace(/^\[|\]$/g, ""), wsPort, wssPort: wsPort, enabledTransports: isSecure ? (["ws", "wss"] as const) : (["ws"] as const) }

  async function authorize(socketId: string, channelName: string) {
    const body = new URLSearchParams({ socket_id: socketId, channel_name: channelName })
    const headers = { authorization: `Bearer ${token()}` }
    const response = await fetch(endpoint, { method: "POST", headers, body, signal: AbortSignal.timeout(authorizeWithinMs) })
    if (!response.ok) throw new Error(`channel refused: ${response.status}`)
    return signature.parse(await boundedJson(response))
  }

  return new Library(key, {
    cluster: cluster ?? "local",
    forceTLS: cluster !== null || isSecure,
    activityTimeout,
    pongTimeout,
    ...(cluster === null ? ownServer : {}),
    channelAuthorization: {
      transport: "ajax",
      endpoint,
      customHandler: ({ socketId, channelName }, told) => {
        authorize(socketId, channelName).then(
          (signed) => told(null, signed),
          (error: unknown) => told(error instanceof Error ? error : new Error(String(error)), null),
        )
      },
    },
  } as ConstructorParameters<typeof Pusher>[1])
}

const signature = z.object({ auth: z.string(), channel_data: z.string().optional() })

const envelope = z.object({ version: z.int(), previous: z.int(), payload: z.unknown() })

const missed: LiveNews = { type: "missed" }

/** Reads one channel: its events, and by their numbers whether one of them never came. */
export function newsReader(): (event: string, data: unknown) => LiveNews[] {
  let last: number | null = null
  return (event, data) => {
    // What was said before the subscription was not heard, and who is refused may have been sent elsewhere.
    if (event === "pusher:subscription_succeeded" || event === "pusher:subscription_error") {
      last = null
      return [missed]
    }
    // Of the library itself, and what any member may send to the others: neither is the party's.
    if (/^(pusher|client-)/.test(event)) return []
    const read = envelope.safeParse(data)
    if (!read.success) return [missed]
    const { version, previous, payload } = read.data
    const hasGap = last !== null && previous > last
    last = Math.max(last ?? 0, version)
    const news = newsOf(event, payload) ?? missed
    return hasGap && news !== missed ? [news, missed] : [news]
  }
}

function newsOf(event: string, payload: unknown): LiveNews | null {
  const { peerJoined, peerChanged, peersLeft, networkChanged, networkEnded, signal, kicked } = lanPeerEvents
  switch (event) {
    case peerJoined.name:
      return read(peerJoined.payload, payload, ({ peer }) => ({ type: "peer_joined", peer }))
    case peerChanged.name:
      return read(peerChanged.payload, payload, ({ peer }) => ({ type: "peer_changed", peer }))
    case peersLeft.name:
      return read(peersLeft.payload, payload, ({ peer_ids: peerIds, reason, channel_epoch: epoch }) => ({ type: "peers_left", peerIds, reason, epoch }))
    case networkChanged.name:
      return read(networkChanged.payload, payload, ({ name }) => ({ type: "network_changed", name }))
    case networkEnded.name:
      return read(networkEnded.payload, payload, ({ reason }) => ({ type: "network_ended", reason }))
    case signal.name:
      return read(signal.payload, payload, (told) => ({ type: "signal", signal: told.signal }))
    case kicked.name:
      return { type: "kicked" }
    default:
      return null
  }
}

function read<S extends z.ZodType>(shape: S, payload: unknown, news: (told: z.infer<S>) => LiveNews): LiveNews | null {
  const parsed = shape.safeParse(payload)
  return parsed.success ? news(parsed.data) : null
}
