import { and, eq, isNull } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { POST as authorize } from "@/app/api/pusher/auth/route"
import { lanInvitations, lanNetworks, lanPeers, lanSignals } from "@/db/schema/lan"
import { commandRequests, partyEvents, rateLimits } from "@/db/schema/party"
import { createLanInvitation, mostPcsOfGuest } from "@/lan/commands"
import { lanEvents } from "@/lan/events"
import { lanSummaryFor } from "@/lan/queries"
import { relaySecretOf, type RelayTicketInfo } from "@/lan/relay-tickets"
import { Relay } from "@/lan/relay/relay"
import { readTicket, ticketKey } from "@/lan/relay/ticket"
import { mostFromOne } from "@/lan/signals"
import { endParty, kickGuest, readmitGuest } from "@/party/commands"
import { eventLog } from "@/party/queries"
import { channelOf } from "@/realtime/channels"
import { done, lanTable, newPc, no, type Joined, type Reply } from "@/testing/lan-table"
import { withHeaders } from "@/testing/rest-headers"
import { accepted, expectUntouched, startHouse, startParty, testSecret, type House, type Night } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { announceEmbeddedRelay } from "./embedded-relay"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }
const minute = 60_000

let house: House
let night: Night
let lan: Awaited<ReturnType<typeof lanTable>>

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
  night = await startParty({ house, guests: 4 })
  lan = await lanTable(night)
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

const tick = () => createDueWork(house.runtime).doDue()
const summary = () => lanSummaryFor(house.runtime.db, night.party.id)
const addressesInUse = async () => (await summary())?.peers.map((peer) => `${peer.name} ${peer.virtualIp}`)

/** What went out on the channels of PCs since `from`, as `name channel`. */
const toldPcs = (from: number) => house.published.slice(from).filter(({ channel }) => channel.startsWith("private-lan-"))

const mappedAt = (address: string, port: number) => ({ kind: "server_reflexive", endpoint: { address, port } })
const hostAt = (address: string, port: number) => ({ kind: "host", endpoint: { address, port } })
const nonce = "0123456789abcdef0123456789abcdef"

describe("networks", () => {
  it("[LAN-1] one per party, made on first use; every use finds the same", async () => {
    expect(done(await lan.as("Ann", "GET", "networks")).lan).toBeNull()
    const [one, other, byHost] = await Promise.all([lan.as("Ann", "POST", "networks"), lan.as("Bo", "POST", "networks"), lan.as("host", "POST", "invitations")])
    const first = done(one).lan as { id: string }
    expect(first.id).toMatch(/^[0-9a-f]{12}$/)
    expect(done(other).lan).toMatchObject({ id: first.id, peerCount: 0 })
    expect(done(byHost).network_id).toBe(first.id)
    expect(await house.runtime.db.select().from(lanNetworks).where(eq(lanNetworks.partyId, night.party.id))).toHaveLength(1)
  })

  it("[LAN-3] [LAN-11] the host's PC has 10.66.0.1 whenever it comes, guests have the lowest free from 10.66.0.2", async () => {
    const ann = await lan.join("Ann")
    const host = await lan.join("host")
    const bo = await lan.join("Bo")
    expect([ann, host, bo].map(({ peer }) => peer.virtual_ip)).toEqual(["10.66.0.2", "10.66.0.1", "10.66.0.3"])
    expect(ann.peer.id).toMatch(/^[0-9a-f]{16}$/)
    const network = done(await bo.get("status")).network as Joined["network"]
    expect(network.host_id).toBe(host.peer.id)
    expect(Object.keys(network.peers).sort()).toEqual([ann, host, bo].map(({ peer }) => peer.id).sort())
    expect(network.peers[host.peer.id]).toMatchObject({ name: "Host", public_key: host.publicKey })
    expect(no(await lan.as("host", "POST", "invitations"))).toBe("409 lan_host_here")
  })

  it("[LAN-13] an address is free again when its PC has left, and the others keep theirs", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    await lan.join("Cy")
    done(await ann.post("leave"))
    expect(no(await ann.get("status"))).toBe("401 lan_token_unknown")
    expect(done(await bo.get("peers")).peers).toMatchObject([{ virtual_ip: "10.66.0.4" }])
    expect((await lan.join("Di")).peer.virtual_ip).toBe("10.66.0.2")
    expect(await addressesInUse()).toEqual(["Di 10.66.0.2", "Bo 10.66.0.3", "Cy 10.66.0.4"])
  })

  it("[LAN-2] [LAN-4] a guest's second PC is called after the first, and the fifth stays out", async () => {
    for (let pc = 0; pc < mostPcsOfGuest; pc++) await lan.join("Ann")
    expect((await summary())?.peers.map(({ name }) => name)).toEqual(["Ann", "Ann 2", "Ann 3", "Ann 4"])
    expect(no(await lan.as("Ann", "POST", "invitations"))).toBe("409 lan_too_many_pcs")
  })

  it("[LAN-5] the host's limit is kept, also for lines that were given out before, and throws nobody out", async () => {
    await lan.join("Ann")
    const [forBo, forCy] = [await lan.invite("Bo"), await lan.invite("Cy")]
    expect(no(await lan.as("Ann", "POST", "settings", { maxPeers: 2 }))).toBe("403 host_only")
    done(await lan.as("host", "POST", "settings", { maxPeers: 2, name: "Big table" }))
    done(await lan.knock(newPc(), forBo))
    expect(no(await lan.knock(newPc(), forCy))).toBe("409 lan_full")
    expect(await summary()).toMatchObject({ name: "Big table", maxPeers: 2, peerCount: 2 })
  })

  it("[LAN-6] [LAN-21] with a password the line alone is not enough; wrong ones are counted, and the password is nowhere in clear", async () => {
    await lan.as("host", "POST", "networks")
    done(await lan.as("host", "POST", "settings", { password: "zauberwort" }))
    const line = await lan.invite("Ann")
    const pc = newPc()
    expect(no(await lan.knock(pc, line))).toBe("401 lan_password_needed")
    expect(no(await lan.knock(pc, line, { password: "wrongword" }))).toBe("401 lan_wrong_password")
    expect((await summary())?.hasPassword).toBe(true)
    expect(JSON.stringify(await house.runtime.db.select().from(lanNetworks))).not.toContain("zauberwort")
    for (let guess = 0; guess < 5; guess++) await lan.knock(pc, line, { password: `guess${guess}` })
    expect(no(await lan.knock(pc, line, { password: "zauberwort" }))).toBe("429 too_many_guesses")
    await house.runtime.db.delete(rateLimits)
    done(await lan.knock(pc, line, { password: "zauberwort" }))
  })
})

describe("invitations", () => {
  it("[LAN-20] [LAN-22] the line is a link to this party, secret behind its #, and only its hash is kept", async () => {
    const { link, invitation } = done(await lan.as("Ann", "POST", "invitations"))
    expect(link).toBe(`http://party.test:3000/lan#${String(invitation)}`)
    const everything = JSON.stringify([
      await house.runtime.db.select().from(lanInvitations),
      await night.events(),
      await house.runtime.db.select().from(commandRequests),
      house.published,
    ])
    expect(everything).not.toContain(invitation)
  })

  it("[LAN-21] joins once: the second PC is refused, and so is the first", async () => {
    const line = await lan.invite("Ann")
    const pc = newPc()
    done(await lan.knock(pc, line))
    expect(no(await lan.knock(newPc(), line))).toBe("409 lan_invitation_used")
    expect(no(await lan.knock(pc, line))).toBe("409 lan_invitation_used")
    expect((await summary())?.peerCount).toBe(1)
  })

  it("[LAN-21] two that redeem in the same instant: one is in", async () => {
    const line = await lan.invite("Ann")
    const answers = await Promise.all(Array.from({ length: 6 }, () => lan.knock(newPc(), line)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect((await summary())?.peerCount).toBe(1)
  })

  it("[LAN-11] those who come in the same instant get an address each", async () => {
    const lines = await Promise.all(["Ann", "Bo", "Cy", "Di"].map((who) => lan.invite(who)))
    const answers = await Promise.all(lines.map((line) => lan.knock(newPc(), line)))
    expect(answers.map((answer) => (done(answer).peer as Joined["peer"]).virtual_ip).sort()).toEqual(["10.66.0.2", "10.66.0.3", "10.66.0.4", "10.66.0.5"])
  })

  it("[LAN-20] is good for an hour and no longer", async () => {
    const [one, other] = [await lan.invite("Ann"), await lan.invite("Bo")]
    house.clock.advance(60 * minute - 1)
    done(await lan.knock(newPc(), one))
    house.clock.advance(1)
    expect(no(await lan.knock(newPc(), other))).toBe("410 lan_invitation_expired")
  })

  it("[LAN-24] a new line of the same guest replaces the one before", async () => {
    const old = await lan.invite("Ann")
    const line = await lan.invite("Ann")
    expect(no(await lan.knock(newPc(), old))).toBe("404 lan_invitation_unknown")
    done(await lan.knock(newPc(), line))
  })

  it("[LAN-20] guessing is counted", async () => {
    for (let guess = 0; guess < 5; guess++) expect(no(await lan.knock(newPc("203.0.113.99"), "0".repeat(26)))).toBe("404 lan_invitation_unknown")
    expect(no(await lan.knock(newPc("203.0.113.99"), "0".repeat(26)))).toBe("429 too_many_guesses")
  })

  it("[LAN-23] whoever does not hold the private key is not in, and the line stays good", async () => {
    const line = await lan.invite("Ann")
    const [pc, thief] = [newPc(), newPc()]
    const refusals = [
      await lan.knock({ ...thief, publicKey: pc.publicKey }, line),
      await lan.knock(pc, line, { proof: "" }),
      await lan.knock(pc, line, { nonce: Buffer.alloc(40).toString("base64url") }),
      // A point of small order: the shared secret would be the same for everybody.
      await lan.knock(pc, line, { public_key: Buffer.alloc(32).toString("base64") }),
    ]
    expect(refusals.map(no)).toEqual(Array.from({ length: 4 }, () => "401 lan_key_not_proven"))
    expect(no(await lan.knock(pc, line, { public_key: "short" }))).toBe("400 input_invalid")
    done(await lan.knock(pc, line))
  })

  it("[LAN-23] a proof for another line, or of two minutes ago, proves nothing", async () => {
    const [line, other] = [await lan.invite("Ann"), await lan.invite("Bo")]
    const pc = newPc()
    const bodies: Record<string, unknown>[] = []
    const { proveKey } = await import("@/lan/key-proof")
    const { server_public_key, nonce: told } = done(await lan.ask("GET", "challenge", {}))
    for (const invitation of [line, other]) {
      const proof = proveKey(pc.privateKey, String(server_public_key), { nonce: String(told), invitation, publicKey: pc.publicKey })
      bodies.push({ invitation, public_key: pc.publicKey, nonce: told, proof })
    }
    expect(no(await lan.ask("POST", "join", { body: { ...bodies[0], invitation: other } }))).toBe("401 lan_key_not_proven")
    house.clock.advance(2 * minute)
    expect(no(await lan.ask("POST", "join", { body: bodies[0] }))).toBe("401 lan_key_not_proven")
  })

  it("[LAN-25] a key is in a network once", async () => {
    const pc = newPc()
    await lan.join("Ann", {}, pc)
    expect(no(await lan.knock(pc, await lan.invite("Bo")))).toBe("409 lan_key_taken")
  })
})

describe("tokens", () => {
  it("[LAN-30] only the hash is kept, and no view, event or log holds it", async () => {
    const ann = await lan.join("Ann")
    const bo = await lan.join("Bo")
    const renewed = done(await ann.post("token")).token as string
    const seen = JSON.stringify([
      done(await bo.get("status")),
      done(await bo.get("peers")),
      done(await lan.as("host", "GET", "networks")),
      accepted(await night.ask(night.hostClaims, eventLog)),
      await house.runtime.db.select().from(lanPeers),
      await house.runtime.db.select().from(commandRequests),
      await night.events(),
      house.published,
    ])
    for (const token of [ann.token, bo.token, renewed]) expect(seen).not.toContain(token)
  })

  it("[LAN-31] nonsense, another party's and an altered token are nobody's", async () => {
    const ann = await lan.join("Ann")
    const altered = ann.token.slice(0, -1) + (ann.token.endsWith("A") ? "B" : "A")
    const elsewhere = ann.token.replace(night.party.id.replaceAll("-", ""), "0".repeat(32))
    const status = (bearer: string | undefined) => lan.ask("GET", `${ann.network.id}/status`, { bearer })
    expect(no(await status(undefined))).toBe("401 lan_token_unknown")
    expect(no(await status("nonsense"))).toBe("401 lan_token_unknown")
    expect(no(await status(altered))).toBe("401 lan_token_unknown")
    expect(no(await status(elsewhere))).toBe("404 party_unknown")
    expect(no(await lan.ask("POST", "invitations", { bearer: ann.token }))).toBe("401 not_signed_in")
  })

  it("[LAN-30] [LAN-32] good for a day; renewed, the old one is good for two minutes", async () => {
    const ann = await lan.join("Ann")
    const renewed = lan.joinedBy(ann, { ...done(await ann.post("token")), network: ann.network, peer: ann.peer })
    done(await ann.get("status"))
    house.clock.advance(2 * minute)
    expect(no(await ann.get("status"))).toBe("401 lan_token_expired")
    house.clock.advance(24 * 60 * minute - 2 * minute - 1)
    done(await renewed.get("status"))
    house.clock.advance(1)
    expect(no(await renewed.get("status"))).toBe("401 lan_token_expired")
  })

  it("[LAN-34] another network does not exist for a token, whether there is one or not; nor does a PC in it", async () => {
    const ann = await lan.join("Ann")
    const others = await startParty({ house, names: ["Zoe"] })
    const zoe = await (await lanTable(others)).join("Zoe")
    const body = { to: zoe.peer.id, sequence: 1, body: { kind: "path", path: "direct", attempt: 0 } }
    await expectUntouched(night, async () => {
      for (const networkId of [zoe.network.id, "0".repeat(12), "nonsense"]) {
        const answers = [
          await ann.get("status", networkId),
          await ann.get("peers", networkId),
          await ann.get("signals", networkId),
          await ann.get("realtime", networkId),
          await ann.get("relay", networkId),
          await ann.post("heartbeat", {}, networkId),
          await ann.post("signals", body, networkId),
          await ann.post("leave", {}, networkId),
          await ann.post("token", {}, networkId),
        ]
        expect([networkId, new Set(answers.map(no))]).toEqual([networkId, new Set(["404 lan_network_unknown"])])
      }
      expect(no(await ann.post("signals", body))).toBe("404 lan_peer_unknown")
      expect(no(await lan.as("host", "POST", "kick", { peerId: zoe.peer.id }))).toBe("404 lan_peer_unknown")
    })
  })
})

describe("[LAN-33] who was kicked", () => {
  it("is refused at once, everybody hears whose key to drop, and neither guest nor key come back before the host says so", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const openLine = await lan.invite("Bo")
    const from = house.published.length
    expect(no(await lan.as("Ann", "POST", "kick", { peerId: bo.peer.id }))).toBe("403 host_only")
    done(await lan.as("host", "POST", "kick", { peerId: bo.peer.id }))

    for (const answer of [await bo.get("status"), await bo.get("signals"), await bo.post("heartbeat"), await bo.post("leave"), await bo.post("token")]) {
      expect(no(answer)).toBe("403 lan_kicked")
    }
    expect(toldPcs(from).map(({ name, channel, payload }) => ({ name, channel, payload }))).toMatchObject([
      { name: "peers-left", channel: `private-lan-network@${ann.network.id}.0`, payload: { peer_ids: [bo.peer.id], reason: "KICKED", channel_epoch: 1 } },
      { name: "kicked", channel: `private-lan-peer@${bo.peer.id}` },
    ])
    expect(no(await lan.knock(newPc(), openLine))).toBe("404 lan_invitation_unknown")
    expect(no(await lan.as("Bo", "POST", "invitations"))).toBe("403 lan_barred")
    expect(no(await lan.knock(bo, await lan.invite("Cy")))).toBe("403 lan_barred")

    expect(done(await lan.as("host", "GET", "kicked")).kicked).toEqual([{ peerId: bo.peer.id, guestId: night.idOf("Bo"), name: "Bo" }])
    done(await lan.as("host", "POST", "readmit", { peerId: bo.peer.id }))
    expect(no(await bo.get("status"))).toBe("403 lan_kicked")
    expect((await lan.join("Bo", {}, bo)).peer.virtual_ip).toBe("10.66.0.3")
    expect(no(await lan.as("host", "POST", "readmit", { peerId: bo.peer.id }))).toBe("404 lan_peer_unknown")
  })

  it("the host's own PC is not kicked", async () => {
    const host = await lan.join("host")
    expect(no(await lan.as("host", "POST", "kick", { peerId: host.peer.id }))).toBe("409 lan_host_stays")
  })

  it("[PTY-10] a guest kicked from the party is out of the network at once, and in again by a new line when the kick is undone", async () => {
    const ann = await lan.join("Ann")
    const bo = await lan.join("Bo")
    accepted(await night.host(kickGuest, { guestId: night.idOf("Bo") }))
    expect(no(await bo.get("status"))).toBe("403 kicked")
    await tick()
    expect(await addressesInUse()).toEqual(["Ann 10.66.0.2"])
    accepted(await night.host(readmitGuest, { guestId: night.idOf("Bo") }))
    expect(no(await bo.get("status"))).toBe("403 lan_kicked")
    await lan.join("Bo")
    expect(done(await ann.post("heartbeat")).channel_epoch).toBe(1)
  })
})

describe("heartbeats", () => {
  it("[LAN-80] a PC silent for five minutes is taken out by the clock; who spoke stays", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    house.clock.advance(5 * minute - 1)
    await tick()
    expect(await addressesInUse()).toEqual(["Ann 10.66.0.2", "Bo 10.66.0.3"])
    done(await ann.post("heartbeat"))
    const from = house.published.length
    house.clock.advance(1)
    await tick()
    expect(await addressesInUse()).toEqual(["Ann 10.66.0.2"])
    expect(toldPcs(from)).toMatchObject([{ name: "peers-left", payload: { peer_ids: [bo.peer.id], reason: "SILENT", channel_epoch: 0 } }])
    expect(no(await bo.post("heartbeat"))).toBe("401 lan_silent")
    expect((await lan.join("Cy")).peer.virtual_ip).toBe("10.66.0.3")
  })

  it("[LAN-83] who slept comes back by its token, to its old address when that is free", async () => {
    const [ann, bo, cy] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy")]
    const keepAnn = async (ms: number) => {
      house.clock.advance(ms)
      done(await ann.post("heartbeat"))
    }
    await keepAnn(4 * minute)
    house.clock.advance(minute)
    await tick()
    expect(await addressesInUse()).toEqual(["Ann 10.66.0.2"])
    const di = await lan.join("Di")
    const from = house.published.length
    expect(no(await bo.post("heartbeat"))).toBe("401 lan_silent")
    expect(done(await cy.post("return", { probe_nonce: nonce })).peer).toMatchObject({ id: cy.peer.id, virtual_ip: "10.66.0.4", probe_nonce: nonce })
    expect(done(await bo.post("return")).peer).toMatchObject({ id: bo.peer.id, name: "Bo", virtual_ip: "10.66.0.5" })
    expect(await addressesInUse()).toEqual(["Ann 10.66.0.2", "Di 10.66.0.3", "Cy 10.66.0.4", "Bo 10.66.0.5"])
    expect(toldPcs(from).map(({ name }) => name)).toEqual(["peer-joined", "peer-joined"])
    done(await bo.post("heartbeat"))
    // Who is in and asks all the same is told how things are, and nobody else hears of it.
    expect(done(await di.post("return")).peer).toMatchObject({ virtual_ip: "10.66.0.3" })
    expect(toldPcs(from)).toHaveLength(2)
    // Its agent began anew: the others hear of its nonce.
    expect(done(await di.post("return", { probe_nonce: nonce })).peer).toMatchObject({ probe_nonce: nonce })
    expect(toldPcs(from).slice(2)).toMatchObject([{ name: "peer-changed", payload: { peer: { id: di.peer.id, probe_nonce: nonce } } }])
  })

  it("[LAN-83] [LAN-33] [LAN-5] nobody comes back who left, was kicked, has too old a token, or would be one too many", async () => {
    const [ann, bo, cy, di] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy"), await lan.join("Di")]
    done(await bo.post("leave"))
    done(await lan.as("host", "POST", "kick", { peerId: cy.peer.id }))
    house.clock.advance(5 * minute)
    await tick()
    expect(no(await bo.post("return"))).toBe("401 lan_token_unknown")
    expect(no(await cy.post("return"))).toBe("403 lan_kicked")
    expect(no(await ann.post("return", {}, "0".repeat(12)))).toBe("404 lan_network_unknown")
    done(await lan.as("host", "POST", "settings", { maxPeers: 2 }))
    await lan.join("Bo")
    done(await ann.post("return"))
    expect(no(await di.post("return"))).toBe("409 lan_full")
    house.clock.advance(24 * 60 * minute)
    expect(no(await di.post("return"))).toBe("401 lan_token_expired")
    accepted(await night.host(kickGuest, { guestId: night.idOf("Di") }))
    expect(no(await di.post("return"))).toBe("403 kicked")
    done(await lan.as("host", "POST", "close"))
    expect(no(await di.post("return"))).toBe("410 lan_network_ended")
  })

  it("[LAN-51] [LAN-52] everybody is shown their own path to a PC, the screens the most troubled", async () => {
    const [host, ann, bo] = [await lan.join("host"), await lan.join("Ann"), await lan.join("Bo")]
    const link = (to: Joined, connection_type: string, latency_ms: number | null) => ({ peer_id: to.peer.id, connection_type, latency_ms })
    done(await ann.post("heartbeat", { links: [link(bo, "direct", 12), link(host, "relayed", 40), link(ann, "direct", 0), { ...link(bo, "direct", 1), peer_id: "f".repeat(16) }] }))
    const seen = async (viewer: Joined) =>
      Object.values((done(await viewer.get("status")).network as Joined["network"]).peers).map(({ name, connection_type, latency_ms }) => `${name} ${connection_type} ${latency_ms}`)
    expect(await seen(ann)).toEqual(["Host relayed 40", "Ann unknown null", "Bo direct 12"])
    expect(await seen(bo)).toEqual(["Host unknown null", "Ann direct 12", "Bo unknown null"])
    expect(await seen(host)).toEqual(["Host host null", "Ann relayed 40", "Bo unknown null"])
    expect((await summary())?.peers.map(({ name, connectionType, latencyMs }) => `${name} ${connectionType} ${latencyMs}`)).toEqual([
      "Host host null",
      "Ann relayed 12",
      "Bo unknown null",
    ])
    expect((await summary())?.counts).toEqual({ host: 1, relayed: 1, unknown: 1 })
  })

  it("[LAN-53] [LAN-70] tells others what they need and nothing twice", async () => {
    const [ann, bo] = [await lan.join("Ann", {}, newPc("198.51.100.7")), await lan.join("Bo")]
    const beat = async (body: Record<string, unknown>) => {
      const from = house.published.length
      done(await ann.post("heartbeat", body))
      return house.published.slice(from).map(({ name }) => name)
    }
    const path = (latency_ms: number) => ({ links: [{ peer_id: bo.peer.id, connection_type: "direct", latency_ms }] })
    expect(await beat({})).toEqual([])
    const place = { endpoint: { address: "198.51.100.7", port: 4500 }, candidates: [mappedAt("198.51.100.7", 4500)], probe_nonce: nonce, nat: { mapping: "endpoint_independent", filtering: "address_dependent" } }
    expect(await beat(place)).toEqual(["peer-changed"])
    expect(await beat(place)).toEqual([])
    // Another address inside: who is in the same home asks for it, and the event itself does not name it.
    const inside = { candidates: [...place.candidates, hostAt("192.168.1.9", 4500)] }
    expect(await beat(inside)).toEqual(["peer-changed"])
    expect(JSON.stringify(house.published.at(-1))).not.toContain("192.168.1.9")
    expect(await beat(inside)).toEqual([])
    expect(await beat(path(20))).toEqual(["lan-changed"])
    expect(await beat(path(24))).toEqual([])
    expect(await beat(path(80))).toEqual(["lan-changed"])
    expect(done(await bo.get("peers")).peers).toMatchObject([{ endpoint: "198.51.100.7:4500", nat_type: "restricted_cone", probe_nonce: nonce, latency_ms: 80 }])
  })

  it("[LAN-41] [LAN-42] nobody can have the others shoot at a stranger, at themselves or into the tunnel", async () => {
    const ann = await lan.join("Ann", {}, newPc("198.51.100.7"))
    const candidates = [
      mappedAt("198.51.100.7", 4500),
      mappedAt("8.8.8.8", 53),
      hostAt("127.0.0.1", 22),
      hostAt("0.0.0.0", 1),
      hostAt("224.0.0.251", 5353),
      hostAt("255.255.255.255", 9),
      hostAt("10.66.0.9", 4500),
      hostAt("::ffff:8.8.8.8", 53),
    ]
    done(await ann.post("heartbeat", { candidates, endpoint: { address: "8.8.8.8", port: 53 } }))
    const bo = await lan.join("Bo", {}, newPc("203.0.113.20"))
    expect(done(await bo.get("peers")).peers).toMatchObject([{ endpoint: null, candidates: [mappedAt("198.51.100.7", 4500)] }])
    expect(no(await ann.post("heartbeat", { candidates: Array.from({ length: 17 }, (_, port) => hostAt("192.168.1.2", port + 1)) }))).toBe("400 input_invalid")
  })

  it("[LAN-43] what is inside a home is told to that home alone, in no event and by no signal to others", async () => {
    const candidates = [mappedAt("198.51.100.7", 4500), hostAt("192.168.77.2", 4500)]
    const from = house.published.length
    const ann = await lan.join("Ann", { candidates, probe_nonce: nonce }, newPc("198.51.100.7"))
    const sister = await lan.join("Bo", {}, newPc("198.51.100.7"))
    const stranger = await lan.join("Cy", {}, newPc("203.0.113.20"))
    expect(done(await sister.get("peers")).peers).toMatchObject([{ candidates }, {}])
    expect(JSON.stringify([await stranger.get("peers"), await stranger.get("status")])).not.toContain("192.168.77.2")
    const offer = (to: Joined, sequence: number) => ann.post("signals", { to: to.peer.id, sequence, body: { kind: "offer", candidates, probe_nonce: nonce } })
    done(await offer(stranger, 1))
    expect(JSON.stringify(toldPcs(from))).not.toContain("192.168.77.2")
    done(await offer(sister, 2))
    expect(JSON.stringify(done(await sister.get("signals")))).toContain("192.168.77.2")
  })

  it("statements of a heartbeat, however many PCs are in", async () => {
    const ann = await lan.join("Ann")
    const counted = async (body: Record<string, unknown>) => {
      const before = house.statements.length
      done(await ann.post("heartbeat", body))
      return house.statements.length - before
    }
    const alone = await counted({})
    for (const who of ["Bo", "Cy", "Di"]) await lan.join(who)
    expect(await counted({})).toBe(alone)
    expect(alone).toBeLessThanOrEqual(6)
    expect(await counted({ nat: { mapping: "none", filtering: "endpoint_independent" } })).toBeLessThanOrEqual(8)
  })

  it("[LAN-84] one that nobody has to hear of leaves the party's version alone, one that they have to counts", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const before = await night.version()
    expect(done(await ann.post("heartbeat", {})).version).toBe(before)
    done(await ann.post("token"))
    expect(await night.version()).toBe(before)
    const links = [{ peer_id: bo.peer.id, connection_type: "direct", latency_ms: 12 }]
    expect(done(await ann.post("heartbeat", { links })).version).toBe(before + 1)
    expect(await night.version()).toBe(before + 1)
    expect(house.published.at(-1)).toMatchObject({ name: "lan-changed", version: before + 1 })
  })

  it("[LAN-84] beats and taps at once wait for each other, and none is lost", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const before = await night.version()
    const beats = Array.from({ length: 8 }, (_, i) => (i % 2 ? ann : bo).post("heartbeat", {}))
    const taps = Array.from({ length: 4 }, (_, i) => lan.as("host", "POST", "settings", { maxPeers: 10 + i }))
    for (const reply of await Promise.all([...beats, ...taps])) done(reply)
    expect(await night.version()).toBe(before + 4)
  })
})

describe("signals", () => {
  const punch = (to: Joined, sequence: number) => ({ to: to.peer.id, sequence, body: { kind: "punch", in_ms: 300, attempt: 1 } })

  it("[LAN-60] reach the one PC they are for, with the server's time, by push and for who asks", async () => {
    const [ann, bo, cy] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy")]
    const from = house.published.length
    const { id } = done(await ann.post("signals", punch(bo, 1)))
    const at = new Date(house.clock.now().getTime() + 300).toISOString()
    const expected = { id, from: ann.peer.id, body: { kind: "punch", at, attempt: 1 } }
    expect(toldPcs(from)).toMatchObject([{ name: "signal", channel: `private-lan-peer@${bo.peer.id}`, payload: { signal: expected } }])
    expect(done(await bo.get("signals")).signals).toMatchObject([expected])
    expect(done(await bo.get(`signals?after=${String(id)}`)).signals).toEqual([])
    expect(done(await cy.get("signals")).signals).toEqual([])
    expect(done(await ann.get("signals")).signals).toEqual([])
  })

  it("[LAN-60] a PC speaks for itself alone, to others alone", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    done(await ann.post("signals", { ...punch(bo, 1), from: bo.peer.id, networkId: "0".repeat(12) }))
    expect(done(await bo.get("signals")).signals).toMatchObject([{ from: ann.peer.id }])
    expect(no(await ann.post("signals", punch(ann, 2)))).toBe("422 lan_signal_to_self")
    done(await bo.post("leave"))
    expect(no(await ann.post("signals", punch(bo, 3)))).toBe("404 lan_peer_unknown")
  })

  it("[LAN-61] one sent again, or out of order, is refused", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    done(await ann.post("signals", punch(bo, 5)))
    for (const sequence of [5, 4]) expect(no(await ann.post("signals", punch(bo, sequence)))).toBe("409 lan_signal_replayed")
    house.clock.advance(3 * minute)
    expect(no(await ann.post("signals", punch(bo, 5)))).toBe("409 lan_signal_replayed")
    done(await ann.post("signals", punch(bo, 6)))
  })

  it("[LAN-61] [LAN-62] are bounded in number, and the bound passes with them", async () => {
    const [ann, bo, cy] = [await lan.join("Ann"), await lan.join("Bo"), await lan.join("Cy")]
    for (let sequence = 1; sequence <= mostFromOne; sequence++) done(await ann.post("signals", punch(bo, sequence)))
    expect(no(await ann.post("signals", punch(bo, 100)))).toBe("429 lan_signals_full")
    done(await cy.post("signals", punch(bo, 1)))
    house.clock.advance(2 * minute)
    expect(done(await bo.get("signals")).signals).toEqual([])
    done(await ann.post("signals", punch(bo, 101)))
    await tick()
    expect(await house.runtime.db.select().from(lanSignals).where(eq(lanSignals.toPeerId, bo.peer.id))).toHaveLength(1)
  })

  it("[LAN-60] are bounded in size, and of known shape", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const bodies: unknown[] = [
      { kind: "shout" },
      { kind: "punch", in_ms: 3_600_000, attempt: 1 },
      { kind: "offer", probe_nonce: nonce, candidates: Array.from({ length: 17 }, () => mappedAt("198.51.100.7", 1)) },
      { kind: "offer", probe_nonce: nonce, candidates: [{ kind: "host", endpoint: { address: "evil.example", port: 1 } }] },
      { kind: "path", path: "x".repeat(100_000), attempt: 1 },
    ]
    for (const body of bodies) expect(no(await ann.post("signals", { to: bo.peer.id, sequence: 1, body }))).toBe("400 input_invalid")
    done(await ann.post("signals", { to: bo.peer.id, sequence: 1, body: { kind: "path", path: "direct", attempt: 1, more: "x".repeat(1000) } }))
    expect(JSON.stringify(await bo.get("signals"))).not.toContain("xxx")
  })
})

describe("who hears what", () => {
  it("[LAN-71] screens hear who is in and how, and neither endpoint nor key", async () => {
    const ann = await lan.join("Ann", { candidates: [hostAt("192.168.77.2", 4500)] }, newPc("198.51.100.7"))
    const bo = await lan.join("Bo")
    const links = [{ peer_id: bo.peer.id, connection_type: "direct", latency_ms: 7 }]
    done(await ann.post("heartbeat", { endpoint: { address: "198.51.100.7", port: 4500 }, links }))
    done(await bo.post("leave"))
    const onScreens = (await night.events()).filter(({ channel }) => channel === channelOf({ kind: "party", topic: "lan", partyId: night.party.id }))
    expect(onScreens.map(({ data }) => lanEvents.lanChanged.payload.parse(data).lan?.peerCount)).toEqual([0, 1, 2, 2, 1])
    expect(onScreens.at(-2)?.data).toMatchObject({ lan: { counts: { direct: 1, unknown: 1 }, peers: [{ name: "Ann", virtualIp: "10.66.0.2", connectionType: "direct", latencyMs: 7 }, {}] } })
    for (const hidden of [ann.publicKey, "198.51.100.7", "192.168.77.2"]) expect(JSON.stringify(onScreens)).not.toContain(hidden)
    expect((await night.events()).filter(({ data }) => JSON.stringify(data).includes(ann.publicKey)).every(({ channel }) => channel.startsWith("private-lan-network@"))).toBe(true)
  })

  it("[LAN-72] the channels that a PC is told of are signed for its token, and for no other", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const { channels } = done(await ann.get("realtime")) as { channels: Record<string, string> }
    const sign = async (bearer: string, channel: string) => {
      const headers = new Headers({ authorization: `Bearer ${bearer}` })
      const body = new URLSearchParams({ socket_id: "12.34", channel_name: channel })
      const request = new Request("http://party.test/api/pusher/auth", { method: "POST", body, headers })
      return (await withHeaders(headers, () => authorize(request))).status
    }
    expect(await Promise.all(Object.values(channels).map((channel) => sign(ann.token, channel)))).toEqual([200, 200])
    expect([await sign(bo.token, channels.network ?? ""), await sign(bo.token, channels.peer ?? "")]).toEqual([200, 403])
    expect(await sign(ann.token, channelOf({ kind: "party", topic: "lan", partyId: night.party.id }))).toBe(403)
    expect(await sign("nonsense", channels.network ?? "")).toBe(403)
  })
})

describe("secrets in answers", () => {
  it("[LAN-21] an invitation is remembered under no tap's id, whichever door it came by: a second tap is another line", async () => {
    const tap = "0123456789abcdef0123"
    const first = accepted(await night.guest("Ann", createLanInvitation, {}, tap))
    const second = accepted(await night.guest("Ann", createLanInvitation, {}, tap))
    expect(second.invitation).not.toBe(first.invitation)
    expect(no(await lan.knock(newPc(), first.invitation))).toBe("404 lan_invitation_unknown")
    const remembered = JSON.stringify(await house.runtime.db.select().from(commandRequests))
    for (const { invitation } of [first, second]) expect(remembered).not.toContain(invitation)
  })

  it("[LAN-6] the password is hashed before the party's row is locked", async () => {
    await lan.as("host", "POST", "networks")
    const from = house.statements.length
    done(await lan.as("host", "POST", "settings", { password: "zauberwort" }))
    const said = house.statements.slice(from)
    const begin = said.findIndex((statement) => statement.startsWith("begin"))
    // Who asks is proven before the hashing, and again under the lock.
    expect(said.slice(0, begin).some((statement) => statement.includes('from "parties"'))).toBe(true)
    expect((await summary())?.hasPassword).toBe(true)
  })
})

describe("where the house is", () => {
  it("[LAN-93] a PC is told the STUN servers with its challenge, and none without one", async () => {
    expect(done(await lan.ask("GET", "challenge", {})).stun).toEqual([])
    const told = await withEnv({ LAN_STUN: "198.51.100.1:3478,[2001:db8::1]:3479" }, () => lan.ask("GET", "challenge", {}))
    expect(done(told).stun).toEqual([{ address: "198.51.100.1", port: 3478 }, { address: "2001:db8::1", port: 3479 }])
  })

  it("[LAN-91] only the host is shown what the relay carries: nothing without one, nothing known of another's, numbers of this process's", async () => {
    const { network } = await lan.join("Ann")
    for (const who of ["Ann", "Bo"]) expect(no(await lan.as(who, "GET", "relay-load"))).toBe("403 host_only")
    const load = async () => done(await lan.as("host", "GET", "relay-load"))
    expect(await load()).toEqual({ success: true, relay: "none", load: null })
    expect(await withEnv({ LAN_RELAY: "198.51.100.1:3480" }, load)).toEqual({ success: true, relay: "elsewhere", load: null })
    const relay = new Relay(Buffer.alloc(32, 1))
    relay.lose("slow_reader")
    const own = { sessions: 2, forwardedPackets: 10, forwardedBytes: 9_000, droppedPackets: 1 }
    announceEmbeddedRelay({ load: () => ({ ...relay.load(), networks: new Map([[network.id, own]]), websockets: 3 }) })
    expect(await load()).toMatchObject({
      relay: "here",
      load: { sessions: 2, forwarded_packets: 10, forwarded_bytes: 9_000, dropped_packets: 1, websockets: 3, drops: { slow_reader: 1, malformed: 0 } },
    })
  })

  it("[LAN-91] numbers of another party's network are nobody's here", async () => {
    await lan.join("Ann")
    const other = { sessions: 7, forwardedPackets: 7, forwardedBytes: 7, droppedPackets: 7 }
    announceEmbeddedRelay({ load: () => ({ ...new Relay(Buffer.alloc(32, 1)).load(), networks: new Map([["0123456789ab", other]]), websockets: 0 }) })
    expect(done(await lan.as("host", "GET", "relay-load")).load).toMatchObject({ sessions: 0, forwarded_bytes: 0 })
  })

  it("[LAN-93] the WebSocket's path is told by the process that runs the relay, and by no other", async () => {
    const ann = await lan.join("Ann")
    const relay_url = () => withEnv({ LAN_RELAY: "198.51.100.1:3480" }, async () => done(await ann.get("relay")).relay_url)
    expect(await relay_url()).toBeNull()
    announceEmbeddedRelay({ load: () => ({ ...new Relay(Buffer.alloc(32, 1)).load(), websockets: 0 }) })
    expect(await relay_url()).toBe("/lan/relay")
  })

  afterEach(() => announceEmbeddedRelay(undefined))
})

describe("who sends nonsense", () => {
  it("[LAN-35] more than 64 KiB, no JSON and JSON of the wrong shape are refused, and change nothing", async () => {
    const ann = await lan.join("Ann")
    await expectUntouched(night, async () => {
      const huge = { candidates: Array.from({ length: 2_000 }, () => mappedAt("203.0.113.10", 4500)) }
      expect(no(await ann.post("heartbeat", { ...huge, filler: "x".repeat(70_000) }))).toBe("400 input_invalid")
      expect(no(await ann.post("heartbeat", huge))).toBe("400 input_invalid")
      expect(no(await lan.ask("POST", "join", { body: { invitation: "x".repeat(70_000) } }))).toBe("400 input_invalid")
      expect(no(await ann.post("signals", { to: ann.peer.id, sequence: 1, body: deep(500) }))).toBe("400 input_invalid")
    })
  })

  const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {} : { kind: deep(levels - 1) })

  it("[LAN-25] [LAN-34] a PC that names another's key, address or id gets neither", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    expect(no(await lan.knock({ ...newPc(), publicKey: ann.publicKey }, await lan.invite("Cy")))).toBe("401 lan_key_not_proven")
    done(await bo.post("heartbeat", { virtual_ip: ann.peer.virtual_ip, public_key: ann.publicKey, id: ann.peer.id }).then((reply) => (reply.status === 400 ? { status: 200, body: {} } : reply)))
    expect(done(await ann.get("peers")).peers).toMatchObject([{ id: bo.peer.id, virtual_ip: bo.peer.virtual_ip, public_key: bo.publicKey }])
  })
})

describe("[LAN-90] the relay", () => {
  const at = "198.51.100.1:3478"

  it("a PC gets a ticket for each of the others and for nobody else, by which the two meet", async () => {
    const [ann, bo] = [await lan.join("Ann"), await lan.join("Bo")]
    const gone = await lan.join("Cy")
    done(await gone.post("leave"))
    expect(done(await ann.get("relay"))).toMatchObject({ relay: null, tickets: [] })
    const told = await withRelay(() => Promise.all([ann.get("relay"), bo.get("relay")]))
    const [forAnn, forBo] = told.map((reply) => done(reply).tickets as RelayTicketInfo[])
    expect(done(told[0] ?? { status: 0, body: {} }).relay).toEqual({ address: "198.51.100.1", port: 3478 })
    expect(forAnn).toMatchObject([{ peer_id: bo.peer.id, self_index: 2, peer_index: 3, expires_at: inWholeSeconds(60 * minute) }])
    const claims = [forAnn, forBo].map((tickets) => readTicket(Buffer.from(tickets?.[0]?.ticket ?? "", "base64url")))
    expect(claims).toMatchObject([
      { networkId: ann.network.id, selfId: ann.peer.id, peerId: bo.peer.id },
      { networkId: ann.network.id, selfId: bo.peer.id, peerId: ann.peer.id },
    ])
    const key = ticketKey(relaySecretOf(testSecret), Buffer.from(forAnn?.[0]?.ticket ?? "", "base64url"))
    expect(forAnn?.[0]?.key).toBe(key.toString("base64url"))
    expect(forBo?.[0]?.key).not.toBe(forAnn?.[0]?.key)
  })

  it("no ticket outlives the token", async () => {
    const ann = await lan.join("Ann")
    house.clock.advance(24 * 60 * minute - 10 * minute)
    await lan.join("Bo")
    const { tickets } = done(await withRelay(() => ann.get("relay")))
    expect(tickets).toMatchObject([{ expires_at: inWholeSeconds(10 * minute) }])
  })

  const inWholeSeconds = (fromNowMs: number) => new Date(Math.floor((house.clock.now().getTime() + fromNowMs) / 1000) * 1000).toISOString()

  const withRelay = <T>(work: () => Promise<T>) => withEnv({ LAN_RELAY: at }, work)

  it("a relay that does not know the app's own secret shares another with it", async () => {
    const ann = await lan.join("Ann")
    await lan.join("Bo")
    const LAN_RELAY_SECRET = "only the relay and the app know it"
    const { tickets } = done(await withEnv({ LAN_RELAY: at, LAN_RELAY_SECRET }, () => ann.get("relay"))) as { tickets: RelayTicketInfo[] }
    const ticket = Buffer.from(tickets[0]?.ticket ?? "", "base64url")
    expect(tickets[0]?.key).toBe(ticketKey(relaySecretOf(LAN_RELAY_SECRET), ticket).toString("base64url"))
  })
})

/** As if the party had been started with this in its environment. */
async function withEnv<T>(env: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const other = house.anotherProcess()
  holder[runtimeKey] = { ...other, env: { ...other.env, ...env } }
  try {
    return await work()
  } finally {
    holder[runtimeKey] = house.runtime
  }
}

describe("the end", () => {
  const ended = async (reply: Promise<Reply>) => expect(no(await reply)).toBe("410 lan_network_ended")

  it("[LAN-82] the host's PC leaves: the network ends for all, and the next use makes another", async () => {
    const [host, ann] = [await lan.join("host"), await lan.join("Ann")]
    const line = await lan.invite("Bo")
    const from = house.published.length
    done(await host.post("leave"))
    expect(toldPcs(from)).toMatchObject([{ name: "network-ended", payload: { reason: "HOST_LEFT" } }])
    await ended(ann.get("status"))
    await ended(ann.post("heartbeat"))
    await ended(lan.knock(newPc(), line))
    expect(await summary()).toBeNull()
    const again = await lan.join("Ann")
    expect(again.network.id).not.toBe(ann.network.id)
    expect(again.peer.virtual_ip).toBe("10.66.0.2")
    await ended(ann.get("status", again.network.id))
  })

  it("[LAN-80] the host's PC only falls silent: the others stay", async () => {
    const [, ann] = [await lan.join("host"), await lan.join("Ann")]
    house.clock.advance(5 * minute - 1)
    done(await ann.post("heartbeat"))
    house.clock.advance(1)
    await tick()
    expect(done(await ann.get("status")).network).toMatchObject({ host_id: null })
    expect((await lan.join("host")).peer.virtual_ip).toBe("10.66.0.1")
  })

  it("[LAN-82] the host closes it", async () => {
    const ann = await lan.join("Ann")
    done(await lan.as("host", "POST", "close"))
    await ended(ann.get("status"))
    expect(no(await lan.as("host", "POST", "close"))).toBe("404 lan_no_network")
  })

  it("[LAN-81] an empty network ends five minutes after the last thing in it, and not while a line is open", async () => {
    const ann = await lan.join("Ann")
    await lan.invite("Bo")
    done(await ann.post("leave"))
    house.clock.advance(60 * minute)
    await tick()
    expect(await summary()).toMatchObject({ peerCount: 0 })
    house.clock.advance(5 * minute - 1)
    await tick()
    expect(await summary()).not.toBeNull()
    house.clock.advance(1)
    await tick()
    expect(await summary()).toBeNull()
  })

  it("[LAN-81] with the party ends its network", async () => {
    const ann = await lan.join("Ann")
    accepted(await night.host(endParty, {}))
    expect(no(await ann.post("heartbeat"))).toBe("409 party_ended")
    await tick()
    await ended(ann.get("status"))
    expect(await house.runtime.db.select().from(lanNetworks).where(and(eq(lanNetworks.partyId, night.party.id), isNull(lanNetworks.endedAt)))).toEqual([])
  })

  it("[LAN-73] the log of the night keeps nothing of where PCs were, and race control never sees it", async () => {
    const ann = await lan.join("Ann", {}, newPc("198.51.100.7"))
    done(await ann.post("heartbeat", { endpoint: { address: "198.51.100.7", port: 4500 }, candidates: [hostAt("192.168.77.2", 4500)] }))
    expect(JSON.stringify(accepted(await night.ask(night.hostClaims, eventLog)))).not.toContain("198.51.100.7")
    expect(JSON.stringify(await night.events())).toContain("198.51.100.7")
    await house.runtime.db.update(partyEvents).set({ publishedAt: house.clock.now() })
    house.clock.advance(10 * minute + 1)
    await tick()
    expect(JSON.stringify(await night.events())).not.toContain("198.51.100.7")
    const [gone] = await house.runtime.db.select().from(lanPeers).where(eq(lanPeers.id, ann.peer.id))
    expect(gone?.leftReason).toBe("SILENT")
    expect(JSON.stringify(gone)).not.toMatch(/198\.51\.100\.7|192\.168\.77\.2/)
  })
})
