import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { rateLimits } from "@/db/schema/party"
import { publicKeyOf } from "@/lan/key-proof"
import { silenceMs } from "@/lan/timing"
import { createDueWork } from "@/server/due-work"
import { lanTable } from "@/testing/lan-table"
import { restFetch } from "@/testing/rest-fetch"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { controlPlane, type ControlPlane, type Credentials, type Fetch, type Joined } from "./control-plane"
import { drawPrivateKey } from "./identity-file"
import { sentenceOf } from "./refusal-words"
import { TestClock } from "./test-world"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }
const nonce = "0123456789abcdef0123456789abcdef"

let house: House
let night: Night
let lan: Awaited<ReturnType<typeof lanTable>>
let fetchRoutes: Awaited<ReturnType<typeof restFetch>>

beforeAll(async () => {
  house = await startHouse({ env: { LAN_RELAY: "198.51.100.1:3479", LAN_STUN: "198.51.100.1:3478" } })
  holder[runtimeKey] = house.runtime
  fetchRoutes = await restFetch()
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
  night = await startParty({ house, guests: 3 })
  lan = await lanTable(night)
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

/** As a PC behind the party's proxy sends it. */
const fetch: Fetch = (url, init) => fetchRoutes(url, { ...init, headers: { ...(init.headers as Record<string, string>), "x-forwarded-for": "203.0.113.10", host: "party.test:3000" } })

type Pc = { plane: ControlPlane; privateKey: Buffer; credentials: Credentials | null }

function newPc(): Pc {
  const pc: Pc = {
    privateKey: drawPrivateKey(),
    credentials: null,
    plane: controlPlane({ party: "http://party.test:3000", fetch, clock: new TestClock(), credentials: () => pc.credentials }),
  }
  return pc
}

async function joined(who: string, more: { name?: string } = {}): Promise<Pc & { credentials: Credentials; joined: Joined }> {
  const pc = newPc()
  const challenge = accepted(await pc.plane.challenge())
  const whereabouts = { endpoint: { address: "203.0.113.10", port: 40_000 }, candidates: [], probe_nonce: nonce }
  const answer = accepted(await pc.plane.join({ challenge, privateKey: pc.privateKey, invitation: await lan.invite(who), whereabouts, ...more }))
  pc.credentials = { networkId: answer.network.id, token: answer.token }
  return Object.assign(pc, { credentials: pc.credentials, joined: answer })
}

/** One sign by chance is another. */
const otherNonce = (of: string) => `${of.slice(0, 20)}${of[20] === "A" ? "B" : "A"}${of.slice(21)}`

const codeOf = (answer: { ok: boolean; refusal?: { code: string } }) => (answer.ok ? "accepted" : answer.refusal?.code)

describe("the control plane as the agent speaks to it", () => {
  it("[LANA-20] proves its key, and is in with address, token and the others", async () => {
    const bo = await joined("Bo")
    const ann = await joined("Ann", { name: "Annabel" })
    expect(ann.joined.peer).toMatchObject({ name: "Annabel", virtual_ip: "10.66.0.3", public_key: publicKeyOf(ann.privateKey), probe_nonce: nonce, endpoint: "203.0.113.10:40000" })
    expect(Object.keys(ann.joined.network.peers).sort()).toEqual([bo.joined.peer.id, ann.joined.peer.id].sort())
    expect(accepted(await ann.plane.peers()).peers.map(({ id }) => id)).toEqual([bo.joined.peer.id])
    expect(accepted(await ann.plane.status()).peer.id).toBe(ann.joined.peer.id)
  })

  it("[LANA-20] is told the STUN server before it is in, and the relay with a ticket per PC once it is", async () => {
    const bo = await joined("Bo")
    const ann = await joined("Ann")
    expect(accepted(await ann.plane.challenge()).stun).toEqual([{ address: "198.51.100.1", port: 3478 }])
    const relay = accepted(await ann.plane.relay())
    expect(relay.relay).toEqual({ address: "198.51.100.1", port: 3479 })
    expect(relay.tickets.map(({ peer_id }) => peer_id)).toEqual([bo.joined.peer.id])
  })

  it("[LANA-40] learns its channels, and after a kick the next one", async () => {
    const bo = await joined("Bo")
    const ann = await joined("Ann")
    const before = accepted(await ann.plane.realtime()).channels
    expect(before).toEqual({ network: `private-lan-network@${ann.credentials.networkId}.0`, peer: `private-lan-peer@${ann.joined.peer.id}` })
    await lan.as("host", "POST", "kick", { peerId: bo.joined.peer.id })
    const beat = accepted(await ann.plane.heartbeat({}))
    expect([beat.channel_epoch, beat.peer_ids]).toEqual([1, [ann.joined.peer.id]])
    expect(accepted(await ann.plane.realtime()).channels.network).toBe(`private-lan-network@${ann.credentials.networkId}.1`)
    expect(codeOf(await bo.plane.heartbeat({}))).toBe("lan_kicked")
    expect(codeOf(await bo.plane.relay())).toBe("lan_kicked")
  })

  it("[LANA-43] reports paths, and each sees its own report", async () => {
    const bo = await joined("Bo")
    const ann = await joined("Ann")
    accepted(await ann.plane.heartbeat({ nat: { mapping: "endpoint_independent", filtering: "endpoint_independent" }, links: [{ peer_id: bo.joined.peer.id, connection_type: "direct", latency_ms: 12.5 }] }))
    expect(accepted(await ann.plane.peers()).peers[0]).toMatchObject({ connection_type: "direct", latency_ms: 12.5 })
    expect(accepted(await bo.plane.peers()).peers[0]).toMatchObject({ nat_type: "full_cone", connection_type: "direct" })
  })

  it("[LANA-45] signals by number, and finds what it missed", async () => {
    const bo = await joined("Bo")
    const ann = await joined("Ann")
    accepted(await ann.plane.signal(bo.joined.peer.id, 1, { kind: "offer", candidates: [], probe_nonce: nonce }))
    accepted(await ann.plane.signal(bo.joined.peer.id, 2, { kind: "punch", in_ms: 100, attempt: 0 }))
    expect(codeOf(await ann.plane.signal(bo.joined.peer.id, 2, { kind: "punch", in_ms: 100, attempt: 0 }))).toBe("lan_signal_replayed")
    const { signals } = accepted(await bo.plane.signals(0))
    expect(signals.map(({ from, body }) => [from, body.kind])).toEqual([[ann.joined.peer.id, "offer"], [ann.joined.peer.id, "punch"]])
    expect(accepted(await bo.plane.signals(signals[0]!.id)).signals).toHaveLength(1)
  })

  it("[LANA-25] renews its token; the one before is soon worth nothing", async () => {
    const ann = await joined("Ann")
    const { token } = accepted(await ann.plane.renew())
    const before = { ...ann.credentials }
    ann.credentials = { ...before, token }
    expect(codeOf(await ann.plane.heartbeat({}))).toBe("accepted")
    house.clock.advance(3 * 60_000)
    ann.credentials = before
    expect(codeOf(await ann.plane.heartbeat({}))).toBe("lan_token_expired")
  })

  it("[LANA-26] [LANA-13] comes back after silence under its old address", async () => {
    const ann = await joined("Ann")
    await joined("Bo")
    house.clock.advance(silenceMs + 1_000)
    await createDueWork(house.runtime).doDue()
    expect(codeOf(await ann.plane.heartbeat({}))).toBe("lan_silent")
    expect(accepted(await ann.plane.comeBack({ candidates: [] })).peer.virtual_ip).toBe("10.66.0.2")
    expect(codeOf(await ann.plane.heartbeat({}))).toBe("accepted")
  })

  it("[LANA-50] leaves, and is nobody after that", async () => {
    const ann = await joined("Ann")
    accepted(await ann.plane.leave())
    expect(codeOf(await ann.plane.heartbeat({}))).toBe("lan_token_unknown")
  })

  it("[LANA-22] [LANA-62] a wrong proof, a used line and a password are refused by name, with the party's own sentence beside", async () => {
    const invitation = await lan.invite("Ann")
    await lan.as("host", "POST", "settings", { password: "open sesame" })
    const pc = newPc()
    const challenge = accepted(await pc.plane.challenge())
    const order = { challenge, privateKey: pc.privateKey, invitation, whereabouts: {} }
    const needed = await pc.plane.join(order)
    expect(needed).toMatchObject({ ok: false, refusal: { code: "lan_password_needed", detail: { said: expect.stringContaining("password") as string } } })
    expect(codeOf(await pc.plane.join({ ...order, password: "something else" }))).toBe("lan_wrong_password")
    expect(codeOf(await pc.plane.join({ ...order, challenge: { ...challenge, nonce: otherNonce(challenge.nonce) }, password: "open sesame" }))).toBe("lan_key_not_proven")
    expect(codeOf(await pc.plane.join({ ...order, password: "open sesame" }))).toBe("accepted")
    const again = await pc.plane.join({ ...order, password: "open sesame" })
    expect(codeOf(again)).toBe("lan_invitation_used")
    if (!again.ok) expect(sentenceOf(again.refusal)).toContain("used already")
  })
})
