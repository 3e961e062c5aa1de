import Pusher, { type Options } from "pusher-js"
import { channelsFor } from "@/live/channels-for"
import type { NightView, Surface } from "@/live/night-view"
import { nextQuestionIn, snapshotPatienceMs } from "@/live/snapshot"
import { createSynchroniser, type Synchroniser } from "@/live/synchroniser"
import { openPartySocket } from "@/realtime/party-socket"

/** Who looks, and where: `token` is a seal as a bearer. */
export type ScreenOptions = {
  readonly surface: Surface
  readonly token: string
  /** Where pages come from. It may change: a phone that finds another process asks that one. */
  readonly baseUrl: () => string
  /** Where events are heard, and by which key. */
  readonly realtime: { readonly port: number; readonly key: string }
}

/** A phone or race control without its pixels: the same synchroniser, the same socket and the official client. */
export type Screen = {
  readonly surface: Surface
  readonly token: string
  /** What it shows, but for what a clock decides. */
  shown(): unknown
  connection(): string
  close(): void
}

/** Opens a screen with the night on it. Throws when there is none to show. */
export async function openScreen(options: ScreenOptions): Promise<Screen> {
  const { surface, token, baseUrl, realtime } = options
  const initial = await fetchNight(options)
  const synchroniser = createSynchroniser({
    initial,
    fetchSnapshot: async (knownVersion) => {
      const response = await ask(options, knownVersion === null ? {} : { "if-none-match": `"${knownVersion}"` })
      const next = nextQuestionIn(response.headers.get("retry-after"))
      if (response.status === 304) return { kind: "unchanged", ...next }
      if (!response.ok) return { kind: "failed", ...next }
      return { kind: "night", night: ((await response.json()) as { night: NightView }).night, ...next }
    },
    timers: { set: setTimer },
    random: Math.random,
    nowMs: Date.now,
  })
  const socket = openPartySocket({
    config: { key: realtime.key, cluster: null, isLocal: true },
    channels: channelsFor(surface, initial),
    handlers: handlersOf(synchroniser),
    surroundings: {
      loadPusher: async () => signedPusher(baseUrl, token),
      location: { hostname: "127.0.0.1", port: String(realtime.port), protocol: "http:" },
      setTimer,
    },
  })
  synchroniser.start()
  return {
    surface,
    token,
    shown: () => comparable(synchroniser.getNight()),
    connection: () => synchroniser.getState().connection,
    close() {
      synchroniser.stop()
      socket.stop()
    },
  }
}

/** The night as the server tells it now. Throws when it tells none. */
export async function fetchNight(options: Pick<ScreenOptions, "surface" | "token" | "baseUrl">): Promise<NightView> {
  const response = await ask(options, {})
  if (!response.ok) throw new Error(`no night: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { night: NightView }).night
}

/**
 * A night without what is another one at every asking, and without the evening's table where events do not carry it: a phone
 * asks for it when somebody reads it, and the fees of a running session come with the next snapshot, 20 s later at most.
 */
export function comparable(night: NightView | null): unknown {
  if (!night) return null
  const { serverTime: _time, version: _version, table, ...rest } = night
  const isTableTold = night.me === null && night.sessions.every(({ status }) => status !== "IN_PROGRESS")
  return isTableTold ? { ...rest, table } : rest
}

function ask({ surface, token, baseUrl }: Pick<ScreenOptions, "surface" | "token" | "baseUrl">, headers: Record<string, string>): Promise<Response> {
  return fetch(`${baseUrl()}/api/v1/night?as=${surface}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: AbortSignal.timeout(snapshotPatienceMs),
  })
}

function handlersOf(synchroniser: Synchroniser) {
  return {
    onEvent: synchroniser.receive,
    onLine: synchroniser.setLine,
    onSubscribed: () => synchroniser.refetch("subscribed"),
    onRefused: () => synchroniser.refetch("refused"),
  }
}

function setTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** The official client; outside of a browser only the address of the signature is another. */
function signedPusher(baseUrl: () => string, token: string) {
  return class SignedPusher extends Pusher {
    constructor(key: string, options: Options) {
      super(key, {
        ...options,
        channelAuthorization: {
          customHandler: ({ socketId, channelName }, callback) => {
            sign(`${baseUrl()}/api/pusher/auth`, token, { socket_id: socketId, channel_name: channelName }).then(
              (signature) => callback(null, signature),
              (error: Error) => callback(error, null),
            )
          },
        },
      })
    }
  }
}

async function sign(url: string, token: string, fields: Record<string, string>): Promise<{ auth: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(snapshotPatienceMs),
  })
  if (!response.ok) throw new Error(`not signed: ${response.status}`)
  return (await response.json()) as { auth: string }
}
