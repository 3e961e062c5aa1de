import { setTimeout as delay } from "node:timers/promises"
import { placeBet } from "@/betting/commands"
import { submitLapTime } from "@/games/racing/commands"
import type { ReadShared } from "@/party/command"
import { nightFor } from "@/server/night-view"
import { runQuery } from "@/server/run-query"
import type { Runtime } from "@/server/runtime"
import { openRuntime } from "./in-process-runtime"
import { msText, type Line } from "./report"
import { did, hostOf, nthBet, nthLap, setStage, type Stage } from "./stage"
import { median } from "./statistics"

export type SnapshotPlan = { readonly databaseUrl: string; readonly rounds: number; readonly phones: number }

type Round = { readonly lastMs: number; readonly cpuMs: number }

/** Many phones that fetch the night after the same event, each reading everything for itself as the baseline, in turns. */
export async function measureSnapshots({ databaseUrl, rounds, phones }: SnapshotPlan): Promise<Line[]> {
  const { runtime, stop } = await openRuntime(databaseUrl)
  try {
    const stage = await setStage(runtime, { openRaces: 1, liveRaces: 1 })
    for (let bet = 0; bet < 200; bet++) await betOnce(runtime, stage, bet)
    const readsAll: ReadShared = (_part, read) => read()
    const each = { ...runtime, sharedReads: { for: () => readsAll } }
    const ours: Round[] = []
    const bare: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      const alone = await oneRound(runtime, each, stage, phones, 2 * round)
      const together = await oneRound(runtime, runtime, stage, phones, 2 * round + 1)
      // The first warms caches, plans and the compiler.
      if (round > 0) bare.push(alone)
      if (round > 0) ours.push(together)
    }
    const lastOf = (side: readonly Round[]) => median(side.map(({ lastMs }) => lastMs))
    const text = (side: readonly Round[]) => `all have it after ${msText(lastOf(side))} ms, ${msText(median(side.map(({ cpuMs }) => cpuMs)) / phones)} ms CPU each`
    return [
      {
        what: `${phones} phones fetch the night at once, in process`,
        measured: text(ours),
        baseline: `each reads everything: ${text(bare)}`,
        compared: `${(lastOf(bare) / lastOf(ours)).toFixed(1)} × as quick`,
      },
    ]
  } finally {
    await stop()
  }
}

/** A lap comes in, then everybody asks. */
async function oneRound(runtime: Runtime, asked: Runtime, stage: Stage, phones: number, lap: number): Promise<Round> {
  await did(runtime, submitLapTime, hostOf(stage.partyId), nthLap(stage, lap))
  await runtime.publisher.settled()
  await delay(20)
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  await Promise.all(Array.from({ length: phones }, (_, phone) => look(asked, stage, phone)))
  const { user, system } = process.cpuUsage(cpuBefore)
  return { lastMs: performance.now() - began, cpuMs: (user + system) / 1000 }
}

async function look(runtime: Runtime, { partyId, bettors }: Stage, phone: number): Promise<void> {
  const guestId = bettors[phone % bettors.length] ?? ""
  const seen = await runQuery(runtime, nightFor("guest"), { guest: { partyId, guestId } }, {})
  if (!seen.ok || !seen.value.night) throw new Error("a guest is not shown the night")
}

async function betOnce(runtime: Runtime, stage: Stage, n: number): Promise<void> {
  const { bettorId, input } = nthBet(stage, n)
  await did(runtime, placeBet, { guest: { partyId: stage.partyId, guestId: bettorId } }, input)
}
