import type { App } from "./app"
import { doorsOf, type Doors, type Tap } from "./doors"
import { flightAnswer } from "./flight-answer"
import type { PhonesAnswer, PhonesRequest } from "./phones"
import { startHelper } from "./processes"
import { processorMs } from "./processor-time"
import { atLeast, msText, percentilesText, rateText, shareText, type Line } from "./report"
import { setStage } from "./stage"
import { summarise } from "./statistics"

const doorsMeasured = [
  { name: "bet", what: "placeBet, server action", leastPerSecond: 150 },
  { name: "lap", what: "submitLapTime, server action", leastPerSecond: undefined },
  { name: "restBet", what: "placeBet, REST", leastPerSecond: undefined },
] as const

/** Taps through HTTP against the same way in without a command at its end. */
export async function measureHttpDoors(app: App, { taps }: { taps: number }): Promise<Line[]> {
  const phones = startHelper<PhonesRequest, PhonesAnswer>("./phones.ts")
  try {
    const races = Math.ceil((taps * 2.5) / 250)
    const lines: Line[] = []
    for (const count of [8, 32]) {
      const doors = await doorsOf(app, await setStage(app.runtime, { openRaces: races * 2, liveRaces: races }))
      const run = async (name: keyof Doors, first: number) => {
        const warmUp = tapsFrom(doors[name], first, Math.ceil(taps / 5))
        const before = await processorMs(app.pid)
        const answer = await phones.ask({ url: app.url, phones: count, warmUp, taps: tapsFrom(doors[name], first + warmUp.length, taps) })
        const after = await processorMs(app.pid)
        checkReplies(name, answer)
        const summary = summarise(answer.latencies)
        const perSecond = taps / answer.seconds
        const spent = before === undefined || after === undefined ? "" : `, ${msText((after - before) / (taps + warmUp.length))} ms CPU each`
        return { perSecond, text: `${rateText(perSecond)}, ${percentilesText(summary)}${spent}` }
      }
      const stranger = await run("stranger", 0)
      for (const { name, what, leastPerSecond } of doorsMeasured) {
        const { perSecond, text } = await run(name, name === "restBet" ? Math.ceil(taps * 1.2) : 0)
        lines.push({
          what: `${what}, ${count} phones`,
          measured: text,
          baseline: `action refused at the door ${stranger.text}`,
          compared: shareText(perSecond / stranger.perSecond),
          ...(leastPerSecond ? { aim: atLeast(perSecond, leastPerSecond, `${leastPerSecond}/s`) } : {}),
        })
      }
    }
    return lines
  } finally {
    await phones.stop()
  }
}

function tapsFrom(door: (n: number) => Tap, first: number, count: number): Tap[] {
  return Array.from({ length: count }, (_, index) => door(first + index))
}

// A refusal is fast, and must not be counted as a bet.
function checkReplies(name: keyof Doors, { replies }: PhonesAnswer): void {
  for (const { status, text } of replies) {
    const isYes = status === 200 && (name === "restBet" ? (JSON.parse(text) as { success: boolean }).success : flightAnswer(text).success)
    if (isYes !== (name !== "stranger")) throw new Error(`unexpected answer to ${name}: ${status} ${text.slice(0, 300)}`)
  }
}
