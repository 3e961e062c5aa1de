import { AsyncLocalStorage } from "node:async_hooks"
import Papa from "papaparse"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import * as actions from "@/app/actions/party-logic"
import { GET as dueWork } from "@/app/api/cron/due-work/route"
import { GET as health } from "@/app/api/health/route"
import { POST as authorize } from "@/app/api/pusher/auth/route"
import { POST as signIn } from "@/app/api/pusher/user-auth/route"
import { GET as getBets, POST as postBet } from "@/app/api/v1/bets/route"
import { GET as getExport } from "@/app/api/v1/export/route"
import { POST as postJoin } from "@/app/api/v1/join/route"
import { POST as postLap } from "@/app/api/v1/laps/route"
import { GET as getNight } from "@/app/api/v1/night/route"
import { GET as getSoloDesk } from "@/app/api/v1/quipflip/solo/route"
import { POST as importUpload } from "@/app/api/v1/result-file/import/route"
import { POST as previewUpload } from "@/app/api/v1/result-file/route"
import { openDatabase } from "@/db/client"
import { rateLimits } from "@/db/schema/party"
import { startImposterRound } from "@/games/imposter/commands"
import { submitLapTime } from "@/games/racing/commands"
import { createHostLink, kickGuest } from "@/party/commands"
import { accepted, expectConserved, expectUntouched, startHouse, startParty, testPasscode, testSecret, type House, type Night } from "@/testing/start-party"
import { createOneTimeLink } from "./create-party"
import { sealClaim } from "./identity"

type Cookie = { value: string; options: Record<string, unknown> }
type Phone = { cookies: Map<string, Cookie>; headers: Headers }

const request = vi.hoisted(() => ({ phone: undefined as unknown as AsyncLocalStorage<Phone>, after: [] as (() => unknown)[] }))
request.phone = new AsyncLocalStorage<Phone>()

function phoneAsking(): Phone {
  const phone = request.phone.getStore()
  if (!phone) throw new Error("nobody asks")
  return phone
}

// What Next hands to a request: this phone's cookies and headers.
vi.mock("next/headers", () => ({
  headers: async () => phoneAsking().headers,
  cookies: async () => ({
    get: (name: string) => phoneAsking().cookies.get(name),
    set: (name: string, value: string, options: Record<string, unknown>) => void phoneAsking().cookies.set(name, { value, options }),
    delete: (name: string) => void phoneAsking().cookies.delete(name),
  }),
}))
vi.mock("next/server", () => ({ after: (work: () => unknown) => void request.after.push(work) }))

const runtimeKey = Symbol.for("party-os.runtime")
const holder = globalThis as { [runtimeKey]?: unknown }

let house: House
let night: Night
let gameId: string

beforeAll(async () => {
  house = await startHouse()
  holder[runtimeKey] = house.runtime
  night = await startParty({ house, guests: 3 })
  gameId = await night.openRace(["Ann", "Bo"])
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
})
afterAll(async () => {
  delete holder[runtimeKey]
  await house.stop()
})

describe("cookies", () => {
  it("[PTY-5] joining seats this phone: httpOnly, SameSite=Lax, seven days, whole site; Secure over https only", async () => {
    for (const [headers, secure] of [[{}, false], [{ "x-forwarded-proto": "https" }, true], [{ "x-forwarded-proto": "https,http" }, true]] as const) {
      const phone = newPhone(headers)
      const answer = await on(phone, () => actions.joinPartyAction("Eve", night.party.joinPin))
      expect(answer).toMatchObject({ success: true, user: { walletBalance: 1000 } })
      expect([...phone.cookies.keys()]).toEqual(["party_user"])
      expect(phone.cookies.get("party_user")?.options).toEqual({ httpOnly: true, sameSite: "lax", path: "/", maxAge: 604_800, secure })
      expect(await on(phone, () => actions.getCurrentPartyUserAction())).toMatchObject({ pinCode: expect.any(Number) as number })
    }
  })

  it("[PTY-5] another phone by PIN is the same seat; giving the phone back leaves the guest in the party", async () => {
    const phone = newPhone()
    const pin = night.guests.get("Cy")?.pinCode ?? 0
    expect(await on(phone, () => actions.loginWithPinAction(String(pin), night.party.joinPin))).toMatchObject({ success: true, user: { id: night.idOf("Cy") } })
    expect(await on(phone, () => actions.getCurrentPartyUserAction())).toMatchObject({ id: night.idOf("Cy") })
    await on(phone, () => actions.leaveThisPhoneAction())
    expect(phone.cookies.size).toBe(0)
    expect(await on(phone, () => actions.getCurrentPartyUserAction())).toBeNull()
    expect((await night.ask(night.claimsOf("Cy"), (await import("@/party/queries")).currentGuest)).ok).toBe(true)
  })

  it("[PTY-7] passcode, printed link, co-host and TV: each gets its own cookie and is told where to go", async () => {
    const laptop = newPhone()
    expect(await on(laptop, () => actions.hostLoginAction(testPasscode, night.party.joinPin))).toEqual({ success: true })
    expect([...laptop.cookies.keys()]).toEqual(["party_host"])
    expect(await on(laptop, () => actions.createRaceAction("Extra"))).toMatchObject({ success: true })
    await on(laptop, () => actions.hostLogoutAction())
    expect(await on(laptop, () => actions.createRaceAction("Extra"))).toMatchObject({ success: false, code: "host_only" })

    const printed = await createOneTimeLink(house.runtime.db, { partyId: night.party.id, now: house.clock.now(), random: house.runtime.random })
    expect(await on(laptop, () => actions.openLinkAction(printed))).toEqual({ success: true, goTo: "/admin/race-control" })
    expect(await on(newPhone(), () => actions.openLinkAction(printed))).toMatchObject({ success: false, code: "link_not_valid" })

    const { token } = accepted(await night.host(createHostLink, { kind: "TV", label: "TV" }))
    const tv = newPhone()
    expect(await on(tv, () => actions.openLinkAction(token))).toEqual({ success: true, goTo: "/party/tv" })
    expect([...tv.cookies.keys()]).toEqual(["party_tv"])
    expect(await on(tv, () => actions.grantCoinsAction(night.idOf("Ann"), 5))).toMatchObject({ success: false, code: "host_only" })
  })

  it("[PTY-18] who was host last week and is a guest tonight acts as tonight's guest", async () => {
    const lastWeek = await startParty({ house })
    const { token } = accepted(await lastWeek.host(createHostLink, { kind: "CO_HOST", label: "Eli" }))
    const tv = accepted(await lastWeek.host(createHostLink, { kind: "TV", label: "TV" }))
    const phone = newPhone()
    for (const link of [token, tv.token]) await on(phone, () => actions.openLinkAction(link))
    expect([...phone.cookies.keys()]).toEqual(["party_host", "party_tv"])
    const joined = await on(phone, () => actions.joinPartyAction("Eli", night.party.joinPin))
    expect([...phone.cookies.keys()]).toEqual(["party_user"])
    expect(joined).toMatchObject({ success: true })
    expect(await on(phone, () => actions.registerDriverAction(undefined, gameId))).toMatchObject({ success: true, gameId })
    await on(phone, () => actions.hostLoginAction(testPasscode, night.party.joinPin))
    expect([...phone.cookies.keys()]).toEqual(["party_user", "party_host"])
  })

  it("[PTY-5] a cookie that was changed by one character is nobody's", async () => {
    const phone = newPhone()
    await on(phone, () => actions.joinPartyAction("Fay", night.party.joinPin))
    const cookie = phone.cookies.get("party_user")
    phone.cookies.set("party_user", { value: `${cookie?.value.slice(0, 60)}x${cookie?.value.slice(61)}`, options: {} })
    expect(await on(phone, () => actions.getUserBetsAction())).toMatchObject({ success: false, code: "not_signed_in" })
  })

  it("[PTY-8] a guest's seal in the host's cookie makes no host", async () => {
    const phone = newPhone()
    const seal = await sealClaim("guest", { partyId: night.party.id, guestId: night.idOf("Ann") }, testSecret)
    phone.cookies.set("party_host", { value: seal, options: {} })
    expect(await on(phone, () => actions.endPartyAction())).toMatchObject({ success: false, code: "host_only" })
  })

  it("[PTY-6] [PTY-28] guesses are counted by the address the proxy in front saw, whatever the client wrote before it", async () => {
    const login = () => actions.loginWithPinAction(1, night.party.joinPin)
    const from = (address: string, lie: string) => on(newPhone({ "x-forwarded-for": `${lie}, ${address}` }), login)
    for (let time = 0; time < 5; time++) expect(await from("203.0.113.5", `198.51.100.${time}`)).toMatchObject({ code: "wrong_pin" })
    expect(await from("203.0.113.5", "198.51.100.9")).toMatchObject({ code: "too_many_guesses" })
    expect(await from("203.0.113.6", "198.51.100.9")).toMatchObject({ code: "wrong_pin" })
    const behindTwo = { ...house.runtime, env: { ...house.runtime.env, TRUST_PROXY: 2 } }
    holder[runtimeKey] = behindTwo
    expect(await from("10.0.0.1", "1.1.1.1, 203.0.113.5")).toMatchObject({ code: "too_many_guesses" })
    expect(await from("10.0.0.1", "203.0.113.5, 203.0.113.7")).toMatchObject({ code: "wrong_pin" })
  })

  it("[PTY-27] who brought very many guests is told when the door opens again, by the action and by the route", async () => {
    const inAWhile = Date.now() + 10 * 60 * 1000
    await house.runtime.db.insert(rateLimits).values({ key: `arrival:${night.party.id} 203.0.113.77`, points: 240, expire: inAWhile })
    const phone = () => newPhone({ "x-forwarded-for": "203.0.113.77" })
    expect(await on(phone(), () => actions.joinPartyAction("Eve", night.party.joinPin))).toMatchObject({ code: "too_many_arrivals" })
    const body = JSON.stringify({ name: "Eve", partyPin: night.party.joinPin })
    const answer = await on(phone(), () => postJoin(new Request("http://party/api/v1/join", { method: "POST", headers: { "content-type": "application/json" }, body })))
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(500)
    expect(await on(newPhone({ "x-forwarded-for": "203.0.113.78" }), () => actions.joinPartyAction("Eve", night.party.joinPin))).toMatchObject({ success: true })
  })
})

describe("every server action", () => {
  const named = Object.entries(actions) as unknown as [string, (...args: unknown[]) => Promise<{ success: boolean; code?: string; error?: string } | null>][]
  const harmless = new Set(["leaveThisPhoneAction", "hostLogoutAction"])
  const garbage: unknown[][] = [
    [],
    [null, null, null, null, null, null, null],
    [{}, {}, {}, {}, {}, {}, {}],
    [[], [], [], []],
    ["x".repeat(100_000), "x", "x", "x", "x", "x", "x".repeat(100_000)],
    [-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5],
    ["'; drop table parties;--", "\u0000", "\ud800"],
    [Object.create(null), Object.create(null)],
    [new Map([["a", 1]]), new Set([1]), new Date(Number.NaN), 10n],
  ]

  it.each(named)("%s answers a stranger's garbage with a sentence, changes nothing and never throws", async (name, action) => {
    await expectUntouched(night, async () => {
      for (const args of garbage) {
        const answer = await on(newPhone(), () => action(...args))
        if (answer === null || harmless.has(name)) continue
        expect(answer).toMatchObject({ success: false, code: expect.any(String) as string, error: expect.stringMatching(/\S/) as string })
        expect(answer.code).not.toBe("internal")
      }
    })
  })

  it.each(named)("%s answers a host's garbage the same way", async (name, action) => {
    const party = await startParty({ house })
    const laptop = newPhone()
    laptop.cookies.set("party_host", { value: await sealClaim("host", { partyId: party.party.id, linkId: null }, testSecret), options: {} })
    for (const args of garbage) {
      const answer = await on(laptop, () => action(...args))
      if (answer !== null && !answer.success) expect([name, answer.code]).not.toEqual([name, "internal"])
    }
  })

  it("a bug reaches the client as an id only", async () => {
    const phone = newPhone()
    holder[runtimeKey] = { ...house.runtime, db: undefined }
    const answer = await on(phone, () => actions.getAllPartyUsersAction())
    const cookie = await sealClaim("guest", { partyId: night.party.id, guestId: night.idOf("Ann") }, testSecret)
    phone.cookies.set("party_user", { value: cookie, options: {} })
    const broken = await on(phone, () => actions.getAllPartyUsersAction())
    holder[runtimeKey] = house.runtime
    expect(answer).toMatchObject({ code: "not_signed_in" })
    expect(broken).toEqual({
      success: false,
      code: "internal",
      errorId: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
      error: expect.stringMatching(/^Something broke on our side \([0-9a-f]{8}\)/) as string,
    })
  })

  it("lets the events go out before a process is frozen", async () => {
    request.after.length = 0
    await on(newPhone(), () => actions.getEventLogAction())
    expect(request.after).toHaveLength(1)
    await request.after[0]?.()
  })
})

describe("the REST doors", () => {
  const json = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    new Request(`http://party${url}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: typeof body === "string" ? body : JSON.stringify(body) })
  const tokenOf = (name: string) => sealClaim("guest", { partyId: night.party.id, guestId: night.idOf(name) }, testSecret)
  const hostToken = () => sealClaim("host", { partyId: night.party.id, linkId: null }, testSecret)
  const asBearer = async (token: string | Promise<string>) => newPhone({ authorization: `Bearer ${await token}` })
  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as Record<string, unknown> })

  it("[PTY-2] joining answers with a bearer token that is a seat, and no cookie", async () => {
    const phone = newPhone()
    const { status, body } = await read(await on(phone, () => postJoin(json("/api/v1/join", { name: "Gil", partyPin: String(night.party.joinPin) }))))
    expect(status).toBe(200)
    expect(phone.cookies.size).toBe(0)
    const bets = await on(await asBearer(String(body.token)), () => getBets(new Request("http://party/api/v1/bets")))
    expect(await read(bets)).toMatchObject({ status: 200, body: { success: true, bets: [] } })
  })

  it("[PTY-14] the Idempotency-Key is the id of the tap, for joining and for betting", async () => {
    const headers = { "idempotency-key": "rest-0123456789abcdef" }
    const join = () => on(newPhone(), () => postJoin(json("/api/v1/join", { name: "Hans", partyPin: night.party.joinPin }, headers)))
    const [first, second] = [await read(await join()), await read(await join())]
    expect(second.body.user).toEqual(first.body.user)
    const phone = await asBearer(tokenOf("Cy"))
    const bet = () => on(phone, () => postBet(json("/api/v1/bets", { targetUserId: night.idOf("Ann"), amount: 10, gameId }, headers)))
    expect((await read(await bet())).body.betId).toBe((await read(await bet())).body.betId)
    expect(await night.betsOf("Cy")).toHaveLength(1)
    await expectConserved(night)
  })

  it.each<[string, () => Request, number, string]>([
    ["no JSON", () => json("/api/v1/bets", "{", {}), 400, "input_invalid"],
    ["a form of a foreign page", () => json("/api/v1/bets", "amount=5", { "content-type": "application/x-www-form-urlencoded" }), 400, "input_invalid"],
    ["plain text that is JSON", () => json("/api/v1/bets", "{}", { "content-type": "text/plain" }), 400, "input_invalid"],
    ["more than fits", () => json("/api/v1/bets", { padding: "x".repeat(70_000) }), 400, "input_invalid"],
    ["a key that can be guessed", () => json("/api/v1/bets", { targetUserId: night.idOf("Ann"), amount: 1 }, { "idempotency-key": "1" }), 400, "input_invalid"],
    ["a stake of nothing", () => json("/api/v1/bets", { targetUserId: night.idOf("Ann"), amount: 0 }), 400, "input_invalid"],
    ["a list", () => json("/api/v1/bets", [1]), 400, "input_invalid"],
    ["null", () => json("/api/v1/bets", "null"), 400, "input_invalid"],
    ["a driver of no race", () => json("/api/v1/bets", { targetUserId: night.idOf("Cy"), amount: 1, gameId }), 404, "target_not_in_race"],
    ["too much", () => json("/api/v1/bets", { targetUserId: night.idOf("Ann"), amount: 501, gameId }), 422, "stake_over_limit"],
  ])("refuse %s with its status, and change nothing", async (_what, make, status, code) => {
    const phone = await asBearer(tokenOf("Cy"))
    const answer = await expectUntouched(night, async () => read(await on(phone, () => postBet(make()))))
    expect(answer).toMatchObject({ status, body: { success: false, code, error: expect.stringMatching(/\S/) as string } })
  })

  it("tell a stranger 401, a guest at the host's door 403, a guesser 429 with the time to wait and a kicked guest 403", async () => {
    expect((await on(newPhone(), () => postBet(json("/api/v1/bets", { targetUserId: night.idOf("Ann"), amount: 1 })))).status).toBe(401)
    const asAnn = await asBearer(tokenOf("Ann"))
    expect((await on(asAnn, () => getExport(new Request("http://party/api/v1/export")))).status).toBe(403)
    expect((await on(asAnn, () => postLap(json("/api/v1/laps", { timeText: "90", gameId })))).status).toBe(403)
    const guess = () => on(newPhone({ "x-forwarded-for": "203.0.113.9" }), () => postJoin(json("/api/v1/join", { name: "X", partyPin: 1 })))
    for (let time = 0; time < 5; time++) expect((await guess()).status).toBe(401)
    const tooMany = await guess()
    expect(tooMany.status).toBe(429)
    expect(Number(tooMany.headers.get("retry-after"))).toBeGreaterThan(50)
    expect(Number(tooMany.headers.get("retry-after"))).toBeLessThanOrEqual(60)
    const party = await startParty({ house, guests: 1 })
    accepted(await party.host(kickGuest, { guestId: party.idOf("Ann") }))
    const out = await asBearer(sealClaim("guest", { partyId: party.party.id, guestId: party.idOf("Ann") }, testSecret))
    expect((await on(out, () => getBets(new Request("http://party/api/v1/bets")))).status).toBe(403)
  })

  it("[PTY-15] the night of a surface is for who is entitled to it, and is never kept by a cache in between", async () => {
    const look = async (as: string, phone: Phone) => on(phone, () => getNight(new Request(`http://party/api/v1/night?as=${as}`)))
    const asAnn = await asBearer(tokenOf("Ann"))
    const own = await look("guest", asAnn)
    expect(own.status).toBe(200)
    expect(own.headers.get("cache-control")).toContain("no-store")
    expect((await look("host", asAnn)).status).toBe(403)
    expect((await look("tv", asAnn)).status).toBe(401)
    expect((await look("everything", asAnn)).status).toBe(200)
    expect((await look("host", await asBearer(hostToken()))).status).toBe(200)
    const tag = own.headers.get("etag") ?? ""
    const again = (headers: Record<string, string>) => on(asAnn, () => getNight(new Request("http://party/api/v1/night?as=guest", { headers })))
    expect((await again({ "if-none-match": tag })).status).toBe(304)
    accepted(await night.grant("Ann", 1))
    expect((await again({ "if-none-match": tag })).status).toBe(200)
    expect((await on(newPhone(), () => getNight(new Request("http://party/api/v1/night?as=guest", { headers: { "if-none-match": tag } })))).status).toBe(401)
  })

  it("[IMP-18] where no process looks at the clock, a screen that asks after a deadline moves the round on", async () => {
    const party = await startParty({ house, guests: 3 })
    accepted(await party.host(startImposterRound, {}))
    const phone = await asBearer(sealClaim("guest", { partyId: party.party.id, guestId: party.idOf("Ann") }, testSecret))
    const ask = async () => {
      request.after.length = 0
      const answer = (await (await on(phone, () => getNight(new Request("http://party/api/v1/night?as=guest")))).json()) as { night: { imposter: { status: string; discussionEndsAt: string } } }
      for (const work of request.after) await work()
      return answer.night.imposter
    }
    const { status, discussionEndsAt } = await ask()
    expect(status).toBe("ACTIVE")
    house.clock.advance(Date.parse(discussionEndsAt) - house.clock.now().getTime() + 1)
    await ask()
    expect((await ask()).status).toBe("VOTING")
  })

  it("the export as a table defuses names that a spreadsheet would run", async () => {
    const party = await startParty({ house, names: ["=1+1", "@SUM(A1)", "Ann"] })
    const phone = await asBearer(sealClaim("host", { partyId: party.party.id, linkId: null }, testSecret))
    const response = await on(phone, () => getExport(new Request("http://party/api/v1/export?table=guests")))
    expect(response.headers.get("content-type")).toContain("text/csv")
    const { data } = Papa.parse<{ name: string }>(await response.text(), { header: true })
    expect(data.map((row) => row.name)).toEqual(["'=1+1", "'@SUM(A1)", "Ann"])
  })

  it("the export defuses a car and a track of two lines as well", async () => {
    const party = await startParty({ house, guests: 1 })
    const lap = { timeText: "90", driverId: party.idOf("Ann"), carModel: "=HYPERLINK(1)\n2", track: "-1\r\n2" }
    accepted(await party.host(submitLapTime, lap))
    const phone = await asBearer(sealClaim("host", { partyId: party.party.id, linkId: null }, testSecret))
    const response = await on(phone, () => getExport(new Request("http://party/api/v1/export?table=entries")))
    const { data } = Papa.parse<{ carModel: string; track: string }>(await response.text(), { header: true })
    expect(data).toMatchObject([{ carModel: `'${lap.carModel}`, track: `'${lap.track}` }])
  })

  it("[RAC-25] a result file that says it is too large is refused unread, one that does not say is left at the limit", async () => {
    const phone = await asBearer(hostToken())
    const huge = new Request("http://party/api/v1/result-file", { method: "POST", headers: { "content-length": String(9 * 1024 * 1024) } })
    expect(await read(await on(phone, () => previewUpload(huge)))).toMatchObject({ status: 413, body: { code: "result_file_too_large" } })
    const chunked: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x" },
      body: endlessBody(),
      duplex: "half",
    }
    const silent = new Request("http://party/api/v1/result-file", chunked)
    expect(await read(await on(phone, () => previewUpload(silent)))).toMatchObject({ status: 413, body: { code: "result_file_too_large" } })
    const none = new Request("http://party/api/v1/result-file", { method: "POST", body: new FormData() })
    expect(await read(await on(phone, () => previewUpload(none)))).toMatchObject({ status: 400 })
  })

  it("[PTY-17] of a file from somebody who is no host not a byte is read", async () => {
    for (const [phone, status, code] of [
      [newPhone(), 403, "host_only"],
      [await asBearer(tokenOf("Ann")), 403, "host_only"],
    ] as const) {
      for (const door of [previewUpload, importUpload]) {
        let pulled = 0
        const body = new ReadableStream({ pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(1024))) }, { highWaterMark: 0 })
        const headers = { "content-type": "multipart/form-data; boundary=x", "idempotency-key": "rest-0123456789abcdef" }
        const sent: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" }
        const answer = await read(await on(phone, () => door(new Request("http://party/api/v1/result-file", sent))))
        expect(answer).toMatchObject({ status, body: { code } })
        expect(pulled).toBe(0)
      }
    }
  })

  it("[RAC-25] a form that is no multipart form holds no file", async () => {
    const sent = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "file=x" }
    const answer = await read(await on(await asBearer(hostToken()), () => previewUpload(new Request("http://party/api/v1/result-file", sent))))
    expect(answer).toMatchObject({ status: 400, body: { code: "input_invalid", error: "Choose a result file." } })
  })

  it("[PTY-14] a result file sent twice seats its new drivers once, and without an Idempotency-Key it changes nothing", async () => {
    const party = await startParty({ house })
    const phone = await asBearer(sealClaim("host", { partyId: party.party.id, linkId: null }, testSecret))
    const file = JSON.stringify({ TrackName: "monza", Result: [{ DriverName: "Zoe", CarId: 0, BestLap: 90_000 }] })
    const send = (headers: Record<string, string>) => {
      const body = new FormData()
      body.set("file", new File([file], "race.json"))
      body.set("mapping", JSON.stringify({ session: 0, drivers: [{ driver: 0, to: { kind: "NEW_SEAT" } }] }))
      return on(phone, async () => read(await importUpload(new Request("http://party/api/v1/result-file/import", { method: "POST", headers, body }))))
    }
    const unnamed = await expectUntouched(party, () => send({}))
    expect(unnamed).toMatchObject({ status: 400, body: { code: "input_invalid" } })
    const key = { "idempotency-key": "rest-0123456789abcdef" }
    const [first, second] = [await send(key), await send(key)]
    expect(first).toMatchObject({ status: 200, body: { driverCount: 1, lapCount: 1 } })
    expect(second).toEqual(first)
    const seats = await on(phone, () => actions.getAllPartyUsersAction())
    expect(seats.success && seats.users.map(({ name }) => name)).toEqual(["Zoe"])
  })

  it("[QF-E9] show a guest the own desk of Quipflip, and nobody else any", async () => {
    const ask = () => getSoloDesk(new Request("http://party/api/v1/quipflip/solo"))
    const own = await read(await on(await asBearer(tokenOf("Cy")), ask))
    expect(own).toMatchObject({ status: 200, body: { success: true, desk: { round: null, fees: { COPY: 50 } } } })
    expect(await read(await on(await asBearer(hostToken()), ask))).toMatchObject({ status: 401, body: { code: "not_signed_in" } })
    expect((await on(newPhone(), ask)).status).toBe(401)
  })

  it("sign a channel for who may listen, and answer 403 to all else", async () => {
    const ask = async (phone: Phone, body: string) =>
      (await on(phone, () => authorize(new Request("http://party/api/pusher/auth", { method: "POST", body })))).status
    const own = `socket_id=1.2&channel_name=${encodeURIComponent(`private-guest@${night.idOf("Ann")}`)}`
    expect(await ask(await asBearer(tokenOf("Ann")), own)).toBe(200)
    expect(await ask(await asBearer(tokenOf("Bo")), own)).toBe(403)
    expect(await ask(newPhone(), own)).toBe(403)
    expect(await ask(await asBearer(hostToken()), "nonsense")).toBe(403)
  })

  it("[PTY-24] sign a socket in for who has a seat or a claim, and answer 403 to all else", async () => {
    const ask = async (phone: Phone, body: string) =>
      read(await on(phone, () => signIn(new Request("http://party/api/pusher/user-auth", { method: "POST", body }))))
    const signed = await ask(await asBearer(tokenOf("Ann")), "socket_id=1.2")
    expect(signed).toMatchObject({ status: 200, body: { user_data: JSON.stringify({ id: night.idOf("Ann") }) } })
    expect((await ask(await asBearer(hostToken()), "socket_id=1.2")).status).toBe(200)
    expect((await ask(await asBearer(tokenOf("Ann")), "socket_id=1.2&as=host")).body).toEqual(signed.body)
    expect((await ask(await asBearer(tokenOf("Ann")), "socket_id=1.2&as=root")).body).toEqual(signed.body)
    expect((await ask(newPhone(), "socket_id=1.2")).status).toBe(403)
    expect((await ask(await asBearer(tokenOf("Ann")), "nonsense")).status).toBe(403)
    expect((await ask(await asBearer(tokenOf("Ann")), `socket_id=1.2&x=${"x".repeat(8_000)}`)).status).toBe(403)
  })

  it("[PTY-23] neither signs while the database is away: 503 that says so and when to come back, as at every other door", async () => {
    // Nobody listens there.
    const away = openDatabase("postgres://nobody@127.0.0.1:9/none")
    holder[runtimeKey] = { ...house.runtime, db: away.db }
    try {
      const phone = await asBearer(tokenOf("Ann"))
      const own = `socket_id=1.2&channel_name=${encodeURIComponent(`private-guest@${night.idOf("Ann")}`)}`
      for (const [door, path] of [[authorize, "auth"], [signIn, "user-auth"]] as const) {
        const response = await on(phone, () => door(new Request(`http://party/api/pusher/${path}`, { method: "POST", body: own })))
        expect(response.headers.get("retry-after")).toBe("2")
        expect(await read(response)).toMatchObject({ status: 503, body: { success: false, code: "database_away" } })
      }
    } finally {
      holder[runtimeKey] = house.runtime
      await away.close()
    }
  })

  it("health tells the truth, and due work is nobody's to start without the secret", async () => {
    expect((await health()).status).toBe(200)
    expect((await on(newPhone(), () => dueWork(new Request("http://party/api/cron/due-work", { headers: { authorization: "Bearer " } })))).status).toBe(404)
    holder[runtimeKey] = { ...house.runtime, db: { execute: () => Promise.reject(new Error("away")) } }
    const sick = await health()
    holder[runtimeKey] = house.runtime
    expect(sick.status).toBe(503)
  })
})

function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) }, { highWaterMark: 0 })
}

function newPhone(headers: Record<string, string> = {}): Phone {
  return { cookies: new Map(), headers: new Headers(headers) }
}

function on<T>(phone: Phone, work: () => Promise<T>): Promise<T> {
  return request.phone.run(phone, work)
}
