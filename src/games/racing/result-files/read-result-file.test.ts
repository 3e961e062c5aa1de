import { readFileSync } from "node:fs"
import path from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import { LONGEST_LAP_MS } from "../lap-time"
import { LARGEST_RESULT_FILE_BYTES, readResultFile } from "./read-result-file"
import type { ResultFile, ResultFormat } from "./result-file"

const FIXTURES = path.resolve(import.meta.dirname, "../../../testing/fixtures/sim-results")
const bytesOf = (name: string) => new Uint8Array(readFileSync(path.join(FIXTURES, name)))
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, options: { bigEndian?: boolean; mark?: boolean } = {}) => {
  const buffer = Buffer.from((options.mark ? "\ufeff" : "") + text, "utf16le")
  return new Uint8Array(options.bigEndian ? buffer.swap16() : buffer)
}

function read(bytes: Uint8Array): ResultFile {
  const result = readResultFile(bytes)
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
  return result.value
}

function codeOf(bytes: Uint8Array): string {
  const result = readResultFile(bytes)
  return result.ok ? `read as ${result.value.format}` : result.refusal.code
}

const expectedSchema = z.record(
  z.string(),
  z.object({
    track: z.string(),
    sessions: z.array(
      z.object({
        session: z.string(),
        drivers: z.array(
          z.object({
            driver: z.string(),
            bestLapMs: z.number().nullable(),
            position: z.number().optional(),
            laps: z.number().optional(),
          }),
        ),
      }),
    ),
  }),
)
const expected = expectedSchema.parse(JSON.parse(readFileSync(path.join(FIXTURES, "expected.json"), "utf8")))
const samples = Object.keys(expected)
const readable = samples.filter((name) => name !== "rfactor2-no-session.xml")

const FORMATS: Record<string, ResultFormat> = {
  "ac-client-qualify-and-race.json": "AC_CLIENT",
  "ac-server-race.json": "AC_SERVER",
  "acc-no-laps.json": "ACC",
  "acc-qualifying.json": "ACC",
  "acc-race.json": "ACC",
  "iracing-race.json": "IRACING",
  "rfactor2-practice.xml": "RFACTOR2",
  "rfactor2-race.xml": "RFACTOR2",
}

describe("the sample files", () => {
  it("[RAC-24] the nine of them cover every format", () => {
    expect(samples.length).toBe(9)
    expect(new Set(Object.values(FORMATS)).size).toBe(5)
    expect(Object.keys(FORMATS).sort()).toEqual([...readable].sort())
  })

  it.each(readable)("[RAC-24] %s is recognised, with its track and sessions", (name) => {
    const file = read(bytesOf(name))
    expect(file.format).toBe(FORMATS[name])
    expect(file.track).toBe(expected[name]!.track)
    expect(file.sessions.map((it) => it.name)).toEqual(expected[name]!.sessions.map((it) => it.session))
  })

  it.each(readable)("[RAC-27][RAC-29] %s: every driver by name and order, with exactly the expected best lap", (name) => {
    const found = read(bytesOf(name)).sessions.map((session) =>
      session.drivers.map((it) => ({ driver: it.name, bestLapMs: it.bestLapMs })),
    )
    const wanted = expected[name]!.sessions.map((session) =>
      session.drivers.map((it) => ({ driver: it.driver, bestLapMs: it.bestLapMs })),
    )
    expect(found).toEqual(wanted)
  })

  it.each(readable)("[RAC-31] %s: positions and counts are those expected, where any are", (name) => {
    const found = read(bytesOf(name)).sessions.flatMap((it) => it.drivers)
    const wanted = expected[name]!.sessions.flatMap((it) => it.drivers)
    for (const [index, { position, laps }] of wanted.entries()) {
      if (position !== undefined) expect(found[index]!.position).toBe(position < 1 ? null : position)
      if (laps !== undefined) expect(found[index]!.lapCount).toBe(laps)
    }
  })

  it("[RAC-26] rfactor2-no-session.xml has no drivers and is refused for that", () => {
    expect(codeOf(bytesOf("rfactor2-no-session.xml"))).toBe("result_file_no_drivers")
  })

  it("[RAC-26] a practice with drivers and no laps is a good file", () => {
    const { sessions } = read(bytesOf("rfactor2-practice.xml"))
    expect(sessions[0]).toEqual({
      name: "Practice1",
      kind: "PRACTICE",
      drivers: ["mauserrifle", "Tig_green"].map((name) => ({
        name,
        carModel: "LolaT280",
        bestLapMs: null,
        lapCount: 0,
        isDnf: false,
        position: null,
      })),
    })
  })

  it.each([
    ["ac-client-qualify-and-race.json", ["QUALIFY", "RACE"], "mclaren_mp412c_gt3"],
    ["ac-server-race.json", ["RACE"], "lotus_exos_125"],
    ["acc-no-laps.json", ["RACE"], "Mercedes-AMG GT3"],
    ["acc-qualifying.json", ["QUALIFY"], "Audi R8 LMS"],
    ["iracing-race.json", ["RACE", "QUALIFY", "PRACTICE"], "Porsche 911 GT3 Cup"],
    ["rfactor2-race.xml", ["RACE"], "LolaT280"],
  ])("[RAC-33] %s has sessions %j and its first car is %s", (name, kinds, car) => {
    const { sessions } = read(bytesOf(name))
    expect(sessions.map((it) => it.kind)).toEqual(kinds)
    expect(sessions[0]!.drivers[0]!.carModel).toBe(car)
  })

  it("[RAC-29] laps somebody else drove in a slot of an Assetto Corsa server are not counted for its last driver", () => {
    const [race] = read(bytesOf("ac-server-race.json")).sessions
    const counts = new Map(race!.drivers.map((it) => [it.name, it.lapCount]))
    // The file has 7 laps in Adriano's car, all by a driver who had left.
    expect([counts.get("Andrea Sorlini"), counts.get("Adriano")]).toEqual([10, 0])
  })

  it("[RAC-25] a name written in the code page of Windows under a UTF-8 header is read right", () => {
    expect(read(bytesOf("rfactor2-race.xml")).sessions[0]!.drivers[0]!.name).toBe("Gérard larrousse")
  })
})

describe("encodings", () => {
  const text = JSON.stringify({
    sessionType: "R",
    trackName: "spa",
    sessionResult: {
      leaderBoardLines: [
        { car: { carId: 1, drivers: [{ firstName: "Zoë", lastName: "Ørsted 車" }] }, timing: { bestLap: 84_500 } },
      ],
    },
  })
  const plain = read(utf8(text))

  it.each([
    ["UTF-8 with a mark", utf8(`\ufeff${text}`)],
    ["UTF-16LE without a mark", utf16(text)],
    ["UTF-16LE with a mark", utf16(text, { mark: true })],
    ["UTF-16BE without a mark", utf16(text, { bigEndian: true })],
    ["UTF-16BE with a mark", utf16(text, { bigEndian: true, mark: true })],
  ])("[RAC-25] %s is the same file", (_, bytes) => {
    expect(plain.sessions[0]!.drivers[0]!.name).toBe("Zoë Ørsted 車")
    expect(read(bytes)).toEqual(plain)
  })

  it("[RAC-26] UTF-16 cut in the middle of a sign is unreadable", () => {
    expect(codeOf(utf16(text).slice(0, -1))).toBe("result_file_unreadable")
  })
})

describe("refusals", () => {
  it.each([
    ["nothing", new Uint8Array(), "result_file_empty"],
    ["blanks", utf8(" \r\n\t "), "result_file_empty"],
    ["a mark alone", utf8("\ufeff"), "result_file_empty"],
    ["one byte too many", new Uint8Array(LARGEST_RESULT_FILE_BYTES + 1).fill(32), "result_file_too_large"],
    ["blanks to the limit", new Uint8Array(LARGEST_RESULT_FILE_BYTES).fill(32), "result_file_empty"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), "result_file_unknown_format"],
    ["a note", utf8("Ann 1:24.500"), "result_file_unknown_format"],
    ["foreign JSON", utf8('{"hello": "world"}'), "result_file_unknown_format"],
    ["a JSON list", utf8("[1, 2]"), "result_file_unknown_format"],
    ["broken JSON", utf8('{"sessionResult": '), "result_file_unreadable"],
    ["a web page", utf8("<!doctype html><html><body>no</body></html>"), "result_file_unknown_format"],
    ["foreign XML", utf8("<rss><channel/></rss>"), "result_file_unknown_format"],
    ["a known format without its content", utf8('{"sessionResult": 5}'), "result_file_unreadable"],
    ["an endless name", utf8(JSON.stringify({ players: [{ name: "x".repeat(201) }], sessions: [{}] })), "result_file_unreadable"],
    ["rFactor 2 without results", utf8("<rFactorXML></rFactorXML>"), "result_file_unreadable"],
    ["ACC without lines", utf8('{"sessionResult": {"leaderBoardLines": null}}'), "result_file_no_drivers"],
    ["AC server without results", utf8('{"TrackName": "spa", "Result": null}'), "result_file_no_drivers"],
    ["AC client without sessions", utf8('{"players": [{"name": "Ann"}], "sessions": []}'), "result_file_no_drivers"],
    ["seats without names", utf8('{"players": [{"name": " "}], "sessions": [{}]}'), "result_file_no_drivers"],
    ["iRacing without results", utf8('{"session_results": [{"results": []}]}'), "result_file_no_drivers"],
    ["rFactor 2 with an empty session", utf8("<rFactorXML><RaceResults><Race></Race></RaceResults></rFactorXML>"), "result_file_no_drivers"],
  ])("[RAC-26] %s: %s", (_, bytes, code) => {
    expect(codeOf(bytes as Uint8Array)).toBe(code)
  })

  it.each(readable)("[RAC-26] %s cut off anywhere is refused, never half read", (name) => {
    const bytes = bytesOf(name)
    // What follows the last bracket is blanks, and may be missing.
    const whole = Math.max(bytes.lastIndexOf(0x7d), bytes.lastIndexOf(0x3e))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole }), (length) => {
        expect(readResultFile(bytes.slice(0, length)).ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

describe("bytes nobody meant", () => {
  const anySample = fc.constantFrom(...samples.map(bytesOf))

  it("[RAC-26][RAC-27] a sample with bytes changed is refused or read with sound values, never a crash", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(anySample, edits, (bytes, changes) => {
        const mutated = bytes.slice()
        for (const [at, byte] of changes) mutated[at % mutated.length] = byte
        expectSound(mutated)
      }),
      { numRuns: 150 },
    )
  })

  it("[RAC-26][RAC-27] a sample with a stretch removed or doubled is refused or read with sound values", () => {
    fc.assert(
      fc.property(anySample, fc.nat(), fc.integer({ min: 1, max: 400 }), fc.boolean(), (bytes, at, length, doubled) => {
        const start = at % bytes.length
        const stretch = doubled ? bytes.slice(start, start + length) : new Uint8Array()
        const rest = bytes.slice(doubled ? start : start + length)
        expectSound(Buffer.concat([bytes.slice(0, start), stretch, rest]))
      }),
      { numRuns: 150 },
    )
  })

  it("[RAC-26] random bytes are refused", () => {
    const start = fc.constantFrom("", "{", "[", "<", "<rFactorXML>", '{"sessionResult":', "\ufeff")
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (text, tail) => {
        expectSound(Buffer.concat([utf8(text), tail]))
      }),
      { numRuns: 1000 },
    )
  })

  it("[RAC-26] any JSON under a format's own keys is refused or read with sound values", () => {
    const shell = fc.constantFrom(
      (json: unknown) => ({ sessionResult: { leaderBoardLines: [json] } }),
      (json: unknown) => ({ sessionResult: { leaderBoardLines: [{ car: json, timing: json }] }, laps: json }),
      (json: unknown) => ({ TrackName: json, Result: [json] }),
      (json: unknown) => ({ players: [json, { name: "Ann" }], sessions: [json] }),
      (json: unknown) => ({ session_results: [{ results: [json] }], track: json }),
      (json: unknown) => ({ data: json }),
    )
    fc.assert(
      fc.property(shell, fc.jsonValue(), (wrap, json) => {
        expectSound(utf8(JSON.stringify(wrap(json))))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ["AC client", '{"players":[{"name":"Ann","__proto__":{"polluted":1}}],"sessions":[{"__proto__":{"polluted":1}}],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ["iRacing", '{"data":{"__proto__":{"polluted":1},"session_results":[{"results":[{"display_name":"Ann","__proto__":{"polluted":1}}]}]}}'],
    ["a format hidden in a prototype", '{"__proto__":{"sessionResult":{"leaderBoardLines":[]}}}'],
    ["rFactor 2", "<rFactorXML><RaceResults><__proto__><polluted>1</polluted></__proto__><Race><Driver><Name>Ann</Name><__proto__><polluted>1</polluted></__proto__></Driver></Race></RaceResults></rFactorXML>"],
    ["rFactor 2, constructor", "<rFactorXML><RaceResults><constructor><prototype><polluted>1</polluted></prototype></constructor><Race><Driver><Name>Ann</Name></Driver></Race></RaceResults></rFactorXML>"],
  ])("[RAC-26] keys that would pollute prototypes do nothing: %s", (_, text) => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const result = readResultFile(utf8(text))
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect("polluted" in {}).toBe(false)
    if (!result.ok) return
    expect("polluted" in result.value).toBe(false)
    expect(result.value.sessions.flatMap((it) => it.drivers).some((it) => "polluted" in it)).toBe(false)
  })

  it.each([
    ["JSON lists", "[".repeat(2_000_000)],
    ["closed JSON lists", `{"sessionResult":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
    ["XML elements", `<rFactorXML>${"<a>".repeat(200_000)}${"</a>".repeat(200_000)}</rFactorXML>`],
  ])("[RAC-26] nesting without end is refused: %s", (_, text) => {
    expect(codeOf(utf8(text))).toBe("result_file_unreadable")
  })
})

function expectSound(bytes: Uint8Array): void {
  const result = readResultFile(bytes)
  if (!result.ok) return
  const drivers = result.value.sessions.flatMap((session) => session.drivers)
  expect(drivers.length).toBeGreaterThan(0)
  for (const driver of drivers) {
    expect(driver.name).not.toBe("")
    expect(driver.name).not.toContain("\u0000")
    if (driver.bestLapMs !== null) {
      expect(Number.isInteger(driver.bestLapMs)).toBe(true)
      expect(driver.bestLapMs).toBeGreaterThanOrEqual(1)
      expect(driver.bestLapMs).toBeLessThanOrEqual(LONGEST_LAP_MS)
    }
    if (driver.position !== null) expect(driver.position).toBeGreaterThanOrEqual(1)
    if (driver.lapCount !== null) expect(driver.lapCount).toBeGreaterThanOrEqual(0)
  }
}
