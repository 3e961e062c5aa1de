import { sealData } from "iron-session"
import { afterEach, describe, expect, it, vi } from "vitest"
import { claimSeconds, claimsOf, cookieNames, sealClaim, unsealClaim, type Claims } from "./identity"

const secret = "a secret for tests only, 32 characters"
const otherSecret = "another secret for tests, 32 characters"
const partyId = "6a4b6d1e-0f5b-4a5e-8a67-0c3a3a8c1d11"
const guestId = "0d9f3c1a-7a38-4b1e-9d52-5f7d0a9f6b22"
const guest = { partyId, guestId }
const host = { partyId, linkId: null }
const day = 24 * 60 * 60 * 1000

afterEach(() => vi.useRealTimers())

describe("[PTY-5] a seal", () => {
  it("gives back the claim that was sealed", async () => {
    expect(await unsealClaim("guest", await sealClaim("guest", guest, secret), secret)).toMatchObject({ guest })
    expect(await unsealClaim("host", await sealClaim("host", host, secret), secret)).toMatchObject({ host })
    const tv = { partyId, linkId: guestId }
    expect(await unsealClaim("tv", await sealClaim("tv", tv, secret), secret)).toMatchObject({ tv })
  })

  it("shows nothing of what is in it", async () => {
    const seal = await sealClaim("guest", guest, secret)
    for (const part of [partyId, guestId, "guest", Buffer.from(guestId).toString("base64url")]) expect(seal).not.toContain(part)
  })

  it("holds seven days and not a minute longer than that and the library's allowance for clocks", async () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-21T20:00:00Z"), toFake: ["Date"] })
    const seal = await sealClaim("guest", guest, secret)
    vi.setSystemTime(Date.parse("2026-11-21T20:00:00Z") + 7 * day - 1000)
    expect(await unsealClaim("guest", seal, secret)).toMatchObject({ guest })
    vi.setSystemTime(Date.parse("2026-11-21T20:00:00Z") + 7 * day + 61_000)
    expect(await unsealClaim("guest", seal, secret)).toEqual({})
    expect(claimSeconds * 1000).toBe(7 * day)
  })

  it("of another secret is none", async () => {
    expect(await unsealClaim("guest", await sealClaim("guest", guest, otherSecret), secret)).toEqual({})
  })

  it("truncated anywhere, or with any one character changed, is none", async () => {
    const seal = await sealClaim("guest", guest, secret)
    for (let length = 0; length < seal.length; length += 9) expect(await unsealClaim("guest", seal.slice(0, length), secret)).toEqual({})
    // The last two characters are the iron-session version, which is not part of what is sealed.
    for (let place = 0; place < seal.length - 2; place += 7) {
      const forged = seal.slice(0, place) + (seal[place] === "A" ? "B" : "A") + seal.slice(place + 1)
      expect([place, await unsealClaim("guest", forged, secret)]).toEqual([place, {}])
    }
  })

  it.each([["nothing", ""], ["words", "host"], ["JSON", JSON.stringify({ kind: "host", ...host })], ["stars", "Fe26.2*1***********~2"], ["a long text", "A".repeat(100_000)]])(
    "%s is none",
    async (_what, text) => {
      for (const kind of ["guest", "host", "tv"] as const) expect(await unsealClaim(kind, text, secret)).toEqual({})
    },
  )

  it("of a guest never counts as a host's or a TV's, and the other way round", async () => {
    const seals = {
      guest: await sealClaim("guest", guest, secret),
      host: await sealClaim("host", { partyId, linkId: guestId }, secret),
      tv: await sealClaim("tv", { partyId, linkId: guestId }, secret),
    }
    for (const sealed of ["guest", "host", "tv"] as const) {
      for (const read of ["guest", "host", "tv"] as const) {
        expect(Object.keys(await unsealClaim(read, seals[sealed], secret))).toEqual(sealed === read ? [read] : [])
      }
    }
  })

  it.each([
    ["no kind", { partyId, linkId: null }],
    ["another kind", { kind: "newcomer", partyId }],
    ["ids that are none", { kind: "host", partyId: "party", linkId: null }],
    ["no link", { kind: "host", partyId }],
    ["a list", [1]],
    ["a text", "host"],
  ])("by us, but with %s in it, is none", async (_what, content) => {
    expect(await unsealClaim("host", await sealData(content, { password: secret, ttl: claimSeconds }), secret)).toEqual({})
  })
})

describe("[PTY-5] the claims of a request", () => {
  const read = (cookies: Record<string, string>, bearer?: string): Promise<Claims> =>
    claimsOf((name) => cookies[name], bearer, (kind, seal) => unsealClaim(kind, seal, secret))

  it("come from each kind's own cookie", async () => {
    const guestSeal = await sealClaim("guest", guest, secret)
    const hostSeal = await sealClaim("host", host, secret)
    expect(await read({ [cookieNames.guest]: guestSeal, [cookieNames.host]: hostSeal })).toMatchObject({ guest, host })
    expect(await read({ [cookieNames.guest]: hostSeal, [cookieNames.host]: guestSeal })).toEqual({})
  })

  it("come from a bearer token of any kind", async () => {
    expect(await read({}, await sealClaim("guest", guest, secret))).toMatchObject({ guest })
    expect(await read({}, await sealClaim("host", host, secret))).toMatchObject({ host })
    expect(await read({}, "nonsense")).toEqual({})
    expect(await read({})).toEqual({})
  })

  it("never make a newcomer: only the door does", async () => {
    const forged = await sealData({ kind: "newcomer", partyId }, { password: secret, ttl: claimSeconds })
    expect(await read({ [cookieNames.guest]: forged, newcomer: forged }, forged)).toEqual({})
  })
})
