import { describe, expect, it, vi } from "vitest"
import { app } from "@/realtime/local-server/test-app"
import { startTestServer } from "@/realtime/local-server/test-server"
import type { LiveNews } from "./agent-doors"
import { newsReader, openLiveChannel, type LiveLibrary } from "./live-channel"
import { peerInfoOf, settle } from "./test-world"

const said = (version: number, previous: number, payload: unknown) => ({ version, previous, payload })
const joined = (id: string) => ({ peer: peerInfoOf(id) })
const bo = "000000000000000b"

describe("reading a channel", () => {
  it("[LANA-40] every event in the party's words", () => {
    const read = newsReader()
    const read1 = (event: string, payload: unknown, at: number) => read(event, said(at, at - 1, payload))
    expect(read1("peer-joined", joined(bo), 1)).toEqual([{ type: "peer_joined", peer: peerInfoOf(bo) }])
    expect(read1("peer-changed", joined(bo), 2)).toEqual([{ type: "peer_changed", peer: peerInfoOf(bo) }])
    expect(read1("peers-left", { peer_ids: [bo], reason: "KICKED", channel_epoch: 3 }, 3)).toEqual([{ type: "peers_left", peerIds: [bo], reason: "KICKED", epoch: 3 }])
    expect(read1("network-changed", { name: "N", max_peers: 2, has_password: true }, 4)).toEqual([{ type: "network_changed", name: "N" }])
    expect(read1("network-ended", { reason: "CLOSED" }, 5)).toEqual([{ type: "network_ended", reason: "CLOSED" }])
    expect(read1("kicked", { at: "2026-11-21T20:00:00.000Z" }, 6)).toEqual([{ type: "kicked" }])
    const signal = { id: 4, from: bo, sent_at: "2026-11-21T20:00:00.000Z", body: { kind: "path", path: "direct", attempt: 1 } }
    expect(read1("signal", { signal }, 7)).toEqual([{ type: "signal", signal }])
  })

  it("[LANA-40] asks after a gap, after a subscription, and for what was too big or is no event", () => {
    const read = newsReader()
    const missed: LiveNews = { type: "missed" }
    expect(read("pusher:subscription_succeeded", {})).toEqual([missed])
    expect(read("kicked", said(10, 4, { at: "2026-11-21T20:00:00.000Z" }))).toEqual([{ type: "kicked" }])
    expect(read("peers-left", said(13, 12, { peer_ids: [bo], reason: "LEFT", channel_epoch: 0 }))).toEqual([{ type: "peers_left", peerIds: [bo], reason: "LEFT", epoch: 0 }, missed])
    expect(read("peers-left", said(14, 13, { peer_ids: [bo], reason: "LEFT", channel_epoch: 0 }))).toHaveLength(1)
    expect(read("peer-joined", said(15, 14, null))).toEqual([missed])
    expect(read("peer-joined", said(16, 15, { peer: { id: 1 } }))).toEqual([missed])
    expect(read("peer-joined", "nonsense")).toEqual([missed])
    expect(read("something-new", said(17, 16, {}))).toEqual([missed])
    expect(read("pusher:pong", {})).toEqual([])
    // Any member may send these, and would have everybody ask at its word.
    expect(read("client-anything", said(18, 17, {}))).toEqual([])
  })
})

type Listener = (event: string, data: unknown) => void
type AuthHandler = (params: { socketId: string; channelName: string }, told: (error: Error | null, auth: unknown) => void) => void

function fakeLibrary() {
  const listeners = new Map<string, Listener>()
  const calls: string[] = []
  const seen = { key: "", options: {} as Record<string, unknown>, changed: (() => {}) as (change: { current: string }) => void }
  class Library {
    readonly connection = { bind: (_event: "state_change", told: (change: { current: string }) => void) => void (seen.changed = told) }
    constructor(key: string, options: unknown) {
      seen.key = key
      seen.options = options as Record<string, unknown>
    }
    subscribe(name: string) {
      calls.push(`subscribe ${name}`)
      return { bind_global: (listener: Listener) => void listeners.set(name, listener) }
    }
    unsubscribe(name: string) {
      calls.push(`unsubscribe ${name}`)
    }
    disconnect() {
      calls.push("disconnect")
    }
    connect() {
      calls.push("connect")
    }
  }
  return { Library: Library as unknown as LiveLibrary, listeners, calls, seen }
}

const realtime = (epoch: number, cluster: string | null = null) => ({ key: "app-key", cluster, auth_endpoint: "/api/pusher/auth", channels: { network: `network.${epoch}`, peer: "peer" } })

function opened(cluster: string | null = null, party = "http://192.168.1.5:3000") {
  const fake = fakeLibrary()
  const heard: LiveNews[] = []
  const asked: { url: string; init: RequestInit }[] = []
  let token = "token 1"
  const fetch = async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return new Response(JSON.stringify({ auth: "signed" }), { status: asked.length === 1 ? 200 : 403 })
  }
  const door = openLiveChannel({ party, realtime: realtime(0, cluster), token: () => token, hear: (news) => heard.push(news), fetch }, fake.Library)
  return { ...fake, heard, asked, door, renew: () => (token = "token 2") }
}

describe("the party's channels", () => {
  it("[LANA-40] are at the party itself, or at its provider", () => {
    expect(opened().seen.options).toMatchObject({ wsHost: "192.168.1.5", wsPort: 3000, forceTLS: false, enabledTransports: ["ws"] })
    expect(opened(null, "https://party.example").seen.options).toMatchObject({ wsHost: "party.example", wssPort: 443, forceTLS: true })
    const hosted = opened("eu", "https://party.example").seen.options
    expect(hosted).toMatchObject({ cluster: "eu", forceTLS: true })
    expect(hosted).not.toHaveProperty("wsHost")
  })

  it("[LANA-41] change with the epoch: the old one is heard no more, the own one goes on", () => {
    const { door, calls, listeners, heard } = opened()
    door.follow(realtime(1))
    expect(calls).toEqual(["subscribe network.0", "subscribe peer", "unsubscribe network.0", "subscribe network.1"])
    const ended = said(1, 0, { reason: "CLOSED" })
    listeners.get("network.0")?.("network-ended", ended)
    expect(heard).toEqual([])
    listeners.get("network.1")?.("network-ended", ended)
    expect(heard).toEqual([{ type: "network_ended", reason: "CLOSED" }])
    door.close()
    expect(calls.at(-1)).toBe("disconnect")
  })

  it("[LANA-27] come again by another connection when the PC is elsewhere", () => {
    const { door, calls } = opened()
    door.renew()
    expect(calls.slice(-2)).toEqual(["disconnect", "connect"])
  })

  it("[LANA-25] asks for a channel with the token of that moment", async () => {
    const { seen, asked, renew } = opened()
    const handler = (seen.options.channelAuthorization as { customHandler: AuthHandler }).customHandler
    const told: unknown[] = []
    handler({ socketId: "1.2", channelName: "network.0" }, (error, auth) => told.push([error, auth]))
    await settle()
    renew()
    handler({ socketId: "1.2", channelName: "peer" }, (error) => told.push(error?.message))
    await settle()
    expect(asked.map(({ url, init }) => [url, new Headers(init.headers).get("authorization"), String(init.body)])).toEqual([
      ["http://192.168.1.5:3000/api/pusher/auth", "Bearer token 1", "socket_id=1.2&channel_name=network.0"],
      ["http://192.168.1.5:3000/api/pusher/auth", "Bearer token 2", "socket_id=1.2&channel_name=peer"],
    ])
    expect(told).toEqual([[null, { auth: "signed" }], "channel refused: 403"])
  })

  const isUp = (heard: LiveNews[]) => heard.flatMap((news) => (news.type === "line" ? news.isUp : []))

  it("[LANA-41] says whether the line stands, and it does when both channels are heard", () => {
    const { seen, heard, listeners, door } = opened()
    for (const current of ["connecting", "connected"]) seen.changed({ current })
    listeners.get("peer")?.("pusher:subscription_succeeded", {})
    expect(isUp(heard)).toEqual([])
    listeners.get("network.0")?.("pusher:subscription_succeeded", {})
    expect(isUp(heard)).toEqual([true])
    door.follow(realtime(1))
    expect(isUp(heard)).toEqual([true, false])
    listeners.get("network.1")?.("pusher:subscription_succeeded", {})
    seen.changed({ current: "unavailable" })
    seen.changed({ current: "connected" })
    expect(isUp(heard)).toEqual([true, false, true, false])
    door.close()
  })

  it("[LANA-41] a channel that was refused is asked for again, and until then the line is down", () => {
    vi.useFakeTimers()
    try {
      const { seen, heard, listeners, calls, door } = opened()
      seen.changed({ current: "connected" })
      listeners.get("peer")?.("pusher:subscription_succeeded", {})
      listeners.get("network.0")?.("pusher:subscription_error", {})
      calls.length = 0
      vi.advanceTimersByTime(2_000)
      expect(calls).toEqual(["subscribe network.0"])
      expect(isUp(heard)).toEqual([])
      listeners.get("network.0")?.("pusher:subscription_error", {})
      door.close()
      vi.advanceTimersByTime(10_000)
      expect(calls).toEqual(["subscribe network.0", "disconnect"])
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it("[LANA-41] a line that was closed for good is opened anew after 2 s, unless it is by then, or nobody listens any more", () => {
    vi.useFakeTimers()
    try {
      const { seen, calls, door } = opened()
      const close = () => ["connected", "disconnected"].forEach((current) => seen.changed({ current }))
      calls.length = 0
      close()
      vi.advanceTimersByTime(1_999)
      expect(calls).toEqual([])
      vi.advanceTimersByTime(1)
      expect(calls).toEqual(["connect"])
      close()
      seen.changed({ current: "connecting" })
      vi.advanceTimersByTime(10_000)
      expect(calls).toEqual(["connect"])
      close()
      door.close()
      seen.changed({ current: "disconnected" })
      vi.advanceTimersByTime(10_000)
      expect(calls).toEqual(["connect", "disconnect"])
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe("[PSH-49] [LANA-41] a line to a party that ends the PC's connections", () => {
  it("stands again by itself, both channels heard, as often as it is ended, and stays down when it is closed", async () => {
    const server = await startTestServer()
    const heard: LiveNews[] = []
    const lines = () => heard.flatMap((news) => (news.type === "line" ? news.isUp : []))
    const ofBo = { network: "private-network", peer: "private-peer" }
    const fetch = async (_url: string, { body }: RequestInit) => {
      const asked = body as URLSearchParams
      return Response.json(server.api.authorizeChannel(asked.get("socket_id")!, asked.get("channel_name")!, { user_id: "bo" }))
    }
    const order = { party: `http://127.0.0.1:${server.port}`, realtime: { key: app.key, cluster: null, auth_endpoint: "/auth", channels: ofBo } }
    const door = openLiveChannel({ ...order, token: () => "token", hear: (news) => heard.push(news), fetch })
    try {
      await vi.waitFor(() => expect(lines()).toEqual([true]))
      for (const upAndDown of [[true, false, true], [true, false, true, false, true]]) {
        await server.api.terminateUserConnections("bo")
        await vi.waitFor(() => expect(lines()).toEqual(upAndDown), { timeout: 8_000 })
      }
      heard.length = 0
      await server.api.trigger(ofBo.peer, "kicked", said(1, 0, { at: "2026-11-21T20:00:00.000Z" }))
      await vi.waitFor(() => expect(heard).toEqual([{ type: "kicked" }]))
      door.close()
      await vi.waitFor(() => expect(server.pusher.stats().connections).toBe(0))
    } finally {
      door.close()
      await server.stop()
    }
  }, 20_000)
})
