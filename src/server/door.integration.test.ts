import { eq, ne } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { parties, partyHostLinks, rateLimits } from "@/db/schema/party"
import { hashPasscode, isPasscode } from "@/kernel/passcode"
import type { Refusal, Result } from "@/kernel/result"
import { createHostLink, endParty, joinParty, kickGuest, revokeHostLink } from "@/party/commands"
import { hostLinks } from "@/party/queries"
import { accepted, expectUntouched, refusedWith, startHouse, startParty, testPasscode, type House, type Night } from "@/testing/start-party"
import { createOneTimeLink, createParty, drawPasscode } from "./create-party"
import { guestAtDoor, hostAtDoor, linkAtDoor, newcomerAtDoor, partyAtDoor } from "./door"
import { runCommand } from "./run-command"
import { refusalMessage } from "./refusal-message"
import type { AppRefusal } from "./refusal"

let house: House
let night: Night

beforeAll(async () => {
  house = await startHouse()
  night = await startParty({ house, guests: 3 })
})
beforeEach(async () => {
  await house.runtime.db.delete(rateLimits)
})
afterAll(() => house.stop())

const home = "192.168.1.30"
const partyPin = () => night.party.joinPin
const personalPin = (name: string) => night.guests.get(name)?.pinCode ?? 0
/** Four digits that are nobody's. */
const wrongPins = () => {
  const taken = new Set([...night.guests.values()].map((guest) => guest.pinCode))
  return Array.from({ length: 9000 }, (_, index) => 1000 + index).filter((pin) => !taken.has(pin))
}
const wrongPin = () => wrongPins()[0]
const comeBack = (address: string, pin: unknown, party: unknown = partyPin()) =>
  guestAtDoor(night.runtime, address, { partyPin: party, personalPin: pin })
const addressNumber = (index: number) => `10.1.${Math.floor(index / 250)}.${index % 250}`

describe("coming back on another phone", () => {
  it("[PTY-5] party PIN and personal PIN open the own seat, typed as text or as a number", async () => {
    for (const pins of [[partyPin(), personalPin("Bo")], [String(partyPin()), ` ${personalPin("Bo")} `]]) {
      const { claim, user } = accepted(await comeBack(home, pins[1], pins[0]))
      expect(claim).toEqual({ partyId: night.party.id, guestId: night.idOf("Bo") })
      expect(user.name).toBe("Bo")
    }
  })

  it.each([
    ["a wrong personal PIN", () => comeBack(home, wrongPin())],
    ["a wrong party PIN", () => comeBack(home, personalPin("Ann"), partyPin() === 123456 ? 123457 : 123456)],
    ["both wrong", () => comeBack(home, wrongPin(), 100000 === partyPin() ? 100001 : 100000)],
    ["words", () => comeBack(home, "drop table", "x")],
    ["nothing", () => comeBack(home, undefined, undefined)],
    ["null", () => comeBack(home, null)],
    ["an object", () => comeBack(home, { gte: 0 })],
    ["a fraction", () => comeBack(home, 1234.5)],
    ["the party PIN as personal PIN", () => comeBack(home, partyPin())],
  ])("[PTY-6] %s: one wording for every failure, nothing changes", async (_what, guess) => {
    const answer = await expectUntouched(night, guess)
    expect(refusedWith(answer)).toBe("wrong_pin")
    expect(wordsOf(answer)).toBe(wordsOf(await comeBack("10.9.9.9", wrongPin())))
  })

  it("[PTY-10] a kicked guest's PIN is as wrong as any other", async () => {
    const party = await startParty({ house, guests: 2 })
    const pins = { partyPin: party.party.joinPin, personalPin: party.guests.get("Bo")?.pinCode }
    accepted(await guestAtDoor(party.runtime, home, pins))
    accepted(await party.host(kickGuest, { guestId: party.idOf("Bo") }))
    expect(refusedWith(await guestAtDoor(party.runtime, home, pins))).toBe("wrong_pin")
  })

  it("[PTY-12] the PIN of an ended party opens nothing", async () => {
    const party = await startParty({ house, guests: 1 })
    accepted(await party.host(endParty, {}))
    expect(refusedWith(await partyAtDoor(party.runtime, home, party.party.joinPin))).toBe("wrong_pin")
    const pins = { partyPin: party.party.joinPin, personalPin: party.guests.get("Ann")?.pinCode }
    expect(refusedWith(await guestAtDoor(party.runtime, home, pins))).toBe("wrong_pin")
  })
})

describe("[PTY-28] whoever has a whole IPv6 network", () => {
  const fromOneNetwork = (index: number) => `2001:db8:1:2:${(index * 4919).toString(16)}:${index.toString(16)}:0:1`

  it("guesses no more often than who has one address, at every door, and is in nobody else's way", async () => {
    const knocks: ((address: string) => Promise<Result<unknown, Refusal>>)[] = [
      (address) => partyAtDoor(night.runtime, address, 111_111),
      (address) => comeBack(address, wrongPin()),
      (address) => hostAtDoor(night.runtime, address, { passcode: "no", partyPin: partyPin() }),
      (address) => linkAtDoor(night.runtime, address, "no link"),
    ]
    for (const knock of knocks) {
      await night.runtime.db.delete(rateLimits)
      const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => knock(fromOneNetwork(index))))
      expect(answers.filter((answer) => refusedWith(answer) === "too_many_guesses")).toHaveLength(7)
      expect(refusedWith(await knock("2001:db8:1:3::1"))).not.toBe("too_many_guesses")
      expect(refusedWith(await knock("192.0.2.7"))).not.toBe("too_many_guesses")
    }
  })

  it("IPv4 in IPv6's clothes is the same guesser", async () => {
    for (const address of ["192.0.2.9", "::ffff:192.0.2.9", "::FFFF:c000:209", "192.0.2.9", "::ffff:192.0.2.9"]) {
      expect(refusedWith(await partyAtDoor(night.runtime, address, 111_111))).toBe("wrong_pin")
    }
    expect(refusedWith(await partyAtDoor(night.runtime, "::ffff:c000:0209", 111_111))).toBe("too_many_guesses")
  })
})

describe("[PTY-27] a program that has the right PIN", () => {
  const arrive = (address: string, party = night) => newcomerAtDoor(party.runtime, address, party.party.joinPin)

  it("is told to wait after 240 guests from one address, a whole IPv6 network being one; others come in, and it at another party", async () => {
    const answers = await Promise.all(Array.from({ length: 250 }, (_, index) => arrive(`2001:db8:9:9::${index.toString(16)}`)))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]))
    expect(refused).toHaveLength(10)
    for (const refusal of refused) {
      expect(refusal.code).toBe("too_many_arrivals")
      expect(Number(refusal.detail?.seconds)).toBeGreaterThan(500)
      expect(refusalMessage(refusal as AppRefusal)).toMatch(/^Very many guests came from your network just now\. Try again in (9|10) minutes\.$/)
    }
    accepted(await arrive("2001:db8:9:a::1"))
    accepted(await arrive(home))
    const other = await startParty({ house })
    accepted(await arrive("2001:db8:9:9::1", other))
    // Coming back to the own seat is not arriving.
    accepted(await guestAtDoor(night.runtime, "2001:db8:9:9::1", { partyPin: partyPin(), personalPin: personalPin("Bo") }))
  })

  it("counts nothing for who has a wrong one: that is a guess", async () => {
    for (let guess = 0; guess < 5; guess++) expect(refusedWith(await newcomerAtDoor(night.runtime, home, 111_111))).toBe("wrong_pin")
    expect(refusedWith(await newcomerAtDoor(night.runtime, home, 111_111))).toBe("too_many_guesses")
    const rows = await night.runtime.db.select().from(rateLimits)
    expect(rows.filter(({ key }) => key.startsWith("arrival"))).toEqual([])
  })
})

describe("[PTY-6] guessing", () => {
  it("from one address, 200 at once: five are looked at, the rest wait, and the wait is told", async () => {
    const guesses = await Promise.all(wrongPins().slice(0, 200).map((pin) => comeBack(home, pin)))
    expect(countCodes(guesses)).toEqual({ wrong_pin: 5, too_many_guesses: 195 })
    const told = guesses.find((guess) => refusedWith(guess) === "too_many_guesses")
    expect(detailOf(told)).toEqual({ seconds: expect.any(Number) as number })
    expect(Number(detailOf(told)?.seconds)).toBeGreaterThan(0)
    expect(Number(detailOf(told)?.seconds)).toBeLessThanOrEqual(60)
    expect(wordsOf(told)).toContain(String(detailOf(told)?.seconds))
  })

  it("even the right PIN is not looked at while the address waits; from elsewhere it is", async () => {
    await Promise.all(wrongPins().slice(0, 20).map((pin) => comeBack(home, pin)))
    expect(refusedWith(await comeBack(home, personalPin("Ann")))).toBe("too_many_guesses")
    accepted(await comeBack("192.168.1.31", personalPin("Ann")))
  })

  it("from 100 addresses at once, three each: thirty are looked at in the whole party", async () => {
    const guesses = await Promise.all(wrongPins().slice(0, 300).map((pin, index) => comeBack(addressNumber(index % 100), pin)))
    expect(countCodes(guesses)).toEqual({ wrong_pin: 30, too_many_guesses: 270 })
    const late = await comeBack("10.200.0.1", wrongPin())
    expect(refusedWith(late)).toBe("too_many_guesses")
    expect(Number(detailOf(late)?.seconds)).toBeGreaterThan(60)
    expect(Number(detailOf(late)?.seconds)).toBeLessThanOrEqual(3600)
  })

  it("one party's guesses do not lock another party's door", async () => {
    const other = await startParty({ house, guests: 1 })
    await Promise.all(wrongPins().slice(0, 60).map((pin, index) => comeBack(addressNumber(index), pin)))
    const pins = { partyPin: other.party.joinPin, personalPin: other.guests.get("Ann")?.pinCode }
    accepted(await guestAtDoor(other.runtime, "10.77.0.1", pins))
  })

  it("after the wait guesses are looked at again, five of them", async () => {
    await Promise.all(wrongPins().slice(0, 20).map((pin) => comeBack(home, pin)))
    // The minute is over.
    await night.runtime.db.update(rateLimits).set({ expire: Date.now() - 1 })
    const guesses = []
    for (const pin of wrongPins().slice(0, 7)) guesses.push(await comeBack(home, pin))
    expect(guesses.map(refusedWith)).toEqual([...Array.from({ length: 5 }, () => "wrong_pin"), "too_many_guesses", "too_many_guesses"])
  })

  it("processes count together", async () => {
    const second = house.anotherProcess()
    const guesses = await Promise.all(
      wrongPins()
        .slice(0, 40)
        .map((pin, index) => guestAtDoor(index % 2 ? second : night.runtime, home, { partyPin: partyPin(), personalPin: pin })),
    )
    expect(countCodes(guesses)).toEqual({ wrong_pin: 5, too_many_guesses: 35 })
  })

  it("party PINs: a hundred wrong ones at once from one address, and the right one among them tells nothing", async () => {
    const pins = Array.from({ length: 100 }, (_, index) => 200_000 + index).filter((pin) => pin !== partyPin())
    const guesses = await Promise.all([...pins, partyPin()].map((pin) => partyAtDoor(night.runtime, home, pin)))
    expect(guesses.filter((guess) => guess.ok)).toEqual([])
    expect(guesses.filter((guess) => refusedWith(guess) === "wrong_pin")).toHaveLength(5)
  })

  it("a right party PIN costs nothing: a hundred guests behind one address come in at once", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => partyAtDoor(night.runtime, home, partyPin())))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(100)
  })

  it("a right personal PIN gives its guess back", async () => {
    for (let time = 0; time < 12; time++) accepted(await comeBack(home, personalPin("Cy")))
  })

  it("passcodes are counted as well", async () => {
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        hostAtDoor(night.runtime, home, { passcode: `GUESS-${index}`, partyPin: partyPin() }),
      ),
    )
    expect(countCodes(guesses)).toEqual({ wrong_passcode: 5, too_many_guesses: 7 })
  })

  it("link tokens are counted as well", async () => {
    const guesses = await Promise.all(Array.from({ length: 30 }, (_, index) => linkAtDoor(night.runtime, home, `TOKEN${index}`)))
    expect(countCodes(guesses)).toEqual({ link_not_valid: 5, too_many_guesses: 25 })
  })
})

describe("the host's passcode", () => {
  it("[PTY-7] the right one makes the host of that party, whatever the case and dashes", async () => {
    for (const passcode of [testPasscode, "party time", "PARTYTIME", " party-time "]) {
      expect(accepted(await hostAtDoor(night.runtime, home, { passcode, partyPin: partyPin() }))).toEqual({
        partyId: night.party.id,
        linkId: null,
      })
    }
  })

  it.each([["PARTY-TIM"], ["PARTY-TIMES"], [""], ["undefined"], ["A".repeat(100_000)], ["PARTY\u0000TIME"]])(
    "[PTY-7] %j is refused and changes nothing",
    async (passcode) => {
      const answer = await expectUntouched(night, () => hostAtDoor(night.runtime, home, { passcode, partyPin: partyPin() }))
      expect(refusedWith(answer)).toBe("wrong_passcode")
    },
  )

  it("[PTY-7] the passcode of one party does not open another", async () => {
    const other = await createParty(night.runtime.db, { name: "Other", passcode: "OTHER-ONE", now: house.clock.now(), random: house.runtime.random })
    expect(refusedWith(await hostAtDoor(night.runtime, home, { passcode: testPasscode, partyPin: other.joinPin }))).toBe("wrong_passcode")
    expect(accepted(await hostAtDoor(night.runtime, home, { passcode: "other one", partyPin: other.joinPin })).partyId).toBe(other.id)
    await night.runtime.db.delete(parties).where(eq(parties.id, other.id))
  })

  it("[PTY-29] alone is enough where one party is open; where several are, their PIN is asked for and no guess is counted", async () => {
    await night.runtime.db.update(parties).set({ status: "ENDED" }).where(ne(parties.id, night.party.id))
    const other = await createParty(night.runtime.db, { name: "Other", passcode: "OTHER-ONE", now: house.clock.now(), random: house.runtime.random })
    for (const passcode of [testPasscode, "OTHER-ONE", "NEITHER"]) {
      expect(refusedWith(await hostAtDoor(night.runtime, home, { passcode }))).toBe("party_pin_needed")
    }
    expect(await night.runtime.db.select().from(rateLimits)).toEqual([])
    await night.runtime.db.update(parties).set({ status: "ENDED" }).where(eq(parties.id, other.id))
    expect(accepted(await hostAtDoor(night.runtime, home, { passcode: testPasscode })).partyId).toBe(night.party.id)
    await night.runtime.db.delete(parties).where(eq(parties.id, other.id))
  })

  it("[PTY-7] the database keeps a salted scrypt hash only; two hashes of one passcode differ", async () => {
    const [one, two] = await Promise.all([hashPasscode("ABCD-2345"), hashPasscode("ABCD-2345")])
    expect(one).toMatch(/^scrypt\$[0-9a-f]{32}\$[0-9a-f]{64}$/)
    expect(one).not.toBe(two)
    expect(await isPasscode("abcd 2345", one)).toBe(true)
    expect(await isPasscode("ABCD-2346", one)).toBe(false)
    expect(await isPasscode("ABCD-2345", "")).toBe(false)
    expect(await isPasscode("ABCD-2345", "scrypt$$")).toBe(false)
    expect(JSON.stringify(await night.runtime.db.select().from(parties))).not.toContain("PARTY-TIME")
  })

  it("[PTY-7] a drawn passcode can be read off a screen and comes in", async () => {
    const passcode = drawPasscode(house.runtime.random)
    expect(passcode).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    expect(await isPasscode(passcode.toLowerCase(), await hashPasscode(passcode))).toBe(true)
  })
})

describe("links", () => {
  const oneTime = () =>
    createOneTimeLink(night.runtime.db, { partyId: night.party.id, now: house.clock.now(), random: house.runtime.random })

  it("[PTY-7] the printed link opened on two laptops at once: one is the host, the other is told it is used", async () => {
    const token = await oneTime()
    const second = house.anotherProcess()
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, index) => linkAtDoor(index % 2 ? second : night.runtime, addressNumber(index), token)),
    )
    expect(countCodes(tries)).toEqual({ accepted: 1, link_not_valid: 7 })
    expect(refusedWith(await linkAtDoor(night.runtime, home, token))).toBe("link_not_valid")
  })

  it("[PTY-7] the printed link does not work after a day", async () => {
    const token = await oneTime()
    house.clock.advance(24 * 60 * 60 * 1000)
    expect(refusedWith(await linkAtDoor(night.runtime, home, token))).toBe("link_not_valid")
  })

  it("[PTY-7] a co-host's and a TV's link work again and again until revoked, and a TV is never a host", async () => {
    const { token: coHost } = accepted(await night.host(createHostLink, { kind: "CO_HOST", label: "Bea" }))
    const { token: tv } = accepted(await night.host(createHostLink, { kind: "TV", label: "Big screen" }))
    for (let time = 0; time < 3; time++) {
      expect(accepted(await linkAtDoor(night.runtime, home, coHost)).kind).toBe("host")
      expect(accepted(await linkAtDoor(night.runtime, home, tv.toLowerCase().replace(/(.{4})/g, "$1-"))).kind).toBe("tv")
    }
    for (const link of accepted(await night.ask(night.hostClaims, hostLinks)).links) {
      expect(link).toMatchObject({ isRedeemed: true })
      accepted(await night.host(revokeHostLink, { linkId: link.id }))
    }
    expect(refusedWith(await linkAtDoor(night.runtime, home, coHost))).toBe("link_not_valid")
    expect(refusedWith(await linkAtDoor(night.runtime, home, tv))).toBe("link_not_valid")
  })

  it("[PTY-7] the database keeps hashes of tokens only", async () => {
    const token = await oneTime()
    const kept = JSON.stringify(await night.runtime.db.select().from(partyHostLinks))
    expect(kept).not.toContain(token)
    expect(token).toMatch(/^[2-9A-HJ-NP-Z]{24}$/)
  })

  it.each([["nothing", ""], ["blanks", "  - "], ["a hash", "a".repeat(64)], ["a very long text", "A".repeat(1_000_000)]])(
    "[PTY-7] %s is no link",
    async (_what, token) => {
      const answer = await expectUntouched(night, () => linkAtDoor(night.runtime, home, token))
      expect(refusedWith(answer)).toBe("link_not_valid")
    },
  )
})

describe("party PINs", () => {
  it("[PTY-1] two open parties never have the same one, and an ended party's is free again", async () => {
    const always = (value: number) => ({ int: () => value })
    const facts = { name: "Same", passcode: "SAME-SAME", now: house.clock.now() }
    const first = await createParty(night.runtime.db, { ...facts, random: always(654_321) })
    let draws = 0
    const second = await createParty(night.runtime.db, { ...facts, random: { int: () => (draws++ === 0 ? 654_321 : 654_322) } })
    expect([first.joinPin, second.joinPin]).toEqual([654_321, 654_322])
    accepted(await runCommand(night.runtime, endParty, { claims: { host: { partyId: first.id, linkId: null } } }, {}))
    const third = await createParty(night.runtime.db, { ...facts, random: always(654_321) })
    expect(third.joinPin).toBe(654_321)
    const { user } = accepted(await runCommand(night.runtime, joinParty, { claims: { newcomer: { partyId: third.id } } }, { name: "Ann" }))
    expect(user.walletBalance).toBe(1000)
  })
})

function countCodes(answers: readonly Result<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const code = answer.ok ? "accepted" : answer.refusal.code
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

function detailOf(answer: Result<unknown, Refusal> | undefined) {
  return answer && !answer.ok ? answer.refusal.detail : undefined
}

function wordsOf(answer: Result<unknown, AppRefusal> | undefined): string {
  if (!answer || answer.ok) throw new Error("expected a refusal")
  return refusalMessage(answer.refusal)
}
