import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { and, eq, isNull } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { partyImposterSettings, partyImposterWords } from "@/db/schema/imposter"
import { callOffImposterRound } from "@/games/imposter/commands"
import { imposterEvents } from "@/games/imposter/events"
import { changeImposterSettings } from "@/games/imposter/settings-commands"
import { changeSettings } from "@/party/commands"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, startParty, testEnv, type Night } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { createLog } from "./log"
import { createRuntime } from "./runtime"

/** Gemini's place on the network: answers what the test says, and keeps what it was asked. */
let gemini: Server
let answer: (asked: string, count: number) => { status: number; body: unknown }
let asked: string[]
let night: Night
let table: ReturnType<typeof imposterTable>
let written = 0

beforeAll(async () => {
  gemini = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk: Buffer) => (body += chunk.toString()))
    request.on("end", () => {
      asked.push(body)
      const { status, body: reply } = answer(body, asked.length)
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply))
    })
  })
  await new Promise<void>((resolve) => gemini.listen(0, "127.0.0.1", resolve))
})
afterAll(() => void gemini.close())

beforeEach(async () => {
  asked = []
  answer = () => ({ status: 200, body: pairs(6) })
  const { port } = gemini.address() as AddressInfo
  night = await startParty({
    guests: 4,
    env: { GOOGLE_GENERATIVE_AI_API_KEY: "test", GEMINI_BASE_URL: `http://127.0.0.1:${port}/v1beta` },
  })
  table = imposterTable(night)
})
afterEach(() => night.stop())

/** An answer in Gemini's wire format, with words nobody has heard before. */
function pairs(count: number, language = "en") {
  const list = Array.from({ length: count }, () => ({ word: `wordling ${letters(++written)}`, hint: `hintling ${letters(written)}` }))
  return {
    candidates: [{ content: { role: "model", parts: [{ text: JSON.stringify({ language, pairs: list }) }] }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  }
}

function letters(index: number): string {
  return index.toString(26).replace(/[0-9]/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "q")
}

const unused = () =>
  night.runtime.db.$count(partyImposterWords, and(eq(partyImposterWords.partyId, night.party.id), isNull(partyImposterWords.usedAt)))
const settings = async () => {
  const rows = await night.runtime.db.select().from(partyImposterSettings).where(eq(partyImposterSettings.partyId, night.party.id))
  return rows[0]
}

describe("[IMP-7] the stock", () => {
  it("is filled before anybody starts, and a start takes from it without asking the model [IMP-6]", async () => {
    await table.tick()
    expect(await unused()).toBe(6)
    expect(asked).toHaveLength(1)
    await table.start()
    expect(await table.word()).toMatch(/^wordling/)
    expect(asked).toHaveLength(1)
    expect(await unused()).toBe(5)
  })

  it("is filled up when it runs low, not before, and the words played are named to be avoided", async () => {
    await table.tick()
    for (let round = 0; round < 3; round++) {
      await table.start()
      await table.tick()
      accepted(await night.host(callOffImposterRound, {}))
    }
    expect(asked).toHaveLength(1)
    await table.start()
    const word = await table.word()
    await table.tick()
    expect(asked).toHaveLength(2)
    expect(asked[1]).toContain(word)
    expect(await unused()).toBeGreaterThanOrEqual(6)
  })

  it("follows the host's theme and language, and race control hears how many are ready", async () => {
    await table.tick()
    accepted(await night.host(changeImposterSettings, { theme: "Camping in Norway", language: "de" }))
    answer = () => ({ status: 200, body: pairs(6, "de") })
    await table.tick()
    expect(asked.at(-1)).toContain("Camping in Norway")
    const told = night.published.findLast(({ name }) => name === "imposter-settings-changed")
    const { settings: shown } = imposterEvents.imposterSettingsChanged.payload.parse(told?.payload)
    expect(shown).toMatchObject({ theme: "Camping in Norway", language: "de", pairsReady: 6 })
    await table.start()
    expect(await table.word()).toMatch(/^wordling/)
  })

  it("with a model in trouble a round starts from the deck, and the next try waits ever longer", async () => {
    answer = () => ({ status: 500, body: { error: { code: 500, message: "no", status: "INTERNAL" } } })
    await table.tick()
    expect(await settings()).toMatchObject({ fillFailures: 1, fillDueAt: new Date(night.clock.now().getTime() + 30_000) })
    await table.start()
    expect(await table.word()).not.toMatch(/^wordling/)
    const before = asked.length
    night.clock.advance(29_999)
    await table.tick()
    expect(asked.length).toBe(before)
    night.clock.advance(1)
    await table.tick()
    expect(asked.length).toBeGreaterThan(before)
    expect(await settings()).toMatchObject({ fillFailures: 2, fillDueAt: new Date(night.clock.now().getTime() + 60_000) })
    answer = () => ({ status: 200, body: pairs(6) })
    night.clock.advance(60_000)
    await table.tick()
    expect(await unused()).toBe(6)
    expect(await settings()).toMatchObject({ fillFailures: 0, fillDueAt: null })
  })

  it("leaves out what the family filter does not let through [IMP-5]", async () => {
    answer = () => {
      const body = pairs(1)
      const part = { word: "motherfucker", hint: "rude word" }
      const text = JSON.stringify({ language: "en", pairs: [part, { word: `plain ${letters(++written)}`, hint: "simple" }] })
      return { status: 200, body: { ...body, candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP" }] } }
    }
    await table.tick()
    expect(await unused()).toBe(1)
  })

  it("counts no pair that a stricter filter has made unplayable: the model is asked for others [IMP-5]", async () => {
    accepted(await night.host(changeSettings, { familyFilter: "OFF" }))
    answer = () => ({ status: 200, body: JSON.parse(JSON.stringify(pairs(6)).replaceAll("wordling", "motherfucker")) as unknown })
    await table.tick()
    expect(await unused()).toBe(6)
    accepted(await night.host(changeSettings, { familyFilter: "STRICT" }))
    await table.start()
    expect(await table.word()).not.toContain("motherfucker")
    answer = () => ({ status: 200, body: pairs(6) })
    await table.tick()
    expect(asked).toHaveLength(2)
    const told = night.published.findLast(({ name }) => name === "imposter-settings-changed")
    expect(imposterEvents.imposterSettingsChanged.payload.parse(told?.payload).settings.pairsReady).toBe(6)
    accepted(await night.host(callOffImposterRound, {}))
    await table.start()
    expect(await table.word()).toMatch(/^wordling/)
  })

  it("names the words of a long evening in the order they came, so that the latest are told to the model", async () => {
    const at = (minutes: number) => new Date(night.clock.now().getTime() + minutes * 60_000)
    const known = (word: string, createdAt: Date) => ({ partyId: night.party.id, source: "DECK" as const, topicKey: "", word, hint: "", wordKey: word, createdAt, usedAt: createdAt })
    await night.runtime.db.insert(partyImposterWords).values([known("third", at(-1)), known("first", at(-3)), known("second", at(-2))])
    await table.tick()
    expect(asked[0]).toMatch(/first.*second.*third/)
  })

  it("a clock that was set back by hours does not keep the model waiting for hours", async () => {
    await night.runtime.db.insert(partyImposterSettings).values({ partyId: night.party.id, fillDueAt: new Date(night.clock.now().getTime() + 3_600_000) })
    await table.tick()
    expect(await unused()).toBe(6)
  })

  it("several processes ask the model once", async () => {
    const processes = [night.runtime, night.house.anotherProcess(), night.house.anotherProcess()]
    await Promise.all(processes.map((runtime) => createDueWork(runtime).doDue()))
    expect(asked).toHaveLength(1)
    expect(await unused()).toBe(6)
  })

  it("a process that died while the model thought is followed by the next one", async () => {
    await night.runtime.db.insert(partyImposterSettings).values({ partyId: night.party.id, fillDueAt: new Date(night.clock.now().getTime() + 60_000) })
    await table.tick()
    expect(asked).toHaveLength(0)
    night.clock.advance(60_000)
    await table.tick()
    expect(await unused()).toBe(6)
  })

  it("a process that closes waits for no model", async () => {
    let isAsked = (): void => undefined
    const reached = new Promise<void>((resolve) => (isAsked = resolve))
    const hanging = createServer(() => isAsked())
    await new Promise<void>((resolve) => hanging.listen(0, "127.0.0.1", resolve))
    const { port } = hanging.address() as AddressInfo
    const leaving = createRuntime(
      testEnv(night.house.databaseUrl, { GOOGLE_GENERATIVE_AI_API_KEY: "test", GEMINI_BASE_URL: `http://127.0.0.1:${port}/v1beta` }),
      { clock: night.clock, log: createLog("silent") },
    )
    const working = createDueWork(leaving).doDue()
    await reached
    await leaving.close()
    await working
    hanging.close()
    expect(await unused()).toBe(0)
  })
})
