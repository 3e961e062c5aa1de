import { describe, expect, it } from "vitest"
import { readResultFile } from "./read-result-file"
import { unescapeXml } from "./xml"

const RFACTOR_DOCTYPE = '<!DOCTYPE rF [\n<!ENTITY rFEnt "rFactor Entity">\n]>'

/** A result file with one driver, and whatever stands before it. */
const fileOf = (prolog: string, name = "Ann", rest = "") =>
  `<?xml version="1.0" encoding="utf-8"?>\n${prolog}\n<rFactorXML version="1.0"><RaceResults>` +
  `<TrackVenue>Essington Park</TrackVenue><Race><Driver><Name>${name}</Name>${rest}</Driver></Race></RaceResults></rFactorXML>`

const read = (xml: string) => readResultFile(new TextEncoder().encode(xml))
const codeOf = (xml: string) => {
  const result = read(xml)
  return result.ok ? "read" : result.refusal.code
}
const driverIn = (xml: string) => {
  const result = read(xml)
  return result.ok ? result.value.sessions[0]?.drivers[0] : result.refusal.code
}

describe("document types", () => {
  it.each([
    ["none", ""],
    ["rFactor 2's own", RFACTOR_DOCTYPE],
    ["rFactor 2's own with other line ends", RFACTOR_DOCTYPE.replaceAll("\n", "\r\n")],
  ])("[RAC-28] %s is read", (_, doctype) => {
    expect(codeOf(fileOf(doctype))).toBe("read")
  })

  const billionLaughs = [
    "<!DOCTYPE rF [",
    '<!ENTITY a0 "ha">',
    ...Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`),
    "]>",
  ].join("\n")

  it.each([
    ["a local file (XXE)", fileOf('<!DOCTYPE rF [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;")],
    ["an address (XXE)", fileOf('<!DOCTYPE rF [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]>', "&x;")],
    ["a public identifier", fileOf('<!DOCTYPE rF PUBLIC "-//x" "http://127.0.0.1:1/x.dtd">')],
    ["a parameter entity", fileOf('<!DOCTYPE rF [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>')],
    ["a billion laughs", fileOf(billionLaughs, "&a30;")],
    ["one long entity used often", fileOf(`<!DOCTYPE rF [<!ENTITY x "${"x".repeat(50_000)}">]>`, "&x;".repeat(1000))],
    ["rFactor 2's entity with another value", fileOf('<!DOCTYPE rF [<!ENTITY rFEnt "evil">]>', "&rFEnt;")],
    ["rFactor 2's entity and another", fileOf('<!DOCTYPE rF [<!ENTITY rFEnt "rFactor Entity"><!ENTITY x "y">]>')],
    ["a second document type behind the good one", fileOf(`${RFACTOR_DOCTYPE}<!DOCTYPE rF [<!ENTITY x "y">]>`)],
    ["lower case", fileOf('<!doctype rF [<!entity x "y">]>')],
    ["a document type hidden behind a comment", fileOf(`<!-- x -->${RFACTOR_DOCTYPE}`)],
  ])("[RAC-28] %s is refused", (_, xml) => {
    expect(codeOf(xml)).toBe("result_file_unreadable")
  })

  it("[RAC-28] references to entities stay as they are written", () => {
    expect(driverIn(fileOf(RFACTOR_DOCTYPE, "&rFEnt;"))).toMatchObject({ name: "&rFEnt;" })
  })

  it("[RAC-28] the predefined entities and character numbers mean their characters, once", () => {
    expect(driverIn(fileOf("", "Tom &amp; &#74;erry &lt;3 &#x1F3C1;"))).toMatchObject({ name: "Tom & Jerry <3 🏁" })
    expect(driverIn(fileOf("", "&amp;lt;Ann&amp;gt;"))).toMatchObject({ name: "&lt;Ann&gt;" })
    expect(unescapeXml("&amp;lt; &amp;amp; &#38;lt;")).toBe("&lt; &amp; &lt;")
    expect(unescapeXml("&#x110000; &#9999999; &nope; &toString;")).toBe("&#x110000; &#9999999; &nope; &toString;")
  })
})

describe("drivers", () => {
  it.each([
    ["Finished Normally", false],
    ["None", false],
    ["DNF", true],
    ["DQ", true],
  ])("[RAC-30] finish status %j in a race: DNF is %s", (status, isDnf) => {
    expect(driverIn(fileOf("", "Ann", `<FinishStatus>${status}</FinishStatus>`))).toMatchObject({ isDnf })
  })

  it("[RAC-30] a DNF in practice is none", () => {
    const xml = fileOf("", "Ann", "<FinishStatus>DNF</FinishStatus>").replaceAll("Race>", "Practice1>")
    expect(driverIn(xml)).toMatchObject({ isDnf: false })
  })

  it("[RAC-31] position, laps, car and best lap come from the driver's element", () => {
    const rest = "<VehName>No 7</VehName><Position>2</Position><Laps>10</Laps><BestLapTime>122.5754</BestLapTime>"
    expect(driverIn(fileOf("", "Ann", rest))).toEqual({
      name: "Ann",
      carModel: "No 7",
      bestLapMs: 122_575,
      lapCount: 10,
      isDnf: false,
      position: 2,
    })
  })

  it("[RAC-24] several sessions come in the order of the file", () => {
    const driver = "<Driver><Name>Ann</Name></Driver>"
    const xml = `<rFactorXML><RaceResults><Practice1>${driver}</Practice1><Warmup/><Qualify>${driver}</Qualify><Race>${driver}${driver}</Race></RaceResults></rFactorXML>`
    const result = read(xml)
    expect(result.ok && result.value.sessions.map((it) => [it.name, it.kind, it.drivers.length])).toEqual([
      ["Practice1", "PRACTICE", 1],
      ["Warmup", "OTHER", 0],
      ["Qualify", "QUALIFY", 1],
      ["Race", "RACE", 2],
    ])
  })

  it("[RAC-26] elements where text belongs are impossible content", () => {
    expect(codeOf(fileOf("", "<b>Ann</b>"))).toBe("result_file_unreadable")
    expect(codeOf(fileOf("", "Ann", "<Name>Bo</Name>"))).toBe("result_file_unreadable")
  })

  it("[RAC-26] the running commentary is not read, whatever people typed into it", () => {
    const chat = "<Stream><Chat>5 < 6 & <!DOCTYPE lol></Chat></Stream>"
    expect(codeOf(fileOf("", "Ann").replace("<Driver>", `${chat}<Driver>`))).toBe("read")
    expect(codeOf(fileOf("", "Ann").replace("<Driver>", "<Stream><Chat>cut off<Driver>"))).toBe("result_file_unreadable")
  })
})
