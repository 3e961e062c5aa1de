import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { rateLimits } from "@/db/schema/party"
import { partySessions } from "@/db/schema/quipflip"
import { endParty, kickGuest } from "@/party/commands"
import { restFetch } from "@/testing/rest-fetch"
import { accepted, expectConserved, startHouse, startParty, testSecret, type House, type Night } from "@/testing/start-party"
import { sealClaim } from "./identity"

vi.mock("next/headers", async () => (await import("@/testing/rest-headers")).restHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }

let house: House
let night: Night
let send: Awaited<ReturnType<typeof restFetch>>

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
  send = await restFetch()
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
  night = await startParty({ house })
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

type Json = Record<string, unknown>
type Reply = { status: number; body: Json }

/** A program with a bearer token. */
type Machine = {
  readonly id: string
  get(path: string): Promise<Reply>
  post(path: string, body?: Json, headers?: Record<string, string>): Promise<Reply>
}

function machine(id: string, token: string): Machine {
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await send(`http://party/api/v1${path}`, init)
    return { status: response.status, body: (await response.json()) as Json }
  }
  const authorization = `Bearer ${token}`
  return {
    id,
    get: (path) => ask(path, { headers: { authorization } }),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: "POST",
        headers: { authorization, ...(body ? { "content-type": "application/json" } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
  }
}

async function joined(name: string): Promise<Machine> {
  const response = await send("http://party/api/v1/join", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, partyPin: night.party.joinPin }),
  })
  const { user, token } = (await response.json()) as { user: { id: string }; token: string }
  house.clock.advance(1)
  return machine(user.id, token)
}

/** What a machine gets that must not be refused. */
async function done(reply: Promise<Reply>): Promise<Json> {
  const { status, body } = await reply
  expect({ status, body }).toMatchObject({ status: 200, body: { success: true } })
  return body
}

async function refused(reply: Promise<Reply>): Promise<string> {
  const { status, body } = await reply
  expect(body).toMatchObject({ success: false })
  return `${status} ${String(body.code)}`
}

async function three(): Promise<[Machine, Machine, Machine]> {
  return [await joined("Ann"), await joined("Bo"), await joined("Cy")]
}

/** A lobby of Ann's with Bo and Cy, ready to start. @returns its address below /api/v1. */
async function lobbyOf([ann, ...others]: readonly [Machine, ...Machine[]], settings: Json = {}): Promise<string> {
  const { session_id, party_code } = await done(ann.post("/qf/party/create", settings))
  const address = `/qf/party/${String(session_id)}`
  for (const other of others) {
    await done(other.post("/qf/party/join", { party_code }))
    await done(other.post(`${address}/ready`))
    house.clock.advance(1)
  }
  return address
}

const originals = ["GOLDEN PENGUIN PARADE", "WHISPERING PURPLE CACTUS", "MIDNIGHT CHEESE ROBBERY"]
const copies = ["SILVER WALRUS CEREMONY", "SLEEPY ORANGE VOLCANO", "CURIOUS KITCHEN BURGLARS", "LONELY TRUMPET CHAMPION", "FROZEN TEAPOT ORCHESTRA", "VELVET DRAGON MEETING"]

/** Begins and submits one round. */
async function play(player: Machine, address: string, type: "prompt" | "copy" | "vote", phrase?: string): Promise<Json> {
  const begun = await done(player.post(`${address}/rounds/${type}`))
  const [choice] = (begun.phrases as string[] | undefined) ?? []
  return done(player.post(`${address}/rounds/${String(begun.round_id)}/submit`, { phrase: phrase ?? choice ?? "" }))
}

async function writeAll(players: readonly Machine[], address: string): Promise<void> {
  for (const [index, player] of players.entries()) await play(player, address, "prompt", originals[index])
}

async function copyAll(players: readonly Machine[], address: string): Promise<void> {
  for (const [index, player] of players.entries()) for (const part of [0, 1]) await play(player, address, "copy", copies[2 * index + part])
}

describe("Quipflip for machines", () => {
  it("[QF-S3] three tokens play from create to results, in the seeds' fields", async () => {
    const players = await three()
    const [ann, bo, cy] = players
    const created = await done(ann.post("/qf/party/create", { min_players: 3, max_players: 4 }))
    expect(created).toMatchObject({ status: "OPEN", current_phase: "LOBBY", host_player_id: ann.id, min_players: 3, max_players: 4, lifecycle_version: 0 })
    expect(created.participants).toMatchObject([{ player_id: ann.id, username: "Ann", is_host: true, status: "JOINED", prompts_required: 1, copies_required: 2, votes_required: 3 }])
    const address = `/qf/party/${String(created.session_id)}`
    const code = String(created.party_code)
    expect(await done(bo.post("/qf/party/join", { party_code: ` ${code.toLowerCase().slice(0, 4)} ${code.slice(4)}` }))).toMatchObject({ participant_count: 2 })
    expect((await done(cy.get("/qf/party/list"))).sessions).toMatchObject([{ session_id: created.session_id, party_code: code, host_username: "Ann", participant_count: 2 }])
    expect(await done(cy.post(`${address}/join`))).toMatchObject({ participant_count: 3 })
    expect(await done(bo.post(`${address}/ready`))).toMatchObject({ status: "READY", session: { ready_count: 1, total_count: 3, can_start: false } })
    expect(await done(cy.post(`${address}/ready`, { is_ready: false }))).toMatchObject({ status: "JOINED", session: { ready_count: 1 } })
    expect(await done(ann.post(`${address}/ping`))).toMatchObject({ pinged: 1 })
    expect(await done(cy.post(`${address}/ready`, {}))).toMatchObject({ session: { ready_count: 2, can_start: true } })

    const started = await done(ann.post(`${address}/start`))
    expect(started).toMatchObject({ status: "IN_PROGRESS", current_phase: "PROMPT", lifecycle_version: 1, locked_at: started.phase_started_at })
    const prompt = await done(ann.post(`${address}/rounds/prompt`, { lifecycle_version: 1 }))
    expect(prompt).toMatchObject({ cost: 100, lent: 0, expires_at: started.phase_expires_at, session_progress: { your_prompts_submitted: 0, prompts_required: 1, players_done: 0, total_players: 3 } })
    expect(await done(ann.post(`${address}/rounds/prompt`))).toMatchObject({ round_id: prompt.round_id, party_round_id: prompt.party_round_id })
    expect(await play(ann, address, "prompt", "golden  penguin parade")).toMatchObject({
      phrase: "GOLDEN PENGUIN PARADE",
      round_type: "prompt",
      session_progress: { your_prompts_submitted: 1, prompts_required: 1, phase_complete: true, players_ready: 1, total_players: 3 },
      phase_transition: null,
    })
    await play(bo, address, "prompt", originals[1])
    expect(await play(cy, address, "prompt", originals[2])).toMatchObject({ session_progress: { players_ready: 3 }, phase_transition: { new_phase: "COPY" }, lifecycle_version: 2 })

    const copy = await done(ann.post(`${address}/rounds/copy`))
    expect(copy).toMatchObject({ cost: 50, discount_active: false, is_second_copy: false, session_progress: { your_copies_submitted: 0, copies_required: 2 } })
    expect(originals.slice(1)).toContain(copy.original_phrase)
    await copyAll(players, address)
    expect(await done(bo.get(`${address}/status`))).toMatchObject({ current_phase: "VOTE", progress: { total_prompts: 3, required_copies: 6, total_copies: 6, required_votes: 9, total_votes: 0, total_players: 3 } })

    const vote = await done(ann.post(`${address}/rounds/vote`))
    expect(vote).toMatchObject({ cost: 10, session_progress: { your_votes_submitted: 0, votes_required: 3 } })
    let last: Json = {}
    for (const player of players) for (let turn = 0; turn < 3; turn++) last = await play(player, address, "vote")
    expect(last).toMatchObject({ round_type: "vote", session_progress: { your_votes_submitted: 3, phase_complete: true, players_ready: 3 }, phase_transition: { new_phase: "RESULTS" } })

    const results = await done(cy.get(`${address}/results`))
    const rankings = results.rankings as Json[]
    expect(rankings.map((player) => player.username).sort()).toEqual(["Ann", "Bo", "Cy"])
    for (const player of rankings) expect(player).toMatchObject({ prompts_submitted: 1, copies_submitted: 2, votes_submitted: 3, coins_spent: 230, net_coins: Number(player.coins_earned) - 230 })
    expect(results.phrasesets_summary).toHaveLength(6)
    expect(await done(ann.get(`${address}/status`))).toMatchObject({ status: "COMPLETED", current_phase: "RESULTS", phase_expires_at: null, progress: { total_votes: 9, required_votes: 9 } })
    await expectConserved(night)
  })

  it("[QF-S2] the lobby's refusals have the seeds' codes and statuses", async () => {
    const [ann, bo, cy] = await three()
    const di = await joined("Di")
    const nowhere = "/qf/party/6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11"
    expect(await refused(bo.post("/qf/party/join", { party_code: "ABCD2345" }))).toBe("404 session_not_found")
    for (const door of ["join", "ready", "add-ai", "ping", "process-ai", "start", "leave"]) expect(await refused(bo.post(`${nowhere}/${door}`))).toBe("404 session_not_found")
    for (const door of ["status", "results"]) expect(await refused(bo.get(`${nowhere}/${door}`))).toBe("404 session_not_found")
    expect(await refused(bo.get("/qf/party/not-an-id/status"))).toBe("400 input_invalid")

    const address = await lobbyOf([ann], { max_players: 3 })
    const { party_code } = await done(ann.get(`${address}/status`))
    expect(await refused(ann.post(`${address}/start`))).toBe("400 not_enough_players")
    await done(bo.post(`${address}/join`))
    expect(await refused(bo.post("/qf/party/join", { party_code }))).toBe("409 already_joined")
    expect(await refused(bo.post("/qf/party/create", {}))).toBe("409 in_another_session")
    for (const door of ["start", "add-ai", "ping"]) expect(await refused(bo.post(`${address}/${door}`))).toBe("403 not_host")
    expect(await done(ann.post(`${address}/add-ai`))).toMatchObject({ participants: [{}, {}, { is_ai: true, player_id: null }] })
    expect(await refused(cy.post("/qf/party/join", { party_code }))).toBe("400 session_full")
    for (const door of ["ready", "leave", "process-ai"]) expect(await refused(cy.post(`${address}/${door}`))).toBe("403 not_in_session")
    for (const door of ["rounds/prompt", "process-ai"]) expect(await refused(ann.post(`${address}/${door}`))).toBe("409 session_not_started")
    expect(await refused(ann.get(`${address}/results`))).toBe("409 session_not_over")

    await done(bo.post(`${address}/ready`))
    await done(ann.post(`${address}/start`))
    expect(await refused(di.post("/qf/party/join", { party_code }))).toBe("400 session_already_started")
    expect(await refused(ann.post(`${address}/start`))).toBe("400 session_already_started")
    expect(await refused(bo.post(`${address}/ready`))).toBe("400 session_already_started")
  })

  it("[QF-E1] [QF-S3] the rounds' refusals have the seeds' codes and statuses", async () => {
    const players = await three()
    const [ann, bo] = players
    const address = await lobbyOf(players)
    await done(ann.post(`${address}/start`))
    for (const type of ["copy", "vote"]) expect(await refused(ann.post(`${address}/rounds/${type}`))).toBe("400 wrong_phase")
    expect(await refused(ann.post(`${address}/rounds/prompt`, { lifecycle_version: 0 }))).toBe("409 stale_version")

    const { round_id } = await done(ann.post(`${address}/rounds/prompt`))
    const submit = (phrase: string, more: Json = {}) => refused(ann.post(`${address}/rounds/${String(round_id)}/submit`, { phrase, ...more }))
    expect(await submit("GOLDEN PENGUIN", { lifecycle_version: 2 })).toBe("409 stale_version")
    expect(await submit("AN")).toBe("422 phrase_too_short")
    expect(await submit("GOLDEN")).toBe("422 phrase_too_few_words")
    expect(await submit("GOLDEN QZXWV")).toBe("422 phrase_word_unknown")
    expect(await submit("GOLDEN 2 PENGUIN")).toBe("422 phrase_has_other_signs")
    expect(await refused(bo.post(`${address}/rounds/${String(round_id)}/submit`, { phrase: "GOLDEN PENGUIN" }))).toBe("404 round_not_found")
    expect(await refused(ann.post(`${address}/rounds/${String(round_id)}/submit`, {}))).toBe("400 input_invalid")
    await writeAll([ann], address)
    expect(await refused(ann.post(`${address}/rounds/prompt`))).toBe("400 already_submitted")
    expect(await submit("GOLDEN PENGUIN PARADE")).toBe("400 already_submitted")

    await play(players[1], address, "prompt", originals[1])
    await play(players[2], address, "prompt", originals[2])
    expect(await refused(ann.post(`${address}/rounds/prompt`))).toBe("400 wrong_phase")
    const copy = await done(ann.post(`${address}/rounds/copy`))
    expect(await refused(ann.post(`${address}/rounds/${String(copy.round_id)}/submit`, { phrase: String(copy.original_phrase) }))).toBe("422 phrase_duplicate")
    await copyAll([ann], address)
    expect(await refused(ann.post(`${address}/rounds/copy`))).toBe("400 copies_complete")
    for (const [index, player] of players.slice(1).entries()) for (const part of [0, 1]) await play(player, address, "copy", copies[2 + 2 * index + part])

    const vote = await done(ann.post(`${address}/rounds/vote`))
    expect(await refused(ann.post(`${address}/rounds/${String(vote.round_id)}/submit`, { phrase: "NONE OF THESE" }))).toBe("422 choice_unknown")
    for (let turn = 0; turn < 3; turn++) await play(ann, address, "vote")
    expect(await refused(ann.post(`${address}/rounds/vote`))).toBe("400 votes_complete")
    await done(ann.post(`${address}/leave`))
    expect(await refused(ann.post(`${address}/leave`))).toBe("409 left_session")
    expect(await refused(ann.post(`${address}/rounds/vote`))).toBe("409 left_session")
    expect(await done(ann.post(`${address}/join`))).toMatchObject({ current_phase: "VOTE" })
    for (const player of players.slice(1)) for (let turn = 0; turn < 3; turn++) await play(player, address, "vote")
    for (const door of ["rounds/vote", "leave", "process-ai", "ping"]) expect(await refused(ann.post(`${address}/${door}`))).toBe("409 session_over")
  })

  it("[QF-E1] a round is over five seconds after its end, and nothing more is sent to it", async () => {
    const players = await three()
    const [ann] = players
    const address = await lobbyOf(players)
    await done(ann.post(`${address}/start`))
    const { round_id } = await done(ann.post(`${address}/rounds/prompt`))
    house.clock.advance(185_000)
    expect(await refused(ann.post(`${address}/rounds/${String(round_id)}/submit`, { phrase: "GOLDEN PENGUIN" }))).toBe("409 round_over")
    expect(await refused(players[1].post(`${address}/rounds/prompt`))).toBe("409 round_over")
  })

  it("[PTY-14] an Idempotency-Key makes a second send harmless, a new session and a submission alike", async () => {
    const players = await three()
    const [ann] = players
    const key = { "idempotency-key": "rest-0123456789abcdef" }
    const first = await done(ann.post("/qf/party/create", {}, key))
    expect(await done(ann.post("/qf/party/create", {}, key))).toMatchObject({ session_id: first.session_id })
    expect(await house.runtime.db.$count(partySessions, eq(partySessions.partyId, night.party.id))).toBe(1)
    const address = `/qf/party/${String(first.session_id)}`
    for (const player of players.slice(1)) {
      await done(player.post(`${address}/join`))
      await done(player.post(`${address}/ready`))
    }
    await done(ann.post(`${address}/start`))
    const { round_id } = await done(ann.post(`${address}/rounds/prompt`))
    const submit = () => ann.post(`${address}/rounds/${String(round_id)}/submit`, { phrase: "GOLDEN PENGUIN PARADE" }, { "idempotency-key": "rest-fedcba9876543210" })
    expect(await done(submit())).toEqual(await done(submit()))
    expect(await refused(ann.post(`${address}/leave`, {}, { "idempotency-key": "short" }))).toBe("400 input_invalid")
  })

  it("[QF-S12] process-ai plays what AI seats are due to play now, and nothing twice", async () => {
    const [ann] = await three()
    const address = await lobbyOf([ann])
    for (let added = 0; added < 2; added++) await done(ann.post(`${address}/add-ai`))
    await done(ann.post(`${address}/start`))
    expect(await done(ann.post(`${address}/process-ai`))).toMatchObject({ moves_made: 0, current_phase: "PROMPT" })
    house.clock.advance(120_000)
    const both = await Promise.all([done(ann.post(`${address}/process-ai`)), done(ann.post(`${address}/process-ai`))])
    expect(both.map(({ moves_made }) => Number(moves_made)).sort()).toEqual([0, 2])
    expect(await done(ann.get(`${address}/status`))).toMatchObject({ progress: { total_prompts: 2, players_ready_for_next_phase: 2 } })
    expect(await done(ann.post(`${address}/process-ai`))).toMatchObject({ moves_made: 0 })
  })

  it("[QF-S2] who leaves the lobby is out of it, and the last one takes it along", async () => {
    const [ann, bo] = await three()
    const address = await lobbyOf([ann, bo])
    await done(ann.post(`${address}/leave`))
    expect(await done(bo.get(`${address}/status`))).toMatchObject({ host_player_id: bo.id, participants: [{ username: "Bo", is_host: true }] })
    await done(bo.post(`${address}/leave`))
    expect(await done(bo.get(`${address}/status`))).toMatchObject({ status: "ABANDONED" })
    expect((await done(bo.get("/qf/party/list"))).sessions).toEqual([])
    expect(await refused(bo.post(`${address}/leave`))).toBe("403 not_in_session")
  })

  it("[PTY-8] [PTY-10] [PTY-12] no token, another party's, a kicked guest's, an ended party's", async () => {
    const [ann, bo, cy] = await three()
    const address = await lobbyOf([ann, bo, cy])
    const nobody = machine("", "nonsense")
    expect(await refused(nobody.get(`${address}/status`))).toBe("401 not_signed_in")
    expect(await refused(nobody.post("/qf/party/create", {}))).toBe("401 not_signed_in")
    const elsewhere = await startParty({ house, guests: 1 })
    const stranger = machine("", await sealClaim("guest", { partyId: elsewhere.party.id, guestId: elsewhere.idOf("Ann") }, testSecret))
    expect(await refused(stranger.get(`${address}/status`))).toBe("404 session_not_found")
    expect(await refused(stranger.post(`${address}/join`))).toBe("404 session_not_found")
    const host = machine("", await sealClaim("host", { partyId: night.party.id, linkId: null }, testSecret))
    expect(await done(host.get(`${address}/status`))).toMatchObject({ participant_count: 3 })
    await done(bo.post(`${address}/ready`, { is_ready: false }))
    expect(await done(host.post(`${address}/ping`))).toMatchObject({ pinged: 1 })
    expect(await refused(host.post(`${address}/process-ai`))).toBe("403 not_in_session")
    accepted(await night.host(kickGuest, { guestId: cy.id }))
    expect(await refused(cy.get(`${address}/status`))).toBe("403 kicked")
    accepted(await night.host(endParty, {}))
    expect(await refused(bo.post(`${address}/ready`))).toBe("409 party_ended")
  })

  it("a body is JSON or, beside a token, nothing at all", async () => {
    const ann = await joined("Ann")
    const text = await ann.post("/qf/party/create", {}, { "content-type": "text/plain" })
    expect(text).toMatchObject({ status: 400, body: { code: "input_invalid" } })
    const form = await send("http://party/api/v1/qf/party/create", { method: "POST", headers: { authorization: "Bearer x" }, body: new Uint8Array(9) })
    expect(form.status).toBe(400)
    const bare = await send("http://party/api/v1/qf/party/create", { method: "POST" })
    expect(bare.status).toBe(400)
    expect(await refused(ann.post("/qf/party/create", { max_players: 9 }))).toBe("400 input_invalid")
    expect(await done(ann.post("/qf/party/create"))).toMatchObject({ status: "OPEN" })
  })

  it("says where the party's events are heard", async () => {
    const ann = await joined("Ann")
    expect(await done(ann.get("/realtime"))).toMatchObject({
      auth_endpoint: "/api/pusher/auth",
      channels: { quipflip: `private-quipflip@${night.party.id}`, guest: `private-guest@${ann.id}` },
    })
  })
})
