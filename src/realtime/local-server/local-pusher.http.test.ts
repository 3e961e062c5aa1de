import { createHash } from "node:crypto"
import Pusher from "pusher"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { httpText, sign } from "./signature"
import { app } from "./test-app"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})

afterEach(() => server.stop())

const refusal = (code: number) => ({ status: code, body: { error: expect.any(String), code } })
const done = { status: 200, body: {} }
const event = { name: "lap", channel: "party", data: "{}" }

async function present(channel: string, ...userIds: (string | number)[]) {
  for (const user_id of userIds) await (await server.connect()).joinPresence(channel, { user_id })
}

describe("publishing", () => {
  it("[PSH-42] reaches the subscribers of each channel named, and answers exactly {}", async () => {
    const [ann, bo] = [await server.connect(), await server.connect()]
    await ann.subscribe("party")
    await ann.subscribe("private-a")
    await bo.subscribe("private-a")
    const response = await server.api.trigger(["party", "private-a", "nobody"], "lap", { n: 1 })
    expect(await response.json()).toEqual({})
    const heard = (channel: string) => ({ event: "lap", channel, data: '{"n":1}' })
    expect(await ann.drain()).toEqual([heard("party"), heard("private-a")])
    expect(await bo.drain()).toEqual([heard("private-a")])
    expect(server.pusher.stats()).toMatchObject({ eventsPublished: 3, framesDelivered: 3 })
  })

  it("[PSH-42] spares the socket that already knows", async () => {
    const [ann, bo] = [await server.connect(), await server.connect()]
    for (const client of [ann, bo]) await client.subscribe("party")
    await server.api.trigger("party", "lap", "1", { socket_id: ann.socketId })
    expect(await ann.drain()).toEqual([])
    expect(await bo.drain()).toEqual([{ event: "lap", channel: "party", data: "1" }])
    await server.api.triggerBatch([{ channel: "party", name: "lap", data: "2", socket_id: bo.socketId }])
    expect(await ann.drain()).toHaveLength(1)
    expect(await bo.drain()).toEqual([])
  })

  it("[PSH-42] spares the socket in the user channel, too", async () => {
    const [phone, tablet] = [await server.connect(), await server.connect()]
    for (const client of [phone, tablet]) await client.signIn({ id: "ann" })
    const body = { name: "role", channel: "#server-to-user-ann", data: "1", socket_id: phone.socketId }
    expect(await server.call("POST", "/events", { body })).toEqual(done)
    expect(await phone.drain()).toEqual([])
    expect(await tablet.drain()).toHaveLength(1)
  })

  it("[PSH-42] sends a channel named twice one event", async () => {
    const ann = await server.connect()
    await ann.subscribe("party")
    await server.api.trigger(["party", "party"], "lap", "1")
    expect(await ann.drain()).toHaveLength(1)
  })

  it.each(["", "plain text", '"', "ünï😀", '{"a":"\\u2028"}', "x".repeat(10_240)])(
    "[PSH-42] passes data on unchanged (%#)",
    async (data) => {
      const ann = await server.connect()
      await ann.subscribe("party")
      expect(await server.call("POST", "/events", { body: { ...event, data } })).toEqual(done)
      expect(await ann.drain()).toEqual([{ event: "lap", channel: "party", data }])
    },
  )

  it("[PSH-46] tells what it is asked about the channels, including empty ones", async () => {
    await present("presence-a", "ann", "ann", "bo")
    await (await server.connect()).subscribe("party")
    const params = { info: "user_count,subscription_count" }
    const response = await server.api.trigger(["presence-a", "party", "presence-empty"], "lap", {}, params)
    expect(await response.json()).toEqual({
      channels: {
        "presence-a": { user_count: 2, subscription_count: 3 },
        party: { subscription_count: 1 },
        "presence-empty": { user_count: 0, subscription_count: 0 },
      },
    })
  })

  it.each([
    ["no JSON", "nonsense", 400],
    ["nothing", "", 400],
    ["a list", "[]", 400],
    ["no name", { channel: "a", data: "" }, 400],
    ["an empty name", { ...event, name: "" }, 400],
    ["a name of 201 characters", { ...event, name: "x".repeat(201) }, 400],
    ["a name of 200 characters", { ...event, name: "x".repeat(200) }, 200],
    ["a numeric name", { ...event, name: 5 }, 400],
    ["no data", { name: "lap", channel: "a" }, 400],
    ["data that is an object", { ...event, data: {} }, 400],
    ["data of 10 240 bytes", { ...event, data: "x".repeat(10_240) }, 200],
    ["data of 10 241 bytes", { ...event, data: "x".repeat(10_241) }, 413],
    ["data of 10 241 bytes in fewer characters", { ...event, data: `x${"ü".repeat(5_120)}` }, 413],
    ["no channel", { name: "lap", data: "" }, 400],
    ["no channels", { name: "lap", data: "", channels: [] }, 400],
    ["100 channels", { name: "lap", data: "", channels: Array.from({ length: 100 }, (_, n) => `c${n}`) }, 200],
    ["101 channels", { name: "lap", data: "", channels: Array.from({ length: 101 }, (_, n) => `c${n}`) }, 400],
    ["one bad channel among good ones", { name: "lap", data: "", channels: ["a", "b b"] }, 400],
    ["a channel of 200 characters", { ...event, channel: "x".repeat(200) }, 200],
    ["a channel of 201 characters", { ...event, channel: "x".repeat(201) }, 400],
    ["a reserved channel", { ...event, channel: "#other" }, 400],
    ["a bad socket_id", { ...event, socket_id: "1234" }, 400],
    ["an empty socket_id", { ...event, socket_id: "" }, 400],
    ["a null socket_id", { ...event, socket_id: null }, 200],
    ["a numeric info", { ...event, info: 5 }, 400],
  ])("[PSH-43] answers an event with %s", async (_what, body, status) => {
    const answer = await server.call("POST", "/events", { body })
    expect(answer).toEqual(status === 200 ? done : refusal(status))
  })
})

describe("batches", () => {
  it("[PSH-44] send each event to its channel, in order", async () => {
    const ann = await server.connect()
    await ann.subscribe("party")
    const batch = Array.from({ length: 10 }, (_, n) => ({ channel: n % 2 ? "nobody" : "party", name: "lap", data: `${n}` }))
    const response = await server.api.triggerBatch(batch)
    expect(await response.json()).toEqual({})
    expect((await ann.drain()).map((frame) => frame.data)).toEqual(["0", "2", "4", "6", "8"])
  })

  it("[PSH-44] answer in the order asked, with {} where nothing was asked", async () => {
    await present("presence-a", "ann", "bo")
    await (await server.connect()).subscribe("party")
    const response = await server.api.triggerBatch([
      { channel: "party", name: "lap", data: "1", info: "subscription_count" },
      { channel: "party", name: "lap", data: "2" },
      { channel: "presence-a", name: "lap", data: "3", info: "user_count" },
    ])
    expect(await response.json()).toEqual({ batch: [{ subscription_count: 1 }, {}, { user_count: 2 }] })
  })

  it.each([
    ["a bad name in the last event", { ...event, name: "" }, 400],
    ["a bad channel in the last event", { ...event, channel: "a b" }, 400],
    ["too much data in the last event", { ...event, data: "x".repeat(10_241) }, 413],
    ["many channels in an event", { name: "lap", data: "", channels: ["a"] }, 400],
  ])("[PSH-44] send nothing at all with %s", async (_what, last, status) => {
    const ann = await server.connect()
    await ann.subscribe("party")
    expect(await server.call("POST", "/batch_events", { body: { batch: [event, last] } })).toEqual(refusal(status))
    expect(await ann.drain()).toEqual([])
  })

  it.each([
    ["11 events", { batch: Array.from({ length: 11 }, () => event) }, 400],
    ["10 events", { batch: Array.from({ length: 10 }, () => event) }, 200],
    ["no events", { batch: [] }, 200],
    ["no batch", {}, 400],
    ["an object for a batch", { batch: {} }, 400],
  ])("[PSH-44] may be so long: %s", async (_what, body, status) => {
    expect((await server.call("POST", "/batch_events", { body })).status).toBe(status)
  })
})

describe("asking about channels", () => {
  beforeEach(async () => {
    await present("presence-a", "ann", 17, "ann")
    const client = await server.connect()
    for (const channel of ["party", "private-a", "cache-a"]) await client.subscribe(channel)
    await client.signIn({ id: "ann" })
    await client.subscribe("#server-to-user-ann")
    await server.api.trigger("cache-a", "lap", "7")
    server.clock.nowMs += 60_000
  })

  it.each([
    ["/channels", {}, { channels: { "presence-a": {}, party: {}, "private-a": {}, "cache-a": {} } }],
    ["/channels", { filter_by_prefix: "p" }, { channels: { "presence-a": {}, party: {}, "private-a": {} } }],
    ["/channels", { filter_by_prefix: "none" }, { channels: {} }],
    ["/channels", { filter_by_prefix: "presence-", info: "user_count" }, { channels: { "presence-a": { user_count: 2 } } }],
    [
      "/channels",
      { filter_by_prefix: "pr", info: "subscription_count" },
      { channels: { "presence-a": { subscription_count: 3 }, "private-a": { subscription_count: 1 } } },
    ],
    ["/channels/party", {}, { occupied: true }],
    ["/channels/nobody", {}, { occupied: false }],
    ["/channels/presence-nobody", { info: "user_count,subscription_count" }, { occupied: false, user_count: 0, subscription_count: 0 }],
    ["/channels/presence-a", { info: "user_count,subscription_count" }, { occupied: true, user_count: 2, subscription_count: 3 }],
    ["/channels/party", { info: "subscription_count" }, { occupied: true, subscription_count: 1 }],
    ["/channels/cache-a", { info: "cache" }, { occupied: true, cache: { data: "7", ttl: 1740 } }],
    ["/channels/cache-b", { info: "cache" }, { occupied: false }],
    ["/channels/presence-a/users", {}, { users: [{ id: "ann" }, { id: 17 }] }],
    ["/channels/presence-nobody/users", {}, { users: [] }],
  ])("[PSH-45, PSH-46, PSH-47, PSH-48] GET %s %j", async (path, params, body) => {
    const response = await server.api.get({ path, params })
    expect(await response.json()).toEqual(body)
  })

  it.each([
    ["/channels", { info: "user_count" }],
    ["/channels", { info: "user_count", filter_by_prefix: "private-" }],
    ["/channels", { info: "subscription_count,user_count", filter_by_prefix: "p" }],
    ["/channels/party", { info: "user_count" }],
    ["/channels/private-a", { info: "user_count" }],
    ["/channels/party/users", {}],
    ["/channels/private-a/users", {}],
    ["/channels/a%20b", {}],
    ["/channels/%23server-to-user-ann", {}],
  ])("[PSH-45, PSH-46, PSH-47, PSH-48] refuses GET %s %j with 400", async (path, params) => {
    expect(await server.call("GET", path, { params: { ...params } })).toEqual(refusal(400))
  })
})

describe("terminating a user's connections", () => {
  it("[PSH-49] closes all of them with 4009 and nobody else's", async () => {
    const [phone, tablet, other] = [await server.connect(), await server.connect(), await server.connect()]
    for (const client of [phone, tablet]) await client.signIn({ id: "ann" })
    await other.signIn({ id: "bo" })
    const response = await server.api.terminateUserConnections("ann")
    expect(await response.json()).toEqual({})
    expect(await phone.closed).toMatchObject({ code: 4009 })
    expect(await tablet.closed).toMatchObject({ code: 4009 })
    expect(await other.drain()).toEqual([])
    expect(server.pusher.stats()).toMatchObject({ connections: 1, users: 1 })
  })

  it.each(["ann bo", "ünï", "a%41", "mailto:ann@example.com"])("[PSH-49] finds a user called %s", async (id) => {
    const client = await server.connect()
    await client.signIn({ id })
    const path = `/apps/${app.appId}/users/${encodeURIComponent(id)}/terminate_connections`
    const query = server.api.createSignedQueryString({ method: "POST", path, body: "{}" })
    expect(await server.send("POST", `${path}?${query}`, "{}")).toEqual(done)
    expect(await client.closed).toMatchObject({ code: 4009 })
  })

  it("[PSH-40] accepts a path signed as written though sent percent-encoded", async () => {
    const client = await server.connect()
    await client.signIn({ id: "ann bo" })
    await server.api.terminateUserConnections("ann bo")
    expect(await client.closed).toMatchObject({ code: 4009 })
  })

  it("[PSH-49] is content when there are none", async () => {
    expect(await server.call("POST", "/users/nobody/terminate_connections", { body: {} })).toEqual(done)
  })
})

describe("who may call", () => {
  const path = `/apps/${app.appId}/events`
  const body = JSON.stringify(event)
  const md5 = (text: string) => createHash("md5").update(text).digest("hex")
  const sorted = (query: Record<string, string>) => Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))

  /** A call whose parameters are changed before signing, so that only the rule in question can refuse it. */
  function callWith(change: Record<string, string | undefined>, sent = body, secret = app.secret) {
    const query: Record<string, string> = {}
    const parameters: Record<string, string | undefined> = {
      auth_key: app.key,
      auth_timestamp: `${Math.floor(server.clock.nowMs / 1000)}`,
      auth_version: "1.0",
      body_md5: md5(body),
      ...change,
    }
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query[name] = value
    const signature = sign(secret, httpText("POST", path, sorted(query)))
    const text = sorted(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return server.send("POST", `${path}?${[...text, `auth_signature=${signature}`].join("&")}`, sent)
  }

  it.each([
    ["everything in order", {}, 200],
    ["an additional parameter", { extra: "a b&c=ü" }, 200],
    ["another key", { auth_key: "other" }, 401],
    ["no key", { auth_key: undefined }, 401],
    ["another version", { auth_version: "2.0" }, 401],
    ["no version", { auth_version: undefined }, 401],
    ["no timestamp", { auth_timestamp: undefined }, 401],
    ["a timestamp that is no number", { auth_timestamp: "now" }, 401],
    ["no body_md5", { body_md5: undefined }, 401],
    ["the body_md5 of another body", { body_md5: md5("{}") }, 401],
    ["the body_md5 in upper case", { body_md5: md5(body).toUpperCase() }, 401],
  ])("[PSH-40, PSH-41] judges a call with %s", async (_what, change, status) => {
    expect((await callWith(change)).status).toBe(status)
  })

  it.each([
    [-601, 401],
    [-600, 200],
    [600, 200],
    [601, 401],
  ])("[PSH-41] judges a publisher's clock that is off by %i s", async (seconds, status) => {
    server.clock.nowMs = Math.floor(server.clock.nowMs / 1000) * 1000
    const auth_timestamp = `${server.clock.nowMs / 1000 + seconds}`
    expect((await callWith({ auth_timestamp })).status).toBe(status)
  })

  it("[PSH-40] refuses another secret, another body, and no signature", async () => {
    expect(await callWith({}, body, "other-secret")).toEqual(refusal(401))
    expect(await callWith({}, body.replace("lap", "won"))).toEqual(refusal(401))
    expect(await server.send("POST", path, body)).toEqual(refusal(401))
    expect(server.pusher.stats().eventsPublished).toBe(0)
  })

  it("[PSH-40] refuses a signature for another method, path, or parameter", async () => {
    const query = server.api.createSignedQueryString({ method: "GET", path: `/apps/${app.appId}/channels` })
    const send = (method: string, to: string) => server.send(method, `/apps/${app.appId}${to}`)
    expect((await send("GET", `/channels?${query}`)).status).toBe(200)
    expect((await send("GET", `/channels/party?${query}`)).status).toBe(401)
    expect((await send("GET", `/channels?${query}&info=subscription_count`)).status).toBe(401)
    expect((await send("POST", `/users/ann/terminate_connections?${query}`)).status).toBe(401)
  })

  it("[PSH-40] answers a query that cannot be decoded with 400", async () => {
    expect(await server.send("GET", `/apps/${app.appId}/channels?a=%E0%A4%A`)).toEqual(refusal(400))
  })

  it("[PSH-41] wants the official library's secret to be right", async () => {
    const stranger = new Pusher({ ...app, secret: "guessed", host: "127.0.0.1", port: String(server.port), useTLS: false })
    await expect(stranger.trigger("party", "lap", {})).rejects.toMatchObject({ status: 401 })
  })

  it.each([
    ["GET", "/apps/9999/channels"],
    ["GET", "/apps/"],
    ["GET", `/apps/${app.appId}`],
    ["GET", `/apps/${app.appId}/nothing`],
    ["GET", `/apps/${app.appId}/events`],
    ["DELETE", `/apps/${app.appId}/channels`],
    ["GET", `/apps/${app.appId}/channels/`],
    ["GET", `/apps/${app.appId}/channels/%E0%A4%A`],
  ])("[PSH-39] answers %s %s with 404", async (method, url) => {
    expect(await server.send(method, url)).toEqual(refusal(404))
  })

  it("[PSH-38] leaves other requests to others", async () => {
    for (const url of ["/", "/apps", "/application/x", "/app/party-key"]) {
      expect((await fetch(`http://127.0.0.1:${server.port}${url}`)).status).toBe(418)
    }
  })

  it("[PSH-53] refuses a body of more than 1 MB with 413 and goes on", async () => {
    expect(await server.call("POST", "/events", { body: "x".repeat(1024 * 1024 + 1) })).toEqual(refusal(413))
    expect(await server.call("POST", "/events", { body: "x".repeat(1024 * 1024) })).toEqual(refusal(400))
    expect(await server.call("POST", "/events", { body: event })).toEqual(done)
  })
})
