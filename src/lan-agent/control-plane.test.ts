import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import { agentFetch } from "./agent-fetch"
import { controlPlane, type Fetch } from "./control-plane"
import { sentenceOf } from "./refusal-words"
import { ownId, peerInfoOf, settle, TestClock } from "./test-world"

type Sent = { url: string; init: RequestInit }

function line(answers: (() => Response | Promise<Response>)[]) {
  const clock = new TestClock()
  const sent: Sent[] = []
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, init })
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    if (!answer) throw new Error("nobody answers")
    return answer()
  }
  const plane = controlPlane({ party: "http://party.test:3000", fetch, clock, credentials: () => ({ networkId: "0123456789ab", token: "secret" }) })
  return { plane, clock, sent }
}

const json = (status: number, body: object) => () => new Response(JSON.stringify(body), { status })
const no = (status: number, code: string) => json(status, { success: false, code, error: `because ${code}` })
const fails = (code: string) => () => {
  throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(code), { code }) })
}
const peers = json(200, { success: true, peers: [], somethingNew: 1 })
const order = { challenge: { server_public_key: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", nonce: "n" }, privateKey: Buffer.alloc(32, 7), invitation: "A".repeat(26), whereabouts: {} }
// A point that is one, for the proof only.
order.challenge.server_public_key = Buffer.from(order.challenge.server_public_key, "hex").toString("base64")

describe("asking the party", () => {
  it("[LANA-21] three times with doubling pauses, and what a newer party adds is no mistake", async () => {
    const { plane, clock, sent } = line([fails("ECONNREFUSED"), no(503, "party_busy"), peers])
    const asked = plane.peers()
    await clock.pass(249)
    expect(sent).toHaveLength(1)
    await clock.pass(2)
    expect(sent).toHaveLength(2)
    await clock.pass(499)
    expect(sent).toHaveLength(3)
    expect(await asked).toEqual({ ok: true, value: { peers: [] } })
  })

  it("[LANA-21] gives up after the third, with a sentence that says why", async () => {
    const { plane, clock, sent } = line([fails("ECONNREFUSED")])
    const asked = plane.peers()
    await clock.pass(5_000)
    const answer = await asked
    expect([sent.length, answer.ok]).toEqual([3, false])
    if (!answer.ok) expect(sentenceOf(answer.refusal)).toContain("ECONNREFUSED")
  })

  it.each([
    ["a line that broke after it was sent", fails("ECONNRESET"), 1],
    ["a party that was not reached", fails("ECONNREFUSED"), 3],
    ["a busy party", no(503, "party_busy"), 3],
    ["a fault", no(500, "internal"), 1],
  ])("[LANA-21] redeems again after %s: %#", async (_what, answer, times) => {
    const { plane, clock, sent } = line([answer])
    const asked = plane.join(order)
    await clock.pass(5_000)
    expect([(await asked).ok, sent.length]).toEqual([false, times])
  })

  it("[LANA-21] one key for all attempts of one deed", async () => {
    const { plane, clock, sent } = line([fails("ECONNRESET"), json(200, { success: true, version: 1 })])
    const asked = plane.leave()
    await clock.pass(1_000)
    expect((await asked).ok).toBe(true)
    const keys = sent.map(({ init }) => new Headers(init.headers).get("idempotency-key"))
    expect(keys[0]).toBeTruthy()
    expect(keys[1]).toBe(keys[0])
  })

  it("a refusal is final and keeps the party's sentence", async () => {
    const { plane, clock, sent } = line([no(403, "lan_kicked")])
    const asked = plane.peers()
    await settle()
    await clock.pass(5_000)
    expect(await asked).toEqual({ ok: false, refusal: { code: "lan_kicked", detail: { said: "because lan_kicked", code: "lan_kicked" } } })
    expect(sent).toHaveLength(1)
  })

  it.each([
    ["a page", () => new Response("<html>", { status: 200 })],
    ["something else's refusal", () => new Response("no", { status: 404 })],
    ["an answer of another shape", json(200, { success: true, peers: "many" })],
  ])("takes %s for no party", async (_what, answer) => {
    const { plane } = line([answer])
    expect(await plane.peers()).toMatchObject({ ok: false, refusal: { code: "not_a_party" } })
  })

  it("[LANA-10] shows its token in no address, and none to whom it asks for a challenge", async () => {
    const { plane, sent } = line([json(200, { success: true, server_public_key: "s", nonce: "n" }), peers])
    await plane.challenge()
    await plane.peers()
    expect(new Headers(sent[0]?.init.headers).get("authorization")).toBeNull()
    expect(new Headers(sent[1]?.init.headers).get("authorization")).toBe("Bearer secret")
    for (const { url } of sent) expect(url).not.toContain("secret")
  })

  it("[LANA-10] sends the public key and never the private one", async () => {
    const { plane, sent } = line([no(404, "lan_invitation_unknown")])
    await plane.join(order)
    const body = String(sent[0]?.init.body)
    for (const encoding of ["base64", "base64url", "hex"] as const) expect(body).not.toContain(order.privateKey.toString(encoding))
  })
})

describe("an answer that means harm", () => {
  const self = peerInfoOf(ownId)
  const network = { id: "0123456789ab", name: "N", host_id: null, peers: {}, created_at: "2026-11-21T19:00:00.000Z", max_peers: 64, has_password: false, channel_epoch: 0 }
  const returned = (more: object) => json(200, { success: true, network, peer: self, heartbeat_ms: 25_000, ...more })

  it.each([[0, 1_000], [-5, 1_000], [25_000, 25_000], [2 ** 40, 60_000]])("[LANA-28] a heartbeat every %d ms is one every %d ms", async (said, taken) => {
    const { plane } = line([returned({ heartbeat_ms: said })])
    expect(await plane.comeBack({})).toMatchObject({ ok: true, value: { heartbeat_ms: taken } })
  })

  it.each(["192.168.1.1", "8.8.8.8", "10.66.0.0", "10.66.0.1\naddress add 10.0.0.1/8 dev eth0", "::1"])("[LANA-28] an address outside the network (%s) is nobody's", async (virtual_ip) => {
    expect(await line([returned({ peer: { ...self, virtual_ip } })]).plane.comeBack({})).toMatchObject({ ok: false, refusal: { code: "not_a_party" } })
    expect(await line([json(200, { peers: [{ ...self, virtual_ip }] })]).plane.peers()).toMatchObject({ ok: false })
  })

  it("[LANA-28] channels are asked for at the party itself", async () => {
    const realtime = { key: "k", cluster: null, channels: { network: "n", peer: "p" } }
    expect(await line([json(200, { ...realtime, auth_endpoint: "@elsewhere.example/auth" })]).plane.realtime()).toMatchObject({ ok: false })
    expect(await line([json(200, { ...realtime, auth_endpoint: "/auth" })]).plane.realtime()).toMatchObject({ ok: true })
  })

  it("[LANA-28] one without an end is read no further than any answer may be long", async () => {
    let sent = 0
    let isCancelled = false
    const chunk = new Uint8Array(1024 * 1024).fill(0x20)
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(to) {
          sent += 1
          if (sent > 200) to.close()
          else to.enqueue(chunk)
        },
        cancel: () => void (isCancelled = true),
      })
    const { plane } = line([() => new Response(endless())])
    expect(await plane.peers()).toMatchObject({ ok: false, refusal: { code: "not_a_party" } })
    expect([isCancelled, sent < 40]).toEqual([true, true])
  })
})

it("[LANA-28] what leads elsewhere is not followed: neither line, password nor token goes there", async () => {
  const heard: string[] = []
  const elsewhere = createServer((request, response) => {
    heard.push(request.url ?? "")
    response.end("{}")
  })
  await once(elsewhere.listen(0, "127.0.0.1"), "listening")
  const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/stolen`
  const party = createServer((_request, response) => response.writeHead(307, { location: target }).end())
  await once(party.listen(0, "127.0.0.1"), "listening")
  try {
    const plane = controlPlane({ party: `http://127.0.0.1:${(party.address() as AddressInfo).port}`, fetch: agentFetch, clock: new TestClock(), credentials: () => null })
    expect(await plane.join(order)).toMatchObject({ ok: false, refusal: { code: "not_a_party" } })
    expect(heard).toEqual([])
  } finally {
    for (const server of [elsewhere, party]) server.close()
  }
})
