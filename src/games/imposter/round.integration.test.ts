import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { partyImposterRounds, partyImposterWords } from "@/db/schema/imposter"
import { partyUsers } from "@/db/schema/party"
import { assert } from "@/kernel/assert"
import { readmitGuest } from "@/party/commands"
import { partyEvents } from "@/party/events"
import { nightFor } from "@/server/night-view"
import { runCommand } from "@/server/run-command"
import { imposterTable } from "@/testing/imposter-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import { debtOf, house as bank } from "@/wallet/accounts"
import { transfer } from "@/wallet/steps"
import {
  callImposterVote,
  callOffImposterRound,
  castImposterVote,
  openImposterVote,
  revealImposterRound,
  startImposterRound,
} from "./commands"
import { activeImposterRound } from "./queries"
import { changeImposterSettings } from "./settings-commands"

let house: House
let night: Night
let table: ReturnType<typeof imposterTable>

beforeAll(async () => void (house = await startHouse()))
beforeEach(async () => {
  night = await startParty({ house, guests: 5 })
  table = imposterTable(night)
})
afterAll(() => house.stop())

/** A running vote in which Ann is the imposter. */
async function annsVote() {
  await table.start()
  await table.deal(["Ann"])
  await table.openVote()
}

describe("starting", () => {
  it("[IMP-1] [IMP-2] deals everybody in, and there is one round at a time", async () => {
    const { round, playerCount } = await table.start()
    expect(round).toMatchObject({ round: 1, status: "ACTIVE", imposterCount: 1, reveal: null, vote: 0 })
    expect(playerCount).toBe(5)
    expect(await table.imposters()).toHaveLength(1)
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(startImposterRound, {}))).toBe("round_running")
    })
  })

  it("[IMP-1] two hosts who start together start one round", async () => {
    const other = house.anotherProcess()
    const elsewhere = { ...night, runtime: other }
    const both = await Promise.all([night.host(startImposterRound, {}), night.host(startImposterRound, {}), imposterStart(elsewhere)])
    expect(both.filter((answer) => answer.ok)).toHaveLength(1)
    expect(both.filter((answer) => !answer.ok).map(refusedWith)).toEqual(["round_running", "round_running"])
    expect(await night.runtime.db.$count(partyImposterRounds, eq(partyImposterRounds.partyId, night.party.id))).toBe(1)
  })

  it("[IMP-2] refuses fewer than three, and leaves out who is kicked or has no phone", async () => {
    accepted(await night.kick("Di"))
    accepted(await night.kick("Ed"))
    expect((await table.start()).playerCount).toBe(3)
    accepted(await night.host(callOffImposterRound, {}))
    accepted(await night.kick("Cy"))
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(startImposterRound, {}))).toBe("too_few_players")
    })
  })

  it("[IMP-2] plays with those the host picks; an id of another party is nobody", async () => {
    const stranger = await startParty({ house, guests: 1 })
    const playerIds = ["Ann", "Bo", "Cy"].map(night.idOf)
    const { round } = await table.start({ playerIds: [...playerIds, stranger.idOf("Ann")] })
    expect(round.players.map(({ guestId }) => guestId)).toEqual(playerIds)
  })

  it("[IMP-3] draws as many imposters as may be, Mr White among them", async () => {
    accepted(await night.host(changeImposterSettings, { imposterCount: 10, hasMisterWhite: true }))
    const { round } = await table.start()
    expect(round).toMatchObject({ imposterCount: 2, hasMisterWhite: true })
    const white = (await table.facts()).players.filter(({ isMisterWhite }) => isMisterWhite)
    expect(white.map(({ role }) => role)).toEqual(["IMPOSTER"])
  })

  it("[IMP-2] who joins later watches and plays the next round", async () => {
    await table.start()
    await night.join("Flo")
    expect(accepted(await night.ask(night.claimsOf("Flo"), activeImposterRound))).toMatchObject({ card: null, word: null, round: { round: 1 } })
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.guest("Flo", callImposterVote, {}))).toBe("not_in_round")
    })
    accepted(await night.host(callOffImposterRound, {}))
    expect((await table.start()).round.players).toHaveLength(6)
  })

  it("only the host may, and a guest of another party may not vote here", async () => {
    await annsVote()
    const stranger = await startParty({ house, guests: 3 })
    expect(refusedWith(await night.guest("Ann", startImposterRound, {}))).toBe("host_only")
    expect(refusedWith(await night.guest("Ann", revealImposterRound, {}))).toBe("host_only")
    expect(refusedWith(await stranger.guest("Ann", castImposterVote, { targetId: night.idOf("Ann") }))).toBe("no_round_running")
  })
})

describe("[IMP-4] cards", () => {
  it("tell each player the own side and nothing else", async () => {
    await table.start()
    await table.deal(["Cy"])
    const { round } = await table.facts()
    for (const name of ["Ann", "Bo", "Di", "Ed"]) {
      const own = accepted(await night.ask(night.claimsOf(name), activeImposterRound))
      expect(own).toMatchObject({ isImposter: false, word: round.secretWord })
      expect(JSON.stringify(own)).not.toContain(round.imposterHint)
    }
    const imposter = accepted(await night.ask(night.claimsOf("Cy"), activeImposterRound))
    expect(imposter).toMatchObject({ isImposter: true, word: round.imposterHint })
    expect(JSON.stringify(imposter)).not.toContain(round.secretWord)
  })
})

describe("[IMP-6] words", () => {
  it("come from the chosen category, never twice, and run out with a refusal", async () => {
    accepted(await night.host(changeImposterSettings, { category: "music" }))
    const words = new Set<string>()
    for (let round = 0; round < 3; round++) {
      await table.start()
      words.add(await table.word())
      accepted(await night.host(callOffImposterRound, {}))
    }
    expect(words.size).toBe(3)
    const used = await night.runtime.db.select().from(partyImposterWords).where(eq(partyImposterWords.partyId, night.party.id))
    expect(used.every(({ topicKey, source }) => topicKey === "en category music" && source === "DECK")).toBe(true)
  })

  it("[IMP-7] a theme or a category is refused when nobody could play it", async () => {
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(changeImposterSettings, { category: "no such" }))).toBe("category_unknown")
      expect(refusedWith(await night.host(changeImposterSettings, { theme: "fucking holidays" }))).toBe("theme_not_for_family")
      expect(refusedWith(await night.host(changeImposterSettings, { discussionMinutes: 0 }))).toBe("input_invalid")
      expect(refusedWith(await night.host(changeImposterSettings, { category: "food", theme: "Our holidays" }))).toBe("input_invalid")
    })
    expect(accepted(await night.host(changeImposterSettings, { theme: "Our holidays" })).settings).toMatchObject({ theme: "Our holidays", category: null })
    expect(accepted(await night.host(changeImposterSettings, { category: "food" })).settings).toMatchObject({ theme: null, category: "food" })
  })
})

describe("[IMP-9] the early vote", () => {
  it("is opened by the host at once, by guests when more than half have called", async () => {
    await table.start()
    for (const name of ["Ann", "Bo"]) {
      expect(accepted(await night.guest(name, callImposterVote, {})).round.status).toBe("ACTIVE")
    }
    expect(accepted(await night.guest("Ann", callImposterVote, {})).round.status).toBe("ACTIVE")
    const { round } = accepted(await night.guest("Cy", callImposterVote, {}))
    expect(round).toMatchObject({ status: "VOTING", vote: 1 })
    expect(refusedWith(await night.host(openImposterVote, {}))).toBe("vote_open_already")
  })

  it("a host who plays calls for it on the phone like everybody else, though the phone is signed in as host too", async () => {
    await table.start()
    const claims = { ...night.hostClaims, ...night.claimsOf("Ann") }
    const { round } = accepted(await runCommand(night.runtime, callImposterVote, { claims }, {}))
    expect(round.status).toBe("ACTIVE")
    expect(round.players.filter(({ hasCalledVote }) => hasCalledVote).map(({ guestId }) => guestId)).toEqual([night.idOf("Ann")])
  })

  it("needs fewer calls once somebody has left", async () => {
    await table.start()
    await table.deal(["Ann"])
    accepted(await night.guest("Ann", callImposterVote, {}))
    accepted(await night.guest("Bo", callImposterVote, {}))
    accepted(await table.leave("Ed"))
    const { round } = accepted(await table.leave("Di"))
    expect(round.status).toBe("VOTING")
  })
})

describe("[IMP-10] voting", () => {
  it("may be changed until the vote closes, and shows who has voted, not for whom", async () => {
    await annsVote()
    accepted(await table.vote("Bo", "Cy"))
    const { round } = accepted(await table.vote("Bo", "Ann"))
    expect(round.players.filter(({ hasVoted }) => hasVoted).map(({ guestId }) => guestId)).toEqual([night.idOf("Bo")])
    expect(accepted(await night.ask(night.claimsOf("Bo"), activeImposterRound)).card?.votedForId).toBe(night.idOf("Ann"))
    expect(accepted(await night.ask(night.claimsOf("Ann"), activeImposterRound)).card?.votedForId).toBeNull()
  })

  it("refuses oneself, strangers, the deadline's millisecond, and before and after the vote", async () => {
    await table.start()
    await table.deal(["Ann"])
    expect(refusedWith(await table.vote("Bo", "Ann"))).toBe("vote_not_open")
    await table.openVote()
    expect(refusedWith(await table.vote("Bo", "Bo"))).toBe("vote_for_self")
    expect(refusedWith(await night.guest("Bo", castImposterVote, { targetId: crypto.randomUUID() }))).toBe("vote_target_unknown")
    house.clock.advance(59_999)
    accepted(await table.vote("Bo", "Ann"))
    house.clock.advance(1)
    await expectUntouched(night, async () => expect(refusedWith(await table.vote("Cy", "Ann"))).toBe("vote_over"))
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "REVEALED", outcome: "CAUGHT" })
    await expectUntouched(night, async () => expect(refusedWith(await table.vote("Cy", "Ann"))).toBe("vote_over"))
  })

  it("[IMP-11] a tie is voted on once more among the tied, and a second tie lets the imposter go [IMP-15]", async () => {
    await annsVote()
    for (const [voter, target] of [["Ann", "Bo"], ["Bo", "Ann"], ["Cy", "Ann"], ["Di", "Bo"]] as const) accepted(await table.vote(voter, target))
    const { round } = accepted(await table.vote("Ed", "Cy"))
    expect(round).toMatchObject({ status: "VOTING", vote: 2, candidateIds: [night.idOf("Ann"), night.idOf("Bo")] })
    expect(round.players.some(({ hasVoted }) => hasVoted)).toBe(false)
    expect(refusedWith(await table.vote("Ed", "Cy"))).toBe("vote_target_unknown")
    accepted(await table.vote("Ann", "Bo"))
    accepted(await table.vote("Bo", "Ann"))
    house.clock.advance(30_000)
    await table.tick()
    expect((await table.facts()).round).toMatchObject({ status: "REVEALED", outcome: "ESCAPED", outId: null })
    expect(await night.purse("Ann")).toBe(1150)
    expect(await night.purse("Bo")).toBe(1000)
    await expectConserved(night)
  })
})

describe("the end", () => {
  async function caught() {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    return accepted(await table.vote("Ed", "Bo")).round
  }

  it("[IMP-14] pays who voted for the caught imposter, and hides the word while it may be guessed [IMP-4]", async () => {
    const round = await caught()
    expect(round.reveal).toMatchObject({ outcome: "CAUGHT", outId: night.idOf("Ann"), imposterIds: [night.idOf("Ann")], word: null, hint: null, guess: null })
    expect(await Promise.all(["Ann", "Bo", "Cy", "Di", "Ed"].map(night.purse))).toEqual([1000, 1050, 1050, 1050, 1000])
    expect(refusedWith(await night.host(startImposterRound, {}))).toBe("round_running")
    await expectConserved(night)
  })

  it("[IMP-16] a right guess brings 100 and takes nothing away, and there is one", async () => {
    await caught()
    expect(refusedWith(await table.guess("Bo", await table.word()))).toBe("guess_not_yours")
    const { round } = accepted(await table.guess("Ann", ` the ${(await table.word()).toUpperCase()}! `))
    expect(round.reveal).toMatchObject({ guess: { isRight: true }, word: await table.word(), guessEndsAt: null })
    expect(await night.purse("Ann")).toBe(1100)
    expect(await night.purse("Bo")).toBe(1050)
    await expectUntouched(night, async () => expect(refusedWith(await table.guess("Ann", "again"))).toBe("guess_over"))
    await expectConserved(night)
  })

  it("[IMP-16] a wrong guess, silence, and a host who waits no longer bring nothing", async () => {
    await caught()
    expect(accepted(await table.guess("Ann", "certainly not")).round.reveal).toMatchObject({ guess: { isRight: false } })
    expect(await night.purse("Ann")).toBe(1000)
    await caught()
    house.clock.advance(30_000)
    expect(refusedWith(await table.guess("Ann", await table.word()))).toBe("guess_over")
    await table.tick()
    expect((await table.facts()).round.endedAt).not.toBeNull()
    await caught()
    const { round } = accepted(await night.host(revealImposterRound, {}))
    expect(round.reveal?.word).toBe(await table.word())
  })

  it("[PTY-9] [IMP-16] a guess that the family filter stops is on no screen and may be another", async () => {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    await expectUntouched(night, async () => {
      expect(refusedWith(await table.guess("Ann", "motherfucker"))).toBe("guess_not_for_family")
    })
    expect(accepted(await table.guess("Ann", await table.word())).round.reveal?.guess?.isRight).toBe(true)
  })

  it("[IMP-12] [IMP-15] an innocent who is out lets the imposter go", async () => {
    await annsVote()
    for (const voter of ["Ann", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Bo"))
    const { round } = accepted(await table.vote("Bo", "Ann"))
    expect(round.reveal).toMatchObject({ outcome: "ESCAPED", outId: night.idOf("Bo"), word: await table.word() })
    expect(round.reveal?.coins).toEqual([{ guestId: night.idOf("Ann"), coins: 150 }])
    expect(await night.purse("Ann")).toBe(1150)
  })

  it("[IMP-10] the host counts what is there", async () => {
    await annsVote()
    accepted(await table.vote("Bo", "Ann"))
    expect(accepted(await night.host(revealImposterRound, {})).round.reveal?.outcome).toBe("CAUGHT")
  })

  it("[IMP-10] [IMP-16] a host who comes too late ends nothing else: neither the revote nor the guess", async () => {
    await annsVote()
    const seen = { status: "VOTING", vote: 1 }
    accepted(await table.vote("Bo", "Ann"))
    accepted(await table.vote("Cy", "Bo"))
    expect(accepted(await night.host(revealImposterRound, seen)).round.vote).toBe(2)
    await expectUntouched(night, async () => {
      expect(refusedWith(await night.host(revealImposterRound, seen))).toBe("round_went_on")
    })
    accepted(await table.vote("Bo", "Ann"))
    const revote = { status: "VOTING", vote: 2 }
    expect(accepted(await night.host(revealImposterRound, revote)).round.reveal?.outcome).toBe("CAUGHT")
    expect(refusedWith(await night.host(revealImposterRound, revote))).toBe("round_went_on")
    expect(accepted(await night.host(revealImposterRound, { status: "REVEALED", vote: 2 })).round.reveal?.word).toBe(await table.word())
  })

  it("[IMP-10] a vote that comes after its own count is none in the revote", async () => {
    await annsVote()
    house.clock.advance(60_000)
    await table.tick()
    expect((await table.facts()).round.vote).toBe(2)
    const targetId = night.idOf("Ann")
    expect(refusedWith(await night.guest("Bo", castImposterVote, { targetId, vote: 1 }))).toBe("vote_over")
    expect(accepted(await night.guest("Bo", castImposterVote, { targetId, vote: 2 })).votedForId).toBe(targetId)
  })

  it("[IMP-13] the host calls the round off, and nobody gets coins", async () => {
    await annsVote()
    expect(accepted(await night.host(callOffImposterRound, {})).round.reveal).toMatchObject({ outcome: "CALLED_OFF", coins: [] })
    expect(refusedWith(await night.host(callOffImposterRound, {}))).toBe("no_round_running")
    expect(await night.transfers("prize")).toEqual([])
  })
})

describe("[IMP-13] leavers", () => {
  it("do not block the vote, and count no more", async () => {
    await annsVote()
    accepted(await table.vote("Bo", "Ann"))
    accepted(await table.vote("Cy", "Ann"))
    accepted(await table.vote("Ed", "Cy"))
    accepted(await table.vote("Ann", "Cy"))
    accepted(await table.leave("Cy"))
    // Ann's and Ed's votes were for somebody who is gone: they vote anew, and Di still has to.
    expect((await table.facts()).round.status).toBe("VOTING")
    accepted(await table.vote("Ed", "Di"))
    accepted(await table.vote("Di", "Ann"))
    const { round } = accepted(await table.vote("Ann", "Di"))
    expect(round.reveal).toBeNull()
    expect(round.candidateIds).toEqual([night.idOf("Ann"), night.idOf("Di")])
    expect(await night.purse("Cy")).toBe(1000)
  })

  it("a kicked player is let go by the clock, and one who comes back watches", async () => {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    accepted(await night.kick("Di"))
    await table.tick()
    expect((await table.facts()).round.outcome).toBe("CAUGHT")
    accepted(await night.host(readmitGuest, { guestId: night.idOf("Di") }))
    expect(accepted(await night.ask(night.claimsOf("Di"), activeImposterRound)).card).toBeNull()
  })

  it("without an imposter nobody is out: a host who reveals before the clock saw the kick calls it off", async () => {
    await annsVote()
    accepted(await table.vote("Bo", "Cy"))
    accepted(await night.kick("Ann"))
    expect(accepted(await night.host(revealImposterRound, {})).round.reveal).toMatchObject({ outcome: "CALLED_OFF", outId: null })
  })

  it("without an imposter, or with two players left, the round is called off", async () => {
    await table.start()
    await table.deal(["Ann"])
    expect(accepted(await table.leave("Ann")).round.reveal?.outcome).toBe("CALLED_OFF")
    await table.start()
    await table.deal(["Ann"])
    for (const name of ["Bo", "Cy"]) accepted(await table.leave(name))
    expect(accepted(await table.leave("Di")).round.reveal?.outcome).toBe("CALLED_OFF")
    expect(refusedWith(await table.leave("Ed"))).toBe("no_round_running")
  })

  it("a caught imposter who leaves guesses no more", async () => {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    expect(accepted(await table.leave("Ann")).round.reveal).toMatchObject({ guessEndsAt: null, word: await table.word() })
  })
})

describe("[IMP-17] coins", () => {
  it("are on the evening's table, and nothing came from nowhere", async () => {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    const { night: shown } = accepted(await night.ask(night.hostClaims, nightFor("tv")))
    assert(shown, "a night")
    expect(shown.table.find(({ name }) => name === "Bo")?.coins).toBe(1050)
    const rows = await night.runtime.db.select().from(partyUsers).where(eq(partyUsers.partyId, night.party.id))
    expect(rows.reduce((sum, row) => sum + row.walletBalance, 0)).toBe(5200)
    await expectConserved(night)
  })

  it("first pay back what is owed, and the phone is told what came into the purse [WAL-7]", async () => {
    const owed = { from: debtOf(night.idOf("Bo")), to: bank, amount: 30, category: "debt" as const, cause: "test", note: "Owed", idempotencyKey: "owed" }
    await night.runtime.db.transaction((tx) => transfer(tx, night.party.id, house.clock.now(), [owed]))
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    accepted(await table.vote("Ann", "Bo"))
    const told = (await night.events()).filter(({ eventType }) => eventType === "wallet-changed").map(({ data }) => partyEvents.walletChanged.payload.parse(data))
    expect(told.map(({ walletBalance, delta }) => [walletBalance, delta]).toSorted()).toEqual([[1020, 20], [1050, 50], [1050, 50], [1050, 50]])
    await expectConserved(night)
  })

  it("the same tap pays once", async () => {
    await annsVote()
    for (const voter of ["Bo", "Cy", "Di", "Ed"]) accepted(await table.vote(voter, "Ann"))
    const tap = "tap-1234567890abcdef"
    const first = await night.guest("Ann", castImposterVote, { targetId: night.idOf("Bo") }, tap)
    expect(await night.guest("Ann", castImposterVote, { targetId: night.idOf("Bo") }, tap)).toEqual(first)
    expect(await night.transfers("prize")).toHaveLength(4)
  })
})

function imposterStart({ runtime, hostClaims }: Pick<Night, "runtime" | "hostClaims">) {
  return runCommand(runtime, startImposterRound, { claims: hostClaims }, {})
}
