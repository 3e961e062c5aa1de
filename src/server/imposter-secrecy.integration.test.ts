import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { partyImposterWords } from "@/db/schema/imposter"
import { callImposterVote, openImposterVote, startImposterRound } from "@/games/imposter/commands"
import { activeImposterRound } from "@/games/imposter/queries"
import { channelOf, partyTopics } from "@/realtime/channels"
import { eventLog } from "@/party/queries"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { exportNight } from "./export-night"
import { createLog } from "./log"
import { nightFor } from "./night-view"

const word = "zwordolin"
const hint = "qhintolin"
const names = ["Ann", "Bo", "Cy", "Di", "Ed"]

/** Everything that reached one person, in order, up to the reveal. */
type Transcript = Record<string, string[]>

let house: House
let night: Night
const lines: string[] = []

beforeAll(async () => void (house = await startHouse({ parts: { log: createLog("trace", { write: (line) => void lines.push(line) }) } })))
afterAll(() => house.stop())

/** A round from the start to the last moment before the reveal, with everything that anybody can get hold of. */
async function play(imposters: readonly string[]): Promise<Transcript> {
  night = await startParty({ house, guests: 5 })
  const table = imposterTable(night)
  const heard: Transcript = Object.fromEntries([...names, "host", "tv", "log of events"].map((who) => [who, []]))
  const first = night.published.length
  await night.runtime.db.insert(partyImposterWords).values({
    partyId: night.party.id,
    source: "MODEL",
    topicKey: "en anything",
    word,
    hint,
    wordKey: word,
    createdAt: house.clock.now(),
  })

  async function everybodyLooks(): Promise<void> {
    for (const name of names) {
      const claims = night.claimsOf(name)
      heard[name]?.push(JSON.stringify([await night.ask(claims, nightFor("guest")), await night.ask(claims, activeImposterRound)]))
    }
    heard["host"]?.push(JSON.stringify([await night.ask(night.hostClaims, nightFor("host")), await night.ask(night.hostClaims, exportNight)]))
    heard["host"]?.push(JSON.stringify(await night.ask(night.hostClaims, eventLog)))
    heard["tv"]?.push(JSON.stringify(await night.ask(night.hostClaims, nightFor("tv"))))
  }
  const answered = (who: string, answer: unknown) => heard[who]?.push(JSON.stringify(answer))

  answered("host", await night.host(startImposterRound, {}))
  await table.deal(imposters)
  await everybodyLooks()
  answered("Ann", await night.guest("Ann", callImposterVote, {}))
  house.clock.advance(4 * 60_000)
  await table.tick()
  await everybodyLooks()
  answered("host", await night.host(openImposterVote, {}))
  for (const [voter, target] of [["Ann", "Bo"], ["Bo", "Ann"], ["Cy", "Ann"], ["Di", "Bo"], ["Ed", "Cy"]] as const) {
    answered(voter, await table.vote(voter, target))
    await everybodyLooks()
  }
  expect((await table.facts()).round).toMatchObject({ status: "VOTING", vote: 2 })
  for (const voter of ["Cy", "Di"]) answered(voter, await table.vote(voter, "Ann"))
  answered("Ed", await table.vote("Ed", "Bo"))
  await everybodyLooks()

  // Delivery may repeat and overtake, whoever the imposter is: each event once, in its order.
  const delivered = new Map(night.published.slice(first).map((event) => [event.id, event]))
  for (const event of [...delivered.values()].toSorted((one, other) => one.id - other.id)) {
    for (const who of listenersOf(event.channel)) heard[who]?.push(JSON.stringify(event))
  }
  heard["log of events"]?.push(JSON.stringify((await night.events()).map((event) => ({ ...event, publishedAt: null }))))
  return heard
}

function listenersOf(channel: string): string[] {
  const partyId = night.party.id
  if (partyTopics.some((topic) => channel === channelOf({ kind: "party", topic, partyId }))) return [...names, "host", "tv"]
  if (channel === channelOf({ kind: "host", partyId })) return ["host"]
  return names.filter((name) => channel === channelOf({ kind: "guest", guestId: night.idOf(name) }))
}

/** The same evening on another day: ids and instants become their place of appearance, and what only counts or draws is taken out. */
function impersonal(heard: readonly string[]): string[] {
  const places = new Map<string, string>()
  const placeOf = (text: string) => places.get(text) ?? places.set(text, `#${places.size}`).get(text) ?? text
  return heard.map((text) =>
    text
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|2026-11-\d\dT[\d:.]+Z/g, placeOf)
      .replace(/"(pinCode|joinPin|version|previous|id)":\d+/g, '"$1":0'),
  )
}

describe("[IMP-4] before the reveal", () => {
  it("the word reaches civilians alone, the hint the imposter alone, and neither host, TV, log nor events", async () => {
    const heard = await play(["Ann"])
    for (const name of ["Bo", "Cy", "Di", "Ed"]) {
      expect(heard[name]?.join()).toContain(word)
      expect(heard[name]?.join()).not.toContain(hint)
    }
    expect(heard["Ann"]?.join()).toContain(hint)
    expect(heard["Ann"]?.join()).not.toContain(word)
    for (const who of ["host", "tv", "log of events"]) {
      expect(heard[who]?.length).toBeGreaterThan(0)
      expect(heard[who]?.join()).not.toMatch(new RegExp(`${word}|${hint}`))
    }
    expect(lines.join()).not.toMatch(new RegExp(`${word}|${hint}`))
  })

  it("who is the imposter makes no difference to anything anybody else receives", async () => {
    const ann = await play(["Ann"])
    const bo = await play(["Bo"])
    for (const who of ["Cy", "Di", "Ed", "host", "tv", "log of events"]) {
      const [annsDay, bosDay] = [impersonal(ann[who] ?? []), impersonal(bo[who] ?? [])]
      expect([who, bosDay.find((text, index) => text !== annsDay[index])]).toEqual([who, undefined])
      expect(bosDay).toHaveLength(annsDay.length)
    }
    // The comparison can fail: what Ann herself receives does differ.
    expect(impersonal(bo["Ann"] ?? []).join() === impersonal(ann["Ann"] ?? []).join()).toBe(false)
  })

  it("no screen has a field yet that will tell who it was", async () => {
    const heard = await play(["Ann"])
    const shown = [...(heard["Cy"] ?? []), ...(heard["host"] ?? [])].join()
    // By the names of the view, and of the events.
    expect(shown).not.toMatch(/misterWhiteId|imposterIds|"misterWhite"|"imposters"/)
    expect(shown).toContain('"hasMisterWhite"')
  })
})

describe("[IMP-4] while the caught imposter may guess", () => {
  it("the word is in nobody's screen but the civilians' own cards", async () => {
    const heard = await play(["Ann"])
    const table = imposterTable(night)
    const first = night.published.length
    accepted(await table.vote("Bo", "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    expect((await table.facts()).round).toMatchObject({ outcome: "CAUGHT", endedAt: null })
    const shown = [
      ...night.published.slice(first),
      await night.ask(night.hostClaims, nightFor("host")),
      await night.ask(night.hostClaims, nightFor("tv")),
      await night.ask(night.claimsOf("Ann"), nightFor("guest")),
      await night.ask(night.claimsOf("Ann"), activeImposterRound),
    ]
    expect(JSON.stringify(shown)).not.toContain(word)
    expect(JSON.stringify(shown)).toContain("imposterIds")
    expect(heard["Ann"]?.join()).not.toContain(word)
  })
})
