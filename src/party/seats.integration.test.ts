import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { partyUsers } from "@/db/schema/party"
import { addDriverWithoutPhone } from "@/games/racing/commands"
import { exportNight } from "@/server/export-night"
import { nightFor } from "@/server/night-view"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { callGuest, changeSettings, endParty, joinParty, kickGuest, lockDoor, readmitGuest, renameGuest } from "./commands"
import { allGuests, currentGuest, eventLog } from "./queries"

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.stop())

const namesAt = async (night: Night) => accepted(await night.ask(night.hostClaims, allGuests)).users.map((user) => user.name)

describe("at the door", () => {
  it("[PTY-4] [WAL-8] a guest gets a seat, a PIN and 1000 coins from the house", async () => {
    const night = await startParty({ house })
    const seat = await night.join("Ann")
    expect(seat).toMatchObject({ name: "Ann", walletBalance: 1000, vaultBalance: 0, owedCoins: 0 })
    expect(seat.pinCode).toBeGreaterThanOrEqual(1000)
    expect(seat.pinCode).toBeLessThanOrEqual(9999)
    expect(await night.transfers("door")).toMatchObject([{ fromAccount: "house", toAccount: `wallet:${seat.id}`, amount: 1000 }])
    expect(accepted(await night.ask(night.claimsOf("Ann"), currentGuest)).user).toEqual(seat)
    await expectConserved(night)
  })

  it("[PTY-3] fifty Anns at once are fifty names, fifty seats and fifty PINs", async () => {
    const night = await startParty({ house })
    const second = house.anotherProcess()
    const { runCommand } = await import("@/server/run-command")
    const seats = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        accepted(await runCommand(index % 2 ? second : night.runtime, joinParty, { claims: { newcomer: { partyId: night.party.id } } }, { name: index % 3 ? "Ann" : "ANN" })).user,
      ),
    )
    expect(new Set(seats.map((seat) => seat.name.toLowerCase())).size).toBe(50)
    expect(new Set(seats.map((seat) => seat.pinCode)).size).toBe(50)
    expect(seats.map((seat) => seat.name.toLowerCase()).sort()).toEqual(["ann", ...Array.from({ length: 49 }, (_, index) => `ann ${index + 2}`)].sort())
    await expectConserved(night)
  })

  it("guests who came in the same millisecond stand in one order on every screen, whatever happens to their seats", async () => {
    const night = await startParty({ house })
    const seats = await Promise.all(Array.from({ length: 12 }, async (_, index) => accepted(await night.knock(`Guest ${index}`)).user))
    const order = async () => accepted(await night.ask(night.hostClaims, allGuests)).users.map((user) => user.id)
    const before = await order()
    for (const seat of [...seats].reverse()) accepted(await night.host(renameGuest, { guestId: seat.id, name: `${seat.name}!` }))
    expect(await order()).toEqual(before)
  })

  it("[PTY-4] PINs that collide are drawn again, within the party only", async () => {
    const always = { int: (min: number, max: number) => (max === 9999 ? 4711 : min) }
    const unlucky = await startHouse({ random: always })
    const night = await startParty({ house: unlucky, names: ["Ann", "Bo", "Cy"] })
    expect([...night.guests.values()].map((guest) => guest.pinCode)).toEqual([4711, 1000, 1001])
    await unlucky.stop()
  })

  it("[PTY-4] when no PIN is left the door says so, and nobody gets half a seat", async () => {
    const night = await startParty({ house })
    const values = Array.from({ length: 9000 }, (_, index) => ({
      partyId: night.party.id,
      name: `Guest ${index}`,
      nameKey: `guest ${index}`,
      pinCode: 1000 + index,
      createdAt: house.clock.now(),
      // Taken out again, or the party would be full long before.
      kickedAt: house.clock.now(),
    }))
    for (let start = 0; start < values.length; start += 3000) await night.runtime.db.insert(partyUsers).values(values.slice(start, start + 3000))
    expect(refusedWith(await expectUntouched(night, () => night.knock("One too many")))).toBe("no_pin_left")
    const { deleteParty } = await import("./commands")
    accepted(await night.host(deleteParty, {}))
  })

  it("[PTY-27] holds 500 guests, however many come for the last seat at once; one who is kicked, or has no phone, leaves room", async () => {
    const night = await startParty({ house, guests: 1 })
    const values = Array.from({ length: 498 }, (_, index) => ({ partyId: night.party.id, name: `Guest ${index}`, nameKey: `guest ${index}`, pinCode: 1000 + index, createdAt: house.clock.now() }))
    const withoutPhones = values.slice(0, 20).map((value, index) => ({ ...value, name: `Driver ${index}`, nameKey: `driver ${index}`, pinCode: null }))
    // Ann's PIN may be among them.
    const ann = night.guests.get("Ann")?.pinCode
    await night.runtime.db.insert(partyUsers).values([...values.map((value) => (value.pinCode === ann ? { ...value, pinCode: 9999 } : value)), ...withoutPhones])
    const answers = await Promise.all(["Zoe", "Yan", "Xia"].map((name) => night.knock(name)))
    expect(answers.map((answer) => (answer.ok ? "in" : answer.refusal.code)).sort()).toEqual(["in", "party_full", "party_full"])
    expect(refusedWith(await expectUntouched(night, () => night.knock("One too many")))).toBe("party_full")
    accepted(await night.kick("Ann"))
    await night.join("Will")
    expect(refusedWith(await night.knock("One too many"))).toBe("party_full")
  })

  it.each([
    ["nothing", "", "name_empty"],
    ["blanks", " \t\n ", "name_empty"],
    ["what cannot be seen", "\u200b\u202e\ufeff", "name_empty"],
    ["25 characters", "x".repeat(25), "name_too_long"],
    ["a book", "x".repeat(401), "input_invalid"],
    ["a number", 7, "input_invalid"],
    ["null", null, "input_invalid"],
    ["an object", { name: "Ann" }, "input_invalid"],
  ])("[PTY-3] %s is no name", async (_what, name, code) => {
    const night = await startParty({ house })
    expect(refusedWith(await expectUntouched(night, () => night.knock(name)))).toBe(code)
  })

  it("[PTY-3] any name is refused or stored as it is shown, and never breaks the party", async () => {
    const night = await startParty({ house })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.string({ unit: "grapheme", maxLength: 26 })), async (name) => {
        const answer = await night.knock(name)
        if (!answer.ok) {
          expect(["name_empty", "name_too_long", "name_not_for_family"]).toContain(answer.refusal.code)
          return
        }
        const { user } = answer.value
        expect(await namesAt(night)).toContain(user.name)
        expect([...new Intl.Segmenter("en").segment(user.name)].length).toBeLessThanOrEqual(24)
      }),
      { numRuns: 60 },
    )
    await expectConserved(night)
  })

  it("[PTY-3] a name that means something to SQL, HTML or a spreadsheet is a name", async () => {
    const night = await startParty({ house })
    for (const name of ["'; drop table bets;--", "<b>Ann</b>", "=1+1", "%s %n", "__proto__", "${7*7}"]) expect((await night.join(name)).name).toBe(name)
    expect(accepted(await night.ask(night.hostClaims, exportNight)).guests).toHaveLength(6)
  })

  it("[PTY-19] the host pins the TVs to a view that there is, and lets them go", async () => {
    const night = await startParty({ house })
    const pinned = async () => accepted(await night.ask(night.hostClaims, nightFor("tv"))).night?.party.tvView
    accepted(await night.host(changeSettings, { tvView: "table" }))
    expect(await pinned()).toBe("table")
    expect(refusedWith(await night.host(changeSettings, { tvView: "cartoons" }))).toBe("input_invalid")
    accepted(await night.host(changeSettings, { tvView: null }))
    expect(await pinned()).toBeNull()
  })

  it("[PTY-9] the family filter is the party's choice", async () => {
    const night = await startParty({ house })
    expect(refusedWith(await night.knock("Fuck"))).toBe("name_not_for_family")
    expect(accepted(await night.knock("f.u.c.k")).user.name).toBe("f.u.c.k")
    accepted(await night.host(changeSettings, { familyFilter: "STRICT" }))
    expect(refusedWith(await night.knock("f-u-c-k"))).toBe("name_not_for_family")
    accepted(await night.host(changeSettings, { familyFilter: "OFF" }))
    expect(accepted(await night.knock("Fuck")).user.name).toBe("Fuck")
    expect(refusedWith(await expectUntouched(night, () => night.host(changeSettings, { familyFilter: "SOME" })))).toBe("input_invalid")
  })

  it("[PTY-9] holds for drivers without a phone and new names as well", async () => {
    const night = await startParty({ house, guests: 1 })
    expect(refusedWith(await expectUntouched(night, () => night.host(addDriverWithoutPhone, { name: "Fuck" })))).toBe("name_not_for_family")
    const rename = { guestId: night.idOf("Ann"), name: "Fuck" }
    expect(refusedWith(await expectUntouched(night, () => night.host(renameGuest, rename)))).toBe("name_not_for_family")
  })

  it("[PTY-11] a locked door lets nobody new in and throws nobody out", async () => {
    const night = await startParty({ house, guests: 1 })
    accepted(await night.host(lockDoor, { isDoorLocked: true }))
    expect(refusedWith(await expectUntouched(night, () => night.knock("Late")))).toBe("door_locked")
    expect(accepted(await night.ask(night.claimsOf("Ann"), currentGuest)).user.name).toBe("Ann")
    accepted(await night.host(lockDoor, { isDoorLocked: false }))
    accepted(await night.knock("Late"))
  })
})

describe("the host", () => {
  it("[PTY-10] renames; a taken name is refused, the own one in other letters is not", async () => {
    const night = await startParty({ house, guests: 2 })
    const rename = (name: string, to: string) => night.host(renameGuest, { guestId: night.idOf(name), name: to })
    expect(refusedWith(await expectUntouched(night, () => rename("Ann", "bo")))).toBe("name_taken")
    accepted(await rename("Ann", "ANN"))
    accepted(await rename("Ann", "  Anna   Lena "))
    expect(await namesAt(night)).toEqual(["Anna Lena", "Bo"])
    accepted(await rename("Bo", "Ann"))
  })

  it("[PTY-10] kicks: seat, coins and bets stay, and come back with the guest", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann"])
    accepted(await night.bet("Bo", "Ann", 100))
    accepted(await night.kick("Bo"))
    const told = (await night.events()).slice(-3).map((event) => [event.channel, event.eventType])
    expect(told).toEqual([
      [`private-party-lobby@${night.party.id}`, "user-changed"],
      [`private-guest@${night.idOf("Bo")}`, "guest-kicked"],
      // [PTY-24]
      [`#connections@${night.idOf("Bo")}`, "connections-ended"],
    ])
    expect(accepted(await night.ask(night.hostClaims, eventLog)).events.map(({ eventType }) => eventType)).not.toContain("connections-ended")
    accepted(await night.lap("Ann", "90"))
    accepted(await night.settle(gameId))
    accepted(await night.host(readmitGuest, { guestId: night.idOf("Bo") }))
    expect(accepted(await night.ask(night.claimsOf("Bo"), currentGuest)).user.walletBalance).toBe(1100)
    await expectConserved(night)
  })

  it("[PTY-10] kicking twice and readmitting twice is no accident", async () => {
    const night = await startParty({ house, guests: 1 })
    for (const command of [kickGuest, kickGuest, readmitGuest, readmitGuest]) accepted(await night.host(command, { guestId: night.idOf("Ann") }))
    expect((await namesAt(night)).length).toBe(1)
  })

  it("calls a guest to the rig: only that guest hears it", async () => {
    const night = await startParty({ house, guests: 2 })
    accepted(await night.host(callGuest, { guestId: night.idOf("Bo") }))
    expect((await night.events()).at(-1)).toMatchObject({
      channel: `private-guest@${night.idOf("Bo")}`,
      eventType: "guest-called",
      data: { message: "You drive next" },
    })
    const log = accepted(await night.ask(night.hostClaims, eventLog)).events
    expect(log.filter((event) => event.channel.startsWith("private-guest"))).toEqual([])
  })

  it.each([
    [{ stakeLimitCoins: 0 }],
    [{ stakeLimitCoins: -1 }],
    [{ stakeLimitCoins: 1.5 }],
    [{ stakeLimitCoins: 1_000_001 }],
    [{ stakeLimitCoins: "500" }],
    [{ name: "" }],
    [{ name: "x".repeat(61) }],
    [{ isSelfTimingOn: "yes" }],
  ])("settings %j are refused, all of them", async (settings) => {
    const night = await startParty({ house })
    const answer = await expectUntouched(night, () => night.host(changeSettings, { isSelfBettingOn: false, ...settings }))
    expect(refusedWith(answer)).toBe("input_invalid")
  })

  it("[PTY-1] nothing of a party but its settings can be set: neither PIN, nor status, nor version", async () => {
    const night = await startParty({ house })
    accepted(await night.host(changeSettings, { name: "Renamed", joinPin: 111111, status: "ENDED", version: 9, hostPasscodeHash: "x" }))
    const { party } = accepted(await night.ask(night.hostClaims, exportNight))
    expect(party).toMatchObject({ name: "Renamed", joinPin: night.party.joinPin, status: "OPEN" })
    expect(await night.version()).toBe(1)
  })

  it("[PTY-12] ends the party, once and for all commands of guests", async () => {
    const night = await startParty({ house, guests: 1 })
    accepted(await night.host(endParty, {}))
    accepted(await night.host(endParty, {}))
    expect(accepted(await night.ask(night.hostClaims, exportNight)).party.status).toBe("ENDED")
  })
})
