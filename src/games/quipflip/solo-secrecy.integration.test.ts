import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { endParty } from "@/party/commands"
import { allGuests, eventLog, receipt } from "@/party/queries"
import { exportNight } from "@/server/export-night"
import { nightFor } from "@/server/night-view"
import { soloTable, type SoloTable } from "@/testing/solo-table"
import { accepted, startParty, type Night } from "@/testing/start-party"
import { writtenOf } from "./round-sheet"
import { flaggedPhrases, soloDesk } from "./solo-queries"

const names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"]
const minuteMs = 60_000

let night: Night
let solo: SoloTable
/** The set Ann began, which Bo and Cy copied. */
let setId: string
let texts: { prompt: string; original: string; first: string; second: string }
/** A phrase of Ann's that Di flagged. */
let flagged: { prompt: string; phrase: string }

beforeAll(async () => {
  night = await startParty({ names })
  solo = soloTable(night)
  setId = await solo.write("Ann")
  await solo.copy("Bo")
  await solo.copy("Cy")
  const written = writtenOf(await solo.sheet(setId))
  texts = { prompt: written.ORIGINAL.promptText ?? "", original: written.ORIGINAL.phrase, first: written.COPY_1.phrase, second: written.COPY_2.phrase }
  const flaggedId = await solo.write("Ann")
  const { roundId } = accepted(await solo.begin("Di", "COPY")).round
  accepted(await solo.flag("Di", roundId))
  const { prompt } = await solo.sheet(flaggedId)
  flagged = { prompt: prompt.promptText ?? "", phrase: prompt.phrase ?? "" }
})
afterAll(() => night.stop())

/** All a guest can be shown. */
async function shownTo(name: string): Promise<string> {
  const claims = night.claimsOf(name)
  const answers = [
    accepted(await night.ask(claims, soloDesk)),
    accepted(await night.ask(claims, nightFor("guest"))),
    accepted(await night.ask(claims, receipt)),
    accepted(await night.ask(claims, allGuests)),
  ]
  return JSON.stringify(answers)
}

const deskOf = async (name: string) => JSON.stringify(await solo.desk(name))
const anyRole = /ORIGINAL|COPY_[12]/
const others = (name: string) => names.filter((other) => other !== name).map((other) => night.idOf(other))

describe("[QF-E14] before a set is final", () => {
  it("a copier is shown the own copy, not the prompt and not the other", async () => {
    for (const [name, own, other] of [["Bo", texts.first, texts.second], ["Cy", texts.second, texts.first]] as const) {
      const shown = await shownTo(name)
      expect(shown).toContain(own)
      for (const secret of [texts.prompt, texts.original, other]) expect([name, secret, shown.includes(secret)]).toEqual([name, secret, false])
    }
  })

  it("the writer is shown the own phrase and no copy of it", async () => {
    const shown = await shownTo("Ann")
    expect(shown).toContain(texts.original)
    expect(shown).not.toContain(texts.first)
    expect(shown).not.toContain(texts.second)
  })

  it("who has nothing to do with it is shown none of it", async () => {
    const shown = await shownTo("Flo")
    for (const secret of Object.values(texts)) expect(shown).not.toContain(secret)
    expect(JSON.parse(await deskOf("Flo"))).toMatchObject({ openSets: 1, votable: 1, pending: [], finished: [] })
  })

  it("nobody's desk names anybody else, nor what any phrase is", async () => {
    for (const name of names) {
      const desk = await deskOf(name)
      expect([name, others(name).filter((id) => desk.includes(id))]).toEqual([name, []])
      expect([name, anyRole.test(desk)]).toEqual([name, false])
    }
  })

  it("a voter is shown three phrases in an order of the own, and nothing that tells them apart", async () => {
    const places = new Set<number>()
    for (const name of ["Di", "Ed", "Flo"]) {
      for (let time = 0; time < 4; time++) {
        const answer = accepted(await solo.begin(name, "VOTE"))
        expect(JSON.stringify(answer)).not.toMatch(anyRole)
        expect(Object.keys(answer.round).sort()).toEqual(["endsAt", "feeCoins", "lentCoins", "originalPhrase", "phrases", "promptText", "roundId", "type"])
        expect(answer.round.originalPhrase).toBeNull()
        const desk = await deskOf(name)
        expect([others(name).filter((id) => desk.includes(id)), anyRole.test(desk)]).toEqual([[], false])
        places.add(answer.round.phrases?.indexOf(texts.original) ?? -1)
        accepted(await solo.abandon(name, answer.round.roundId))
      }
    }
    expect([...places].sort()).toEqual([0, 1, 2])
  })

  it("a vote tells its voter whether it was right, and no more", async () => {
    const answer = await solo.vote("Ed", "COPY_1")
    expect(Object.keys(answer).sort()).toEqual(["earnedCoins", "isRight", "roundId", "version", "walletBalance"])
    const shown = await shownTo("Ed")
    for (const secret of [texts.original, texts.first, texts.second]) expect(shown).not.toContain(secret)
  })

  it("a copier's round says nothing of the prompt", async () => {
    const promptId = await solo.write("Flo")
    const { prompt } = await solo.sheet(promptId)
    const answer = accepted(await solo.begin("Ed", "COPY"))
    expect(answer.round.originalPhrase).toBe(prompt.phrase)
    expect(JSON.stringify(answer) + (await shownTo("Ed"))).not.toContain(prompt.promptText)
    accepted(await solo.abandon("Ed", answer.round.roundId))
  })

  it("race control sees a flagged phrase and its prompt, not whose it is, and no other text", async () => {
    const shown = JSON.stringify(accepted(await night.ask(night.hostClaims, flaggedPhrases)))
    expect(shown).toContain(flagged.phrase)
    expect(shown).toContain(JSON.stringify(flagged.prompt).slice(1, -1))
    expect(names.filter((name) => shown.includes(night.idOf(name)))).toEqual([])
    expect([texts.first, texts.second].filter((text) => shown.includes(text))).toEqual([])
    const hosts = [nightFor("host"), eventLog, exportNight] as const
    for (const query of hosts) {
      const told = JSON.stringify(accepted(await night.ask(night.hostClaims, query as typeof eventLog)))
      for (const secret of Object.values(texts)) expect([query.name, told.includes(secret)]).toEqual([query.name, false])
    }
  })

  it("no event has a word of it, and the counts of the queue are true", async () => {
    const events = await night.events()
    const told = JSON.stringify(events.map(({ data }) => data))
    for (const secret of [...Object.values(texts), ...Object.values(flagged)]) expect(told).not.toContain(secret)
    const counts = events.filter(({ eventType }) => eventType === "queue-changed").at(-1)?.data
    const { waitingPrompts, openSets } = await solo.desk("Flo")
    expect(counts).toEqual({ waitingPrompts, openSets })
    expect(counts).toEqual({ waitingPrompts: 1, openSets: 1 })
  })
})

describe("[QF-E14] when it is final", () => {
  it("everything shows, to who wrote in it or voted on it and to nobody else", async () => {
    await solo.vote("Di", "ORIGINAL")
    await solo.vote("Flo", "COPY_2")
    night.clock.advance(60 * minuteMs)
    await solo.tick()
    for (const name of ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"]) {
      const [set] = (await solo.desk(name)).finished
      expect([name, set?.promptText]).toEqual([name, texts.prompt])
      expect(set?.phrases.map(({ role, phrase, writerId }) => [role, phrase, writerId])).toEqual([
        ["ORIGINAL", texts.original, night.idOf("Ann")],
        ["COPY_1", texts.first, night.idOf("Bo")],
        ["COPY_2", texts.second, night.idOf("Cy")],
      ])
      expect(set?.phrases.map(({ voterIds }) => voterIds)).toEqual([[night.idOf("Di")], [night.idOf("Ed")], [night.idOf("Flo")]])
    }
    const late = await night.join("Gil")
    expect(late.name).toBe("Gil")
    expect(await deskOf("Gil")).not.toContain(texts.original)
  })

  it("[QF-E12] and the end of the party reveals no phrase that was never voted on", async () => {
    accepted(await night.host(endParty, {}))
    await solo.tick()
    for (const name of ["Bo", "Ed"]) expect(await shownTo(name)).not.toContain(flagged.prompt)
    expect((await solo.desk("Ann")).pending).toEqual([])
  })
})
