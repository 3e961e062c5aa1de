import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { claimAiTasks } from "@/games/quipflip/ai-steps"
import { submitSessionRound } from "@/games/quipflip/session-commands"
import type { OpenRoundView } from "@/games/quipflip/view"
import { expectFairSession, expectNothingOpen } from "@/testing/quipflip-proofs"
import { phraseFor } from "@/testing/quipflip-phrase"
import { startQuipflip, type QuipflipTable } from "@/testing/quipflip-table"
import { witnessOf } from "@/testing/quipflip-witness"
import { accepted, expectConserved, startHouse, startParty, type House, type Night, type Runtime } from "@/testing/start-party"
import { createDueWork } from "./due-work"
import { runCommand } from "./run-command"

const three = ["Ann", "Bo", "Cy"]

let house: House
let processes: Runtime[]
let night: Night
// Ten pools beside those of other test files: the database has a hundred connections.
beforeAll(async () => {
  house = await startHouse({ env: { DATABASE_CONNECTIONS: "3" } })
  processes = [house.runtime, ...Array.from({ length: 9 }, () => house.anotherProcess())]
})
afterAll(() => house.stop())
beforeEach(async () => void (night = await startParty({ house, names: three })))

const processAt = (index: number): Runtime => processes[index % processes.length] ?? house.runtime
const everybodyLooks = () => Promise.all(processes.map((process) => createDueWork(process).doDue()))

/** Has each seat a task for each place of each phase, and each task one round? The database's own constraints would say so later. */
async function expectDealtOnce(table: QuipflipTable, phases: readonly string[]): Promise<void> {
  const { tasks, seats, session } = await witnessOf(night, table.sessionId)
  const quota: Record<string, number> = { PROMPT: session.promptsPerPlayer, COPY: session.copiesPerPlayer, VOTE: session.votesPerPlayer }
  for (const phase of phases) expect(tasks.filter((task) => task.phase === phase)).toHaveLength(seats.length * (quota[phase] ?? 0))
}

describe("[QF-S3] [QF-S11] the last two of a phase", () => {
  async function lastTwo(table: QuipflipTable): Promise<void> {
    const before = await table.status()
    await table.playAll("Ann")
    const open: [string, OpenRoundView][] = []
    for (const name of ["Bo", "Cy"]) {
      for (;;) {
        const { seat } = accepted(await table.begin(name))
        if (seat.round === null) throw new Error("nothing to play")
        if (seat.dealt - seat.done === 1) {
          open.push([name, seat.round])
          break
        }
        await table.playOne(name)
      }
    }
    const waiting = new Set(open)
    const refused: string[] = []
    while (waiting.size > 0) {
      const sent = await Promise.all(
        [...waiting].map(async (one, index) => {
          const [name, round] = one
          const phrase = await phraseFor(round, night.runtime.random, refused)
          return { one, phrase, answer: await runCommand(processAt(index), submitSessionRound, { claims: night.claimsOf(name) }, { sessionId: table.sessionId, roundId: round.roundId, phrase }) }
        }),
      )
      for (const { one, phrase, answer } of sent) {
        if (answer.ok) waiting.delete(one)
        else if (answer.refusal.code.startsWith("phrase_")) refused.push(phrase)
        else throw new Error(answer.refusal.code)
      }
    }
    expect((await table.status()).lifecycleVersion).toBe(before.lifecycleVersion + 1)
  }

  it("who submit in the same instant, each through a process of their own, end it once, and the session is paid once", async () => {
    for (let match = 0; match < 4; match++) {
      const table = await startQuipflip(night, { players: three })
      for (const phases of [["PROMPT", "COPY"], ["PROMPT", "COPY", "VOTE"], []]) {
        await lastTwo(table)
        await expectDealtOnce(table, phases)
        await expectConserved(night)
      }
      expect((await table.status()).status).toBe("COMPLETED")
      await expectFairSession(night, table)
      await expectNothingOpen(night, table.sessionId)
      expect((await night.events()).filter(({ data }) => JSON.stringify(data).includes(table.sessionId) && JSON.stringify(data).includes('"RESULTS"'))).toHaveLength(1)
    }
  })
})

describe("ten processes that look at the clock at the same time", () => {
  it("[QF-S11] end each phase once", async () => {
    const table = await startQuipflip(night, { players: three })
    for (const phase of ["COPY", "VOTE", "RESULTS"]) {
      night.clock.advance(400_000)
      const before = await table.status()
      await everybodyLooks()
      expect(await table.status()).toMatchObject({ phase, lifecycleVersion: before.lifecycleVersion + 1 })
      await everybodyLooks()
      expect((await table.status()).lifecycleVersion).toBe(before.lifecycleVersion + 1)
      await expectConserved(night)
    }
    // Nobody played: nobody is richer or poorer.
    for (const name of three) expect(await night.purse(name)).toBe(1_000)
    await expectFairSession(night, table)
  })

  it("[QF-S12] claim each AI player's round once", async () => {
    const table = await startQuipflip(night, { players: ["Ann"], ai: 7 })
    night.clock.advance(20_000)
    const claimed = (await Promise.all(processes.map(({ db }) => claimAiTasks(db, night.clock.now())))).flat()
    expect(claimed.map(({ participantId }) => participantId).toSorted()).toEqual([...new Set(claimed.map(({ participantId }) => participantId))].toSorted())
    expect(claimed).toHaveLength(7)
    expect((await table.status()).players.reduce((sum, { done }) => sum + done, 0)).toBe(0)
  })

  it("[QF-S12] leave what another is just claiming, and do not wait for it", async () => {
    await startQuipflip(night, { players: ["Ann"], ai: 4 })
    night.clock.advance(20_000)
    await house.runtime.db.transaction(async (tx) => {
      expect(await claimAiTasks(tx, night.clock.now())).toHaveLength(4)
      expect(await claimAiTasks(processAt(1).db, night.clock.now())).toEqual([])
    })
    expect(await claimAiTasks(processAt(1).db, night.clock.now())).toEqual([])
  })

  it("[QF-S12] play each AI player's round once, and what a process that died had claimed when its time is over", async () => {
    const table = await startQuipflip(night, { players: ["Ann"], ai: 7, quotas: { promptsPerPlayer: 2 } })
    night.clock.advance(26_001)
    const claimed = await claimAiTasks(house.runtime.db, night.clock.now())
    expect(claimed.length).toBeGreaterThan(6)
    await everybodyLooks()
    night.clock.advance(29_999)
    await everybodyLooks()
    const doneBefore = (await table.status()).players.reduce((sum, { done }) => sum + done, 0)
    expect(doneBefore).toBeLessThan(14)
    night.clock.advance(1)
    await everybodyLooks()
    expect((await table.status()).players.filter(({ isAi }) => isAi).map(({ done }) => done)).toEqual(Array(7).fill(2))
    const { rounds } = await witnessOf(night, table.sessionId)
    expect(rounds.map(({ status }) => status)).toEqual(Array(14).fill("SUBMITTED"))
    await expectConserved(night)
  })
})
