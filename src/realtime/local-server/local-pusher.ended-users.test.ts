import PusherClient from "pusher-js"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.stop())

const ann = { user_id: "ann" }
const opened = expect.objectContaining({ event: "pusher_internal:subscription_succeeded" }) as unknown
const refused = expect.objectContaining({
  event: "pusher:subscription_error",
  data: JSON.stringify({ type: "AuthError", error: "The user's connections were ended", status: 4009 }),
}) as unknown

/** Subscribes with what the official library signed in a user's name, as `asked` for this socket and channel. */
const inNameOf = (user: { user_id: string | number }) => (socketId: string, channel: string) => {
  const signed = server.api.authorizeChannel(socketId, channel, user as { user_id: string })
  return { event: "pusher:subscribe", data: { channel, ...signed } }
}

describe("[PSH-59] a subscription in somebody's name", () => {
  it.each(["private-lobby", "presence-party", "private-cache-lobby"])("lets that user's end reach a socket that never signed in, on %s", async (channel) => {
    const [phone, other] = [await server.connect(), await server.connect()]
    expect(await phone.ask(inNameOf(ann)(phone.socketId, channel))).toContainEqual(opened)
    expect(await other.ask(inNameOf({ user_id: "bo" })(other.socketId, channel))).toContainEqual(opened)
    await server.api.terminateUserConnections("ann")
    expect(await phone.closed).toMatchObject({ code: 4009 })
    await server.api.trigger(channel, "bet-placed", {})
    expect(await other.next("bet-placed")).toMatchObject({ channel })
    expect(server.pusher.stats()).toMatchObject({ connections: 1 })
  })

  it.each(["ann", "7", "a link"])("holds although the channel was left again, for each name a socket bore: %s", async (name) => {
    const phone = await server.connect()
    await phone.ask(inNameOf(ann)(phone.socketId, "private-lobby"))
    await phone.ask({ event: "pusher:unsubscribe", data: { channel: "private-lobby" } })
    await phone.ask(inNameOf({ user_id: 7 })(phone.socketId, "private-race"))
    await phone.ask(inNameOf({ user_id: "a link" })(phone.socketId, "private-host"))
    await server.api.terminateUserConnections(name)
    expect(await phone.closed).toMatchObject({ code: 4009 })
  })

  it("cannot be made without the name: it is part of what is signed", async () => {
    const phone = await server.connect()
    const { event, data } = inNameOf(ann)(phone.socketId, "private-lobby")
    for (const changed of [undefined, null, JSON.stringify({ user_id: "bo" }), "{}", ""]) {
      expect(await phone.ask({ event, data: { ...data, channel_data: changed } })).not.toContainEqual(opened)
    }
    expect(await phone.ask({ event, data })).toContainEqual(opened)
  })

  it("costs a public channel's listener nothing, whatever name it writes", async () => {
    const phone = await server.connect()
    await phone.ask({ event: "pusher:subscribe", data: { channel: "lobby", channel_data: JSON.stringify(ann) } })
    await server.api.terminateUserConnections("ann")
    await server.api.trigger("lobby", "bet-placed", {})
    expect(await phone.next("bet-placed")).toMatchObject({ channel: "lobby" })
  })
})

describe("[PSH-60] what was signed before the end", () => {
  it.each(["private-lobby", "presence-party"])("opens %s no more for a socket that kept it until afterwards", async (channel) => {
    const early = await server.connect()
    const kept = inNameOf(ann)(early.socketId, channel)
    await server.api.terminateUserConnections("ann")
    expect(await early.ask(kept)).toContainEqual(refused)
    await server.api.trigger(channel, "bet-placed", {})
    expect(await early.drain()).toEqual([])
    // Nor what was signed a moment later for a socket of that time: whoever signed it may not have known yet.
    expect(await early.ask(inNameOf(ann)(early.socketId, channel))).toContainEqual(refused)
    expect(await early.ask(inNameOf({ user_id: "bo" })(early.socketId, channel))).toContainEqual(opened)
  })

  it("does not sign a socket of that time in", async () => {
    const early = await server.connect()
    await server.api.terminateUserConnections("ann")
    early.say({ event: "pusher:signin", data: server.api.authenticateUser(early.socketId, { id: "ann" }) })
    expect(await early.closed).toMatchObject({ code: 4009 })
  })

  it("does not keep a new socket out", async () => {
    const early = await server.connect()
    await server.api.terminateUserConnections("ann")
    const late = await server.connect()
    expect(await late.ask(inNameOf(ann)(late.socketId, "private-lobby"))).toContainEqual(opened)
    expect(await late.signIn({ id: "ann" })).toContainEqual(expect.objectContaining({ event: "pusher:signin_success" }))
    await server.api.terminateUserConnections("ann")
    expect(await late.closed).toMatchObject({ code: 4009 })
    expect(await early.ask(inNameOf(ann)(early.socketId, "private-lobby"))).toContainEqual(refused)
  })

  it("is remembered of as many users as the limit says, the newest", async () => {
    await server.stop()
    server = await startTestServer({ limits: { maxEndedUsers: 2 } })
    const early = await server.connect()
    for (const user of ["ann", "bo", "ann", "cy"]) await server.api.terminateUserConnections(user)
    for (const [user, answer] of [["ann", refused], ["cy", refused], ["bo", opened]] as const) {
      expect([user, await early.ask(inNameOf({ user_id: user })(early.socketId, `private-${user}`))]).toEqual([user, [answer]])
    }
  })
})

it("[PSH-49, PSH-59] pusher-js, which is not signed in, hands the name on and stays away", async () => {
  const client = new PusherClient("party-key", {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName }, callback) => callback(null, server.api.authorizeChannel(socketId, channelName, ann)),
    },
  })
  const heard: string[] = []
  client.subscribe("private-lobby").bind_global((event: string) => heard.push(event))
  await vi.waitFor(() => expect(heard).toContain("pusher:subscription_succeeded"))
  await server.api.trigger("private-lobby", "bet-placed", {})
  await vi.waitFor(() => expect(heard).toContain("bet-placed"))
  await server.api.terminateUserConnections("ann")
  await vi.waitFor(() => expect(client.connection.state).toBe("disconnected"))
  expect(server.pusher.stats().connections).toBe(0)
  client.disconnect()
})
