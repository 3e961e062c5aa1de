import Pusher, { type Channel } from "pusher-js"
import { z } from "zod"
import type { RestClient } from "./rest-client"

/** Something may have happened. */
export type News = {
  /** Until something was heard since the last wait, or the patience is over. */
  wait(): Promise<void>
  /** How many events were heard. */
  heard(): number
  stop(): void
}

/** So long a bot does not ask by itself, in milliseconds: while the line stands, and while there is none. */
export type Patience = { readonly connectedMs: number; readonly cutMs: number }

const realtime = z.object({
  key: z.string(),
  cluster: z.string().nullable(),
  auth_endpoint: z.string(),
  channels: z.object({ quipflip: z.string() }),
})

type Line = { readonly url: string; readonly token: string; readonly rest: RestClient; readonly patience: Patience }

/** Listens to the party's channel of Quipflip. What comes is a hint: whoever hears it asks for the status. */
export async function followChannel({ url, token, rest, patience }: Line): Promise<News> {
  const { key, cluster, auth_endpoint, channels } = await rest.get("/api/v1/realtime", realtime)
  const { hostname, port, protocol } = new URL(url)
  const isSecure = protocol === "https:"
  const wsPort = Number(port) || (isSecure ? 443 : 80)
  const pusher = new Pusher(key, {
    cluster: cluster ?? "local",
    forceTLS: cluster !== null || isSecure,
    ...(cluster === null ? { wsHost: hostname, wsPort, wssPort: wsPort, enabledTransports: ["ws", "wss"] as const } : {}),
    channelAuthorization: { endpoint: `${url}${auth_endpoint}`, transport: "ajax", headers: { authorization: `Bearer ${token}` } },
  } as ConstructorParameters<typeof Pusher>[1])
  return newsFrom({ channel: pusher.subscribe(channels.quipflip), connection: pusher.connection, patience, hangUp: () => pusher.disconnect() })
}

type Source = {
  readonly channel: Pick<Channel, "bind_global">
  readonly connection: { readonly state: string; bind(event: "state_change", callback: () => void): unknown }
  readonly patience: Patience
  readonly hangUp: () => void
}

/** Turns a channel's events into news: the line being cut only makes them later. */
export function newsFrom({ channel, connection, patience, hangUp }: Source): News {
  let events = 0
  let hasNews = false
  let wake = () => {}
  const tell = () => {
    hasNews = true
    wake()
  }
  // Who waits while the line breaks would otherwise wait as long as on a good one.
  connection.bind("state_change", tell)
  channel.bind_global((event: string) => {
    // The library's own words do not count, but for one: what was said before the subscription was not heard.
    if (event.startsWith("pusher") && event !== "pusher:subscription_succeeded") return
    events += 1
    tell()
  })
  return {
    async wait() {
      if (!hasNews) await soon((resolve) => (wake = resolve), connection.state === "connected" ? patience.connectedMs : patience.cutMs)
      hasNews = false
    },
    heard: () => events,
    stop: hangUp,
  }
}

/** Without a line: asks again after a while. */
export function pollOnly(patience: Patience): News {
  return { wait: () => soon(() => {}, patience.cutMs), heard: () => 0, stop: () => {} }
}

function soon(onWaiting: (resolve: () => void) => void, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    onWaiting(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
