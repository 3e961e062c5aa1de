import { readFile } from "node:fs/promises"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"
import { allGuests } from "@/party/queries"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { createRace, setDnf } from "./commands"
import { importResultFile, previewResultFile } from "./import-commands"
import { leaderboard } from "./queries"
import type { ResultFile } from "./result-files/result-file"

const fixtures = path.resolve(import.meta.dirname, "../../testing/fixtures/sim-results")
const bytesOf = async (name: string) => new Uint8Array(await readFile(path.join(fixtures, name)))
const utf8 = (text: string) => new TextEncoder().encode(text)

const expectedSchema = z.record(
  z.string(),
  z.object({
    track: z.string(),
    sessions: z.array(z.object({ session: z.string(), drivers: z.array(z.object({ driver: z.string(), bestLapMs: z.number().nullable() })) })),
  }),
)

let house: House
let expected: z.infer<typeof expectedSchema>
beforeAll(async () => {
  house = await startHouse()
  expected = expectedSchema.parse(JSON.parse(await readFile(path.join(fixtures, "expected.json"), "utf8")))
})
afterAll(() => house.stop())

const samples = [
  "ac-client-qualify-and-race.json",
  "ac-server-race.json",
  "acc-no-laps.json",
  "acc-qualifying.json",
  "acc-race.json",
  "iracing-race.json",
  "rfactor2-practice.xml",
  "rfactor2-race.xml",
]

describe("[RAC-24] [RAC-33] every sample file, imported", () => {
  it("none is left out", () => {
    expect([...samples, "rfactor2-no-session.xml"].sort()).toEqual(Object.keys(expected).sort())
  })

  it.each(samples)("%s puts the expected best laps on the board, once", async (name) => {
    const night = await startParty({ house })
    const file = await bytesOf(name)
    const { file: found, known } = await preview(night, file)
    expect(known).toEqual({})
    for (const [place, session] of found.sessions.entries()) {
      const { gameId } = accepted(await night.host(createRace, {}))
      const first = accepted(await night.host(importResultFile, { file, gameId, session: place, drivers: everyNewOf(found, place, await mapped(night, file, place)) }))
      expect(first.driverCount).toBe(session.drivers.length)

      const wanted = expected[name]?.sessions[place]?.drivers ?? []
      expect(wanted.length).toBeGreaterThan(0)
      expect(await boardByName(night, file, gameId)).toEqual(Object.fromEntries(wanted.map(({ driver, bestLapMs }) => [driver.trim(), bestLapMs])))
      expect((await race(night, gameId)).track).toBe(expected[name]?.track)
      expect(first.lapCount).toBe(wanted.filter(({ bestLapMs }) => bestLapMs !== null).length)

      // The second time everybody is known, and nothing is added.
      const again = accepted(await night.host(importResultFile, { file, gameId, session: place, drivers: await mapped(night, file, place) }))
      expect(again).toMatchObject({ driverCount: session.drivers.length, lapCount: 0 })
      expect(await night.lapsOf(gameId)).toHaveLength(first.lapCount)
    }
    await expectConserved(night)
  })
})

describe("[RAC-33] who the drivers are", () => {
  it("is remembered by name: the second file maps itself, whatever the case of the name", async () => {
    const night = await startParty({ house, guests: 2 })
    const file = await bytesOf("acc-no-laps.json")
    const { file: found } = await preview(night, file)
    const drivers = [{ driver: 0, to: { kind: "GUEST", guestId: night.idOf("Ann") } }, { driver: 1, to: { kind: "NOBODY" } }]
    accepted(await night.host(importResultFile, { file, session: 0, drivers }))
    const name = found.sessions[0]?.drivers[0]?.name ?? ""
    expect((await preview(night, file)).known).toEqual({ [name]: night.idOf("Ann") })
    const shouting = utf8(new TextDecoder().decode(file).replaceAll(name.split(" ")[0] ?? "", (first) => first.toUpperCase()))
    expect(Object.entries((await preview(night, shouting)).known)).toEqual([[expect.stringMatching(/^[A-Z]{3,} /), night.idOf("Ann")]])
    accepted(await night.host(importResultFile, { file, session: 0, drivers: [{ driver: 0, to: { kind: "GUEST", guestId: night.idOf("Bo") } }] }))
    expect((await preview(night, file)).known).toEqual({ [name]: night.idOf("Bo") })
  })

  it("is not remembered in another party", async () => {
    const [one, two] = [await startParty({ house, guests: 1 }), await startParty({ house, guests: 1 })]
    const file = await bytesOf("acc-race.json")
    accepted(await one.host(importResultFile, { file, session: 0, drivers: [{ driver: 0, to: { kind: "GUEST", guestId: one.idOf("Ann") } }] }))
    expect((await preview(two, file)).known).toEqual({})
  })

  it("a new seat gets the name of the file, and never a purse", async () => {
    const night = await startParty({ house })
    const file = await bytesOf("acc-qualifying.json")
    accepted(await night.host(importResultFile, { file, session: 0, drivers: [{ driver: 0, to: { kind: "NEW_SEAT" } }] }))
    const { users } = accepted(await night.ask(night.hostClaims, allGuests))
    expect(users).toMatchObject([{ name: "Federico Siv", isDriverSeat: true }])
    expect(await night.transfers("door")).toEqual([])
  })

  it.each<[string, (night: Night) => unknown, string]>([
    ["two drivers who are one guest", (n) => [{ driver: 0, to: guest(n, "Ann") }, { driver: 1, to: guest(n, "Ann") }], "driver_mapped_twice"],
    ["a driver the file does not have", (n) => [{ driver: 99, to: guest(n, "Ann") }], "result_session_unknown"],
    ["nobody at all", () => [{ driver: 0, to: { kind: "NOBODY" } }], "race_needs_drivers"],
    ["an empty list", () => [], "race_needs_drivers"],
    ["a guest who does not exist", () => [{ driver: 0, to: { kind: "GUEST", guestId: "00000000-0000-4000-8000-000000000000" } }], "driver_unknown"],
    ["the second of two unknown", (n) => [{ driver: 0, to: guest(n, "Ann") }, { driver: 1, to: { kind: "GUEST", guestId: n.party.id } }], "driver_unknown"],
    ["a negative place", (n) => [{ driver: -1, to: guest(n, "Ann") }], "input_invalid"],
    ["no answer", () => [{ driver: 0 }], "input_invalid"],
  ])("%s: refused, all of it", async (_what, drivers, code) => {
    const night = await startParty({ house, guests: 2 })
    const file = await bytesOf("acc-race.json")
    const answer = await expectUntouched(night, () => night.host(importResultFile, { file, session: 0, drivers: drivers(night) }))
    expect(refusedWith(answer)).toBe(code)
  })

  it("a session the file does not have is refused", async () => {
    const night = await startParty({ house, guests: 1 })
    const drivers = [{ driver: 0, to: guest(night, "Ann") }]
    const file = await bytesOf("acc-race.json")
    expect(refusedWith(await expectUntouched(night, () => night.host(importResultFile, { file, session: 1, drivers })))).toBe("result_session_unknown")
  })
})

describe("[RAC-33] the race a file goes into", () => {
  it("[RAC-4] [BET-2] an import is the green flag: bets end, and the winner of the file pays", async () => {
    const night = await startParty({ house, guests: 3 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.bet("Cy", "Ann", 100))
    const file = await bytesOf("acc-qualifying.json")
    const drivers = [{ driver: 0, to: guest(night, "Ann") }, { driver: 1, to: guest(night, "Bo") }]
    accepted(await night.host(importResultFile, { file, session: 0, drivers, gameId }))
    expect(refusedWith(await night.bet("Cy", "Ann", 1))).toBe("betting_closed")
    expect(accepted(await night.settle(gameId)).winnerName).toBe("Ann")
    expect(await night.purse("Cy")).toBe(1100)
    await expectConserved(night)
  })

  it("a file does not take back the host's own DNF, and one lap typed by hand stays", async () => {
    const night = await startParty({ house, guests: 2 })
    const gameId = await night.openRace(["Ann", "Bo"])
    accepted(await night.lap("Ann", "59.000", gameId))
    accepted(await night.host(setDnf, { gameId, driverId: night.idOf("Bo"), isDnf: true }))
    const file = await bytesOf("acc-qualifying.json")
    const drivers = [{ driver: 0, to: guest(night, "Ann") }, { driver: 1, to: guest(night, "Bo") }]
    accepted(await night.host(importResultFile, { file, session: 0, drivers, gameId }))
    expect((await race(night, gameId)).board).toMatchObject([
      { name: "Ann", bestLapMs: 59_000, lapCount: 2, status: "CLASSIFIED" },
      { name: "Bo", status: "DNF" },
    ])
  })

  it("without a race one is made; a race that was called off takes none", async () => {
    const night = await startParty({ house, guests: 1 })
    const file = await bytesOf("acc-race.json")
    const drivers = [{ driver: 0, to: guest(night, "Ann") }]
    const { gameId } = accepted(await night.host(importResultFile, { file, session: 0, drivers }))
    expect(await race(night, gameId)).toMatchObject({ status: "LIVE", track: "brands_hatch" })
    accepted(await night.callOff(gameId))
    const answer = await expectUntouched(night, () => night.host(importResultFile, { file, session: 0, drivers, gameId }))
    expect(refusedWith(answer)).toBe("race_void")
  })
})

describe("[RAC-26] a file that is none changes nothing", () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ["empty", () => new Uint8Array(), "result_file_empty"],
    ["blank", () => utf8(" \n\t "), "result_file_empty"],
    ["cut off", async () => (await bytesOf("acc-race.json")).slice(0, 1001), "result_file_unreadable"],
    ["cut off in the middle of XML", async () => (await bytesOf("rfactor2-race.xml")).slice(0, 900), "result_file_unreadable"],
    ["foreign JSON", () => utf8('{"name":"party-os","version":"1"}'), "result_file_unknown_format"],
    ["a JSON list", () => utf8("[1,2,3]"), "result_file_unknown_format"],
    ["a page", () => utf8("<!doctype html><html><body>404</body></html>"), "result_file_unknown_format"],
    ["a picture", () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), "result_file_unknown_format"],
    ["without a session", () => bytesOf("rfactor2-no-session.xml"), "result_file_no_drivers"],
    ["over 8 MB", () => new Uint8Array(8 * 1024 * 1024 + 1).fill(32), "result_file_too_large"],
    ["XML with an entity", entityXml, "result_file_unreadable"],
    ["XML that explodes", () => withDoctype('<!DOCTYPE rF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'), "result_file_unreadable"],
  ])("%s", async (_what, bytes, code) => {
    const night = await startParty({ house, guests: 1 })
    const gameId = await night.openRace(["Ann"])
    const file = await bytes()
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.ask(night.hostClaims, previewResultFile, { file }))).toBe(code)
      const input = { file, gameId, session: 0, drivers: [{ driver: 0, to: guest(night, "Ann") }] }
      expect(refusedWith(await night.host(importResultFile, input))).toBe(code)
    })
  })

  it.each([["nothing", undefined], ["text", "{}"], ["a list of bytes", [123, 125]]])("%s instead of a file", async (_what, file) => {
    const night = await startParty({ house, guests: 1 })
    expect(refusedWith(await expectUntouched(night, () => night.host(importResultFile, { file, session: 0, drivers: [] })))).toBe("input_invalid")
  })
})

const guest = (night: Night, name: string) => ({ kind: "GUEST", guestId: night.idOf(name) })

async function preview(night: Night, file: Uint8Array): Promise<{ file: ResultFile; known: Record<string, string> }> {
  return accepted(await night.ask(night.hostClaims, previewResultFile, { file }))
}

/** Who is known from an earlier session keeps the seat; the others get one. */
function everyNewOf(found: ResultFile, place: number, known: { driver: number; to: { kind: string; guestId: string } }[]) {
  return (found.sessions[place]?.drivers ?? []).map((_, driver) => known.find((one) => one.driver === driver) ?? { driver, to: { kind: "NEW_SEAT" } })
}

async function mapped(night: Night, file: Uint8Array, place = 0) {
  const { file: found, known } = await preview(night, file)
  return (found.sessions[place]?.drivers ?? []).flatMap(({ name }, driver) => {
    const guestId = known[name]
    return guestId ? [{ driver, to: { kind: "GUEST", guestId } }] : []
  })
}

async function boardByName(night: Night, file: Uint8Array, gameId: string): Promise<Record<string, number | null>> {
  const { known } = await preview(night, file)
  const times = new Map((await race(night, gameId)).board.map((row) => [row.driverId, row.bestLapMs]))
  return Object.fromEntries(Object.entries(known).flatMap(([name, id]) => (times.has(id) ? [[name, times.get(id) ?? null]] : [])))
}

async function race(night: Night, gameId: string) {
  const { race: found } = accepted(await night.ask(night.hostClaims, leaderboard, { gameId }))
  if (!found) throw new Error("the race was just made")
  return found
}

function entityXml(): Promise<Uint8Array> {
  return withDoctype('<!DOCTYPE rF [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', "&xxe;")
}

/** The race of the sample with another document type, and a name that uses it. */
async function withDoctype(doctype: string, name?: string): Promise<Uint8Array> {
  const xml = Buffer.from(await bytesOf("rfactor2-race.xml")).toString("latin1")
  const changed = xml.replace(/<!DOCTYPE[^>]*(\[[^\]]*\])?[^>]*>/, doctype)
  expect(changed).not.toBe(xml)
  return utf8(name ? changed.replace(/<Name>[^<]*<\/Name>/, `<Name>${name}</Name>`) : changed)
}
