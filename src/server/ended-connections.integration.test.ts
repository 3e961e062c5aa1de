import PusherClient from "pusher-js"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { partyEvents } from "@/db/schema/party"
import { systemClock } from "@/kernel/clock"
import { seededRandom } from "@/kernel/random"
import type { Refusal } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command } from "@/party/command"
import { changeSettings, createHostLink, kickGuest, readmitGuest, revokeHostLink } from "@/party/commands"
import { channelOf, partyTopics } from "@/realtime/channels"
import { app } from "@/realtime/local-server/test-app"
import { startTestServer, type TestServer } from "@/realtime/local-server/test-server"
import { openPartySocket, type PartySocket } from "@/realtime/party-socket"
import { signInAs } from "@/realtime/sign-in"
import { pcOf } from "@/testing/lan-pc"
import { accepted, startHouse, startParty, testEnv, type House, type Night } from "@/testing/start-party"
import { authenticateUser, authorizeChannel } from "./channel-access"
import { linkAtDoor } from "./door"
import { createDueWork } from "./due-work"
import type { Claims } from "./identity"
import { createLog } from "./log"
import { runCommand } from "./run-command"
import { createRuntime, type Runtime } from "./runtime"

let house: House
let night: Night
let server: TestServer
let runtime: Runtime
const opened: { stop(): void }[] = []

beforeEach(async () => {
  house = await startHouse()
  night = await startParty({ house, guests: 2 })
  server = await startTestServer()
  runtime = runtimeAt(server.port)
})
afterEach(async () => {
  for (const one of opened.splice(0)) one.stop()
  await runtime.close()
  await server.stop()
  await house.stop()
})

/** A process with the real publisher, whose Pusher is our own server at this port. */
function runtimeAt(port: number): Runtime {
  const pusher = { PUSHER_APP_ID: app.appId, PUSHER_KEY: app.key, PUSHER_SECRET: app.secret, PUSHER_PORT: String(port), PUSHER_IS_LOCAL: "1" }
  return createRuntime(testEnv(house.databaseUrl, pusher), { clock: systemClock, log: createLog("silent"), random: seededRandom(3) })
}

async function host<W extends Who, I, V, R extends Refusal, P>(command: Command<W, I, V, R, P>, input: unknown) {
  return accepted(await runCommand(runtime, command, { claims: night.hostClaims }, input))
}

/** Something the whole party hears, `name` and all. */
const sayToAll = (name: string) => host(changeSettings, { name })
const partyChannels = () => partyTopics.map((topic) => channelOf({ kind: "party", topic, partyId: night.party.id }))

/** Whoever wants to hear, with a client of their own making: subscribes to everything of the party, never signs in, never leaves. */
async function listener(claims: Claims, more: readonly string[] = []) {
  const heard: string[] = []
  const client = new PusherClient(app.key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler({ socketId, channelName }, callback) {
        authorizeChannel(runtime, claims, socketId, channelName).then(
          (signed) => callback(signed ? null : new Error("403"), signed),
          (error: Error) => callback(error, null),
        )
      },
    },
  })
  opened.push({ stop: () => client.disconnect() })
  client.bind_global((event: string, data: unknown) => heard.push(`${event} ${JSON.stringify(data)}`))
  const open = await Promise.all([...partyChannels(), ...more].map((channel) => isOpen(client, channel)))
  return {
    heard,
    open,
    async hears(text: string) {
      await vi.waitFor(() => expect(heard.join("\n")).toContain(text), { timeout: 5_000, interval: 10 })
    },
    state: () => client.connection.state,
  }
}

function isOpen(client: PusherClient, channel: string): Promise<boolean> {
  return new Promise((resolve) => {
    const subscribed = client.subscribe(channel)
    subscribed.bind("pusher:subscription_succeeded", () => resolve(true))
    subscribed.bind("pusher:subscription_error", () => resolve(false))
  })
}

const isAway = (who: { state(): string }) => vi.waitFor(() => expect(who.state()).toBe("disconnected"), { timeout: 5_000, interval: 10 })

describe("[PTY-24] a kicked guest", () => {
  it("is told why, hears nothing more, and gets no channel of the party again until the kick is undone", async () => {
    const own = channelOf({ kind: "guest", guestId: night.idOf("Ann") })
    const [ann, bo] = [await listener(night.claimsOf("Ann"), [own]), await listener(night.claimsOf("Bo"))]
    await sayToAll("Before")
    await Promise.all([ann.hears("Before"), bo.hears("Before")])

    await host(kickGuest, { guestId: night.idOf("Ann") })
    await ann.hears("guest-kicked")
    await isAway(ann)
    await sayToAll("Afterwards")
    await bo.hears("Afterwards")
    expect(ann.heard.join("\n")).not.toContain("Afterwards")

    const again = await listener(night.claimsOf("Ann"), [own])
    expect(again.open).toEqual(again.open.map(() => false))
    await host(readmitGuest, { guestId: night.idOf("Ann") })
    const back = await listener(night.claimsOf("Ann"), [own])
    expect(back.open).toEqual(back.open.map(() => true))
    await sayToAll("And back")
    await back.hears("And back")
    await vi.waitFor(async () => expect(await unpublished()).toEqual([]))
  })

  it("gets nothing by signatures kept from before", async () => {
    const phone = await server.connect()
    const kept = await Promise.all(partyChannels().map(async (channel) => ({ channel, ...(await authorizeChannel(runtime, night.claimsOf("Ann"), phone.socketId, channel)) })))
    await host(kickGuest, { guestId: night.idOf("Ann") })
    await runtime.publisher.settled()
    for (const data of kept) {
      expect(await phone.ask({ event: "pusher:subscribe", data })).toEqual([expect.objectContaining({ event: "pusher:subscription_error" })])
    }
    await sayToAll("Afterwards")
    await runtime.publisher.settled()
    expect(JSON.stringify(await phone.drain())).not.toContain("Afterwards")
  })

  it("is out by the word of the host also while Pusher is away, and hears nothing more once it is back", async () => {
    const ann = await listener(night.claimsOf("Ann"))
    // Nobody answers there.
    const cutOff = runtimeAt(9)
    try {
      accepted(await runCommand(cutOff, kickGuest, { claims: night.hostClaims }, { guestId: night.idOf("Ann") }))
      await cutOff.publisher.settled()
    } finally {
      await cutOff.close()
    }
    expect(await unpublished()).toContain("connections-ended")
    expect(ann.state()).toBe("connected")
    expect(await authorizeChannel(runtime, night.claimsOf("Ann"), "1.2", partyChannels()[0] ?? "")).toBeNull()

    const later = { ...runtime, clock: { now: () => new Date(Date.now() + 5_000) } }
    await createDueWork(later).doDue()
    await ann.hears("user-changed")
    await isAway(ann)
    expect(await unpublished()).toEqual([])
  })
})

it("[PTY-24] the PCs of a kicked guest hear no more of the LAN, and those of others do", async () => {
  const [ann, bo] = [await pcOf(night, "Ann"), await pcOf(night, "Bo")]
  const network = channelOf({ kind: "lan-network", networkId: ann.networkId, epoch: 0 })
  const annsPc = await listener(ann.claims, [network, channelOf({ kind: "lan-peer", peerId: ann.peerId })])
  const bosPc = await listener(bo.claims, [network, channelOf({ kind: "lan-peer", peerId: bo.peerId })])
  for (const { open } of [annsPc, bosPc]) expect(open.slice(-2)).toEqual([true, true])
  await host(kickGuest, { guestId: night.idOf("Ann") })
  await isAway(annsPc)
  expect(bosPc.state()).toBe("connected")
  expect((await listener(ann.claims, [network])).open.at(-1)).toBe(false)
})

it("[PTY-24] a link that is revoked takes its open connection with it, and no other", async () => {
  const byLink = async (kind: "CO_HOST" | "TV"): Promise<Claims> => {
    const { token } = await host(createHostLink, { kind, label: kind })
    const { partyId, linkId } = accepted(await linkAtDoor(runtime, "10.0.0.1", token))
    return kind === "TV" ? { tv: { partyId, linkId } } : { host: { partyId, linkId } }
  }
  const claims = [await byLink("TV"), await byLink("CO_HOST"), await byLink("TV")]
  const [tv, coHost, other] = await Promise.all(claims.map((claim) => listener(claim)))
  if (!tv || !coHost || !other) throw new Error("nobody came")
  await host(revokeHostLink, { linkId: claims[0]?.tv?.linkId })
  await isAway(tv)
  await host(revokeHostLink, { linkId: claims[1]?.host?.linkId })
  await isAway(coHost)
  await sayToAll("Afterwards")
  await other.hears("Afterwards")
  expect([tv, coHost].map(({ heard }) => heard.join("\n").includes("Afterwards"))).toEqual([false, false])
})

describe("[PTY-24] a screen on hosted Pusher, which takes no names in private channels", () => {
  // The product's own socket as it is in the cloud, its official client turned to our server, which then knows who it is by its sign-in alone.
  async function screen(claims: Claims, channels = partyChannels()): Promise<{ heard: string[]; socket: PartySocket }> {
    const heard: string[] = []
    const inCloud = { ...runtime, env: { ...runtime.env, PUSHER_IS_LOCAL: false } }
    const { port } = server
    class HostedPusher extends PusherClient {
      constructor(key: string, options: ConstructorParameters<typeof PusherClient>[1]) {
        super(key, {
          ...options,
          wsHost: "127.0.0.1",
          wsPort: port,
          forceTLS: false,
          enabledTransports: ["ws"],
          channelAuthorization: {
            endpoint: "",
            transport: "ajax",
            customHandler: ({ socketId, channelName }, callback) =>
              void authorizeChannel(inCloud, claims, socketId, channelName).then((signed) => callback(signed ? null : new Error("403"), signed)),
          },
          userAuthentication: {
            endpoint: "",
            transport: "ajax",
            customHandler: ({ socketId }, callback) =>
              void authenticateUser(inCloud, claims, socketId, signInAs(paramOf(options.userAuthentication, "as"))).then((signed) => callback(signed ? null : new Error("403"), signed)),
          },
        })
        this.bind_global((event: string) => heard.push(event))
      }
    }
    const socket = openPartySocket({
      config: { key: app.key, cluster: "eu", isLocal: false },
      channels,
      handlers: {
        onEvent: (topic, name, data) => heard.push(`${topic} ${name} ${JSON.stringify(data)}`),
        onLine: (line) => heard.push(line),
        onSubscribed: () => heard.push("subscribed"),
        onRefused: () => heard.push("refused"),
      },
      surroundings: {
        loadPusher: async () => HostedPusher,
        location: { hostname: "127.0.0.1", port: "", protocol: "https:" },
        setTimer(run, delayMs) {
          const timer = setTimeout(run, delayMs)
          return () => clearTimeout(timer)
        },
      },
    })
    opened.push(socket)
    await vi.waitFor(() => expect(heard).toContain("subscribed"), { timeout: 5_000, interval: 10 })
    await vi.waitFor(() => expect(server.pusher.stats().users).toBe(1), { timeout: 5_000, interval: 10 })
    return { heard, socket }
  }

  it("is signed in, loses its line with the kick, and is refused everything on the next", async () => {
    // What pusher-js says by itself of a sign-in that is refused.
    vi.spyOn(console, "warn").mockImplementation(() => undefined)
    const { heard } = await screen(night.claimsOf("Ann"))
    await host(kickGuest, { guestId: night.idOf("Ann") })
    await vi.waitFor(() => expect(heard).toContain("refused"), { timeout: 10_000, interval: 10 })
    await sayToAll("Afterwards")
    await runtime.publisher.settled()
    expect(heard.join("\n")).not.toContain("Afterwards")
    expect(server.pusher.stats().users).toBe(0)
  })

  it("is race control's until the link is revoked, though its co-host plays too: then that line ends, and the next hears what the guest may", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined)
    const { token } = await host(createHostLink, { kind: "CO_HOST", label: "Bo" })
    const { partyId, linkId } = accepted(await linkAtDoor(runtime, "10.0.0.1", token))
    const raceControls = channelOf({ kind: "host", partyId })
    const { heard } = await screen({ ...night.claimsOf("Ann"), host: { partyId, linkId } }, [...partyChannels(), raceControls])
    expect(heard).not.toContain("refused")
    await host(revokeHostLink, { linkId })
    await vi.waitFor(() => expect(heard).toContain("refused"), { timeout: 10_000, interval: 10 })
    await sayToAll("Afterwards")
    await vi.waitFor(() => expect(heard.join("\n")).toContain("Afterwards"), { timeout: 5_000, interval: 10 })
  })
})

/** What pusher-js would send along to our door. */
function paramOf(signIn: object | undefined, name: string): string | null {
  const { params } = (signIn ?? {}) as { params?: Record<string, string> }
  return params?.[name] ?? null
}

async function unpublished(): Promise<string[]> {
  const rows = await house.runtime.db.select().from(partyEvents)
  // What the test party did before this process began was told by nobody.
  return rows.filter(({ publishedAt, version }) => publishedAt === null && version > night.party.version + 2).map(({ eventType }) => eventType)
}
