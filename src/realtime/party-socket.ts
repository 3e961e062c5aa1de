import type { Options } from "pusher-js"
import { audienceOf } from "./channels"
import { type ChannelClient, type ChannelHandlers, joinChannels } from "./join-channels"
import type { SignInAs } from "./sign-in"

/** The key is public; without a cluster the server is the page's own. */
export type SocketConfig = { readonly key: string; readonly cluster: string | null; readonly isLocal: boolean }

/** What the socket says of itself. "offline" is the device's own word for having no network. */
export type Line = "connected" | "connecting" | "offline"

export type SocketHandlers = ChannelHandlers & { onLine(line: Line): void }

/** As much of pusher-js as is used, so that a test can stand in for it. */
export type PusherClient = ChannelClient & {
  readonly connection: {
    readonly state: string
    bind(event: "state_change", callback: (change: { current: string }) => void): unknown
  }
  /** Says whose the connection is, so that it can be ended from afar. Asked once, done on every connection. */
  signin(): void
  disconnect(): void
}
export type PusherLibrary = {
  new (key: string, options: Options): PusherClient
  readonly instances: unknown[]
}

export type SocketSurroundings = {
  /** pusher-js comes when it is needed: no page waits for it. */
  loadPusher(): Promise<PusherLibrary>
  /** Where the page came from. `port` is empty on the scheme's own port. */
  readonly location: { readonly hostname: string; readonly port: string; readonly protocol: string }
  setTimer(run: () => void, delayMs: number): () => void
}

export type PartySocketOptions = {
  readonly config: SocketConfig
  /** Names made by `channelOf`; presence channels report members instead of events. */
  readonly channels: readonly string[]
  readonly handlers: SocketHandlers
  readonly surroundings: SocketSurroundings
}

export type PartySocket = {
  /** A new connection, whatever became of the old one: after sleep it may look alive and be dead. */
  renew(): void
  /** The device lost its network; `renew` when it is back. */
  loseNetwork(): void
  stop(): void
}

/** An attempt that has not connected by then is given up. pusher-js itself would wait 15 s after a refusal. */
const patienceMs = 1500
/** A line too slow for that gets, from the fourth attempt on, every third time this long. */
const longPatienceMs = 6000
/** Silence after which the server is asked for a sign of life, and how long that may take, in ms. */
const silence = { activityTimeout: 30_000, pongTimeout: 6000 }

/** Keeps one connection to the party's channels alive until stopped. */
export function openPartySocket({ config, channels, handlers, surroundings }: PartySocketOptions): PartySocket {
  const { loadPusher, location, setTimer } = surroundings
  let library: PusherLibrary | null = null
  let client: PusherClient | null = null
  /** Counts connections, so that a late word of an old one is not heard. */
  let generation = 0
  let attempts = 0
  let isStopped = false
  let isWatching = false
  let cancelWatchdog = () => {}
  let leaveChannels = () => {}

  async function connect(): Promise<void> {
    dropClient()
    const mine = generation
    watch()
    try {
      library ??= await loadPusher()
    } catch {
      return // The watchdog tries again.
    }
    if (mine !== generation || isStopped) return
    client = new library(config.key, pusherOptions(config, channels, location))
    // Our own server knows whose a socket is from what is signed for its channels [PSH-59].
    if (!config.isLocal) client.signin()
    const { connection } = client
    leaveChannels = joinChannels({ client, channels, handlers, setTimer })
    connection.bind("state_change", ({ current }) => {
      if (mine === generation) onState(current)
    })
    onState(connection.state)
  }

  function onState(state: string): void {
    if (state === "connected") {
      attempts = 0
      cancelWatchdog()
      return handlers.onLine("connected")
    }
    handlers.onLine("connecting")
    if (state !== "initialized") watch()
  }

  function watch(): void {
    if (isWatching) return
    isWatching = true
    const cancel = setTimer(() => {
      isWatching = false
      attempts += 1
      void connect()
    }, patienceFor(attempts))
    cancelWatchdog = () => {
      isWatching = false
      cancel()
    }
  }

  function dropClient(): void {
    generation += 1
    cancelWatchdog()
    leaveChannels()
    const old = client
    client = null
    if (!old || !library) return
    old.disconnect()
    // The library remembers every instance for ever; a phone that wakes all evening would fill up.
    const index = library.instances.indexOf(old)
    if (index >= 0) library.instances.splice(index, 1)
  }

  void connect()

  return {
    renew() {
      if (isStopped) return
      attempts = 0
      void connect()
    },
    loseNetwork() {
      handlers.onLine("offline")
    },
    stop() {
      isStopped = true
      dropClient()
    },
  }
}

function patienceFor(attempt: number): number {
  return attempt >= 3 && attempt % 3 === 0 ? longPatienceMs : patienceMs
}

/** Race control's line ends with the link it was opened by, also where that browser has a seat as well [PTY-24]. */
function signInOf(channels: readonly string[]): SignInAs {
  return channels.some((name) => audienceOf(name)?.kind === "host") ? "host" : "guest"
}

function pusherOptions({ cluster, isLocal }: SocketConfig, channels: readonly string[], location: SocketSurroundings["location"]): Options {
  const common: Options = {
    cluster: cluster ?? "local",
    channelAuthorization: { endpoint: "/api/pusher/auth", transport: "ajax" },
    ...silence,
  }
  if (!isLocal) {
    const params = { as: signInOf(channels) }
    return { ...common, forceTLS: true, userAuthentication: { endpoint: "/api/pusher/user-auth", transport: "ajax", params } }
  }
  const isSecure = location.protocol === "https:"
  const port = Number(location.port) || (isSecure ? 443 : 80)
  return {
    ...common,
    wsHost: location.hostname,
    wsPort: port,
    wssPort: port,
    forceTLS: isSecure,
    // Without this the library tries its own fallbacks over the internet.
    enabledTransports: ["ws", "wss"],
  }
}
