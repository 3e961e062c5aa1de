import { eq } from "drizzle-orm"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { quipflipPhrasesets, quipflipRounds } from "@/db/schema/quipflip"
import { deleteParty, endParty } from "@/party/commands"
import { moveSessionsOn, playAiSeats } from "@/server/due-sessions"
import { expectFairSession, expectNothingOpen } from "@/testing/quipflip-proofs"
import { leaveWith } from "@/testing/quipflip-purse"
import { queueUp } from "@/testing/quipflip-queue"
import { phraseFor } from "@/testing/quipflip-phrase"
import { startQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { balancesOf, placeOf, witnessOf } from "@/testing/quipflip-witness"
import { runCommand } from "@/server/run-command"
import { soloTable } from "@/testing/solo-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startParty, type Night } from "@/testing/start-party"
import { debtOf } from "@/wallet/accounts"
import { joinSession } from "./lobby-commands"
import { endSession, leaveSession, pingSession, skipPhase, skipPlayer, submitSessionRound, beginSessionRound } from "./session-commands"
import { sessionResults } from "./session-queries"
import type { OpenRoundView } from "./view"

const hourMs = 60 * 60_000
const three = ["Ann", "Bo", "Cy"]

let night: Night
beforeEach(async () => void (night = await startParty({ names: [...three, "Di", "Xan", "Yma", "Zoe", "Wim"] })))
afterEach(() => night.stop())

const begun = async (table: QuipflipTable, name: string): Promise<OpenRoundView> => {
  const { round } = accepted(await table.begin(name)).seat
  if (round === null) throw new Error(`${name} has nothing to play`)
  return round
}
const balance = async (account: string) => balancesOf({ transfers: await night.transfers() }).get(account) ?? 0
const debtOfGuest = (name: string) => balance(debtOf(night.idOf(name)))
const tick = async () => void (await Promise.all([moveSessionsOn(night.runtime), playAiSeats(night.runtime)]))
const statusOf = async (roundId: string) => (await night.runtime.db.select().from(quipflipRounds).where(eq(quipflipRounds.roundId, roundId)))[0]?.status
const seatIdOf = async (table: QuipflipTable, name: string) => (await table.status()).players.find(({ guestId }) => guestId === night.idOf(name))?.participantId ?? ""
/** Plays a phase by everybody who is named, to its end. */
const untilVote = async (table: QuipflipTable, names: readonly string[]) => {
  await table.playPhase(names)
  await table.playPhase(names)
}

describe("[QF-E1] a round of a session", () => {
  it("is charged when it begins, once however often it is begun, and its text stays the same", async () => {
    const table = await startQuipflip(night, { players: three })
    const round = await begun(table, "Ann")
    expect(round).toMatchObject({ type: "PROMPT", feeCoins: 100, lentCoins: 0, originalPhrase: null, phrases: null })
    await expectUntouchedButVersion(async () => expect(await begun(table, "Ann")).toEqual(round))
    expect(await night.purse("Ann")).toBe(900)
    expect((await table.seat("Ann"))?.round).toEqual(round)
  })

  it("costs what everybody else's costs, is of its phase, and there is no other when all is played", async () => {
    const table = await startQuipflip(night, { players: three })
    expect(refusedWith(await night.guest("Ann", beginSessionRound, { sessionId: table.sessionId, type: "COPY" }))).toBe("wrong_phase")
    expect(refusedWith(await night.guest("Di", beginSessionRound, { sessionId: table.sessionId }))).toBe("not_in_session")
    expect(await table.playOne("Ann")).toBe(true)
    expect(refusedWith(await table.begin("Ann"))).toBe("already_submitted")
    for (const name of ["Bo", "Cy"]) await table.playOne(name)
    await table.playAll("Ann")
    expect(refusedWith(await table.begin("Ann"))).toBe("copies_complete")
    expect(await night.purse("Ann")).toBe(800)
    for (const name of ["Bo", "Cy"]) await table.playAll(name)
    for (let vote = 0; vote < 3; vote++) await table.playOne("Ann")
    expect(refusedWith(await table.begin("Ann"))).toBe("votes_complete")
    expect(await night.purse("Ann")).toBe(770)
  })

  it("takes a submission once, of its own player, and only what the rules allow", async () => {
    const table = await startQuipflip(night, { players: three })
    const round = await begun(table, "Ann")
    await expectUntouched(night, async () => {
      expect(refusedWith(await table.submit("Bo", round.roundId, "PURPLE ELEPHANT"))).toBe("round_not_found")
      expect(refusedWith(await table.submit("Ann", round.roundId, "purple"))).toMatch(/^phrase_/)
      expect(refusedWith(await night.guest("Ann", submitSessionRound, { sessionId: table.sessionId, roundId: round.roundId, phrase: "PURPLE ELEPHANT", lifecycleVersion: 0 }))).toBe("stale_version")
    })
    accepted(await table.submit("Ann", round.roundId, await phraseFor(round, night.runtime.random)))
    expect(refusedWith(await table.submit("Ann", round.roundId, "PURPLE ELEPHANT"))).toBe("already_submitted")
  })

  it("[QF-E2] [QF-E6] shows a copier the original and not the prompt, a voter three phrases in an order of their own, and takes no other", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    await table.playPhase()
    const copy = await begun(table, "Ann")
    expect(copy).toMatchObject({ type: "COPY", promptText: null, phrases: null })
    expect(refusedWith(await table.submit("Ann", copy.roundId, copy.originalPhrase ?? ""))).toBe("phrase_duplicate")
    await table.playPhase()
    const vote = await begun(table, "Ann")
    expect(vote.phrases).toHaveLength(3)
    expect((await table.seat("Ann"))?.round?.phrases).toEqual(vote.phrases)
    expect(refusedWith(await table.submit("Ann", vote.roundId, "PURPLE ELEPHANT"))).toBe("choice_unknown")
    accepted(await table.submit("Ann", vote.roundId, ` ${(vote.phrases?.[2] ?? "").toLowerCase()} `))
  })
})

describe("[QF-N7] [QF-S4] [QF-S11] the clock", () => {
  it("takes what comes in the grace to its last millisecond, then plays for who was late and goes on", async () => {
    const table = await startQuipflip(night, { players: three })
    const [ann, bo] = [await begun(table, "Ann"), await begun(table, "Bo")]
    expect(ann.endsAt).toBe(new Date(night.clock.now().getTime() + 180_000).toISOString())
    night.clock.advance(180_000)
    await expectUntouched(night, async () => {
      await tick()
      expect(refusedWith(await table.begin("Cy"))).toBe("round_over")
    })
    night.clock.advance(4_999)
    await tick()
    accepted(await table.submit("Ann", ann.roundId, await phraseFor(ann, night.runtime.random)))
    expect((await table.status()).phase).toBe("PROMPT")
    night.clock.advance(1)
    await expectUntouched(night, async () => expect(refusedWith(await table.submit("Bo", bo.roundId, "PURPLE ELEPHANT"))).toBe("round_over"))
    await tick()
    const after = await table.status()
    expect(after).toMatchObject({ phase: "COPY", lifecycleVersion: 2 })
    expect(refusedWith(await table.submit("Bo", bo.roundId, "PURPLE ELEPHANT"))).toBe("round_over")
    expect(await statusOf(bo.roundId)).toBe("TIMED_OUT")
    // 95 of the 100 are back, and who never began paid nothing.
    expect([await night.purse("Ann"), await night.purse("Bo"), await night.purse("Cy")]).toEqual([900, 995, 1000])
    expect(after.players.map(({ dealt, done }) => [dealt, done])).toEqual([[2, 0], [2, 0], [2, 0]])
  })

  it("gives a phase as long as its rounds, at the pace of the session", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { promptsPerPlayer: 2, copiesPerPlayer: 3, votesPerPlayer: 4, pace: "X1_5" } })
    const lengths: number[] = []
    for (let phase = 0; phase < 3; phase++) {
      const { phaseEndsAt, phaseStartedAt } = await table.status()
      lengths.push(Date.parse(phaseEndsAt ?? "") - Date.parse(phaseStartedAt ?? ""))
      accepted(await night.host(skipPhase, { sessionId: table.sessionId }))
    }
    expect(lengths).toEqual([2 * 270_000, 3 * 270_000, 4 * 90_000])
  })

  it("is off where timers are off: only people, the host or a standstill end a phase", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { pace: "OFF" } })
    const round = await begun(table, "Ann")
    expect([round.endsAt, (await table.status()).phaseEndsAt]).toEqual([null, null])
    night.clock.advance(2 * hourMs - 1)
    await tick()
    accepted(await table.submit("Ann", round.roundId, await phraseFor(round, night.runtime.random)))
    night.clock.advance(hourMs)
    await tick()
    expect(await table.status()).toMatchObject({ status: "IN_PROGRESS", phase: "PROMPT" })
  })

  it("[QF-S12] gives AI players ten seconds at most once the last human is done", async () => {
    // The AI never gets round to it: the house has to play for it.
    const table = await startQuipflip(night, { players: ["Ann", "Bo"], ai: 1 })
    for (const name of ["Ann", "Bo"]) await table.playOne(name)
    night.clock.advance(9_999)
    await moveSessionsOn(night.runtime)
    expect((await table.status()).phase).toBe("PROMPT")
    night.clock.advance(1)
    await moveSessionsOn(night.runtime)
    expect((await table.status()).phase).toBe("COPY")
    const { tasks } = await witnessOf(night, table.sessionId)
    expect(tasks.filter(({ isByHouse }) => isByHouse)).toHaveLength(1)
  })

  it("[QF-S12] lets AI players play at once when nobody else is waited for, and alone when nobody is in any seat", async () => {
    const table = await startQuipflip(night, { players: ["Ann", "Bo"], ai: 1 })
    for (const name of ["Ann", "Bo"]) await table.playOne(name)
    await playAiSeats(night.runtime)
    expect((await table.status()).phase).toBe("COPY")
    for (const name of ["Ann", "Bo"]) accepted(await night.guest(name, leaveSession, { sessionId: table.sessionId }))
    const from = night.clock.now().getTime()
    while ((await table.status()).status === "IN_PROGRESS") {
      night.clock.advance(1_000)
      await tick()
    }
    expect(await table.status()).toMatchObject({ status: "COMPLETED" })
    expect(night.clock.now().getTime() - from).toBeLessThanOrEqual(20_000)
    await expectFairSession(night, table)
  })
})

describe("[QF-S6] who dawdles, leaves or is kicked", () => {
  it("is played for by the house, which pays and earns, is marked, and counts for nobody", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    while ((await table.status()).status === "IN_PROGRESS") {
      for (const name of ["Ann", "Bo"]) while (await table.playOne(name));
      const { phase } = await table.status()
      if (phase === "RESULTS") break
      night.clock.advance(400_000)
      await tick()
    }
    expect(await night.purse("Cy")).toBe(1_000)
    const { results } = accepted(await night.ask(night.hostClaims, sessionResults, { sessionId: table.sessionId }))
    const cy = results.players.find(({ name }) => name === "Cy")
    expect(cy).toMatchObject({ earnedCoins: 0, spentCoins: 0, netCoins: 0, promptsWritten: 0, copiesWritten: 0, votesCast: 0, originalVotes: 0, copyVotes: 0 })
    const ofCy = results.sets.flatMap(({ phrases }) => phrases).filter(({ writer }) => writer?.name === "Cy")
    expect(ofCy.map(({ isByHouse }) => isByHouse)).toEqual([true, true, true])
    expect(results.sets.flatMap(({ phrases }) => phrases).flatMap(({ voters }) => voters).filter(({ name }) => name === "Cy").every(({ isByHouse }) => isByHouse)).toBe(true)
    for (const award of Object.values(results.awards)) expect(award).not.toContain(cy?.participantId)
    await expectFairSession(night, table)
    await expectNothingOpen(night, table.sessionId)
  })

  it("gets the fee back less 5, is played for by the AI within seconds, and is back in the seat on return", async () => {
    const table = await startQuipflip(night, { players: three })
    const round = await begun(table, "Cy")
    const left = accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId })).session
    expect(left?.players.map(({ hasLeft }) => hasLeft)).toEqual([false, false, true])
    expect(await night.purse("Cy")).toBe(995)
    expect(refusedWith(await table.begin("Cy"))).toBe("left_session")
    expect(refusedWith(await table.submit("Cy", round.roundId, "PURPLE ELEPHANT"))).toBe("left_session")
    expect(await table.seat("Cy")).toMatchObject({ hasLeft: true, round: null, done: 0 })
    night.clock.advance(4_000)
    await tick()
    expect((await table.seat("Cy"))?.done).toBe(1)
    expect(await night.purse("Cy")).toBe(995)
    accepted(await night.guest("Cy", joinSession, { code: table.code }))
    expect(refusedWith(await table.submit("Cy", round.roundId, "PURPLE ELEPHANT"))).toBe("round_over")
    expect(refusedWith(await table.begin("Cy"))).toBe("already_submitted")
    for (const name of ["Ann", "Bo"]) await table.playOne(name)
    expect(await table.playOne("Cy")).toBe(true)
    const { tasks } = await witnessOf(night, table.sessionId)
    expect(tasks.filter(({ phase, isByHouse }) => phase === "PROMPT" && isByHouse)).toHaveLength(1)
  })

  it("is back before the AI has played: the round is dealt again and charged again", async () => {
    const table = await startQuipflip(night, { players: three })
    await begun(table, "Cy")
    accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId }))
    accepted(await night.guest("Cy", joinSession, { code: table.code }))
    night.clock.advance(10_000)
    await tick()
    expect((await table.seat("Cy"))?.done).toBe(0)
    expect(await table.playOne("Cy")).toBe(true)
    expect(await night.purse("Cy")).toBe(895)
  })

  it("is back while the AI is at it: what that began is left, and the round is one's own", async () => {
    const table = await startQuipflip(night, { players: three })
    accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId }))
    const ai = { claims: { ai: { partyId: night.party.id, participantId: await seatIdOf(table, "Cy") } } }
    const { seat } = accepted(await runCommand(night.runtime, beginSessionRound, ai, { sessionId: table.sessionId }))
    accepted(await night.guest("Cy", joinSession, { code: table.code }))
    const late = await runCommand(night.runtime, submitSessionRound, ai, { sessionId: table.sessionId, roundId: seat.round?.roundId, phrase: "PURPLE ELEPHANT" })
    expect(refusedWith(late)).toBe("left_session")
    const round = await begun(table, "Cy")
    expect(round).toMatchObject({ promptText: seat.round?.promptText })
    expect(round.roundId).not.toBe(seat.round?.roundId)
    expect(await statusOf(seat.round?.roundId ?? "")).toBe("ABANDONED")
    expect(await balance(`pot:${seat.round?.roundId}`)).toBe(0)
    await expectConserved(night)
  })

  it("hands the host's place on, and the first who is back to an empty table has it", async () => {
    const table = await startQuipflip(night, { players: three })
    const { sessionId } = table
    const hostNames = async () => (await table.status()).players.filter(({ isHost }) => isHost).map(({ name }) => name)
    accepted(await night.guest("Ann", leaveSession, { sessionId }))
    expect(await hostNames()).toEqual(["Bo"])
    for (const name of ["Bo", "Cy"]) accepted(await night.guest(name, leaveSession, { sessionId }))
    accepted(await night.guest("Ann", joinSession, { code: table.code }))
    expect(await hostNames()).toEqual(["Ann"])
    accepted(await night.guest("Ann", skipPhase, { sessionId }))
    expect(refusedWith(await night.guest("Bo", skipPhase, { sessionId }))).toBe("not_host")
  })

  it("who is kicked in the middle is played for, and paid what was earned before", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    await table.playPhase()
    await begun(table, "Bo")
    accepted(await night.kick("Bo"))
    await tick()
    expect((await table.status()).players.map(({ hasLeft }) => hasLeft)).toEqual([false, true, false])
    expect(await night.purse("Bo")).toBe(895)
    while ((await table.status()).status === "IN_PROGRESS") {
      for (const name of ["Ann", "Cy"]) while (await table.playOne(name));
      night.clock.advance(5_000)
      await tick()
    }
    expect(await night.purse("Bo")).toBeGreaterThan(895)
    await expectFairSession(night, table)
  })

  it("plays nothing alone while the session runs; what ran alone before the start is given back less 5", async () => {
    const solo = soloTable(night)
    accepted(await solo.begin("Ann", "PROMPT"))
    const table = await startQuipflip(night, { players: three })
    expect(await night.purse("Ann")).toBe(995)
    expect((await solo.begin("Ann", "PROMPT")).ok).toBe(false)
    accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId }))
    accepted(await solo.begin("Cy", "PROMPT"))
    accepted(await night.guest("Cy", joinSession, { code: table.code }))
    expect(await night.purse("Cy")).toBe(995)
    expect(await table.playOne("Cy")).toBe(true)
    await expectConserved(night)
  })
})

describe("[QF-S11] the host", () => {
  it("skips a player, whose open round is over, and the phase; nobody else may", async () => {
    const table = await startQuipflip(night, { players: three })
    const { sessionId } = table
    const round = await begun(table, "Cy")
    const participantId = await seatIdOf(table, "Cy")
    expect(refusedWith(await night.guest("Bo", skipPlayer, { sessionId, participantId }))).toBe("not_host")
    expect(refusedWith(await night.guest("Ann", skipPlayer, { sessionId, participantId, lifecycleVersion: 7 }))).toBe("stale_version")
    accepted(await night.guest("Ann", skipPlayer, { sessionId, participantId, lifecycleVersion: 1 }))
    expect(refusedWith(await night.host(skipPlayer, { sessionId, participantId }))).toBe("already_submitted")
    expect(refusedWith(await table.submit("Cy", round.roundId, "PURPLE ELEPHANT"))).toBe("round_over")
    expect(await night.purse("Cy")).toBe(995)
    expect(accepted(await night.host(skipPhase, { sessionId, lifecycleVersion: 1 })).session).toMatchObject({ phase: "COPY", lifecycleVersion: 2 })
    expect(refusedWith(await night.host(skipPhase, { sessionId, lifecycleVersion: 1 }))).toBe("stale_version")
    expect(refusedWith(await night.host(skipPlayer, { sessionId, participantId: sessionId }))).toBe("player_unknown")
    expect(await table.playOne("Cy")).toBe(true)
  })

  it("reminds those the session waits for, and nobody else", async () => {
    const table = await startQuipflip(night, { players: three, ai: 1 })
    await table.playOne("Ann")
    accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId }))
    expect(accepted(await night.host(pingSession, { sessionId: table.sessionId })).pinged).toBe(1)
    expect(night.published.at(-1)?.payload).toMatchObject({ sessionId: table.sessionId, guestIds: [night.idOf("Bo")] })
  })
})

describe("[QF-S5] who cannot pay", () => {
  it("is lent what is missing, shown; prizes pay it back first, and the ranking counts it as spent", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    await leaveWith(night, "Bo", 30)
    const round = await begun(table, "Bo")
    expect(round).toMatchObject({ feeCoins: 100, lentCoins: 70 })
    expect([await night.purse("Bo"), await debtOfGuest("Bo")]).toEqual([0, -70])
    expect((await table.seat("Bo"))?.lentCoins).toBe(70)
    accepted(await table.submit("Bo", round.roundId, await phraseFor(round, night.runtime.random)))
    await untilVote(table, three)
    expect([await night.purse("Bo"), await debtOfGuest("Bo")]).toEqual([0, -170])
    await table.playPhase()
    const { results } = accepted(await night.ask(night.hostClaims, sessionResults, { sessionId: table.sessionId }))
    const bo = results.players.find(({ name }) => name === "Bo")
    expect(bo).toMatchObject({ spentCoins: 220 })
    const repaid = (await night.transfers("debt_repayment")).filter(({ toAccount }) => toAccount === debtOf(night.idOf("Bo"))).reduce((sum, { amount }) => sum + amount, 0)
    const toWallet = (await night.transfers("prize")).filter(({ toAccount }) => toAccount === `wallet:${night.idOf("Bo")}`).reduce((sum, { amount }) => sum + amount, 0)
    expect(repaid).toBe(Math.min(190, toWallet))
    expect(await night.purse("Bo")).toBe(toWallet - repaid)
    expect(await debtOfGuest("Bo")).toBe(repaid - 190)
    await expectFairSession(night, table)
    await expectConserved(night)
  })

  it("who leaves with a lent round gets the loan written off by what comes back", async () => {
    const table = await startQuipflip(night, { players: three })
    await leaveWith(night, "Bo", 30)
    await begun(table, "Bo")
    accepted(await night.guest("Bo", leaveSession, { sessionId: table.sessionId }))
    expect([await night.purse("Bo"), await debtOfGuest("Bo")]).toEqual([25, 0])
    await expectConserved(night)
  })
})

describe("[QF-S16] a session that stands still", () => {
  const refunded = async (table: QuipflipTable) => {
    await tick()
    expect(await table.status()).toMatchObject({ status: "ABANDONED", phaseEndsAt: null })
    expect(refusedWith(await night.ask(night.hostClaims, sessionResults, { sessionId: table.sessionId }))).toBe("session_not_over")
    await expectNothingOpen(night, table.sessionId)
    await expectConserved(night)
  }

  it("in PROMPT is given up after two hours, before the deadline that passed: all fees come back in full", async () => {
    const table = await startQuipflip(night, { players: three })
    await table.playOne("Ann")
    const round = await begun(table, "Bo")
    night.clock.advance(2 * hourMs)
    await refunded(table)
    expect(await statusOf(round.roundId)).toBe("ABANDONED")
    expect([await night.purse("Ann"), await night.purse("Bo"), await night.purse("Cy")]).toEqual([1000, 1000, 1000])
    expect(refusedWith(await table.begin("Bo"))).toBe("session_over")
  })

  it("in COPY: what has both copies is a set and pays its writers, the rest comes back", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { pace: "OFF" } })
    await table.playPhase()
    await table.playAll("Ann")
    await table.playAll("Bo")
    await begun(table, "Cy")
    night.clock.advance(2 * hourMs - 1)
    await tick()
    expect((await table.status()).status).toBe("IN_PROGRESS")
    night.clock.advance(1)
    await refunded(table)
    const { sets, rounds } = await witnessOf(night, table.sessionId)
    expect(sets).toHaveLength(1)
    // A third of 200 each; of the original's less than its fee, of the copies' 16 more, 4 of them to the vault.
    const [set] = sets
    expect([set?.promptRoundId, set?.copy1RoundId, set?.copy2RoundId].map((id) => rounds.find(({ roundId }) => roundId === id)?.earnedCoins)).toEqual([66, 66, 66])
  })

  it("in VOTE: open votes come back, sets are paid as they stand", async () => {
    const table = await startQuipflip(night, { players: three, quotas: { pace: "OFF" } })
    await untilVote(table, three)
    await table.playAll("Ann")
    const vote = await begun(table, "Bo")
    night.clock.advance(2 * hourMs)
    await refunded(table)
    expect(await statusOf(vote.roundId)).toBe("ABANDONED")
    const { transfers } = await witnessOf(night, table.sessionId)
    expect(transfers.find(({ idempotencyKey }) => idempotencyKey === `quipflip:${vote.roundId}:refund`)?.amount).toBe(10)
  })

  it("is given up as well when the party's host says so, or the party ends in the middle", async () => {
    const table = await startQuipflip(night, { players: three })
    await begun(table, "Ann")
    expect(accepted(await night.host(endSession, { sessionId: table.sessionId })).session?.status).toBe("ABANDONED")
    expect(await night.purse("Ann")).toBe(1_000)
    const other = await startQuipflip(night, { players: three })
    await begun(other, "Ann")
    accepted(await night.host(endParty, {}))
    expect(refusedWith(await other.begin("Bo"))).toBe("party_ended")
    await tick()
    expect((await other.status()).status).toBe("ABANDONED")
    expect(await night.purse("Ann")).toBe(1_000)
    await expectNothingOpen(night, other.sessionId)
  })

  it("goes with its party when that is deleted", async () => {
    const table = await startQuipflip(night, { players: three, ai: 1 })
    await untilVote(table, three)
    accepted(await night.host(deleteParty, { name: "Test night" }))
    expect(await night.runtime.db.select().from(quipflipRounds).where(eq(quipflipRounds.partyId, night.party.id))).toEqual([])
  })
})

describe("two sessions of one party", () => {
  it("[QF-S9] are played side by side, and share neither prompts nor fillers", async () => {
    await queueUp(night, ["Xan", "Yma", "Zoe", "Wim"])
    const one = await startQuipflip(night, { players: ["Ann", "Bo"], ai: 1 })
    const other = await startQuipflip(night, { players: ["Cy", "Di"], ai: 1 })
    while ([await one.status(), await other.status()].some(({ status }) => status === "IN_PROGRESS")) {
      const turns: [QuipflipTable, string][] = [[one, "Ann"], [other, "Cy"], [one, "Bo"], [other, "Di"]]
      for (const [table, name] of turns) await table.playOne(name)
      night.clock.advance(3_000)
      await tick()
    }
    const [left, right] = [await witnessOf(night, one.sessionId), await witnessOf(night, other.sessionId)]
    const promptsIn = ({ tasks, rounds, sessionId }: typeof left) => [...tasks, ...rounds.filter((round) => round.sessionId === sessionId)].flatMap(({ promptText }) => promptText ?? [])
    expect(promptsIn(left).filter((text) => promptsIn(right).includes(text))).toEqual([])
    expect(left.fillerIds.filter((id) => right.fillerIds.includes(id))).toEqual([])
    for (const table of [one, other]) {
      await expectFairSession(night, table)
      await expectNothingOpen(night, table.sessionId)
    }
    await expectConserved(night)
  })
})

describe("content of the night", () => {
  it("[QF-S8] whose copies the quota asks for beyond the own prompts is of others, who are paid for it", async () => {
    const solo = soloTable(night)
    const prompt = await solo.write("Xan")
    const table = await startQuipflip(night, { players: three, quotas: { copiesPerPlayer: 3, votesPerPlayer: 2 } })
    await table.playPhase()
    const { tasks } = await witnessOf(night, table.sessionId)
    expect(tasks.filter(({ promptRoundId }) => promptRoundId === prompt)).toHaveLength(2)
    expect((await solo.desk("Zoe")).waitingPrompts).toBe(0)
    await table.playPhase()
    for (const name of three) {
      for (let round = (await table.begin(name)); round.ok; round = await table.begin(name)) {
        const roundId = round.value.seat.round?.roundId ?? ""
        accepted(await table.submit(name, roundId, await solo.phraseFor(roundId, "ORIGINAL")))
      }
    }
    const witness = await witnessOf(night, table.sessionId)
    const set = witness.sets.find(({ promptRoundId }) => promptRoundId === prompt)
    expect(set && witness.fillerIds.includes(set.phrasesetId)).toBe(false)
    // One vote, for the original: 200 + 10 − 20 in the pool, all of it Xan's; of the 90 above the fee 27 go to the vault.
    expect(await night.purse("Xan")).toBe(900 + 190 - 27)
    await expectFairSession(night, table)
    await expectNothingOpen(night, table.sessionId)
  })

  it("[QF-S8] [QF-S16] goes back to the queue when the session is given up before it is a set; what was written on it is given back", async () => {
    const solo = soloTable(night)
    const prompt = await solo.write("Xan")
    const table = await startQuipflip(night, { players: three, quotas: { copiesPerPlayer: 3 } })
    await table.playPhase()
    const { tasks } = await witnessOf(night, table.sessionId)
    const copierId = tasks.find(({ promptRoundId }) => promptRoundId === prompt)?.participantId
    const copier = (await table.status()).players.find(({ participantId }) => participantId === copierId)?.name ?? ""
    await table.playAll(copier)
    expect((await solo.sheet(prompt)).copies.map(({ status }) => status)).toEqual(["SUBMITTED"])
    accepted(await night.host(endSession, { sessionId: table.sessionId }))
    const sheet = await solo.sheet(prompt)
    expect(sheet.prompt).toMatchObject({ status: "SUBMITTED", sessionId: null })
    expect(await solo.pot(prompt)).toBe(100)
    expect(await night.purse(copier)).toBe(1_000)
    await solo.copy("Yma")
    await solo.copy("Zoe")
    expect((await solo.sheet(prompt)).set?.status).toBe("VOTING")
    await expectConserved(night)
  })

  it("[QF-S16] [QF-E3] is a set when the session is given up with both its copies written", async () => {
    const solo = soloTable(night)
    const prompt = await solo.write("Xan")
    const table = await startQuipflip(night, { players: three, quotas: { copiesPerPlayer: 3, pace: "OFF" } })
    await table.playPhase()
    const witness = await witnessOf(night, table.sessionId)
    const copiers = witness.tasks.filter(({ promptRoundId }) => promptRoundId === prompt).map(({ participantId }) => participantId)
    for (const { participantId, name } of (await table.status()).players) if (copiers.includes(participantId)) await table.playAll(name)
    night.clock.advance(2 * hourMs)
    await tick()
    const { set } = await solo.sheet(prompt)
    expect(set?.status).toBe("FINALIZED")
    expect(await solo.pot(prompt)).toBe(0)
    await expectNothingOpen(night, table.sessionId)
    await expectConserved(night)
  })

  it("[QF-S9] fills the votes up, but with nothing the players wrote or voted on, nor what the clock has closed [QF-N5]", async () => {
    await queueUp(night, ["Xan", "Yma", "Zoe", "Wim"])
    const solo = soloTable(night)
    const free = await night.runtime.db.select().from(quipflipPhrasesets).where(eq(quipflipPhrasesets.partyId, night.party.id))
    expect(free).toHaveLength(1)
    const table = await startQuipflip(night, { players: three })
    await untilVote(table, three)
    const witness = await witnessOf(night, table.sessionId)
    expect(witness.fillerIds).toHaveLength(3)
    expect(witness.fillerIds).toContain(free[0]?.phrasesetId)
    expect((await solo.desk("Di")).openSets).toBe(0)
    await table.playPhase()
    await expectFairSession(night, table)
    await expectNothingOpen(night, table.sessionId)
  })

  it("[QF-S9] takes no set in which a player of the session has written, voted, or whose votes are over", async () => {
    await queueUp(night, ["Xan", "Yma", "Zoe", "Wim"])
    const own = await startQuipflip(night, { players: ["Ann", "Bo", "Xan"] })
    await untilVote(own, ["Ann", "Bo", "Xan"])
    const set = (await night.runtime.db.select().from(quipflipPhrasesets).where(eq(quipflipPhrasesets.partyId, night.party.id))).find(({ sessionId }) => sessionId === null)
    expect(set?.status).toBe("VOTING")
    // The clock has closed it, but nobody has looked yet.
    await night.runtime.db.update(quipflipPhrasesets).set({ finalAt: night.clock.now() }).where(eq(quipflipPhrasesets.phrasesetId, set?.phrasesetId ?? ""))
    accepted(await night.host(endSession, { sessionId: own.sessionId }))
    const table = await startQuipflip(night, { players: three })
    await untilVote(table, three)
    const witness = await witnessOf(night, table.sessionId)
    expect(witness.fillerIds).toHaveLength(3)
    expect(witness.fillerIds).not.toContain(set?.phrasesetId)
  })

  it("[QF-S9] takes no set whose original a player was shown by a copy that came to nothing", async () => {
    const solo = soloTable(night)
    await solo.write("Xan")
    const { roundId } = accepted(await solo.begin("Ann", "COPY")).round
    accepted(await solo.abandon("Ann", roundId))
    for (const name of ["Yma", "Zoe"]) await solo.copy(name)
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    await untilVote(table, three)
    const { fillerIds, sets } = await witnessOf(night, table.sessionId)
    expect(fillerIds).toHaveLength(2)
    expect(sets.filter(({ phrasesetId }) => fillerIds.includes(phrasesetId)).every(({ createdAt }) => createdAt.getTime() === night.clock.now().getTime())).toBe(true)
    expect((await solo.desk("Di")).openSets).toBe(1)
  })

  it("[QF-N2] costs a copy 40 in a session that begins to copy while the queue is full, and the house fills the pools", async () => {
    const solo = soloTable(night)
    for (let count = 0; count < 11; count++) await solo.write(["Xan", "Yma", "Zoe"][count % 3] ?? "")
    const table = await startQuipflip(night, { players: three, quotas: { votesPerPlayer: 2 } })
    await table.playPhase()
    expect(await begun(table, "Ann")).toMatchObject({ feeCoins: 40 })
    await table.playPhase()
    await table.playPhase()
    expect((await night.transfers("house_cover")).filter(({ cause }) => cause === `quipflip:${table.sessionId}`).map(({ amount }) => amount)).toContain(20)
    await expectFairSession(night, table)
    await expectNothingOpen(night, table.sessionId)
    const { sets, ...witness } = await witnessOf(night, table.sessionId)
    expect(sets.filter(({ promptRoundId }) => placeOf({ sets, ...witness }, promptRoundId) !== null)).toHaveLength(3)
  })
})

/** A command that says yes and changes nothing counts a version all the same. */
async function expectUntouchedButVersion(work: () => Promise<void>): Promise<void> {
  const before = await night.house.fingerprint()
  await work()
  const { parties: _, ...after } = await night.house.fingerprint()
  const { parties: __, ...expected } = before
  expect(after).toEqual(expected)
}
