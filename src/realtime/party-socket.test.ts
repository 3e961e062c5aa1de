import { describe, expect, it } from "vitest"
import { simulatedTime } from "@/testing/simulated-time"
import { channelOf } from "./channels"
import { fakePusher } from "@/testing/fake-pusher"
import { openPartySocket, type SocketConfig } from "./party-socket"

const partyId = "0b6f6c1e-0000-4000-8000-000000000001"
const guestId = "0b6f6c1e-0000-4000-8000-000000000002"
const lobby = channelOf({ kind: "party", topic: "party-lobby", partyId })
const racing = channelOf({ kind: "party", topic: "sim-racing", partyId })
const own = channelOf({ kind: "guest", guestId })
const presence = channelOf({ kind: "presence", partyId })
const local: SocketConfig = { key: "party-key", cluster: null, isLocal: true }
const page = { hostname: "192.168.1.20", port: "3000", protocol: "http:" }

async function setUp({ config = local, channels = [lobby, racing, own], location = page, loads = [] as boolean[] } = {}) {
  const time = simulatedTime()
  const pusher = fakePusher()
  const heard: unknown[] = []
  const members: (readonly string[])[] = []
  const socket = openPartySocket({
    config,
    channels,
    handlers: {
      onEvent: (...event) => heard.push(event),
      onLine: (line) => heard.push(line),
      onSubscribed: () => heard.push("subscribed"),
      onRefused: () => heard.push("refused"),
      onMembers: (ids) => members.push(ids),
    },
    surroundings: {
      loadPusher: async () => {
        if (loads.shift() === false) throw new Error("chunk did not load")
        return pusher.library
      },
      location,
      setTimer: time.set,
    },
  })
  await time.advance(0)
  return { time, pusher, socket, heard, members }
}

describe("configuration", () => {
  it("of the local server: the page's own host and port, WebSocket only", async () => {
    const { pusher } = await setUp()
    expect(pusher.last().key).toBe("party-key")
    expect(pusher.last().options).toMatchObject({
      wsHost: "192.168.1.20",
      wsPort: 3000,
      wssPort: 3000,
      forceTLS: false,
      enabledTransports: ["ws", "wss"],
      channelAuthorization: { endpoint: "/api/pusher/auth" },
    })
  })

  it.each([["https:", 443, true], ["http:", 80, false]] as const)("on the scheme's own port (%s)", async (protocol, port, forceTLS) => {
    const { pusher } = await setUp({ location: { hostname: "party.example", port: "", protocol } })
    expect(pusher.last().options).toMatchObject({ wsHost: "party.example", wsPort: port, wssPort: port, forceTLS })
  })

  it("of a hosted cluster: its name, TLS, and no host of ours", async () => {
    const { pusher } = await setUp({ config: { key: "k", cluster: "eu", isLocal: false } })
    expect(pusher.last().options).toMatchObject({ cluster: "eu", forceTLS: true, channelAuthorization: { endpoint: "/api/pusher/auth" } })
    expect(pusher.last().options).not.toHaveProperty("wsHost")
  })

  it("[PTY-24] signs in where the cluster is hosted, on every connection, and not at home, where the channels' signatures say who it is", async () => {
    const { pusher, socket } = await setUp({ config: { key: "k", cluster: "eu", isLocal: false } })
    socket.renew()
    await Promise.resolve()
    expect(pusher.opened.map(({ signIns }) => signIns)).toEqual([1, 1])
    expect(pusher.last().options).toMatchObject({ userAuthentication: { endpoint: "/api/pusher/user-auth", params: { as: "guest" } } })
    const home = await setUp()
    expect(home.pusher.last().signIns).toBe(0)
  })
})

it("[PTY-24] race control signs in as the host on hosted Pusher, though it listens to a guest's own channel as well", async () => {
  const hosted: SocketConfig = { key: "k", cluster: "eu", isLocal: false }
  const { pusher } = await setUp({ config: hosted, channels: [lobby, own, channelOf({ kind: "host", partyId })] })
  expect(pusher.last().options).toMatchObject({ userAuthentication: { params: { as: "host" } } })
})

describe("channels", () => {
  it("bring events by topic and name, and keep the library's own to themselves", async () => {
    const { pusher, heard } = await setUp()
    pusher.last().open()
    heard.length = 0
    pusher.last().say(racing, "race-changed", { version: 7 })
    pusher.last().say(own, "guest-called", { version: 8 })
    pusher.last().say(lobby, "pusher:subscription_count", {})
    pusher.last().say(lobby, "pusher_internal:whatever", {})
    // What one guest's program sends to the others must not send them all to the server.
    pusher.last().say(lobby, "client-look", {})
    expect(heard).toEqual([["sim-racing", "race-changed", { version: 7 }], ["guest", "guest-called", { version: 8 }]])
  })

  it("that open together are told of once, also after the library's own reconnect", async () => {
    const { pusher, heard, time } = await setUp()
    pusher.last().open()
    await time.advance(1000)
    pusher.last().become("connecting")
    pusher.last().open()
    await time.advance(1000)
    expect(heard).toEqual(["connecting", "connected", "subscribed", "connecting", "connected", "subscribed"])
  })

  it("that are refused do not keep the others waiting, and are asked for again, ever less often", async () => {
    const { pusher, heard, time } = await setUp()
    const client = pusher.last()
    client.become("connected")
    heard.length = 0
    client.say(lobby, "pusher:subscription_succeeded", {})
    client.say(own, "pusher:subscription_error", { status: 403 })
    await time.advance(60)
    expect(heard).toEqual(["refused", "subscribed"])
    const again = () => (client.channels.get(own)?.subscriptions ?? 0) - 1
    await time.advance(1500)
    expect(again()).toBe(1)
    client.say(own, "pusher:subscription_error", { status: 403 })
    await time.advance(1600)
    expect(again()).toBe(1)
    await time.advance(1500)
    expect(again()).toBe(2)
    client.say(own, "pusher:subscription_succeeded", {})
    await time.advance(60_000)
    expect(heard).toEqual(["refused", "subscribed", "refused", "subscribed"])
    client.say(racing, "pusher:subscription_error", { status: 500 })
    await time.advance(60_000)
    expect([racing, own, lobby].map((name) => client.channels.get(name)?.subscriptions)).toEqual([2, 3, 1])
  })

  it("of presence tell who is online, and never an event", async () => {
    const { pusher, heard, members } = await setUp({ channels: [lobby, presence] })
    const client = pusher.last()
    client.channels.get(presence)?.memberIds.push("ann")
    client.open()
    client.channels.get(presence)?.memberIds.push("bo")
    heard.length = 0
    client.say(presence, "pusher:member_added", { id: "bo" })
    expect(members).toEqual([["ann"], ["ann", "bo"]])
    expect(heard).toEqual([])
  })
})

describe("the watchdog", () => {
  it("gives an attempt 1.5 s, then opens a new connection and lets the old one go", async () => {
    const { pusher, time } = await setUp()
    await time.advance(1499)
    expect(pusher.opened.length).toBe(1)
    await time.advance(1)
    expect(pusher.opened.length).toBe(2)
    expect(pusher.opened[0]?.isDisconnected).toBe(true)
    expect(pusher.library.instances).toEqual([pusher.last()])
  })

  it.each(["connecting", "unavailable", "failed", "disconnected"])("does not accept to be %s", async (state) => {
    const { pusher, time } = await setUp()
    pusher.last().open()
    await time.advance(60_000)
    pusher.last().become(state)
    await time.advance(1500)
    expect(pusher.opened.length).toBe(2)
  })

  it("leaves a connection in peace", async () => {
    const { pusher, time } = await setUp()
    await time.advance(1400)
    pusher.last().open()
    await time.advance(3_600_000)
    expect(pusher.opened.length).toBe(1)
  })

  it("lets the library's own reconnect, which takes a second, go first", async () => {
    const { pusher, time } = await setUp()
    pusher.last().open()
    pusher.last().become("connecting")
    await time.advance(1000)
    pusher.last().open()
    await time.advance(60_000)
    expect(pusher.opened.length).toBe(1)
  })

  it("lets a line that needs 4 s for its handshake connect in the end", async () => {
    const { pusher, time } = await setUp()
    let seen = 0
    for (let tenth = 0; tenth < 300 && !pusher.opened.some(({ state }) => state.current === "connected"); tenth++) {
      for (const client of pusher.opened.slice(seen)) time.set(() => client.isDisconnected || client.open(), 4000)
      seen = pusher.opened.length
      await time.advance(100)
    }
    expect(pusher.last().state.current).toBe("connected")
    expect(pusher.opened.length).toBe(4)
  })

  it("tries again when pusher-js itself did not load", async () => {
    const { pusher, time, heard } = await setUp({ loads: [false, false] })
    expect(pusher.opened.length).toBe(0)
    await time.advance(3000)
    pusher.last().open()
    expect(heard).toContain("connected")
  })
})

describe("waking", () => {
  it("opens a new connection even though the old one looks alive, and hears the old one no more", async () => {
    const { pusher, socket, heard, time } = await setUp()
    const old = pusher.last()
    old.open()
    await time.advance(100)
    socket.renew()
    await time.advance(0)
    expect(old.isDisconnected).toBe(true)
    expect(pusher.opened.length).toBe(2)
    pusher.last().open()
    await time.advance(100)
    heard.length = 0
    old.say(racing, "race-changed", { version: 7 })
    old.become("disconnected")
    old.say(racing, "pusher:subscription_succeeded", {})
    await time.advance(10_000)
    expect(heard).toEqual([])
    expect(pusher.opened.length).toBe(2)
    expect(pusher.library.instances.length).toBe(1)
  })

  it("says offline when the device lost its network", async () => {
    const { pusher, socket, heard } = await setUp()
    pusher.last().open()
    socket.loseNetwork()
    expect(heard.at(-1)).toBe("offline")
  })
})

describe("stop", () => {
  it("closes the connection and opens no other", async () => {
    const { pusher, socket, heard, time } = await setUp()
    pusher.last().become("connected")
    pusher.last().say(own, "pusher:subscription_error", { status: 403 })
    pusher.last().say(lobby, "pusher:subscription_succeeded", {})
    heard.length = 0
    socket.stop()
    socket.renew()
    await time.advance(60_000)
    expect(pusher.opened.length).toBe(1)
    expect(pusher.last().isDisconnected).toBe(true)
    expect(pusher.library.instances).toEqual([])
    expect(heard).toEqual([])
  })

  it("before pusher-js was there opens none at all", async () => {
    const time = simulatedTime()
    const pusher = fakePusher()
    const nothing = { onEvent() {}, onLine() {}, onSubscribed() {}, onRefused() {} }
    const loadPusher = () => time.after(500).then(() => pusher.library)
    const socket = openPartySocket({ config: local, channels: [lobby], handlers: nothing, surroundings: { loadPusher, location: page, setTimer: time.set } })
    socket.stop()
    await time.advance(10_000)
    expect(pusher.opened).toEqual([])
  })
})
