import { z } from "zod"
import { countOrNull, driverList, lapMsFromSeconds, positionOrNull, sessionList, text, textOrNull } from "./result-fields"
import type { ResultDriver, ResultFile, ResultSession, SessionKind } from "./result-file"
import { parseXml, unescapeXml } from "./xml"

/** Whether a text is a result file of rFactor 2. */
export function recognisesRfactor2(xml: string): boolean {
  return /<rFactorXML[\s>]/.test(xml)
}

const SESSION_TAG = /^(TestDay|Practice|Qualify|Warmup|Race)[0-9]{0,2}$/

const KINDS: Readonly<Record<string, SessionKind>> = {
  TestDay: "PRACTICE",
  Practice: "PRACTICE",
  Qualify: "QUALIFY",
  Race: "RACE",
}

const xmlText = z.string().transform(unescapeXml).pipe(text)

const driverSchema = z.object({
  Name: xmlText,
  CarType: xmlText.optional(),
  VehName: xmlText.optional(),
  BestLapTime: z.string().optional(),
  Laps: z.string().optional(),
  Position: z.string().optional(),
  FinishStatus: z.string().optional(),
})

// An element without content is read as an empty text.
const empty = z.literal("")

const sessionSchema = z.object({ Driver: driverList(z.union([driverSchema, empty])).optional() })

const resultsSchema = z.looseObject({ TrackCourse: xmlText.optional(), TrackVenue: xmlText.optional() })

const fileSchema = z.object({ rFactorXML: z.object({ RaceResults: resultsSchema }) })

/** Reads the XML of rFactor 2, or returns null when it is broken or its content impossible. */
export function parseRfactor2(xml: string): ResultFile | null {
  const isList = (tag: string) => tag === "Driver" || SESSION_TAG.test(tag)
  const file = fileSchema.safeParse(parseXml(withoutStreams(xml), isList))
  if (!file.success) return null

  const results = file.data.rFactorXML.RaceResults
  const sessions: ResultSession[] = []
  for (const [tag, content] of Object.entries(results)) {
    const kindName = SESSION_TAG.exec(tag)?.[1]
    if (!kindName) continue
    const found = sessionList(z.union([sessionSchema, empty])).safeParse(content)
    if (!found.success) return null
    for (const session of found.data) sessions.push(sessionOf(tag, KINDS[kindName] ?? "OTHER", session))
  }
  return { format: "RFACTOR2", track: textOrNull(results.TrackCourse) ?? textOrNull(results.TrackVenue), sessions }
}

/**
 * Cuts the running commentary out. It is most of the file, nothing of the result, and holds what people typed into
 * the chat and the addresses they came from.
 */
function withoutStreams(xml: string): string {
  const kept: string[] = []
  let from = 0
  for (;;) {
    const start = xml.indexOf("<Stream>", from)
    const end = start < 0 ? -1 : xml.indexOf("</Stream>", start)
    if (end < 0) return kept.join("") + xml.slice(from)
    kept.push(xml.slice(from, start))
    from = end + "</Stream>".length
  }
}

function sessionOf(name: string, kind: SessionKind, session: z.infer<typeof sessionSchema> | ""): ResultSession {
  const found = session === "" ? [] : (session.Driver ?? [])
  const drivers = found.flatMap((driver) => (driver === "" || driver.Name === "" ? [] : driverOf(driver, kind)))
  return { name, kind, drivers }
}

function driverOf(driver: z.infer<typeof driverSchema>, kind: SessionKind): ResultDriver {
  const isOut = driver.FinishStatus === "DNF" || driver.FinishStatus === "DQ"
  return {
    name: driver.Name,
    carModel: textOrNull(driver.CarType) ?? textOrNull(driver.VehName),
    bestLapMs: lapMsFromSeconds(driver.BestLapTime),
    lapCount: countOrNull(integerOf(driver.Laps)),
    isDnf: kind === "RACE" && isOut,
    position: positionOrNull(integerOf(driver.Position)),
  }
}

function integerOf(digits: string | undefined): number | null {
  return /^[0-9]{1,9}$/.test(digits ?? "") ? Number(digits) : null
}
