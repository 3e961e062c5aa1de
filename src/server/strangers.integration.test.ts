import { and, eq } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import * as actions from "@/app/actions/party-logic"
import { parties, rateLimits } from "@/db/schema/party"
import type { Refusal, Result } from "@/kernel/result"
import { lanPeerList } from "@/lan/queries"
import type { Who } from "@/party/actor"
import { pcOf } from "@/testing/lan-pc"
import { expectUntouched, startHouse, startParty, testSecret, type House, type Night } from "@/testing/start-party"
import { actionDoors, definedGuarded, exportedGuarded, routeDoors, type ActionDoor, type GuardedDoor, type RouteDoor } from "@/testing/strangers-doors"
import { almostRight, argumentsOf, junk, wellFormed, type Ids } from "@/testing/strangers-input"
import { idsIn, rowsOf, rowsWith, startBusyNight } from "@/testing/strangers-night"
import { bringing } from "@/testing/strangers-requests"
import { cookieNames, sealClaim, type Claims } from "./identity"
import { nightFor } from "./night-view"
import { refusalStatus } from "./refusal-status"
import { restRoutes } from "./rest-document"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"

vi.mock("next/headers", async () => (await import("@/testing/strangers-requests")).strangersHeaders)
vi.mock("next/server", () => ({ after: () => undefined }))

/** Well-formed inputs and wrong ones per stranger and door, each drawn anew at every run. */
const tries = 4
const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }

// What cannot be found by looking at what a module exports: made per surface, or private to the one door that runs it.
const surfaces = (["guest", "host", "tv"] as const).map((surface) => ({ kind: "query" as const, who: surface, name: `${surface}Night`, door: nightFor(surface) as unknown as GuardedDoor["door"] }))
const privateToADoor: Readonly<Record<string, string>> = { ownChannels: "GET /api/v1/realtime", sharePicture: "GET /api/v1/quipflip/share", "${surface}Night": "GET /api/v1/night" }

const guarded = [...(await exportedGuarded()), ...surfaces]
const routes = await routeDoors()
const byName = new Map(guarded.map((one) => [one.name, one]))

let house: House
let night: Night
let ids: Ids
let kicked: string
let outsiders: Night
/** Every id of the party that is knocked at. */
let theirs: Set<string>

type Beside = { others: Night; pc: Claims; networkId: string }
let beside: Beside | undefined

/** A party in the same house; a new one when the last did not outlive what its own host did. */
async function anotherParty(): Promise<Beside> {
  const isOpen = beside && (await house.runtime.db.select().from(parties).where(and(eq(parties.id, beside.others.party.id), eq(parties.status, "OPEN")))).length === 1
  if (beside && isOpen && (await nightIsSeen(beside))) return beside
  const others = await startParty({ house, names: ["Zoe"] })
  const { claims: pc, networkId } = await pcOf(others, "Zoe")
  return (beside = { others, pc, networkId })
}

async function nightIsSeen({ others, pc, networkId }: Beside): Promise<boolean> {
  const seen = [await others.ask(others.claimsOf("Zoe"), nightFor("guest")), await others.ask(pc, lanPeerList, { networkId })]
  return seen.every(({ ok }) => ok)
}

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
  ;({ night, ids, kicked } = await startBusyNight(house))
  theirs = idsIn((await rowsOf(house)).join("\n"))
  outsiders = await startParty({ house, names: ["Zoe"] })
}, 120_000)
beforeEach(() => house.runtime.db.delete(rateLimits).then(() => undefined))
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

describe("nothing is left out", () => {
  it("every command and query in the sources is knocked at below, by itself or at the one door that runs it", () => {
    const known = new Set([...byName.keys(), ...Object.keys(privateToADoor)])
    expect([...definedGuarded()].filter(([name]) => !known.has(name))).toEqual([])
    expect(guarded.length).toBeGreaterThan(95)
    for (const door of Object.values(privateToADoor)) expect(routes.map(({ name }) => name)).toContain(door)
  })

  it("every server action is a function of the module, and every entry of the API's document is a route file", () => {
    expect(actionDoors().map(({ name }) => name).sort()).toEqual(Object.keys(actions).sort())
    const documented = restRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(routes.map(({ name }) => name)).toEqual(expect.arrayContaining(documented))
  })

  it("no input is so narrow that no well-formed one is found for it", () => {
    for (const { name, door } of guarded) expect([name, wellFormed(door.input, ids, tries).length > 0]).toEqual([name, true])
  })
})

type Stranger = { readonly who: string; readonly claims: Claims; readonly told: (who: Who) => string | null }

const nobodyIsTold = (who: Who) => (who === "host" ? "host_only" : who === "lanPeer" || who === "lanReturner" ? "lan_token_unknown" : "not_signed_in")
const forGuests = (who: Who) => who === "guest" || who === "player" || who === "hostOrGuest" || who === "anyone"

/** Whom this party turns away, and with which word; null where they are none. */
function strangers(): Stranger[] {
  const partyId = night.party.id
  const foreignSeat = outsiders.idOf("Zoe")
  const someLink = "01234567-89ab-4cde-8f01-23456789abcd"
  return [
    { who: "nobody", claims: {}, told: nobodyIsTold },
    { who: "a guest", claims: night.claimsOf("Cy"), told: (who) => (forGuests(who) ? null : nobodyIsTold(who)) },
    { who: "a kicked guest", claims: night.claimsOf(kicked), told: (who) => (forGuests(who) ? "kicked" : nobodyIsTold(who)) },
    { who: "a newcomer", claims: { newcomer: { partyId } }, told: (who) => (who === "newcomer" ? null : nobodyIsTold(who)) },
    { who: "a seat of another party, said to be of this one", claims: { guest: { partyId, guestId: foreignSeat } }, told: nobodyIsTold },
    { who: "a host by a link that is none", claims: { host: { partyId, linkId: someLink } }, told: (who) => (who === "hostOrGuest" || who === "tv" || who === "anyone" ? "host_only" : nobodyIsTold(who)) },
    { who: "a TV by a link that is none", claims: { tv: { partyId, linkId: someLink } }, told: nobodyIsTold },
    { who: "a PC with a token of nobody", claims: { lanPeer: { partyId, tokenHash: "0".repeat(64), shownAt: house.clock.now() } }, told: nobodyIsTold },
  ]
}

function knock({ kind, door }: GuardedDoor, claims: Claims, input: unknown): Promise<Result<object, Refusal>> {
  return kind === "command" ? runCommand(house.runtime, door, { claims }, input) : runQuery(house.runtime, door, claims, input)
}

const codeOf = (result: Result<unknown, Refusal>) => (result.ok ? "let in" : result.refusal.code)

describe("a stranger at every command and query", () => {
  it.each(guarded.map((one) => [one.name, one] as const))("[PTY-8] %s", async (_name, one) => {
    await expectUntouched(night, async () => {
      for (const { who, claims, told } of strangers()) {
        const expected = told(one.who)
        if (expected === null) continue
        for (const input of wellFormed(one.door.input, ids, tries)) {
          expect([who, codeOf(await knock(one, claims, input))]).toEqual([who, expected])
        }
        for (const input of almostRight(one.door.input, ids, tries)) {
          expect([expected, "input_invalid"]).toContain(codeOf(await knock(one, claims, input)))
        }
      }
    })
  })
})

describe("who belongs to another party, with ids of this one", () => {
  it.each(guarded.map((one) => [one.name, one] as const))("[PTY-8] [LAN-31] %s", async (_name, one) => {
    const { others, pc } = await anotherParty()
    const before = await rowsWith(house, theirs)
    for (const [who, claims] of [["a PC of its LAN", pc], ["its guest", others.claimsOf("Zoe")], ["its host", others.hostClaims]] as const) {
      for (const input of [...wellFormed(one.door.input, ids, 4), ...almostRight(one.door.input, ids, 4)]) {
        const answer = await knock(one, claims, input)
        const sent = idsIn(asText(input))
        expect([who, [...idsIn(asText(answer))].filter((id) => theirs.has(id) && !sent.has(id))]).toEqual([who, []])
      }
    }
    expect(await rowsWith(house, theirs)).toEqual(before)
  })
})

describe("a stranger at every server action", () => {
  const doors = Object.entries(actions) as unknown as [string, (...args: unknown[]) => Promise<{ success: boolean; code?: string } | null>][]
  const written = new Map(actionDoors().map((door) => [door.name, door]))
  /** Who shows a PIN, a passcode or a link is no stranger; without the right one they are told so. The other two only forget. */
  const atTheDoor: Readonly<Record<string, readonly string[]>> = {
    joinPartyAction: ["wrong_pin", "too_many_guesses", "input_invalid"],
    loginWithPinAction: ["wrong_pin", "too_many_guesses"],
    hostLoginAction: ["wrong_passcode", "party_pin_needed", "too_many_guesses"],
    openLinkAction: ["link_not_valid", "too_many_guesses"],
    startPartyAction: ["new_parties_off"],
    leaveThisPhoneAction: ["let in"],
    hostLogoutAction: ["let in"],
  }

  /** What an action runs in a file of its own; one that is not in here either has no guard that we know of, and fails. */
  const throughHelper: Readonly<Record<string, readonly string[]>> = { lanRelayLoadAction: ["lanNetworkId"] }

  it.each(doors)("[PTY-8] %s", async (name, action) => {
    const door = assertWritten(written.get(name))
    const guards = [...door.runs, ...(throughHelper[name] ?? [])].flatMap((run) => byName.get(run) ?? [])
    expect([name, guards.length > 0 || name in atTheDoor]).toEqual([name, true])
    await expectUntouched(night, async () => {
      for (const stranger of await cookieStrangers()) {
        const told: readonly (string | null)[] = atTheDoor[name] ?? guards.map(({ who }) => stranger.told(who))
        if (told.some((code) => code === null)) continue
        for (const args of fc.sample(argumentsOf(door, ids), tries)) {
          const answer = await bringing({ cookies: stranger.cookies }, () => action(...args))
          // Who shows nothing is turned away before a word is read; of who shows something the words are read first.
          expect(stranger.showsNothing ? told : [...told, "input_invalid"]).toContain(saidBy(answer, told))
        }
        for (const args of fc.sample(fc.array(fc.oneof(junk, fc.constantFrom(...Object.values(ids))), { maxLength: 6 }), tries)) {
          const answer = await bringing({ cookies: stranger.cookies }, () => action(...args))
          expect([...told, "input_invalid"]).toContain(saidBy(answer, told))
        }
      }
    })
  })

  // The one action that answers a guest or null.
  const saidBy = (answer: { success: boolean; code?: string } | null, told: readonly (string | null)[]) => (answer === null ? told[0] : answer.success ? "let in" : answer.code)
})

describe("a stranger at every route", () => {
  /** Open to everybody: what they tell is nobody's secret, or a PIN or a line is asked for inside. Another one fails here until it is named. */
  const programs = ["GET /lan/agent.mjs", "GET /lan/agent/{file}"]
  const open = new Set(["GET /api/health", "GET /api/health/live", ...programs, ...restRoutes.filter(({ isOpen }) => isOpen).map(({ method, path }) => `${method.toUpperCase()} ${path}`)])
  const refusals = ["not_signed_in", "host_only", "lan_token_unknown", "kicked"]

  it.each(routes.map((one) => [one.name, one] as const))("[PTY-17] %s", async (name, route) => {
    const documented = restRoutes.find(({ method, path }) => `${method.toUpperCase()} ${path}` === name)
    await expectUntouched(night, async () => {
      for (const { who, token } of await bearerStrangers()) {
        for (const request of requestsTo(route, ids)) {
          const { status, body } = await send(route, request, token)
          expect([who, name, status >= 500 || body.code === "internal"]).toEqual([who, name, false])
          if (open.has(name)) continue
          if (body.code === undefined) {
            // Some doors speak to libraries, not to our programs: they say less.
            expect([name, status]).toEqual([name, name.startsWith("POST /api/pusher/") ? 403 : 404])
            continue
          }
          expect([who, status]).toEqual([who, refusalStatus({ code: String(body.code) })])
          expect([...refusals, "input_invalid"]).toContain(body.code)
          if (documented) expect(documented.errors).toContain(body.code)
        }
      }
    })
  })

  it("[PTY-17] none lets a well-formed request of a stranger through for its shape alone: each says who, not what", async () => {
    for (const route of routes.filter(({ name }) => !open.has(name))) {
      const documented = restRoutes.find(({ method, path }) => `${method.toUpperCase()} ${path}` === route.name)
      if (!documented || documented.bodyType) continue
      const [body] = wellFormed(documented.input, ids, 1)
      const { body: answer } = await send(route, { params: paramsOf(route, ids), body: JSON.stringify(body), query: body as Record<string, unknown> }, undefined)
      expect([route.name, refusals.includes(String(answer.code))]).toEqual([route.name, true])
    }
  })

  it.each(routes.map((one) => [one.name, one] as const))("[PTY-8] [LAN-31] %s of another party's people touches nothing here and tells nothing of here", async (name, route) => {
    const { others } = await anotherParty()
    const before = await rowsWith(house, theirs)
    const seals = await Promise.all([
      sealClaim("guest", { partyId: others.party.id, guestId: others.idOf("Zoe") }, testSecret),
      sealClaim("host", { partyId: others.party.id, linkId: null }, testSecret),
    ])
    for (const token of seals) {
      for (const request of requestsTo(route, ids)) {
        const { status, body } = await send(route, request, token)
        expect([name, status >= 500 || body.code === "internal"]).toEqual([name, false])
        const sent = idsIn(asText(request))
        expect([...idsIn(asText(body))].filter((id) => theirs.has(id) && !sent.has(id))).toEqual([])
      }
    }
    expect(await rowsWith(house, theirs)).toEqual(before)
  })
})

type Sent = { readonly params: Record<string, string>; readonly body?: string; readonly query?: Record<string, unknown>; readonly type?: string }

/** Right and wrong requests for a route: what its document asks for, what it might, and what nobody would send. */
function requestsTo(route: RouteDoor, known: Ids): Sent[] {
  const documented = restRoutes.find(({ method, path }) => `${method.toUpperCase()} ${path}` === route.name)
  const params = paramsOf(route, known)
  const right = documented ? wellFormed(documented.input, known, 4) : [{ ...known, amount: 5, timeText: "90", as: "host", sessionId: known.sessionId }]
  const wrong = fc.sample(junk, 4).map((value) => asText(value))
  return [
    ...right.map((value) => ({ params, body: asText(value), query: value as Record<string, unknown> })),
    ...wrong.map((body) => ({ params, body, query: { "\0": body.slice(0, 500), as: body.slice(0, 20) } })),
    { params: Object.fromEntries(Object.keys(params).map((name) => [name, "../\0%00'"])), body: "{}" },
    { params, body: "a=1&b=2", type: "application/x-www-form-urlencoded" },
    { params, body: '{"__proto__":{"isHost":true},"constructor":{"prototype":{}}}' },
    { params, body: "[".repeat(30_000) },
  ]
}

function paramsOf({ path }: RouteDoor, known: Ids): Record<string, string> {
  return Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, known[name] ?? known.any]))
}

async function send(route: RouteDoor, { params, body, query = {}, type = "application/json" }: Sent, token: string | undefined): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { "content-type": type, "idempotency-key": `stranger-${Math.floor(house.clock.now().getTime())}-0123456789`, ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const url = new URL(`http://party${route.path}`)
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, typeof value === "string" ? value : asText(value))
  const request = new Request(url, { method: route.method, headers, ...(route.method === "POST" ? { body: body ?? "" } : {}) })
  const inAddress = Object.keys(params).length > 0 ? params : undefined
  const response = await bringing({ headers }, () => route.handle(request, { params: Promise.resolve(inAddress) }))
  const answer = await response.text()
  return { status: response.status, body: answer.startsWith("{") ? (JSON.parse(answer) as Record<string, unknown>) : {} }
}

/** As text, also what JSON cannot say. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? String(part) : part)) ?? String(value)
  } catch {
    return "[unspeakable]"
  }
}

async function cookieStrangers(): Promise<{ cookies: Record<string, string>; told: Stranger["told"]; showsNothing: boolean }[]> {
  const known = strangers().filter(({ claims }) => !claims.newcomer && !claims.lanPeer)
  const forged = { cookies: { [cookieNames.host]: "Fe26.2*1*forged", [cookieNames.guest]: "x".repeat(5_000), [cookieNames.tv]: "" }, told: nobodyIsTold, showsNothing: true }
  return [forged, ...(await Promise.all(known.map(async ({ claims, told }) => ({ cookies: await cookiesOf(claims), told, showsNothing: Object.keys(claims).length === 0 }))))]
}

async function cookiesOf({ guest, host, tv }: Claims): Promise<Record<string, string>> {
  return {
    ...(guest ? { [cookieNames.guest]: await sealClaim("guest", guest, testSecret) } : {}),
    ...(host ? { [cookieNames.host]: await sealClaim("host", host, testSecret) } : {}),
    ...(tv ? { [cookieNames.tv]: await sealClaim("tv", tv, testSecret) } : {}),
  }
}

async function bearerStrangers(): Promise<{ who: string; token: string | undefined }[]> {
  const { partyId } = { partyId: night.party.id }
  const other = "another secret of 32 characters....."
  return [
    { who: "nobody", token: undefined },
    { who: "a kicked guest", token: await sealClaim("guest", { partyId, guestId: night.idOf(kicked) }, testSecret) },
    { who: "a guest's seal by somebody else's secret", token: await sealClaim("guest", { partyId, guestId: night.idOf("Ann") }, other) },
    { who: "a host's seal by somebody else's secret", token: await sealClaim("host", { partyId, linkId: null }, other) },
    { who: "who wrote a token", token: "Fe26.2*1*forged" },
  ]
}

function assertWritten(door: ActionDoor | undefined): ActionDoor {
  if (!door) throw new Error("an action that is not in the module's text")
  return door
}
