import { afterEach, describe, expect, it } from "vitest"
import { parties, partyHostLinks } from "@/db/schema/party"
import { one } from "@/kernel/assert"
import { accepted, refusedWith, startHouse, type House } from "@/testing/start-party"
import { createParty } from "./create-party"
import { hostAtDoor, linkAtDoor, partyAtDoor } from "./door"
import { createLog } from "./log"
import { startNewParty } from "./new-party"

let house: House
afterEach(() => house.stop())

const dayMs = 24 * 60 * 60 * 1000
const operator = "let-them-party"

async function open(env: Record<string, string> = {}, lines: string[] = []) {
  const log = createLog("trace", { write: (line) => void lines.push(line) })
  house = await startHouse({ env: { ALLOW_NEW_PARTIES: "1", ...env }, parts: { log } })
}
const start = (address = "192.0.2.1", more: object = {}) => startNewParty(house.runtime, address, { name: "Saturday", ...more })
const partyCount = async () => (await house.runtime.db.select().from(parties)).length

describe("starting a party from the landing page", () => {
  it("[PTY-22] is off unless the operator says otherwise", async () => {
    house = await startHouse()
    expect(refusedWith(await start())).toBe("new_parties_off")
    expect(refusedWith(await start("192.0.2.1", { passcode: operator }))).toBe("new_parties_off")
    expect(await partyCount()).toBe(0)
  })

  it("[PTY-22] [PTY-7] gives a link that makes one browser the host once, a passcode that keeps working, and a PIN for guests", async () => {
    await open()
    const party = accepted(await start())
    expect(party.name).toBe("Saturday")
    const claim = accepted(await linkAtDoor(house.runtime, "192.0.2.9", party.hostToken))
    expect(claim.kind).toBe("host")
    expect(refusedWith(await linkAtDoor(house.runtime, "192.0.2.9", party.hostToken))).toBe("link_not_valid")
    const host = accepted(await hostAtDoor(house.runtime, "192.0.2.9", { passcode: party.passcode.toLowerCase(), partyPin: party.joinPin }))
    expect(host.partyId).toBe(claim.partyId)
    expect(accepted(await partyAtDoor(house.runtime, "192.0.2.9", party.joinPin)).id).toBe(claim.partyId)
  })

  it("[PTY-20] the party is deleted 90 days later, or what the operator says; one made at home is kept", async () => {
    await open()
    const inDays = (days: number) => new Date(house.clock.now().getTime() + days * dayMs)
    expect(accepted(await start()).deletesAt).toBe(inDays(90).toISOString())
    expect(one(await house.runtime.db.select().from(parties)).deletesAt).toEqual(inDays(90))
    const { db, clock, random } = house.runtime
    const home = await createParty(db, { name: "Home", passcode: "AT-HOME-1", now: clock.now(), random })
    expect(home.deletesAt).toBeNull()
    await house.stop()
    await open({ PARTY_LIFETIME_DAYS: "0" })
    expect(accepted(await start()).deletesAt).toBeNull()
    await house.stop()
    await open({ PARTY_LIFETIME_DAYS: "7" })
    expect(accepted(await start()).deletesAt).toBe(inDays(7).toISOString())
  })

  it("[PTY-22] asks for the operator's passcode, and counts wrong ones like every other guess", async () => {
    await open({ NEW_PARTY_PASSCODE: operator })
    expect(refusedWith(await start())).toBe("wrong_operator_passcode")
    expect(refusedWith(await start("192.0.2.2", { passcode: "let-them-sleep" }))).toBe("wrong_operator_passcode")
    for (let guess = 0; guess < 4; guess++) await start("192.0.2.2", { passcode: `guess ${guess}` })
    expect(refusedWith(await start("192.0.2.2", { passcode: operator }))).toBe("too_many_guesses")
    expect(await partyCount()).toBe(0)
    accepted(await start("192.0.2.3", { passcode: ` ${operator} ` }))
  })

  it("[PTY-22] 3 an hour from one address, 30 in all, though all come at once and to two processes", async () => {
    await open()
    const processes = [house.runtime, house.anotherProcess()]
    const at = (address: string, index: number) => startNewParty(index % 2 === 0 ? house.runtime : processes[1] ?? house.runtime, address, { name: "Rush" })
    const greedy = await Promise.all(Array.from({ length: 8 }, (_, index) => at("192.0.2.1", index)))
    expect(greedy.filter(({ ok }) => ok)).toHaveLength(3)
    expect(new Set(greedy.flatMap((one) => (one.ok ? [] : [one.refusal.code])))).toEqual(new Set(["too_many_parties"]))
    const crowd = await Promise.all(Array.from({ length: 30 }, (_, index) => at(`198.51.100.${index}`, index)))
    expect(crowd.filter(({ ok }) => ok)).toHaveLength(27)
    expect(await partyCount()).toBe(30)
  }, 60_000)

  it("[PTY-28] a whole IPv6 network starts no more than one address", async () => {
    await open()
    const greedy = await Promise.all(Array.from({ length: 6 }, (_, index) => startNewParty(house.runtime, `2001:db8:1:2::${index}`, { name: "Rush" })))
    expect(greedy.filter(({ ok }) => ok)).toHaveLength(3)
    expect(refusedWith(await startNewParty(house.runtime, "2001:db8:1:2:ffff::1", { name: "Rush" }))).toBe("too_many_parties")
    expect((await startNewParty(house.runtime, "2001:db8:1:3::1", { name: "Rush" })).ok).toBe(true)
  })

  it("[PTY-22] what cannot be a name starts nothing and is not counted", async () => {
    await open()
    for (const name of ["", "   ", "x".repeat(61), 7, null, undefined, "\u0000"]) {
      expect(refusedWith(await startNewParty(house.runtime, "192.0.2.1", { name }))).toBe("input_invalid")
    }
    for (const raw of [undefined, null, "Saturday", []]) expect(refusedWith(await startNewParty(house.runtime, "192.0.2.1", raw))).toBe("input_invalid")
    for (let party = 0; party < 3; party++) accepted(await start())
  })

  it("[PTY-15] neither passcode nor token is kept or logged", async () => {
    const lines: string[] = []
    await open({ NEW_PARTY_PASSCODE: operator }, lines)
    const party = accepted(await start("192.0.2.1", { passcode: operator }))
    await start("192.0.2.1", { passcode: "let-them-guess" })
    const rows = JSON.stringify([await house.runtime.db.select().from(parties), await house.runtime.db.select().from(partyHostLinks)])
    expect(lines.join()).toContain("landing page")
    for (const secret of [party.passcode, party.hostToken, operator, "let-them-guess", String(party.joinPin)]) {
      expect(lines.join()).not.toContain(secret)
      if (secret !== String(party.joinPin)) expect(rows).not.toContain(secret)
    }
  })
})
