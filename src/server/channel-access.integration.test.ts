import { createHmac } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { kickLanPeer } from "@/lan/commands"
import { createHostLink, endParty, kickGuest, readmitGuest, revokeHostLink } from "@/party/commands"
import { channelOf, partyTopics } from "@/realtime/channels"
import { pcOf } from "@/testing/lan-pc"
import { accepted, expectUntouched, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { authenticateUser, authorizeChannel } from "./channel-access"
import { linkAtDoor } from "./door"
import type { Claims } from "./identity"
import type { Runtime } from "./runtime"

let house: House
let night: Night
let others: Night
let visitors: Record<string, Claims>
let channels: Record<string, string>

beforeAll(async () => {
  house = await startHouse()
  night = await startParty({ house, guests: 3 })
  others = await startParty({ house, names: ["Zoe"] })
  const partyId = night.party.id
  const coHost = await byLink("CO_HOST")
  const lostCoHost = await byLink("CO_HOST")
  const tv = await byLink("TV")
  const lostTv = await byLink("TV")
  for (const link of [lostCoHost, lostTv]) accepted(await night.host(revokeHostLink, { linkId: link.linkId }))
  accepted(await night.host(kickGuest, { guestId: night.idOf("Cy") }))
  visitors = {
    Ann: night.claimsOf("Ann"),
    Bo: night.claimsOf("Bo"),
    "the host": night.hostClaims,
    "the host who plays as Ann": { ...night.hostClaims, ...night.claimsOf("Ann") },
    "a co-host": { host: coHost },
    "the TV": { tv },
    "a kicked guest": night.claimsOf("Cy"),
    "a co-host whose link was revoked": { host: lostCoHost },
    "a TV whose link was revoked": { tv: lostTv },
    "a guest of another party": others.claimsOf("Zoe"),
    "the host of another party": others.hostClaims,
    "a newcomer": { newcomer: { partyId } },
    nobody: {},
    "a guest who says the id of another party's": { guest: { partyId: others.party.id, guestId: night.idOf("Ann") } },
  }
  channels = {
    ...Object.fromEntries(partyTopics.map((topic) => [topic, channelOf({ kind: "party", topic, partyId })])),
    "Ann's own": channelOf({ kind: "guest", guestId: night.idOf("Ann") }),
    "the kicked guest's own": channelOf({ kind: "guest", guestId: night.idOf("Cy") }),
    "race control's": channelOf({ kind: "host", partyId }),
    "who is online": channelOf({ kind: "presence", partyId }),
  }
})
afterAll(() => house.stop())

describe("[PTY-15] who may listen to which channel", () => {
  const everyones = [...partyTopics]
  it.each<[string, string[]]>([
    ["Ann", [...everyones, "Ann's own", "who is online"]],
    ["Bo", [...everyones, "who is online"]],
    ["the host", [...everyones, "race control's", "who is online"]],
    ["the host who plays as Ann", [...everyones, "Ann's own", "race control's", "who is online"]],
    ["a co-host", [...everyones, "race control's", "who is online"]],
    ["the TV", everyones],
    ["a kicked guest", []],
    ["a co-host whose link was revoked", []],
    ["a TV whose link was revoked", []],
    ["a guest of another party", []],
    ["the host of another party", []],
    ["a newcomer", []],
    ["nobody", []],
    ["a guest who says the id of another party's", []],
  ])("%s", async (visitor, allowed) => {
    const heard: string[] = []
    for (const [name, channel] of Object.entries(channels)) if (await signed(visitor, channel)) heard.push(name)
    expect(heard.sort()).toEqual([...allowed].sort())
  })

  it("the table above names everybody", () => {
    expect(Object.keys(visitors)).toHaveLength(14)
  })

  it("signs exactly the socket and the channel that were asked for", async () => {
    const channel = channels["betting"] ?? ""
    const expected = createHmac("sha256", "test-secret").update(`12.34:${channel}`).digest("hex")
    expect(await signed("Ann", channel)).toEqual({ auth: `test-key:${expected}` })
  })

  it("[PTY-24] our own server is told in whose name a channel is signed: a guest's, or a link's; the host by passcode has none", async () => {
    const atHome: Runtime = { ...night.runtime, env: { ...night.runtime.env, PUSHER_IS_LOCAL: true } }
    const channel = channels["betting"] ?? ""
    const nameOf = async (visitor: string, name = channel) => {
      const answer = await authorizeChannel(atHome, visitors[visitor] ?? {}, "12.34", name)
      const text = ["12.34", name, ...(answer?.channel_data ? [answer.channel_data] : [])].join(":")
      expect(answer?.auth).toBe(`test-key:${createHmac("sha256", "test-secret").update(text).digest("hex")}`)
      return answer?.channel_data ? (JSON.parse(answer.channel_data) as unknown) : null
    }
    const linkOf = (visitor: string) => visitors[visitor]?.host?.linkId ?? visitors[visitor]?.tv?.linkId
    for (const name of [channel, channels["Ann's own"]]) expect(await nameOf("Ann", name)).toEqual({ user_id: night.idOf("Ann") })
    expect(await nameOf("the host who plays as Ann")).toEqual({ user_id: night.idOf("Ann") })
    expect(await nameOf("the host who plays as Ann", channels["race control's"])).toBeNull()
    expect(await nameOf("the host")).toBeNull()
    for (const name of [channel, channels["race control's"], channels["who is online"]]) expect(await nameOf("a co-host", name)).toEqual({ user_id: linkOf("a co-host") })
    expect(await nameOf("the TV")).toEqual({ user_id: linkOf("the TV") })
  })

  it.each([
    ["Ann", () => night.idOf("Ann")],
    ["the host", () => "host-12.34"],
    ["the host who plays as Ann", () => night.idOf("Ann")],
    ["a co-host", () => visitors["a co-host"]?.host?.linkId],
    ["the TV", () => visitors["the TV"]?.tv?.linkId],
    ["a guest of another party", () => others.idOf("Zoe")],
    ["the host of another party", () => "host-12.34"],
    ["a kicked guest", () => undefined],
    ["a co-host whose link was revoked", () => undefined],
    ["a TV whose link was revoked", () => undefined],
    ["a newcomer", () => undefined],
    ["nobody", () => undefined],
    ["a guest who says the id of another party's", () => undefined],
  ])("[PTY-24] %s signs in on hosted Pusher as who they are, or not at all", async (visitor, id) => {
    const answer = await authenticateUser(night.runtime, visitors[visitor] ?? {}, "12.34", "guest")
    const expected = id()
    if (expected === undefined) return expect(answer).toBeNull()
    const user_data = JSON.stringify({ id: expected })
    expect(answer).toEqual({ auth: `test-key:${createHmac("sha256", "test-secret").update(`12.34::user::${user_data}`).digest("hex")}`, user_data })
    for (const socketId of ["", "12", "12.34:x", "12.34::user::x"]) expect(await authenticateUser(night.runtime, visitors[visitor] ?? {}, socketId, "guest")).toBeNull()
  })

  it("[PTY-24] a co-host who plays signs in as what the screen is for, and as the other when that no longer holds", async () => {
    const idAs = async (as: "guest" | "host", ...visitor: string[]) => {
      const claims = Object.assign({}, ...visitor.map((name) => visitors[name])) as Claims
      const signedIn = await authenticateUser(night.runtime, claims, "12.34", as)
      return signedIn && (JSON.parse(signedIn.user_data) as { id: string }).id
    }
    const linkId = visitors["a co-host"]?.host?.linkId
    expect(await idAs("host", "Ann", "a co-host")).toBe(linkId)
    expect(await idAs("guest", "Ann", "a co-host")).toBe(night.idOf("Ann"))
    expect(await idAs("host", "Ann", "a co-host whose link was revoked")).toBe(night.idOf("Ann"))
    expect(await idAs("guest", "a kicked guest", "a co-host")).toBe(linkId)
    expect(await idAs("host", "Ann")).toBe(night.idOf("Ann"))
    expect(await idAs("host", "a kicked guest")).toBeNull()
  })

  it("[PTY-13] a guest is online under the own name, race control as nobody's guest", async () => {
    const channel = channels["who is online"] ?? ""
    // Being online changes nothing: no seat, no version, no score.
    await expectUntouched(night, () => signed("Ann", channel))
    expect(JSON.parse((await signed("Ann", channel))?.channel_data ?? "")).toEqual({ user_id: night.idOf("Ann"), user_info: { name: "Ann" } })
    expect(JSON.parse((await signed("the host", channel))?.channel_data ?? "")).toEqual({ user_id: "host-12.34" })
  })

  it.each([
    ["no channel", ""],
    ["a public one", "betting"],
    ["a private one that is not ours", "private-betting"],
    ["an unknown topic", "private-secrets@00000000-0000-4000-8000-000000000000"],
    ["a presence channel of a topic", "presence-betting@00000000-0000-4000-8000-000000000000"],
    ["an encrypted one", "private-encrypted-betting@00000000-0000-4000-8000-000000000000"],
    ["a user's", "#server-to-user-1"],
    ["an id that is none", `private-betting@${"-".repeat(36)}`],
    ["two channels in one", "private-betting@00000000-0000-4000-8000-000000000000:private-host@00000000-0000-4000-8000-000000000000"],
  ])("%s is not signed", async (_what, channel) => {
    for (const visitor of Object.keys(visitors)) expect(await signed(visitor, channel)).toBeNull()
  })

  it.each([[""], ["12"], ["12.34\nx"], ["12.34:private-host@x"], ["a.b"], ["1.2.3"], [`${"1".repeat(30)}.1`]])(
    "a socket called %j is not signed for",
    async (socketId) => {
      expect(await authorizeChannel(night.runtime, night.hostClaims, socketId, channels["betting"] ?? "")).toBeNull()
    },
  )

  it("[PTY-10] the door to the channels opens again with the seat", async () => {
    accepted(await night.host(readmitGuest, { guestId: night.idOf("Cy") }))
    expect(await signed("a kicked guest", channels["the kicked guest's own"] ?? "")).not.toBeNull()
    accepted(await night.host(kickGuest, { guestId: night.idOf("Cy") }))
    expect(await signed("a kicked guest", channels["the kicked guest's own"] ?? "")).toBeNull()
  })

  it("[PTY-12] after the end one may still listen", async () => {
    const party = await startParty({ house, guests: 1 })
    accepted(await party.host(endParty, {}))
    const channel = channelOf({ kind: "party", topic: "betting", partyId: party.party.id })
    expect(await authorizeChannel(party.runtime, party.claimsOf("Ann"), "1.2", channel)).not.toBeNull()
  })
})

describe("[LAN-72] a PC of the virtual LAN", () => {
  it("hears its own network and what is told to itself, and nobody else does", async () => {
    const [ann, bo] = [await pcOf(night, "Ann"), await pcOf(night, "Bo")]
    const zoe = await pcOf(others, "Zoe")
    const own = { network: channelOf({ kind: "lan-network", networkId: ann.networkId, epoch: 0 }), ann: channelOf({ kind: "lan-peer", peerId: ann.peerId }) }
    const rest = [
      channelOf({ kind: "lan-peer", peerId: bo.peerId }),
      channelOf({ kind: "lan-network", networkId: ann.networkId, epoch: 1 }),
      channelOf({ kind: "lan-network", networkId: zoe.networkId, epoch: 0 }),
      channelOf({ kind: "lan-peer", peerId: zoe.peerId }),
      ...Object.values(channels),
    ]
    const isSigned = async (claims: Claims, channel: string) => (await authorizeChannel(night.runtime, claims, "12.34", channel)) !== null
    for (const channel of Object.values(own)) expect([channel, await isSigned(ann.claims, channel)]).toEqual([channel, true])
    for (const channel of rest) expect([channel, await isSigned(ann.claims, channel)]).toEqual([channel, false])
    for (const claims of Object.values(visitors)) for (const channel of Object.values(own)) expect(await isSigned(claims, channel)).toBe(false)
    expect(await isSigned(bo.claims, own.network)).toBe(true)

    accepted(await night.host(kickLanPeer, { peerId: bo.peerId }))
    const next = channelOf({ kind: "lan-network", networkId: ann.networkId, epoch: 1 })
    for (const channel of [own.network, next, channelOf({ kind: "lan-peer", peerId: bo.peerId })]) expect(await isSigned(bo.claims, channel)).toBe(false)
    expect([await isSigned(ann.claims, own.network), await isSigned(ann.claims, next)]).toEqual([false, true])

    house.clock.advance(24 * 60 * 60 * 1000)
    const late = { lanPeer: ann.claims.lanPeer && { ...ann.claims.lanPeer, shownAt: house.clock.now() } } as Claims
    expect(await isSigned(late, next)).toBe(false)
  })
})

function signed(visitor: string, channel: string) {
  return authorizeChannel(night.runtime, visitors[visitor] ?? {}, "12.34", channel)
}

async function byLink(kind: "CO_HOST" | "TV"): Promise<{ partyId: string; linkId: string }> {
  const { token } = accepted(await night.host(createHostLink, { kind, label: "A link" }))
  const { partyId, linkId } = accepted(await linkAtDoor(night.runtime, "10.0.0.1", token))
  return { partyId, linkId }
}
