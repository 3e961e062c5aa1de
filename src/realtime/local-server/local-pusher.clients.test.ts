import Pusher, { type Channel, type PresenceChannel } from "pusher-js"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer
const clients: Pusher[] = []

beforeEach(async () => {
  server = await startTestServer()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await server.stop()
})

/** The official client against the local server, its authorisations signed by the official publisher. */
function open(user: { id: string; name?: string } | null = null, key = "party-key"): Pusher {
  const { api, port } = server
  const client = new Pusher(key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler({ socketId, channelName }, callback) {
        const member = user && channelName.startsWith("presence-") ? { user_id: user.id, user_info: { name: user.name } } : undefined
        callback(null, api.authorizeChannel(socketId, channelName, member))
      },
    },
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId }, callback) => callback(null, api.authenticateUser(socketId, { id: user?.id ?? "nobody" })),
    },
  })
  clients.push(client)
  return client
}

function hears(target: { bind(event: string, callback: (data: unknown) => void): unknown }, event: string): Promise<unknown> {
  return new Promise((resolve) => target.bind(event, resolve))
}

async function subscribed(client: Pusher, name: string): Promise<Channel> {
  const channel = client.subscribe(name)
  if (!channel.subscribed) await hears(channel, "pusher:subscription_succeeded")
  return channel
}

async function inPresence(client: Pusher, name: string): Promise<PresenceChannel> {
  await subscribed(client, name)
  const channel = client.channel(name)
  if (!isPresence(channel)) throw new Error("not a presence channel")
  return channel
}

function isPresence(channel: Channel): channel is PresenceChannel {
  return "members" in channel
}

describe("the official client", () => {
  it("[PSH-2] connects and takes the server's socket id", async () => {
    const client = open()
    await hears(client.connection, "connected")
    expect(client.connection.socket_id).toMatch(/^\d+\.\d+$/)
  })

  it.each(["party", "private-party", "presence-party", "cache-party", "private-cache-party"])(
    "[PSH-18, PSH-42] hears what the official publisher triggers on %s",
    async (name) => {
      const channel = await subscribed(open({ id: "ann" }), name)
      const heard = hears(channel, "lap")
      await server.api.trigger(name, "lap", { driver: "Bo", lapTimeMs: 81_234 })
      expect(await heard).toEqual({ driver: "Bo", lapTimeMs: 81_234 })
    },
  )

  it("[PSH-28] gets the last event of a cache channel, or a miss", async () => {
    const client = open()
    const missed = hears(client.subscribe("cache-empty"), "pusher:cache_miss")
    await server.api.trigger("cache-race", "lap", { n: 3 })
    expect(await hears(client.subscribe("cache-race"), "lap")).toEqual({ n: 3 })
    await missed
  })

  it("[PSH-24 – PSH-27] sees members come, say something, and go", async () => {
    const ann = await inPresence(open({ id: "ann", name: "Ann" }), "presence-party")
    const boClient = open({ id: "bo", name: "Bo" })
    const added = hears(ann, "pusher:member_added")
    const bo = await inPresence(boClient, "presence-party")
    expect(await added).toEqual({ id: "bo", info: { name: "Bo" } })
    expect(bo.members.count).toBe(2)
    expect(bo.members.me).toEqual({ id: "bo", info: { name: "Bo" } })
    expect(bo.members.get("ann")).toEqual({ id: "ann", info: { name: "Ann" } })

    const said = new Promise((resolve) => ann.bind("client-wave", (data: unknown, meta: unknown) => resolve([data, meta])))
    bo.trigger("client-wave", { hand: "left" })
    expect(await said).toEqual([{ hand: "left" }, { user_id: "bo" }])

    const removed = hears(ann, "pusher:member_removed")
    boClient.disconnect()
    expect(await removed).toEqual({ id: "bo", info: { name: "Bo" } })
    expect(ann.members.count).toBe(1)
  })

  it("[PSH-12, PSH-29] signs in and receives what is sent to the user", async () => {
    const client = open({ id: "ann" })
    client.signin()
    const heard = new Promise((resolve) => client.user.bind("role", resolve))
    await vi.waitFor(() => expect(server.pusher.stats().users).toBe(1))
    await server.api.sendToUser("ann", "role", { imposter: false })
    expect(await heard).toEqual({ imposter: false })
  })

  it("[PSH-24] enters a presence channel as the signed-in user", async () => {
    const { api } = server
    const client = open({ id: "ann" })
    client.config.channelAuthorizer = ({ socketId, channelName }, callback) =>
      callback(null, api.authorizeChannel(socketId, channelName))
    client.signin()
    const channel = await inPresence(client, "presence-party")
    expect(channel.members.myID).toBe("ann")
    expect(channel.members.count).toBe(1)
  })

  it("[PSH-49] stays away after its user's connections were terminated", async () => {
    const client = open({ id: "ann" })
    client.signin()
    await vi.waitFor(() => expect(server.pusher.stats().users).toBe(1))
    const gone = hears(client.connection, "disconnected")
    await server.api.terminateUserConnections("ann")
    await gone
    expect(server.pusher.stats().connections).toBe(0)
  })

  it("[PSH-21] learns on the channel that it may not enter", async () => {
    const client = open()
    client.config.channelAuthorizer = (_request, callback) => callback(null, { auth: "party-key:forged" })
    const error = await hears(client.subscribe("private-party"), "pusher:subscription_error")
    expect(error).toMatchObject({ type: "AuthError", status: 4009 })
    expect(client.connection.state).toBe("connected")
  })

  it("[PSH-34] learns that it says too much", async () => {
    const client = open()
    const channel = await subscribed(client, "private-party")
    const error = hears(client.connection, "error")
    for (let n = 1; n <= 11; n += 1) channel.trigger("client-wave", { n })
    expect(await error).toMatchObject({ data: { code: 4301 } })
    expect(client.connection.state).toBe("connected")
  })

  it("[PSH-4] gives up on an unknown key", async () => {
    const client = open(null, "unknown")
    const error = hears(client.connection, "error")
    await hears(client.connection, "disconnected")
    expect(await error).toMatchObject({ error: { data: { code: 4001 } } })
  })

  it("[PSH-42] does not hear what it caused itself", async () => {
    const client = open()
    const channel = await subscribed(client, "party")
    const heard: unknown[] = []
    channel.bind("lap", (data: unknown) => heard.push(data))
    const last = hears(channel, "end")
    await server.api.trigger("party", "lap", 1, { socket_id: client.connection.socket_id })
    await server.api.trigger("party", "lap", 2)
    await server.api.trigger("party", "end", 0)
    await last
    expect(heard).toEqual([2])
  })

  it("[PSH-20] hears nothing more after unsubscribing", async () => {
    const client = open()
    const channel = await subscribed(client, "party")
    const other = await subscribed(client, "other")
    const heard: unknown[] = []
    channel.bind("lap", (data: unknown) => heard.push(data))
    client.unsubscribe("party")
    await vi.waitFor(() => expect(server.pusher.stats().channels).toBe(1))
    const last = hears(other, "end")
    await server.api.trigger(["party", "other"], "lap", 1)
    await server.api.trigger("other", "end", 0)
    await last
    expect(heard).toEqual([])
  })

  it("[PSH-57] comes back by itself after close(4100), to the channels it had", async () => {
    const client = open({ id: "ann" })
    const channel = await subscribed(client, "private-party")
    const again = hears(channel, "pusher:subscription_succeeded")
    const { port } = server
    const restarted = await restart(port)
    await again
    const heard = hears(channel, "lap")
    await restarted.api.trigger("private-party", "lap", { n: 1 })
    expect(await heard).toEqual({ n: 1 })
  })
})

/** Another server takes over the port, as after an update of the app. */
async function restart(port: number): Promise<TestServer> {
  await server.stop()
  server = await startTestServer({}, port)
  return server
}
