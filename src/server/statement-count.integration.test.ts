import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startImposterRound } from "@/games/imposter/commands"
import { activeImposterRound } from "@/games/imposter/queries"
import { beginSessionRound, submitSessionRound } from "@/games/quipflip/session-commands"
import { ownSeat } from "@/games/quipflip/session-queries"
import { soloDesk } from "@/games/quipflip/solo-queries"
import type { OpenRoundView } from "@/games/quipflip/view"
import { phraseFor } from "@/testing/quipflip-phrase"
import { startQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { soloTable } from "@/testing/solo-table"
import { accepted, startParty, type Night } from "@/testing/start-party"
import { nightFor } from "./night-view"

// Every statement is a round trip, and a party's commands run one after another: these numbers times the round trip is how
// long the hundredth guest waits. Who needs one more should know.
const most = { placeBet: 8, submitLapTime: 12, joinParty: 9, nightForGuest: 18, nightOfNextGuest: 9, nightInARound: 19, ownCard: 7, startRound: 17 }
// Quipflip alone. A phrase that is no set yet pays nobody.
const mostAlone = { begin: 10, phrase: 8, wrongVote: 6, rightVote: 9, desk: 7 }

// A session: a submission with the tap's id, and one that ends a phase of three players; `results` also pays.
const mostInSession = { begin: 11, submit: 8, beginCopy: 25, beginVote: 30, results: 20, seat: 6 }

let night: Night
beforeAll(async () => {
  night = await startParty({ guests: 10 })
  await night.openRace(["Ann", "Bo", "Cy"])
})
afterAll(() => night.stop())

describe("statements of the hot path, begin and commit included", () => {
  it("placeBet", async () => {
    expect(await counted(() => night.bet("Di", "Ann", 5).then(accepted))).toBeLessThanOrEqual(most.placeBet)
    expect(await counted(() => night.bet("Di", "Ann", 5, "tap-0123456789abcdef").then(accepted))).toBeLessThanOrEqual(most.placeBet + 1)
  })

  it("submitLapTime, in a race that runs", async () => {
    accepted(await night.lap("Ann", "90"))
    expect(await counted(() => night.lap("Bo", "91").then(accepted))).toBeLessThanOrEqual(most.submitLapTime)
  })

  it("joinParty", async () => {
    expect(await counted(() => night.join("Eve"))).toBeLessThanOrEqual(most.joinParty)
  })

  it("the night of a guest, however many guests, drivers, laps and bets there are", async () => {
    const look = () => counted(() => night.ask(night.claimsOf("Di"), nightFor("guest")).then(accepted))
    const before = await look()
    for (let lap = 0; lap < 5; lap++) accepted(await night.lap("Ann", `9${lap}`))
    await night.join("Fay")
    expect(await look()).toBe(before)
    expect(before).toBeLessThanOrEqual(most.nightForGuest)
  })

  it("[PTY-26] the night of each further guest at the same version", async () => {
    accepted(await night.lap("Ann", "95"))
    accepted(await night.ask(night.claimsOf("Di"), nightFor("guest")))
    expect(await counted(() => night.ask(night.claimsOf("Ed"), nightFor("guest")).then(accepted))).toBeLessThanOrEqual(most.nightOfNextGuest)
  })

  it("a round of Imposter: its start, each player's card, and the night meanwhile", async () => {
    expect(await counted(() => night.host(startImposterRound, {}).then(accepted))).toBeLessThanOrEqual(most.startRound)
    expect(await counted(() => night.ask(night.claimsOf("Di"), activeImposterRound).then(accepted))).toBeLessThanOrEqual(most.ownCard)
    expect(await counted(() => night.ask(night.claimsOf("Di"), nightFor("guest")).then(accepted))).toBeLessThanOrEqual(most.nightInARound)
  })

  it("Quipflip alone: a round's start, its submission, and the desk, however much waits", async () => {
    const solo = soloTable(night)
    const submitting = async (name: string, type: "PROMPT" | "COPY" | "VOTE", phrase: (roundId: string) => Promise<string>, limit: number) => {
      let roundId = ""
      expect(await counted(async () => void (roundId = accepted(await solo.begin(name, type)).round.roundId))).toBeLessThanOrEqual(mostAlone.begin)
      const text = await phrase(roundId)
      expect([type, await counted(() => solo.submit(name, roundId, text).then(accepted))]).toEqual([type, expect.toSatisfy((count: number) => count <= limit)])
    }
    await submitting("Ann", "PROMPT", async () => "WOBBLY JELLY", mostAlone.phrase)
    await submitting("Bo", "COPY", async () => "FROZEN PIZZA", mostAlone.phrase)
    await solo.copy("Cy")
    await submitting("Di", "VOTE", (roundId) => solo.phraseFor(roundId, "COPY_1"), mostAlone.wrongVote)
    await submitting("Ed", "VOTE", (roundId) => solo.phraseFor(roundId, "ORIGINAL"), mostAlone.rightVote)
    const look = () => counted(() => night.ask(night.claimsOf("Di"), soloDesk).then(accepted))
    const before = await look()
    for (let time = 0; time < 3; time++) await solo.write("Flo")
    expect(await look()).toBe(before)
    expect(before).toBeLessThanOrEqual(mostAlone.desk)
  })

  it("a session of Quipflip: a submission takes eight statements, whoever else plays", async () => {
    const table = await startQuipflip(night, { players: ["Ann", "Bo", "Cy"] })
    const tap = (phase: string, name: string, turn: number) => `${phase}-${name}-${turn}-0123456789abcdef`
    const submits: Record<string, number[]> = { PROMPT: [], COPY: [], VOTE: [] }
    const begins: number[] = []
    for (const [phase, turns] of [["PROMPT", 1], ["COPY", 2], ["VOTE", 3]] as const) {
      for (let turn = 0; turn < turns; turn++) {
        for (const name of ["Ann", "Bo", "Cy"]) {
          const played = await playCounted(table, name, tap(phase, name, turn))
          begins.push(played.begin)
          submits[phase]?.push(played.submit)
        }
      }
    }
    expect(Math.max(...begins)).toBeLessThanOrEqual(mostInSession.begin)
    // The last of a phase also ends it.
    const [prompt, copy, vote] = Object.values(submits).map((counts) => ({ usual: Math.max(...counts.slice(0, -1)), last: counts.at(-1) }))
    for (const phase of [prompt, copy, vote]) expect(phase?.usual).toBeLessThanOrEqual(mostInSession.submit)
    expect(prompt?.last).toBeLessThanOrEqual(mostInSession.beginCopy)
    expect(copy?.last).toBeLessThanOrEqual(mostInSession.beginVote)
    expect(vote?.last).toBeLessThanOrEqual(mostInSession.results)
    expect(await counted(() => night.ask(night.claimsOf("Ann"), ownSeat).then(accepted))).toBeLessThanOrEqual(mostInSession.seat)
  })
})

/** One round of a seat; statements of its start, and of the submission that was taken. */
async function playCounted(table: QuipflipTable, name: string, requestId: string): Promise<{ begin: number; submit: number }> {
  const { sessionId } = table
  let round: OpenRoundView | null = null
  const begin = await counted(async () => void ({ round } = accepted(await night.guest(name, beginSessionRound, { sessionId }, `b-${requestId}`)).seat))
  if (!round) throw new Error(`${name} has nothing to play`)
  const { roundId } = round as OpenRoundView
  const refused: string[] = []
  for (;;) {
    const phrase = await phraseFor(round, night.runtime.random, refused)
    const before = night.statements.length
    const sent = await night.guest(name, submitSessionRound, { sessionId, roundId, phrase }, requestId)
    if (sent.ok) return { begin, submit: night.statements.length - before }
    refused.push(phrase)
  }
}

async function counted(work: () => Promise<unknown>): Promise<number> {
  const before = night.statements.length
  await work()
  return night.statements.length - before
}
