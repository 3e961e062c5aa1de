import type { ServerResponse } from "node:http"
import { Writable } from "node:stream"
import { and, eq } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { embeds, fails, hangsUp, isSilent, sends, startTestGemini, type Reply, type TestGemini } from "@/ai/test-gemini"
import { quipflipRounds } from "@/db/schema/quipflip"
import { playAiSeatsOf } from "@/server/due-sessions"
import { createLog } from "@/server/log"
import { startQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { soloTable } from "@/testing/solo-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startParty, type Night } from "@/testing/start-party"
import { skipPhase, submitSessionRound } from "./session-commands"

const players = ["Ann", "Bo", "Cy"]
const originals: Record<string, string> = { Ann: "PURPLE ELEPHANT", Bo: "BROKEN VIOLIN", Cy: "FROZEN PIZZA" }

// What is held against others, and others at a cosine of 0.8, 0.6 and 0 from it.
const own = [5, 0]
const same = [4, 3]
const akin = [3, 4]
const other = [0, 5]

const lines: string[] = []
let gemini: TestGemini
let night: Night

beforeEach(async () => {
  gemini = await startTestGemini()
  lines.length = 0
})
afterEach(async () => {
  await night.stop()
  await gemini.stop()
})

async function startNight(env: Record<string, string> = {}): Promise<void> {
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const model = { GOOGLE_GENERATIVE_AI_API_KEY: "test", GEMINI_BASE_URL: gemini.baseURL, GEMINI_EMBEDDING_MODEL: "embedding-test" }
  night = await startParty({ guests: 4, env: { ...model, ...env }, parts: { log: createLog("warn", destination) } })
}

type Asked = { requests: { content: { parts: { text: string }[] } }[] }

/** The texts whose meaning was asked for, call by call; the first of each is the one held against the others. */
function asked(): string[][] {
  const calls = gemini.requests.filter(({ path }) => path?.endsWith(":batchEmbedContents"))
  return calls.map(({ body }) => (body as Asked).requests.map(({ content }) => content.parts.map(({ text }) => text).join()))
}

/** A reply that the test gives later. `isAsked` once somebody waits for it. */
function laterReply() {
  const response = new Promise<ServerResponse>((resolve) => gemini.willReply(resolve))
  return { isAsked: response, give: async (reply: Reply) => reply(await response) }
}

/** A session whose originals are written and whose copies are dealt. */
async function startCopying(): Promise<QuipflipTable> {
  const table = await startQuipflip(night, { players, quotas: { votesPerPlayer: 2 } })
  for (const name of players) accepted(await table.submit(name, (await open(table, name)).roundId, originals[name] ?? ""))
  expect((await table.status()).phase).toBe("COPY")
  return table
}

async function open(table: QuipflipTable, name: string) {
  const { round } = accepted(await table.begin(name)).seat
  if (round === null) throw new Error(`${name} has nothing to play`)
  return { roundId: round.roundId, original: round.originalPhrase ?? "", endsAt: new Date(round.endsAt ?? 0) }
}

/** Ann and somebody else copy the same original just now. */
async function twoCopiers(table: QuipflipTable) {
  gemini.willReply(embeds(own, other))
  accepted(await table.submit("Ann", (await open(table, "Ann")).roundId, "SILVER HAMMER"))
  const ann = { name: "Ann", ...(await open(table, "Ann")) }
  for (const name of ["Bo", "Cy"]) {
    const round = await open(table, name)
    if (round.original === ann.original) return { original: ann.original, ann, other: { name, ...round } }
  }
  throw new Error("nobody copies what Ann copies")
}

const statusOf = async (roundId: string) => (await soloTable(night).roundOf(roundId)).status

describe("[QF-P12] a copy in a session", () => {
  it("is taken when it means something else; the model is asked about it and the original, in one call", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId, original } = await open(table, "Ann")
    gemini.willReply(embeds(own, akin))
    accepted(await table.submit("Ann", roundId, " silver  Hammer "))
    expect(asked()).toEqual([["silver hammer", original.toLowerCase()]])
    expect(lines).toEqual([])
    await expectConserved(night)
  })

  it("is refused from a cosine of 0.8 on, which changes nothing; another idea is taken", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId } = await open(table, "Ann")
    gemini.willReply(embeds(own, same), embeds(own, other))
    const input = { sessionId: table.sessionId, roundId, phrase: "SILVER HAMMER" }
    const refused = await expectUntouched(night, () => night.guest("Ann", submitSessionRound, input, "tap-0123456789abcdef"))
    expect(refused).toEqual({ ok: false, refusal: { code: "phrase_same_meaning" } })
    accepted(await table.submit("Ann", roundId, "CRISPY BACON"))
    expect(lines).toEqual([])
  })

  it("is refused beside the other copy in the same words as beside the original [QF-P11]", async () => {
    await startNight()
    const table = await startCopying()
    const two = await twoCopiers(table)
    gemini.willReply(embeds(own, other))
    accepted(await table.submit("Ann", two.ann.roundId, "CRISPY BACON"))
    gemini.willReply(embeds(own, other, same), embeds(own, same, other), embeds(own, akin, akin))
    const submit = () => table.submit(two.other.name, two.other.roundId, "SECRET TUNNEL")
    const besideTheCopy = await expectUntouched(night, submit)
    const besideTheOriginal = await expectUntouched(night, submit)
    expect(besideTheCopy).toEqual({ ok: false, refusal: { code: "phrase_same_meaning" } })
    expect(besideTheOriginal).toEqual(besideTheCopy)
    expect(asked().at(-1)).toEqual(["secret tunnel", two.original.toLowerCase(), "crispy bacon"])
    accepted(await submit())
  })

  it("[QF-P3] costs no call when the rules of words refuse it, when it is nobody's to submit, nor does a prompt or a vote", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId, original } = await open(table, "Ann")
    const submitting = (name: string, phrase: string) => table.submit(name, roundId, phrase)
    expect(refusedWith(await submitting("Ann", "SILVER"))).toBe("phrase_too_few_words")
    expect(refusedWith(await submitting("Ann", original))).toBe("phrase_duplicate")
    expect(refusedWith(await submitting("Ann", `${original.split(" ")[0] ?? ""} HAMMER`))).toBe("phrase_too_close")
    expect(refusedWith(await submitting("Bo", "SILVER HAMMER"))).toBe("round_not_found")
    expect(gemini.requests).toEqual([])
    for (const name of players) await table.playAll(name)
    expect((await table.status()).phase).toBe("VOTE")
    const copiesAsked = gemini.requests.length
    expect(copiesAsked).toBeGreaterThanOrEqual(6)
    for (const name of players) await table.playAll(name)
    expect((await table.status()).phase).toBe("RESULTS")
    expect(gemini.requests).toHaveLength(copiesAsked)
  })

  it.each<[string, Reply, string]>([
    ["is silent for 2.5 s", isSilent, "model_unreachable"],
    ["fails", fails(500, "INTERNAL"), "model_unreachable"],
    ["is busy", fails(429, "RESOURCE_EXHAUSTED"), "model_busy"],
    ["is cut off", hangsUp, "model_unreachable"],
    ["says nothing that can be read", sends("<html>Sign in</html>"), "model_unreadable"],
    ["forgets a text", embeds(own), "model_unreadable"],
  ])("is left to the rules of words when the model %s, and the log says so without a word of anybody", async (_, reply, code) => {
    await startNight()
    const table = await startCopying()
    const { roundId, original } = await open(table, "Ann")
    gemini.willReply(reply, embeds(own, same))
    accepted(await table.submit("Ann", roundId, "SILVER HAMMER"))
    expect(asked()).toHaveLength(1)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ party: night.party.id, code, msg: expect.stringContaining("the rules of words decided alone") as unknown }),
    ])
    for (const text of ["silver", "hammer", ...original.toLowerCase().split(" "), "ann"]) expect(lines.join().toLowerCase()).not.toContain(text)
  })

  it("that arrives in the grace is not kept waiting: it counts, unasked, and the log says so [QF-N7]", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId, endsAt } = await open(table, "Ann")
    night.clock.advance(endsAt.getTime() - night.clock.now().getTime())
    accepted(await table.submit("Ann", roundId, "SILVER HAMMER"))
    expect(gemini.requests).toEqual([])
    expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(["no_time_left"])
  })

  it("sent twice by the same tap is asked about once and answered alike [PTY-14]", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId } = await open(table, "Ann")
    gemini.willReply(embeds(own, other))
    const tap = () => night.guest("Ann", submitSessionRound, { sessionId: table.sessionId, roundId, phrase: "SILVER HAMMER" }, "tap-0123456789abcdef")
    const first = accepted(await tap())
    expect(accepted(await tap())).toEqual(first)
    expect(asked()).toHaveLength(1)
  })

  it("of an AI player is refused as a guest's is, and the AI tries another", async () => {
    await startNight()
    const table = await startQuipflip(night, { players: ["Ann", "Bo"], ai: 1, quotas: { copiesPerPlayer: 1, votesPerPlayer: 2 } })
    for (const name of ["Ann", "Bo"]) accepted(await table.submit(name, (await open(table, name)).roundId, originals[name] ?? ""))
    expect((await table.wait()).phase).toBe("COPY")
    // The first is the question for a copy.
    gemini.willReply(fails(404, "NOT_FOUND"), embeds(own, same), embeds(own, other))
    const aiId = (await table.status()).players.find(({ isAi }) => isAi)?.participantId ?? ""
    while ((await playAiSeatsOf(night.runtime, table.sessionId)) === 0) night.clock.advance(1_000)
    const [refused, taken, ...more] = asked()
    expect(more).toEqual([])
    expect(taken?.[1]).toBe(refused?.[1])
    const isCopyOfAi = and(eq(quipflipRounds.aiParticipantId, aiId), eq(quipflipRounds.roundType, "COPY"))
    const copies = await night.runtime.db.select().from(quipflipRounds).where(isCopyOfAi)
    expect(copies.map(({ status, phrase }) => [status, phrase?.toLowerCase()])).toEqual([["SUBMITTED", taken?.[0]]])
    expect(refused?.[0]).not.toBe(taken?.[0])
  })
})

describe("[QF-P12] while the model thinks", () => {
  it("nothing is locked: another guest of the party plays meanwhile", async () => {
    await startNight()
    const table = await startCopying()
    const { roundId } = await open(table, "Ann")
    const reply = laterReply()
    const sent = table.submit("Ann", roundId, "SILVER HAMMER")
    await reply.isAsked
    const bo = await open(table, "Bo")
    gemini.willReply(embeds(own, other))
    accepted(await table.submit("Bo", bo.roundId, "SECRET TUNNEL"))
    accepted(await night.grant("Di", 5))
    expect(await statusOf(roundId)).toBe("ACTIVE")
    await reply.give(embeds(own, other))
    accepted(await sent)
    expect(await statusOf(roundId)).toBe("SUBMITTED")
  })

  it("the other copy may come in: then the model is asked about that as well", async () => {
    await startNight()
    const table = await startCopying()
    const two = await twoCopiers(table)
    const forAnn = laterReply()
    const ofAnn = table.submit("Ann", two.ann.roundId, "CRISPY BACON")
    await forAnn.isAsked
    const forOther = laterReply()
    const ofOther = table.submit(two.other.name, two.other.roundId, "SECRET TUNNEL")
    await forOther.isAsked
    await forAnn.give(embeds(own, other))
    accepted(await ofAnn)
    gemini.willReply(embeds(own, other, same))
    await forOther.give(embeds(own, other))
    expect(refusedWith(await ofOther)).toBe("phrase_same_meaning")
    expect(asked().slice(-2)).toEqual([
      ["secret tunnel", two.original.toLowerCase()],
      ["secret tunnel", two.original.toLowerCase(), "crispy bacon"],
    ])
    expect(await statusOf(two.other.roundId)).toBe("ACTIVE")
    await expectConserved(night)
  })

  it("the phase may end: that is what is told, and the house's copy stands", async () => {
    await startNight()
    const table = await startCopying()
    const { sessionId } = table
    const { roundId } = await open(table, "Ann")
    const reply = laterReply()
    const sent = table.submit("Ann", roundId, "SILVER HAMMER")
    await reply.isAsked
    accepted(await night.host(skipPhase, { sessionId }))
    await reply.give(embeds(own, other))
    expect(refusedWith(await sent)).toBe("round_over")
    expect(await statusOf(roundId)).toBe("TIMED_OUT")
    expect(asked()).toHaveLength(1)
    await expectConserved(night)
  })
})

describe("[QF-P12] a copy written alone", () => {
  it("is held against the original, then against the other copy as well", async () => {
    await startNight()
    const solo = soloTable(night)
    await solo.write("Ann")
    expect(gemini.requests).toEqual([])
    const bo = accepted(await solo.begin("Bo", "COPY")).round
    gemini.willReply(embeds(own, same), embeds(own, akin))
    expect(refusedWith(await expectUntouched(night, () => solo.submit("Bo", bo.roundId, "SILVER HAMMER")))).toBe("phrase_same_meaning")
    accepted(await solo.submit("Bo", bo.roundId, "SECRET TUNNEL"))
    const cy = accepted(await solo.begin("Cy", "COPY")).round
    gemini.willReply(embeds(own, other, same), embeds(own, other, akin))
    expect(refusedWith(await expectUntouched(night, () => solo.submit("Cy", cy.roundId, "CRISPY BACON")))).toBe("phrase_same_meaning")
    accepted(await solo.submit("Cy", cy.roundId, "LOUD THUNDER"))
    expect(asked().at(-1)).toEqual(["loud thunder", (bo.originalPhrase ?? "").toLowerCase(), "secret tunnel"])
    const calls = gemini.requests.length
    await solo.vote("Di", "COPY_1")
    expect(gemini.requests).toHaveLength(calls)
    expect(lines).toEqual([])
    await expectConserved(night)
  })

  it("whose other copy comes in while the model thinks is held against that as well", async () => {
    await startNight()
    const solo = soloTable(night)
    await solo.write("Ann")
    const [bo, cy] = [accepted(await solo.begin("Bo", "COPY")).round, accepted(await solo.begin("Cy", "COPY")).round]
    const forBo = laterReply()
    const ofBo = solo.submit("Bo", bo.roundId, "SILVER HAMMER")
    await forBo.isAsked
    gemini.willReply(embeds(own, other))
    accepted(await solo.submit("Cy", cy.roundId, "SECRET TUNNEL"))
    gemini.willReply(embeds(own, other, same))
    await forBo.give(embeds(own, other))
    expect(refusedWith(await ofBo)).toBe("phrase_same_meaning")
    expect(await statusOf(bo.roundId)).toBe("ACTIVE")
  })
})

describe("[QF-P12] without", () => {
  it.each<[string, Record<string, string>, number]>([
    ["a model nothing is asked, and nothing is missing", { GEMINI_EMBEDDING_MODEL: "" }, 0],
    ["a key nothing is asked, which the log says once, at the start", { GOOGLE_GENERATIVE_AI_API_KEY: "" }, 1],
  ])("%s", async (_, env, warnings) => {
    await startNight(env)
    const table = await startCopying()
    accepted(await table.submit("Ann", (await open(table, "Ann")).roundId, "SILVER HAMMER"))
    expect(gemini.requests).toEqual([])
    expect(lines).toHaveLength(warnings)
  })
})
