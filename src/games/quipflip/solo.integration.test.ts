import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { changeSettings, endParty, grantCoins } from "@/party/commands"
import { runCommand } from "@/server/run-command"
import { moveSoloPlayOn } from "@/server/due-solo"
import { soloTable, type SoloTable } from "@/testing/solo-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { moveSoloOn } from "./solo-clock-commands"
import { submitSoloRound } from "./solo-commands"
import { flaggedPhrases } from "./solo-queries"

const minuteMs = 60_000
const promptMs = 180_000
const graceMs = 5_000

let house: House
let night: Night
let solo: SoloTable

beforeAll(async () => {
  house = await startHouse()
})
beforeEach(async () => {
  // What earlier parties left behind is not due while this one looks.
  house.clock.advance(4 * 60 * minuteMs)
  await moveSoloPlayOn(house.runtime)
  night = await startParty({ house, guests: 7 })
  solo = soloTable(night)
})
afterAll(() => house.stop())

/** A set by Ann, with copies by Bo and Cy. */
async function openSet(): Promise<string> {
  const promptId = await solo.write("Ann")
  await solo.copy("Bo")
  await solo.copy("Cy")
  return promptId
}

const vault = async (name: string) => {
  const rows = await night.transfers("vault")
  return rows.filter(({ toAccount }) => toAccount === `vault:${night.idOf(name)}`).reduce((sum, { amount }) => sum + amount, 0)
}

describe("beginning", () => {
  it("[QF-E1] [QF-N1] charges the fee in the same transaction, and one round runs at a time", async () => {
    const begun = accepted(await solo.begin("Ann", "PROMPT"))
    expect(begun).toMatchObject({ walletBalance: 900, round: { type: "PROMPT", feeCoins: 100, lentCoins: 0, originalPhrase: null, phrases: null } })
    expect(begun.round.promptText).toMatch(/…$/)
    expect(begun.round.endsAt).toBe(new Date(night.clock.now().getTime() + promptMs).toISOString())
    await expectUntouched(night, async () => {
      for (const type of ["PROMPT", "COPY", "VOTE"] as const) expect(refusedWith(await solo.begin("Ann", type))).toBe("own_round_running")
    })
    await expectConserved(night)
  })

  it("[QF-E9] refuses what is not there, and lends nothing", async () => {
    await expectUntouched(night, async () => {
      expect(refusedWith(await solo.begin("Ann", "COPY"))).toBe("no_prompts_available")
      expect(refusedWith(await solo.begin("Ann", "VOTE"))).toBe("no_phrasesets_available")
    })
    for (let time = 0; time < 10; time++) await solo.write("Ann")
    expect(await night.purse("Ann")).toBe(0)
    const answer = await expectUntouched(night, () => solo.begin("Ann", "PROMPT"))
    expect(answer).toMatchObject({ ok: false, refusal: { code: "insufficient_balance", detail: { fee: 100, balance: 0 } } })
  })

  it("[QF-E9] deals every prompt once a night, and with a family filter none that is not for the family", async () => {
    accepted(await night.host(changeSettings, { familyFilter: "MILD" }))
    accepted(await night.host(grantCoins, { guestId: night.idOf("Ann"), amount: 100_000 }))
    const { promptDeck } = await import("@/ai/prompt-deck/prompt-deck")
    const family = promptDeck.filter(({ isFamily }) => isFamily).map(({ prompt }) => prompt)
    const dealt: (string | null)[] = []
    for (let time = 0; time < 60; time++) {
      const { round } = accepted(await solo.begin("Ann", "PROMPT"))
      dealt.push(round.promptText)
      accepted(await solo.abandon("Ann", round.roundId))
    }
    expect(new Set(dealt).size).toBe(60)
    expect(dealt.filter((text) => !family.includes(text ?? ""))).toEqual([])
  })

  it("[QF-E2] deals the original that waits longest, never one's own, never a third copy, and not the prompt", async () => {
    const [first, second] = [await solo.write("Ann"), await solo.write("Bo")]
    const begun = accepted(await solo.begin("Cy", "COPY")).round
    const { prompt } = await solo.sheet(first)
    expect(begun).toMatchObject({ originalPhrase: prompt.phrase, promptText: null, feeCoins: 50 })
    expect(accepted(await solo.begin("Ann", "COPY")).round.originalPhrase).toBe((await solo.sheet(second)).prompt.phrase)
    expect((await solo.roundOf(accepted(await solo.begin("Di", "COPY")).round.roundId)).promptRoundId).toBe(first)
    expect((await solo.roundOf(accepted(await solo.begin("Ed", "COPY")).round.roundId)).promptRoundId).toBe(second)
    expect(refusedWith(await solo.begin("Flo", "COPY"))).toBe("no_prompts_available")
    expect((await solo.sheet(first)).copies.map(({ slot }) => slot)).toEqual([1, 2])
  })

  it("[QF-E9] what one gave back comes last", async () => {
    const [first, second] = [await solo.write("Ann"), await solo.write("Ann")]
    const begun = accepted(await solo.begin("Bo", "COPY")).round
    expect((await solo.roundOf(begun.roundId)).promptRoundId).toBe(first)
    accepted(await solo.abandon("Bo", begun.roundId))
    const again = accepted(await solo.begin("Bo", "COPY")).round
    expect((await solo.roundOf(again.roundId)).promptRoundId).toBe(second)
    accepted(await solo.abandon("Bo", again.roundId))
    expect((await solo.roundOf(accepted(await solo.begin("Bo", "COPY")).round.roundId)).promptRoundId).toBe(first)
  })

  it("[QF-N2] a copy costs 40 while more than ten prompts wait", async () => {
    for (let time = 0; time < 10; time++) await solo.write(time < 5 ? "Ann" : "Bo")
    expect(accepted(await solo.begin("Cy", "COPY")).round.feeCoins).toBe(50)
    await solo.write("Di")
    expect(await solo.desk("Ed")).toMatchObject({ waitingPrompts: 11, fees: { COPY: 40 } })
    expect(accepted(await solo.begin("Ed", "COPY")).round.feeCoins).toBe(40)
  })

  it("[QF-E5] nobody votes on a set with an own phrase, nobody twice", async () => {
    await openSet()
    for (const name of ["Ann", "Bo", "Cy"]) expect(refusedWith(await solo.begin(name, "VOTE"))).toBe("no_phrasesets_available")
    await solo.vote("Di", "COPY_1")
    expect(refusedWith(await solo.begin("Di", "VOTE"))).toBe("no_phrasesets_available")
    expect((await solo.desk("Di")).votable).toBe(0)
    expect((await solo.desk("Ed")).votable).toBe(1)
  })

  it("[QF-E9] the set with most votes comes first", async () => {
    const older = await openSet()
    const newer = await openSet()
    const onNewer = await solo.sheet(newer)
    const first = accepted(await solo.begin("Di", "VOTE")).round
    expect(first.promptText).toBe((await solo.sheet(older)).prompt.promptText)
    const second = accepted(await solo.begin("Ed", "VOTE")).round
    accepted(await solo.submit("Ed", second.roundId, await solo.phraseFor(second.roundId, "COPY_2")))
    accepted(await solo.abandon("Di", first.roundId))
    await solo.vote("Ed", "COPY_1")
    await solo.vote("Flo", "COPY_1")
    await solo.vote("Flo", "COPY_1")
    const votesOf = async (id: string) => (await solo.sheet(id)).votes.length
    expect([await votesOf(older), await votesOf(newer)]).toEqual([2, 2])
    expect(onNewer.votes).toEqual([])
  })

  it("[QF-E6] shows a voter the three phrases in an order that stays", async () => {
    const promptId = await openSet()
    const { round } = accepted(await solo.begin("Di", "VOTE"))
    const { prompt, copies } = await solo.sheet(promptId)
    expect([...(round.phrases ?? [])].sort()).toEqual([prompt, ...copies].map(({ phrase }) => phrase).sort())
    expect((await solo.desk("Di")).round).toEqual(round)
    expect(round.promptText).toBe(prompt.promptText)
  })

  it("[QF-E9] who sits in a session that runs plays nothing alone; in a lobby one may", async () => {
    await sitIn("Ann", "OPEN")
    const { round } = accepted(await solo.begin("Ann", "PROMPT"))
    accepted(await solo.abandon("Ann", round.roundId))
    await sitIn("Bo", "IN_PROGRESS")
    expect(refusedWith(await expectUntouched(night, () => solo.begin("Bo", "PROMPT")))).toBe("in_another_session")
    expect((await solo.desk("Bo")).isInSession).toBe(true)
    expect((await solo.desk("Ann")).isInSession).toBe(false)
  })
})

describe("submitting", () => {
  it("[QF-E1] an unfit phrase is refused and changes nothing; the same again is told apart", async () => {
    const { roundId } = accepted(await solo.begin("Ann", "PROMPT")).round
    await expectUntouched(night, async () => {
      expect(refusedWith(await solo.submit("Ann", roundId, "XQZJ FLURB"))).toBe("phrase_word_unknown")
      expect(refusedWith(await solo.submit("Ann", roundId, "FIVE"))).toBe("phrase_too_few_words")
      expect(refusedWith(await solo.submit("Bo", roundId, "PURPLE ELEPHANT"))).toBe("round_not_found")
    })
    accepted(await solo.submit("Ann", roundId, " wobbly  jelly "))
    expect(await solo.roundOf(roundId)).toMatchObject({ status: "SUBMITTED", phrase: "WOBBLY JELLY" })
    expect(refusedWith(await expectUntouched(night, () => solo.submit("Ann", roundId, "WOBBLY JELLY")))).toBe("already_submitted")
  })

  it("[QF-P6] [QF-P9] [QF-P11] a copy is held against the original, the other copy and the prompt", async () => {
    const promptId = await solo.write("Ann")
    const { phrase: original, promptText } = (await solo.sheet(promptId)).prompt
    const hidden = (promptText ?? "").match(/[a-z]{6,}/i)?.[0] ?? ""
    const first = accepted(await solo.begin("Bo", "COPY")).round
    expect(refusedWith(await solo.submit("Bo", first.roundId, original))).toBe("phrase_duplicate")
    expect(refusedWith(await solo.submit("Bo", first.roundId, `${original?.split(" ")[1]} SOUP`))).toBe("phrase_too_close")
    if (hidden !== "") {
      const answer = await solo.submit("Bo", first.roundId, `${hidden} SOUP`)
      expect(refusedWith(answer)).toMatch(/^phrase_/)
      expect(JSON.stringify(answer)).not.toContain(promptText)
    }
    accepted(await solo.submit("Bo", first.roundId, "SILVER UMBRELLA"))
    const second = accepted(await solo.begin("Cy", "COPY")).round
    expect(refusedWith(await solo.submit("Cy", second.roundId, "SILVER UMBRELLA"))).toBe("phrase_duplicate")
    expect(refusedWith(await solo.submit("Cy", second.roundId, "GREEN UMBRELLA"))).toBe("phrase_too_close_to_hidden")
  })

  it("[QF-E3] [QF-N4] with the second copy a prompt becomes a set whose pool holds 200", async () => {
    const promptId = await openSet()
    expect((await solo.sheet(promptId)).set).toMatchObject({ status: "VOTING", poolBaseCoins: 200, finalAt: null, sessionId: null })
    expect(await solo.pot(promptId)).toBe(200)
    expect(await solo.desk("Di")).toMatchObject({ waitingPrompts: 0, openSets: 1, votable: 1 })
    await expectConserved(night)
  })

  it("[QF-E4] [QF-N2] [QF-N4] the second copy by the same player costs 100, and 250 are in the pool", async () => {
    const promptId = await solo.write("Ann")
    expect(refusedWith(await solo.buySecond("Bo", promptId))).toBe("not_copied_yet")
    expect(refusedWith(await solo.buySecond("Ann", promptId))).toBe("own_prompt")
    await solo.copy("Bo")
    expect((await solo.desk("Bo")).secondCopies).toEqual([{ promptRoundId: promptId, originalPhrase: (await solo.sheet(promptId)).prompt.phrase, feeCoins: 100 }])
    expect(refusedWith(await solo.begin("Bo", "COPY"))).toBe("no_prompts_available")
    await solo.copyAgain("Bo", promptId)
    expect(await night.purse("Bo")).toBe(850)
    const { set, copies } = await solo.sheet(promptId)
    expect(set?.poolBaseCoins).toBe(250)
    expect(copies.map(({ isSecondCopy }) => isSecondCopy)).toEqual([false, true])
    expect(await solo.pot(promptId)).toBe(250)
    expect(refusedWith(await solo.buySecond("Cy", promptId))).toBe("copies_complete")
    await expectConserved(night)
  })

  it("[QF-N4] [QF-E8] [QF-E14] a right vote is paid at once, a wrong one is not", async () => {
    const promptId = await openSet()
    expect(await solo.vote("Di", "ORIGINAL")).toMatchObject({ isRight: true, earnedCoins: 20, walletBalance: 1007 })
    expect(await vault("Di")).toBe(3)
    expect(await solo.vote("Ed", "COPY_1")).toMatchObject({ isRight: false, earnedCoins: 0, walletBalance: 990 })
    expect(await solo.pot(promptId)).toBe(200)
    await expectConserved(night)
  })

  it("[QF-E1] a vote is for one of the three", async () => {
    await openSet()
    const { roundId } = accepted(await solo.begin("Di", "VOTE")).round
    expect(refusedWith(await expectUntouched(night, () => solo.submit("Di", roundId, "NONE OF THEM")))).toBe("choice_unknown")
  })
})

describe("time", () => {
  it.each([
    [-1, true],
    [0, false],
  ])("[QF-N7] what arrives %d ms from the end of the grace", async (offsetMs, isInTime) => {
    const { roundId } = accepted(await solo.begin("Ann", "PROMPT")).round
    night.clock.advance(promptMs + graceMs + offsetMs)
    const answer = await solo.submit("Ann", roundId, "WOBBLY JELLY")
    if (isInTime) accepted(answer)
    else expect(refusedWith(answer)).toBe("round_over")
  })

  it("[QF-N3] [QF-E13] the clock notes what is over to the millisecond: a copy gives its fee back less 5, a vote nothing", async () => {
    await openSet()
    await solo.write("Ann")
    const copyId = accepted(await solo.begin("Bo", "COPY")).round.roundId
    const voteId = accepted(await solo.begin("Di", "VOTE")).round.roundId
    night.clock.advance(60_000 + graceMs - 1)
    await expectUntouched(night, () => solo.tick())
    night.clock.advance(1)
    await solo.tick()
    expect([(await solo.roundOf(voteId)).status, (await solo.roundOf(copyId)).status]).toEqual(["TIMED_OUT", "ACTIVE"])
    expect(await night.purse("Di")).toBe(990)
    night.clock.advance(120_000)
    await solo.tick()
    expect((await solo.roundOf(copyId)).status).toBe("TIMED_OUT")
    expect(await night.purse("Bo")).toBe(1000 - 50 - 5)
    await expectUntouched(night, () => solo.tick())
    await expectConserved(night)
  })

  it("[QF-E13] the player's next round settles the last one, where no clock has looked", async () => {
    const { roundId } = accepted(await solo.begin("Ann", "PROMPT")).round
    night.clock.advance(promptMs + graceMs)
    expect(accepted(await solo.begin("Ann", "PROMPT")).walletBalance).toBe(895)
    expect((await solo.roundOf(roundId)).status).toBe("TIMED_OUT")
    await expectConserved(night)
  })

  it("[QF-N3] what is given back brings its fee less 5, a vote nothing", async () => {
    await openSet()
    await solo.write("Ann")
    const copy = accepted(await solo.begin("Bo", "COPY")).round
    expect(accepted(await solo.abandon("Bo", copy.roundId)).walletBalance).toBe(1000 - 50 - 5)
    const vote = accepted(await solo.begin("Di", "VOTE")).round
    expect(accepted(await solo.abandon("Di", vote.roundId)).walletBalance).toBe(990)
    expect(refusedWith(await solo.abandon("Di", vote.roundId))).toBe("round_over")
    expect((await solo.desk("Di")).votable).toBe(1)
    await expectConserved(night)
  })
})

describe("[QF-N5] a set is final", () => {
  it("sixty minutes after the third vote, to the millisecond", async () => {
    const promptId = await openSet()
    for (const name of ["Di", "Ed"]) await solo.vote(name, "COPY_1")
    expect((await solo.sheet(promptId)).set?.finalAt).toBeNull()
    await solo.vote("Flo", "ORIGINAL")
    night.clock.advance(60 * minuteMs - 1)
    await expectUntouched(night, () => solo.tick())
    night.clock.advance(1)
    expect((await solo.desk("Gus")).votable).toBe(0)
    expect(refusedWith(await solo.begin("Gus", "VOTE"))).toBe("no_phrasesets_available")
    await solo.tick()
    expect((await solo.sheet(promptId)).set?.status).toBe("FINALIZED")
    expect(await solo.pot(promptId)).toBe(0)
    await expectConserved(night)
  })

  it("[QF-E7] and pays by the table: 210 for 1 and 2 times 2 points, the rest is the house's", async () => {
    const promptId = await openSet()
    await solo.vote("Di", "ORIGINAL")
    await solo.vote("Ed", "COPY_1")
    await solo.vote("Flo", "COPY_1")
    night.clock.advance(60 * minuteMs)
    await solo.tick()
    // 200 + 30 − 20 = 210 in the pool, 5 points: 42, 168, 0.
    expect(await night.purse("Ann")).toBe(900 + 42)
    expect([await night.purse("Bo"), await vault("Bo")]).toEqual([950 + 168 - 35, 35])
    expect(await night.purse("Cy")).toBe(950)
    expect((await solo.desk("Ann")).finished[0]).toMatchObject({ ownCoins: 42, poolCoins: 210, ownChoice: null })
    expect((await solo.desk("Ed")).finished[0]).toMatchObject({ ownCoins: 0, ownChoice: "COPY_1" })
    expect((await solo.desk("Gus")).finished).toEqual([])
    expect(await solo.pot(promptId)).toBe(0)
  })

  it("five minutes after the fifth, where that comes first", async () => {
    const party = await startParty({ house, guests: 8 })
    const other = soloTable(party)
    const promptId = await other.write("Ann")
    await other.copy("Bo")
    await other.copy("Cy")
    for (const name of ["Di", "Ed", "Flo", "Gus", "Hal"]) await other.vote(name, "COPY_2")
    house.clock.advance(5 * minuteMs - 1)
    await other.tick()
    expect((await other.sheet(promptId)).set?.status).toBe("VOTING")
    house.clock.advance(1)
    await other.tick()
    expect((await other.sheet(promptId)).set?.status).toBe("FINALIZED")
    await expectConserved(party)
  })

  it("with its twentieth vote, at once, even with twenty right ones", async () => {
    const names = Array.from({ length: 24 }, (_, index) => `Voter ${index}`)
    const party = await startParty({ house, names })
    const other = soloTable(party)
    const promptId = await other.write("Voter 0")
    await other.copy("Voter 1")
    await other.copy("Voter 2")
    const late = accepted(await other.begin("Voter 3", "VOTE")).round
    for (const name of names.slice(4)) {
      expect((await other.sheet(promptId)).set?.status).toBe("VOTING")
      await other.vote(name, "ORIGINAL")
    }
    const { set, votes } = await other.sheet(promptId)
    expect([set?.status, votes.length]).toEqual(["FINALIZED", 20])
    expect(await other.pot(promptId)).toBe(0)
    expect(await party.purse("Voter 0")).toBe(900)
    // [QF-E11] The one that was still thinking has the fee back.
    expect(await party.purse("Voter 3")).toBe(1000)
    expect(refusedWith(await other.submit("Voter 3", late.roundId, "PURPLE ELEPHANT"))).toBe("phraseset_final")
    await expectConserved(party)
  })

  it("[QF-E11] a vote that runs then ends with it, and is refused before the clock has looked", async () => {
    const promptId = await openSet()
    for (const name of ["Di", "Ed", "Flo"]) await solo.vote(name, "COPY_1")
    night.clock.advance(60 * minuteMs - 10_000)
    const { roundId } = accepted(await solo.begin("Gus", "VOTE")).round
    night.clock.advance(10_000)
    expect(refusedWith(await solo.submit("Gus", roundId, await solo.phraseFor(roundId, "ORIGINAL")))).toBe("phraseset_final")
    await solo.tick()
    expect(await night.purse("Gus")).toBe(1000)
    expect(await solo.pot(promptId)).toBe(0)
    await expectConserved(night)
  })

  it("[QF-E7] is paid once, however many processes look at the clock, and however late", async () => {
    const promptId = await openSet()
    for (const name of ["Di", "Ed", "Flo"]) await solo.vote(name, "COPY_1")
    night.clock.advance(600 * minuteMs)
    const other = house.anotherProcess()
    const claims = { clock: { partyId: night.party.id } }
    const looks = await Promise.all([
      moveSoloPlayOn(night.runtime),
      moveSoloPlayOn(other),
      runCommand(night.runtime, moveSoloOn, { claims }, {}),
      runCommand(other, moveSoloOn, { claims }, {}),
    ])
    expect(looks).toHaveLength(4)
    expect((await night.transfers("prize")).filter(({ fromAccount }) => fromAccount === `pot:${promptId}`)).toHaveLength(1)
    expect(await solo.pot(promptId)).toBe(0)
    await expectConserved(night)
  })

  it("[QF-E7] two processes that submit the same vote: one counts", async () => {
    const promptId = await openSet()
    const { roundId } = accepted(await solo.begin("Di", "VOTE")).round
    const phrase = await solo.phraseFor(roundId, "ORIGINAL")
    const runtimes = [night.runtime, house.anotherProcess()]
    const answers = await Promise.all(runtimes.map((runtime) => runCommand(runtime, submitSoloRound, { claims: night.claimsOf("Di") }, { roundId, phrase })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && refusedWith(answer) === "already_submitted")).toHaveLength(1)
    expect(await night.purse("Di")).toBe(1007)
    expect(await solo.pot(promptId)).toBe(190)
  })
})

describe("[QF-E10] a phrase that should not be shown", () => {
  async function flagged() {
    const promptId = await solo.write("Ann")
    await solo.copy("Bo")
    const { roundId } = accepted(await solo.begin("Cy", "COPY")).round
    return { promptId, answer: accepted(await solo.flag("Cy", roundId)) }
  }
  const shown = async () => accepted(await night.ask(night.hostClaims, flaggedPhrases)).phrases

  it("gives who flags it the fee back and waits for nobody", async () => {
    const { promptId, answer } = await flagged()
    expect(answer.walletBalance).toBe(1000)
    expect(refusedWith(await solo.begin("Di", "COPY"))).toBe("no_prompts_available")
    expect(refusedWith(await solo.buySecond("Bo", promptId))).toBe("no_prompts_available")
    expect(await shown()).toMatchObject([{ promptRoundId: promptId, copies: 1 }])
    expect((await solo.desk("Ann")).pending).toMatchObject([{ state: "FLAGGED" }])
    await expectConserved(night)
  })

  it("kept, it waits again, but not for who flagged it", async () => {
    const { promptId } = await flagged()
    expect(accepted(await solo.decide(promptId, true)).phrases).toEqual([])
    expect(refusedWith(await solo.begin("Cy", "COPY"))).toBe("no_prompts_available")
    expect((await solo.desk("Cy")).copyable).toBe(0)
    await solo.copy("Di")
    expect((await solo.sheet(promptId)).set?.status).toBe("VOTING")
    expect(refusedWith(await solo.decide(promptId, false))).toBe("not_flagged")
  })

  it("removed, its writer has the fee back less 5 and its copiers theirs", async () => {
    const { promptId } = await flagged()
    accepted(await solo.decide(promptId, false))
    expect([await night.purse("Ann"), await night.purse("Bo"), await night.purse("Cy")]).toEqual([995, 1000, 1000])
    expect(await solo.pot(promptId)).toBe(0)
    expect((await solo.desk("Ann")).pending).toEqual([])
    expect(refusedWith(await solo.decide(promptId, false))).toBe("not_flagged")
    expect(refusedWith(await solo.begin("Di", "COPY"))).toBe("no_prompts_available")
    await expectConserved(night)
  })

  it("a copy that is being written meanwhile counts if it is kept, and is paid back if not", async () => {
    const promptId = await solo.write("Ann")
    const running = accepted(await solo.begin("Bo", "COPY")).round
    const { roundId } = accepted(await solo.begin("Cy", "COPY")).round
    accepted(await solo.flag("Cy", roundId))
    accepted(await solo.decide(promptId, false))
    expect(await night.purse("Bo")).toBe(1000)
    expect(refusedWith(await solo.submit("Bo", running.roundId, "SILVER UMBRELLA"))).toBe("round_over")
    await expectConserved(night)
  })

  it("only a copier flags, and only what they are shown", async () => {
    const { roundId } = accepted(await solo.begin("Ann", "PROMPT")).round
    expect(refusedWith(await solo.flag("Ann", roundId))).toBe("round_not_found")
    expect(refusedWith(await solo.flag("Bo", roundId))).toBe("round_not_found")
  })
})

describe("[QF-E12] when the party ends", () => {
  it("what is open gives its fees back, sets are final as they stand, and nothing is left to do", async () => {
    const setId = await openSet()
    await solo.vote("Di", "ORIGINAL")
    const voting = accepted(await solo.begin("Ed", "VOTE")).round
    const waiting = await solo.write("Flo")
    await solo.copy("Gus")
    const writing = accepted(await solo.begin("Gus", "PROMPT")).round
    accepted(await night.host(endParty, {}))
    await solo.tick()
    expect([await night.purse("Ed"), await night.purse("Flo"), await night.purse("Gus")]).toEqual([1000, 1000, 1000])
    expect((await solo.sheet(setId)).set?.status).toBe("FINALIZED")
    expect(await night.purse("Ann")).toBe(900 + 190 - 27)
    for (const id of [setId, waiting, writing.roundId]) expect([id, await solo.pot(id)]).toEqual([id, 0])
    expect([(await solo.roundOf(voting.roundId)).status, (await solo.roundOf(waiting)).status]).toEqual(["ABANDONED", "ABANDONED"])
    await expectUntouched(night, () => solo.tick())
    expect(refusedWith(await solo.begin("Ann", "PROMPT"))).toBe("party_ended")
    await expectConserved(night)
  })
})

describe("[QF-S13] what a session takes from the queue", () => {
  it("is on its way for its writers as before, and shows when it is final to those who did not play there", async () => {
    const { quipflipPhrasesets, quipflipRounds } = await import("@/db/schema/quipflip")
    const { eq } = await import("drizzle-orm")
    const { db } = night.runtime
    const setId = await openSet()
    const waitingId = await solo.write("Ann")
    const before = { ann: (await solo.desk("Ann")).pending, bo: (await solo.desk("Bo")).pending }
    const sessionId = await sitIn("Cy", "IN_PROGRESS")
    for (const id of [setId, waitingId]) await db.update(quipflipRounds).set({ sessionId }).where(eq(quipflipRounds.roundId, id))
    await db.update(quipflipPhrasesets).set({ sessionId }).where(eq(quipflipPhrasesets.promptRoundId, setId))
    const byId = (one: { roundId: string }, other: { roundId: string }) => one.roundId.localeCompare(other.roundId)
    expect((await solo.desk("Ann")).pending.sort(byId)).toEqual(before.ann.sort(byId))
    expect((await solo.desk("Bo")).pending).toEqual(before.bo)
    expect((await solo.desk("Cy")).pending).toEqual([])
    expect(await solo.desk("Di")).toMatchObject({ waitingPrompts: 0, openSets: 0, pending: [], finished: [] })
    await db.update(quipflipPhrasesets).set({ status: "FINALIZED", finalizedAt: night.clock.now() }).where(eq(quipflipPhrasesets.promptRoundId, setId))
    const finishedOf = async (name: string) => (await solo.desk(name)).finished.length
    expect([await finishedOf("Ann"), await finishedOf("Bo"), await finishedOf("Cy"), await finishedOf("Di")]).toEqual([1, 1, 0, 0])
  })
})

async function sitIn(name: string, status: "OPEN" | "IN_PROGRESS"): Promise<string> {
  const { partyParticipants, partySessions } = await import("@/db/schema/quipflip")
  const { db } = night.runtime
  const now = night.clock.now()
  const hostPlayerId = night.idOf(name)
  const code = `ABCD${name.length}${name.charCodeAt(0) % 10}${status.length % 10}${night.party.joinPin % 10}`
  const [session] = await db
    .insert(partySessions)
    .values({
      partyId: night.party.id,
      partyCode: code,
      hostPlayerId,
      openedById: hostPlayerId,
      status,
      currentPhase: status === "OPEN" ? "LOBBY" : "PROMPT",
      seed: 1,
      progressedAt: now,
      createdAt: now,
    })
    .returning()
  const sessionId = session?.sessionId ?? ""
  await db.insert(partyParticipants).values({ sessionId, playerId: hostPlayerId, status: status === "OPEN" ? "JOINED" : "ACTIVE", joinedAt: now })
  return sessionId
}
