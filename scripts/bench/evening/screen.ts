import Pusher, { type Options } from "pusher-js"
import { isPresenceKept } from "@/app/party/presence"
import { channelsFor } from "@/live/channels-for"
import type { NightView, Surface } from "@/live/night-view"
import { nextQuestionIn, type SnapshotAnswer } from "@/live/snapshot"
import { createSynchroniser } from "@/live/synchroniser"
import { channelOf } from "@/realtime/channels"
import { openPartySocket, type PusherLibrary } from "@/realtime/party-socket"
import { sharedNow } from "../processes"
import type { Browser } from "./browser"
import type { Notes, Sightings } from "./notes"

/** Where the Pusher protocol is spoken. */
export type Realtime = { readonly hostname: string; readonly port: number; readonly key: string }

export type Screen = {
  readonly sightings: Sightings
  /** What it shows; null until it has its first snapshot. */
  night(): NightView | null
  /** @returns how to hear no more. */
  onChange(listener: () => void): () => void
  /** Resolves when its channels are open and it shows something. @throws after ten seconds. */
  ready(): Promise<void>
  /** Snapshots fetched, those that were not sent again included. */
  snapshotsAsked(): number
  /** Events heard once more. */
  doubled(): number
  /** Forgets when it held what: an evening of hours has too many. */
  forget(): void
  close(): void
}

type Showing = { readonly browser: Browser; readonly realtime: Realtime; readonly surface: Surface; readonly notes: Notes }

const patienceMs = 10_000
const timers = {
  set(run: () => void, delayMs: number) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** A phone, a TV or a laptop without its pixels: the page's own socket and synchroniser, with the library that browsers load. */
export async function openScreen({ browser, realtime, surface, notes }: Showing): Promise<Screen> {
  const events = new Map<number, number>()
  const snapshots: { version: number; at: number }[] = []
  const heard = new Set<string>()
  let openAt = Infinity
  let asked = 0
  let doubled = 0

  const synchroniser = createSynchroniser({
    initial: null,
    async fetchSnapshot(knownVersion) {
      asked += 1
      const answer = await snapshotFor(browser, surface, knownVersion)
      if (answer.kind === "night") snapshots.push({ version: answer.night.version, at: sharedNow() })
      if (answer.kind === "gone") notes.problems.push(`a ${surface} screen was sent away: ${answer.gone.code}`)
      return answer
    },
    timers,
    random: Math.random,
    nowMs: Date.now,
    onProblem: ({ code }) => void notes.problems.push(`a ${surface} screen cannot read an event: ${code}`),
  })
  synchroniser.start()

  const isReady = () => synchroniser.getNight() !== null && openAt < Infinity
  const ready = () => until(isReady, `a ${surface} screen opens`)
  await until(() => synchroniser.getNight() !== null, `a ${surface} screen has its first snapshot`)
  const first = synchroniser.getNight()
  if (!first) throw new Error("a screen lost its night")

  const channels = channelsFor(surface, first)
  if (surface === "host" || (surface === "guest" && isPresenceKept(first))) channels.push(channelOf({ kind: "presence", partyId: first.party.id }))
  const socket = openPartySocket({
    config: { key: realtime.key, cluster: null, isLocal: true },
    channels,
    handlers: {
      onEvent(topic, name, data) {
        const version = versionOf(data)
        if (version !== undefined && !events.has(version)) events.set(version, sharedNow())
        const event = `${topic} ${name} ${version}`
        if (heard.has(event)) doubled += 1
        heard.add(event)
        synchroniser.receive(topic, name, data)
      },
      onLine: synchroniser.setLine,
      onSubscribed() {
        openAt = Math.min(openAt, sharedNow())
        synchroniser.refetch("subscribed")
      },
      onRefused() {
        notes.problems.push(`a ${surface} screen was refused a channel`)
        synchroniser.refetch("refused")
      },
    },
    surroundings: {
      loadPusher: async () => libraryOf(browser),
      location: { hostname: realtime.hostname, port: String(realtime.port), protocol: "http:" },
      setTimer: timers.set,
    },
  })

  return {
    get sightings() {
      return { openAt, events, snapshots }
    },
    night: () => synchroniser.getNight(),
    onChange: synchroniser.subscribe,
    ready,
    snapshotsAsked: () => asked,
    doubled: () => doubled,
    forget() {
      events.clear()
      heard.clear()
      snapshots.length = 0
    },
    close() {
      socket.stop()
      synchroniser.stop()
    },
  }
}

/** Waits without looking away for long. @throws with `what` when it takes longer than `ms`. */
export async function until(isSo: () => boolean, what: string, ms = patienceMs): Promise<void> {
  const giveUpAt = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > giveUpAt) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

async function snapshotFor(browser: Browser, surface: Surface, knownVersion: number | null): Promise<SnapshotAnswer> {
  const known: Record<string, string> = knownVersion === null ? {} : { "if-none-match": `"${knownVersion}"` }
  const headers = { ...known, cookie: browser.cookie() }
  const { status, text, retryAfter } = await browser.client.get({ path: `/api/v1/night?as=${surface}`, headers })
  const next = nextQuestionIn(retryAfter)
  if (status === 304) return { kind: "unchanged", ...next }
  if (status !== 200) return { kind: "failed", ...next }
  const { night } = JSON.parse(text) as { night: NightView }
  return { kind: "night", night, ...next }
}

function versionOf(data: unknown): number | undefined {
  if (typeof data !== "object" || data === null || !("version" in data)) return undefined
  return typeof data.version === "number" ? data.version : undefined
}

/** pusher-js as it is, but for the one thing only browsers have: the page's cookies go along when it asks for a channel. */
function libraryOf(browser: Browser): PusherLibrary {
  return class extends Pusher {
    constructor(key: string, options: Options) {
      super(key, {
        ...options,
        channelAuthorization: {
          transport: "ajax",
          endpoint: "/api/pusher/auth",
          customHandler({ socketId, channelName }, told) {
            authorize(browser, socketId, channelName).then(
              (signature) => told(null, signature),
              (error: unknown) => told(error instanceof Error ? error : new Error(String(error)), null),
            )
          },
        },
      })
    }
  }
}

async function authorize(browser: Browser, socketId: string, channel: string): Promise<{ auth: string; channel_data?: string }> {
  const body = new URLSearchParams({ socket_id: socketId, channel_name: channel }).toString()
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie: browser.cookie() }
  const { status, text } = await browser.client.post({ path: "/api/pusher/auth", headers, body })
  if (status !== 200) throw new Error(`a channel was refused: ${status}`)
  return JSON.parse(text) as { auth: string; channel_data?: string }
}
