import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { sign, userText } from "./signature"
import { app } from "./test-app"
import { dataOf, type TestClient, type TestFrame } from "./test-client"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})

afterEach(() => server.stop())

const protocolError = { event: "pusher:error", data: { code: null, message: expect.any(String) } }
const authError = (channel: string) => subscriptionError(channel, "AuthError", 4009)
const succeeded = (channel: string) => ({ event: "pusher_internal:subscription_succeeded", channel, data: "{}" })

function subscriptionError(channel: string, type: string, status: number) {
  return { event: "pusher:subscription_error", channel, refusal: { type, status, error: expect.any(String) } }
}

/** Opens the JSON text of refusals, so that they can be compared. */
function readable(frames: TestFrame[]): unknown[] {
  return frames.map((frame) =>
    frame.event === "pusher:subscription_error"
      ? { event: frame.event, channel: frame.channel, refusal: dataOf(frame) }
      : frame,
  )
}

async function pairIn(channel: string): Promise<[TestClient, TestClient]> {
  const pair: [TestClient, TestClient] = [await server.connect(), await server.connect()]
  for (const client of pair) {
    const joined = channel.startsWith("presence-")
      ? await client.joinPresence(channel, { user_id: client.socketId })
      : await client.subscribe(channel)
    expect(joined[0]).toMatchObject({ event: "pusher_internal:subscription_succeeded" })
  }
  await pair[0].drain()
  return pair
}

describe("connecting", () => {
  it("[PSH-2] greets with a socket id and an activity timeout, as JSON text", async () => {
    const client = server.open()
    const greeting = await client.next("pusher:connection_established")
    expect(typeof greeting.data).toBe("string")
    expect(dataOf(greeting)).toEqual({ socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 })
    expect(Object.keys(greeting)).toEqual(["event", "data"])
  })

  it("[PSH-7] gives every socket another id", async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => server.connect()))
    expect(new Set(clients.map((client) => client.socketId)).size).toBe(20)
  })

  it.each([
    ["/app/party-key?protocol=3", 4007],
    ["/app/party-key?protocol=8", 4007],
    ["/app/party-key?protocol=x", 4006],
    ["/app/unknown?protocol=7", 4001],
    ["/app/?protocol=7", 4005],
    ["/app/party-key/more?protocol=7", 4005],
  ])("[PSH-6] tells %s twice: by pusher:error and by closing with %i", async (path, code) => {
    const client = server.open(path)
    expect(await client.next("pusher:error")).toEqual({ event: "pusher:error", data: { code, message: expect.any(String) } })
    expect(await client.closed).toMatchObject({ code })
    expect(server.pusher.stats().connections).toBe(0)
  })

  it.each(["/app/party-key", "/app/party-key?protocol=4", "/app/party-key?protocol=7", "/ws/app/party-key?protocol=7"])(
    "[PSH-1, PSH-3] takes %s",
    async (path) => {
      const client = server.open(path)
      expect((await client.next("pusher:connection_established")).event).toBe("pusher:connection_established")
    },
  )

  it("[PSH-1] leaves other upgrades to others", async () => {
    const client = server.open("/_next/hmr")
    expect(await client.closed).toMatchObject({ code: 1006 })
    expect(client.heard).toEqual([])
  })
})

describe("frames that mean nothing", () => {
  it.each([
    ["no JSON", "nonsense"],
    ["nothing", ""],
    ["half of JSON", '{"event":"pusher:subscribe","data":{'],
    ["null", "null"],
    ["a number", "17"],
    ["a list", '[{"event":"pusher:ping"}]'],
    ["a text", '"pusher:ping"'],
    ["no event", "{}"],
    ["an empty event", '{"event":""}'],
    ["an event that is a number", '{"event":5}'],
    ["an event that is an object", '{"event":{"a":1}}'],
    ["a channel that is a number", '{"event":"client-a","channel":5,"data":{}}'],
    ["an unknown event", '{"event":"pusher:dance","data":{}}'],
    ["an internal event", '{"event":"pusher_internal:member_added","channel":"presence-a","data":"{}"}'],
    ["an event of a publisher", '{"event":"race-started","channel":"private-a","data":{}}'],
    ["an event named like a part of every object", '{"event":"constructor","data":{}}'],
    ["a subscription without data", '{"event":"pusher:subscribe"}'],
    ["a subscription with null", '{"event":"pusher:subscribe","data":null}'],
    ["a subscription with a text that is no JSON", '{"event":"pusher:subscribe","data":"private-a"}'],
    ["a subscription without channel", '{"event":"pusher:subscribe","data":{}}'],
    ["a subscription to a number", '{"event":"pusher:subscribe","data":{"channel":5}}'],
    ["a subscription with a numeric auth", '{"event":"pusher:subscribe","data":{"channel":"a","auth":5}}'],
    ["a subscription with an object for channel_data", '{"event":"pusher:subscribe","data":{"channel":"a","channel_data":{}}}'],
    ["an unsubscription without data", '{"event":"pusher:unsubscribe"}'],
    ["an unsubscription from a list", '{"event":"pusher:unsubscribe","data":{"channel":[]}}'],
    ["a sign-in without data", '{"event":"pusher:signin"}'],
    ["a sign-in without auth", '{"event":"pusher:signin","data":{"user_data":"{}"}}'],
    ["a sign-in with an object for user_data", '{"event":"pusher:signin","data":{"auth":"a:b","user_data":{"id":"a"}}}'],
  ])("[PSH-9, PSH-14] answers %s with one pusher:error and stays", async (_what, text) => {
    const client = await server.connect()
    client.raw(text)
    expect(await client.drain()).toEqual([protocolError])
  })

  it("[PSH-9] answers a binary frame the same way", async () => {
    const client = await server.connect()
    client.raw(Buffer.from('{"event":"pusher:ping"}'))
    expect(await client.drain()).toEqual([protocolError])
  })

  it("[PSH-9] survives whatever is sent, and still serves the next one", async () => {
    const client = await server.connect()
    const events = ["pusher:subscribe", "pusher:unsubscribe", "pusher:signin", "pusher:ping", "pusher:pong", "client-a"]
    const noise = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc
        .record(
          {
            event: fc.oneof(fc.constantFrom(...events), fc.jsonValue()),
            channel: fc.oneof(fc.constantFrom("a", "presence-a", "private-a", "#server-to-user-a"), fc.jsonValue()),
            data: fc.oneof(
              fc.record({ channel: fc.string(), auth: fc.string(), channel_data: fc.string() }, { requiredKeys: [] }),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: [] },
        )
        .map((frame) => JSON.stringify(frame)),
    )
    // A sign-in that is well formed and false closes the socket by rule; it is not noise.
    const isFalseSignin = (text: string) => text.includes("signin") && text.includes("user_data")
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { maxLength: 8 }), async (texts) => {
        for (const text of texts.filter((candidate) => !isFalseSignin(candidate))) client.raw(text)
        await client.drain()
      }),
      { numRuns: 150 },
    )
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })
})

describe("signs of life", () => {
  it.each([{ event: "pusher:ping", data: {} }, { event: "pusher:ping" }, { event: "pusher:ping", data: "{}" }])(
    "[PSH-11] answers %j with pusher:pong",
    async (frame) => {
      const client = await server.connect()
      client.say(frame)
      expect(await client.next("pusher:pong")).toEqual({ event: "pusher:pong", data: "{}" })
    },
  )

  it("[PSH-11] takes pusher:pong without an answer", async () => {
    const client = await server.connect()
    expect(await client.ask({ event: "pusher:pong", data: {} })).toEqual([])
  })
})

describe("subscribing", () => {
  it.each(["party", "cachet", "private-a", "private-encrypted-a", "x".repeat(164)])("[PSH-18] lets in: %s", async (channel) => {
    const client = await server.connect()
    expect(await client.subscribe(channel)).toEqual([succeeded(channel)])
    expect(server.pusher.stats()).toMatchObject({ channels: 1 })
  })

  it.each([
    ["with auth left out", { auth: undefined }],
    ["with an empty auth", { auth: "" }],
    ["with an auth that means nothing here", { auth: "a:b", channel_data: "{" }],
  ])("[PSH-17] lets anybody into a public channel %s", async (_how, data) => {
    const client = await server.connect()
    expect(await client.subscribe("party", data)).toEqual([succeeded("party")])
  })

  it("[PSH-10] takes data as JSON text", async () => {
    const client = await server.connect()
    const data = JSON.stringify({ channel: "private-a", auth: client.authFor("private-a") })
    expect(await client.ask({ event: "pusher:subscribe", data })).toEqual([succeeded("private-a")])
  })

  it("[PSH-23] takes a channel_data of null for none", async () => {
    const client = await server.connect()
    expect(await client.subscribe("private-a", { channel_data: null })).toEqual([succeeded("private-a")])
  })

  it("[PSH-23] takes channel_data on a private channel when it is signed too", async () => {
    const client = await server.connect()
    const channel_data = '{ "user_id": 1 }'
    const auth = client.authFor("private-a", channel_data)
    expect(readable(await client.subscribe("private-a", { channel_data }))).toEqual([authError("private-a")])
    expect(await client.subscribe("private-a", { channel_data, auth })).toEqual([succeeded("private-a")])
  })

  it.each([
    ["no auth", () => undefined],
    ["a null auth", () => null],
    ["an empty auth", () => ""],
    ["another key", (good: string) => good.replace(app.key, "other-key")],
    ["no key", (good: string) => good.slice(good.indexOf(":") + 1)],
    ["another secret", (_good: string, text: string) => `${app.key}:${sign("other-secret", text)}`],
    ["the signature of another socket", () => `${app.key}:${sign(app.secret, "1.1:private-a")}`],
    ["the signature of another channel", (_: string, text: string) => `${app.key}:${sign(app.secret, `${text}b`)}`],
    ["a cut signature", (good: string) => good.slice(0, -1)],
  ])("[PSH-21] refuses a private channel with %s and stays", async (_what, forge) => {
    const client = await server.connect()
    const auth = forge(client.authFor("private-a"), `${client.socketId}:private-a`)
    expect(readable(await client.subscribe("private-a", { auth }))).toEqual([authError("private-a")])
    expect(server.pusher.stats().channels).toBe(0)
    expect(await client.subscribe("private-a")).toEqual([succeeded("private-a")])
  })

  it.each([
    ["a b", "AuthError"],
    ["", "AuthError"],
    ["#private", "AuthError"],
    ["private-ä", "AuthError"],
    ["x".repeat(165), "LimitReached"],
  ])("[PSH-15] refuses the name %s", async (channel, type) => {
    const client = await server.connect()
    expect(readable(await client.subscribe(channel))).toEqual([subscriptionError(channel, type, 4009)])
  })

  it("[PSH-19] refuses a second subscription in the usual words and keeps the first", async () => {
    const client = await server.connect()
    await client.subscribe("party")
    const message = "Existing subscription to channel party"
    expect(await client.subscribe("party")).toEqual([{ event: "pusher:error", data: { code: null, message } }])
    await server.api.trigger("party", "race-started", {})
    expect(await client.drain()).toHaveLength(1)
  })

  it("[PSH-20] unsubscribes silently, once, and not from what it never had", async () => {
    const client = await server.connect()
    await client.subscribe("party")
    const unsubscribe = { event: "pusher:unsubscribe", data: { channel: "party" } }
    expect(await client.ask(unsubscribe)).toEqual([])
    expect(server.pusher.stats().channels).toBe(0)
    const message = "No current subscription to channel party, or subscription in progress"
    expect(await client.ask(unsubscribe)).toEqual([{ event: "pusher:error", data: { code: null, message } }])
    await server.api.trigger("party", "race-started", {})
    expect(await client.drain()).toEqual([])
    expect(await client.subscribe("party")).toEqual([succeeded("party")])
  })
})

describe("presence", () => {
  const channel = "presence-party"

  it("[PSH-18, PSH-24] tells a newcomer everybody, itself included", async () => {
    const [ann, bo] = [await server.connect(), await server.connect()]
    await ann.joinPresence(channel, { user_id: "ann", user_info: { seat: 1 } })
    const [welcome] = await bo.joinPresence(channel, { user_id: 17 })
    expect(welcome).toMatchObject({ event: "pusher_internal:subscription_succeeded", channel })
    expect(dataOf(welcome)).toEqual({ presence: { ids: ["ann", 17], hash: { ann: { seat: 1 }, "17": null }, count: 2 } })
  })

  it("[PSH-27] tells the others who came and who went, and keeps a number a number", async () => {
    const [ann, bo] = [await server.connect(), await server.connect()]
    await ann.joinPresence(channel, { user_id: "ann" })
    expect(await bo.joinPresence(channel, { user_id: 17, user_info: { name: "Bo" } })).toHaveLength(1)
    const [added, ...rest] = await ann.drain()
    expect(added).toMatchObject({ event: "pusher_internal:member_added", channel })
    expect(dataOf(added)).toEqual({ user_id: 17, user_info: { name: "Bo" } })
    expect(rest).toEqual([])

    await bo.ask({ event: "pusher:unsubscribe", data: { channel } })
    const [removed] = await ann.drain()
    expect(removed).toMatchObject({ event: "pusher_internal:member_removed", channel })
    expect(dataOf(removed)).toEqual({ user_id: 17 })
  })

  it("[PSH-25] announces a person with two phones once in and once out", async () => {
    const [ann, phone, tablet] = [await server.connect(), await server.connect(), await server.connect()]
    await ann.joinPresence(channel, { user_id: "ann" })
    await phone.joinPresence(channel, { user_id: "bo" })
    const [welcome] = await tablet.joinPresence(channel, { user_id: "bo" })
    expect(dataOf(welcome)).toMatchObject({ presence: { count: 2 } })
    expect((await ann.drain()).map((frame) => frame.event)).toEqual(["pusher_internal:member_added"])
    expect(await phone.drain()).toEqual([])

    phone.socket.close()
    await phone.closed
    expect(await ann.drain()).toEqual([])
    tablet.terminate()
    expect(dataOf(await ann.next("pusher_internal:member_removed"))).toEqual({ user_id: "bo" })
  })

  it.each([
    ["no JSON", "nonsense"],
    ["no object", "[]"],
    ["no user_id", "{}"],
    ["an empty user_id", '{"user_id":""}'],
    ["a user_id of true", '{"user_id":true}'],
    ["a user_id of null", '{"user_id":null}'],
    ["a user_id that is an object", '{"user_id":{}}'],
  ])("[PSH-24] refuses signed channel_data with %s", async (_what, channel_data) => {
    const client = await server.connect()
    const auth = client.authFor(channel, channel_data)
    expect(readable(await client.subscribe(channel, { channel_data, auth }))).toEqual([authError(channel)])
  })

  it("[PSH-23] counts the exact bytes of channel_data", async () => {
    const client = await server.connect()
    const auth = client.authFor(channel, '{"user_id":"ann"}')
    const channel_data = '{"user_id": "ann"}'
    expect(readable(await client.subscribe(channel, { channel_data, auth }))).toEqual([authError(channel)])
  })

  it("[PSH-24] needs a signed-in user when there is no channel_data, and then uses it", async () => {
    const client = await server.connect()
    expect(readable(await client.subscribe(channel))).toEqual([authError(channel)])
    await client.signIn({ id: "ann", user_info: { name: "Ann" } })
    const [welcome] = await client.subscribe(channel)
    expect(dataOf(welcome)).toEqual({ presence: { ids: ["ann"], hash: { ann: { name: "Ann" } }, count: 1 } })
  })

  it.each([
    ["user_info of 1024 bytes", { user_id: "a", user_info: "x".repeat(1022) }, true],
    ["user_info of 1025 bytes", { user_id: "a", user_info: "x".repeat(1023) }, false],
    ["a user_id of 128 characters", { user_id: "a".repeat(128) }, true],
    ["a user_id of 129 characters", { user_id: "a".repeat(129) }, false],
  ])("[PSH-26] limits a member: %s", async (_what, member, isAccepted) => {
    const client = await server.connect()
    const [answer] = readable(await client.joinPresence(channel, member))
    if (isAccepted) expect(answer).toMatchObject({ event: "pusher_internal:subscription_succeeded" })
    else expect(answer).toEqual(subscriptionError(channel, "LimitReached", 4301))
  })

  it("[PSH-26] takes 100 people, no 101st, but any phone of those present", async () => {
    for (let seat = 1; seat <= 100; seat += 1) {
      const client = await server.connect()
      client.say({
        event: "pusher:subscribe",
        data: {
          channel,
          channel_data: JSON.stringify({ user_id: seat }),
          auth: client.authFor(channel, JSON.stringify({ user_id: seat })),
        },
      })
      await client.next("pusher_internal:subscription_succeeded")
    }
    const late = await server.connect()
    expect(readable(await late.joinPresence(channel, { user_id: 101 }))).toEqual([
      subscriptionError(channel, "LimitReached", 4100),
    ])
    const [welcome] = await late.joinPresence(channel, { user_id: 7 })
    expect(dataOf(welcome)).toMatchObject({ presence: { count: 100 } })
  })
})

describe("cache channels", () => {
  it.each(["cache-a", "private-cache-a", "private-encrypted-cache-a", "presence-cache-a"])(
    "[PSH-28] %s tells a newcomer the last event, or that there is none",
    async (channel) => {
      const join = async (userId: string) => {
        const client = await server.connect()
        return channel.startsWith("presence-") ? client.joinPresence(channel, { user_id: userId }) : client.subscribe(channel)
      }
      expect((await join("ann"))[1]).toEqual({ event: "pusher:cache_miss", channel })
      for (const data of ["first", "last"]) {
        const published = await server.call("POST", "/events", { body: { name: "lap", channel, data } })
        expect(published.status).toBe(200)
      }
      expect((await join("bo")).slice(1)).toEqual([{ event: "lap", channel, data: "last" }])
    },
  )

  it("[PSH-28] remembers what nobody heard, and forgets it after 30 minutes", async () => {
    await server.api.trigger("cache-a", "lap", "1")
    server.clock.nowMs += 30 * 60 * 1000 - 1
    const client = await server.connect()
    expect(await client.subscribe("cache-a")).toEqual([succeeded("cache-a"), { event: "lap", channel: "cache-a", data: "1" }])
    server.clock.nowMs += 1
    const late = await server.connect()
    expect(await late.subscribe("cache-a")).toEqual([succeeded("cache-a"), { event: "pusher:cache_miss", channel: "cache-a" }])
  })

  it("[PSH-28] does not keep client events, and tells other channels nothing", async () => {
    const [ann] = await pairIn("private-cache-a")
    await ann.ask({ event: "client-wave", channel: "private-cache-a", data: {} })
    const late = await server.connect()
    expect((await late.subscribe("private-cache-a"))[1]).toEqual({ event: "pusher:cache_miss", channel: "private-cache-a" })
    expect(await late.subscribe("private-a")).toHaveLength(1)
  })
})

describe("signing in", () => {
  it("[PSH-12] answers with the very text it was given", async () => {
    const client = await server.connect()
    const [answer, ...rest] = await client.signIn({ id: "ann", watchlist: ["bo"] })
    expect(answer?.event).toBe("pusher:signin_success")
    expect(dataOf(answer)).toEqual({ user_data: '{"id":"ann","watchlist":["bo"]}' })
    expect(rest).toEqual([])
    expect(server.pusher.stats().users).toBe(1)
  })

  it.each([
    ["another secret", '{"id":"a"}', (text: string) => `${app.key}:${sign("other", text)}`],
    ["the order the docs print", '{"id":"a"}', (text: string) => `${app.key}::user::${sign(app.secret, text)}`],
    ["an id that is a number", '{"id":5}', (text: string) => `${app.key}:${sign(app.secret, text)}`],
    ["an empty id", '{"id":""}', (text: string) => `${app.key}:${sign(app.secret, text)}`],
    ["no id", "{}", (text: string) => `${app.key}:${sign(app.secret, text)}`],
    ["no JSON", "nonsense", (text: string) => `${app.key}:${sign(app.secret, text)}`],
  ])("[PSH-13] refuses %s and closes with 4009", async (_what, user_data, forge) => {
    const client = await server.connect()
    client.say({ event: "pusher:signin", data: { user_data, auth: forge(userText(client.socketId, user_data)) } })
    expect(await client.next("pusher:error")).toMatchObject({ data: { code: 4009 } })
    expect(await client.closed).toMatchObject({ code: 4009 })
    expect(server.pusher.stats()).toMatchObject({ users: 0, connections: 0 })
  })

  it("[PSH-13] lets nobody become another, and anybody sign in again", async () => {
    const client = await server.connect()
    await client.signIn({ id: "ann" })
    expect(await client.signIn({ id: "bo" })).toEqual([protocolError])
    expect((await client.signIn({ id: "ann", user_info: 1 }))[0]).toMatchObject({ event: "pusher:signin_success" })
    expect(server.pusher.stats().users).toBe(1)
  })

  it("[PSH-29] lets only the addressee subscribe to the user channel", async () => {
    const client = await server.connect()
    expect(readable(await client.subscribe("#server-to-user-ann"))).toEqual([authError("#server-to-user-ann")])
    await client.signIn({ id: "ann" })
    expect(readable(await client.subscribe("#server-to-user-bo"))).toEqual([authError("#server-to-user-bo")])
    expect(await client.subscribe("#server-to-user-ann")).toEqual([succeeded("#server-to-user-ann")])
    expect(await client.ask({ event: "pusher:unsubscribe", data: { channel: "#server-to-user-ann" } })).toEqual([])
  })

  it("[PSH-29] reaches all sockets of the user once, subscribed or not, and nobody else", async () => {
    const [phone, tablet, other] = [await server.connect(), await server.connect(), await server.connect()]
    for (const client of [phone, tablet]) await client.signIn({ id: "ann" })
    await other.signIn({ id: "bo" })
    await phone.subscribe("#server-to-user-ann")
    await server.api.sendToUser("ann", "role", { imposter: true })
    const expected = [{ event: "role", channel: "#server-to-user-ann", data: '{"imposter":true}' }]
    expect(await phone.drain()).toEqual(expected)
    expect(await tablet.drain()).toEqual(expected)
    expect(await other.drain()).toEqual([])
  })

  it("[PSH-29] forgets a user with the last socket", async () => {
    const client = await server.connect()
    await client.signIn({ id: "ann" })
    client.socket.close()
    await client.closed
    expect(server.pusher.stats()).toMatchObject({ users: 0, connections: 0 })
  })
})

describe("client events", () => {
  it.each([
    ["an object", { x: 1 }],
    ["a text", "hello"],
    ["a number", 5],
    ["a list", [1, null]],
    ["null", null],
    ["nothing", undefined],
  ])("[PSH-32] go to the others, not back: %s", async (_what, data) => {
    const [ann, bo] = await pairIn("private-a")
    expect(await ann.ask({ event: "client-wave", channel: "private-a", data })).toEqual([])
    const heard = await bo.drain()
    expect(heard).toEqual([{ event: "client-wave", channel: "private-a", data }])
    expect("user_id" in (heard[0] ?? {})).toBe(false)
  })

  it("[PSH-33] carry the signed user_id in presence channels, never the one in the frame", async () => {
    const [ann, bo] = await pairIn("presence-a")
    await ann.ask({ event: "client-wave", channel: "presence-a", data: {}, user_id: bo.socketId })
    expect(await bo.drain()).toEqual([{ event: "client-wave", channel: "presence-a", data: {}, user_id: ann.socketId }])
  })

  it.each([
    ["public channels", "party", true],
    ["channels one is not in", "private-b", false],
    ["presence channels one is not in", "presence-b", false],
  ])("[PSH-30, PSH-31] are refused in %s", async (_what, channel, isSubscribed) => {
    const [ann, bo] = [await server.connect(), await server.connect()]
    if (channel.startsWith("presence-")) await bo.joinPresence(channel, { user_id: "bo" })
    else await bo.subscribe(channel)
    if (isSubscribed) await ann.subscribe(channel)
    expect(await ann.ask({ event: "client-wave", channel, data: {} })).toEqual([protocolError])
    expect(await bo.drain()).toEqual([])
  })

  it("[PSH-30] are refused without a channel", async () => {
    const [ann] = await pairIn("private-a")
    expect(await ann.ask({ event: "client-wave", data: {} })).toEqual([protocolError])
  })

  it("[PSH-34] are dropped after ten within a second, with 4301, and the socket stays", async () => {
    const [ann, bo] = await pairIn("private-a")
    const wave = (n: number) => ({ event: "client-wave", channel: "private-a", data: n })
    for (let n = 1; n <= 12; n += 1) ann.say(wave(n))
    const refusals = await ann.drain()
    expect(refusals.map((frame) => frame.data)).toEqual([
      { code: 4301, message: expect.any(String) },
      { code: 4301, message: expect.any(String) },
    ])
    expect((await bo.drain()).map((frame) => frame.data)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await bo.ask(wave(0))).toEqual([])
    expect((await ann.drain()).map((frame) => frame.data)).toEqual([0])
    server.clock.nowMs += 1000
    expect(await ann.ask(wave(13))).toEqual([])
    expect((await bo.drain()).map((frame) => frame.data)).toEqual([13])
  })

  it.each([
    ["10 240 bytes of text", "x".repeat(10_240), true],
    ["10 241 bytes of text", "x".repeat(10_241), false],
    ["10 241 bytes in fewer characters", "ü".repeat(5_121), false],
    ["an object of 10 241 bytes", { x: "x".repeat(10_241 - 8) }, false],
    ["an object of 10 240 bytes", { x: "x".repeat(10_240 - 8) }, true],
  ])("[PSH-35] may be so large: %s", async (_what, data, isAccepted) => {
    const [ann, bo] = await pairIn("private-a")
    expect(await ann.ask({ event: "client-wave", channel: "private-a", data })).toEqual(isAccepted ? [] : [protocolError])
    expect(await bo.drain()).toHaveLength(isAccepted ? 1 : 0)
  })

  it("[PSH-35] have names of at most 200 characters", async () => {
    const [ann] = await pairIn("private-a")
    const named = (length: number) => ({ event: `client-${"x".repeat(length - 7)}`, channel: "private-a", data: {} })
    expect(await ann.ask(named(200))).toEqual([])
    expect(await ann.ask(named(201))).toEqual([protocolError])
  })

  it("[PSH-9] may be nested as deeply as a frame allows without harm", async () => {
    const [ann, bo] = await pairIn("private-a")
    ann.raw(`{"event":"client-a","channel":"private-a","data":${"[".repeat(30_000)}${"]".repeat(30_000)}}`)
    expect(await ann.drain()).toEqual([protocolError])
    expect(await bo.drain()).toEqual([])
  })
})
