import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  dueAt,
  dueStep,
  isDone,
  nextPhase,
  phaseEndsAt,
  phaseEndWithoutHumans,
  phases,
  playerRange,
  quotaRange,
  usualQuotas,
  waitedFor,
  type Phase,
  type Seat,
  type SessionStatus,
} from "./phases"
import { graceMs, type TimerPace } from "./round-clock"

const startMs = 1_700_000_000_000
const at = (ms: number) => new Date(startMs + ms)
const seconds = (count: number) => count * 1000
const hours = (count: number) => count * 3_600_000

const seat = (playerId: string, submitted: number, owed: number, isHuman = true): Seat => ({ playerId, submitted, owed, isHuman })
const session = (change: Partial<Parameters<typeof dueStep>[0]> = {}) => ({
  status: "IN_PROGRESS" as SessionStatus,
  createdAt: at(0),
  progressedAt: at(0),
  phaseEnd: at(seconds(360)) as Date | null,
  ...change,
})
const waiting = [seat("ann", 2, 2), seat("bo", 1, 2)]
const done = [seat("ann", 2, 2), seat("bo", 2, 2)]

describe("phases", () => {
  it("[QF-S3] follow one another to the results, and then there is none", () => {
    expect(phases.map(nextPhase)).toEqual(["PROMPT", "COPY", "VOTE", "RESULTS", null])
  })

  it("[QF-N8] the quotas and players are these", () => {
    expect(usualQuotas).toEqual({ PROMPT: 1, COPY: 2, VOTE: 3 })
    expect(quotaRange).toEqual({ PROMPT: { min: 1, max: 3 }, COPY: { min: 1, max: 4 }, VOTE: { min: 2, max: 5 } })
    expect(playerRange).toEqual({ min: 3, max: 8 })
  })
})

describe("when a phase ends", () => {
  it.each<[Phase, TimerPace, number | null]>([
    ["PROMPT", "X1", 180],
    ["COPY", "X1", 360],
    ["VOTE", "X1", 180],
    ["COPY", "X1_5", 540],
    ["VOTE", "X2", 360],
    ["COPY", "OFF", null],
    ["LOBBY", "X1", null],
    ["RESULTS", "X1", null],
  ])("[QF-S4] %s at %s lasts %s s", (phase, pace, length) => {
    expect(phaseEndsAt(phase, { quotas: usualQuotas, pace }, at(0))).toEqual(length === null ? null : at(seconds(length)))
  })

  it("[QF-S4] grows with its quota", () => {
    const quotas = { PROMPT: 3, COPY: 4, VOTE: 5 }
    expect(phaseEndsAt("PROMPT", { quotas, pace: "X1" }, at(0))).toEqual(at(seconds(540)))
    expect(phaseEndsAt("COPY", { quotas, pace: "X2" }, at(0))).toEqual(at(seconds(1440)))
    expect(phaseEndsAt("VOTE", { quotas, pace: "X1" }, at(0))).toEqual(at(seconds(300)))
  })

  it.each([
    ["well before its deadline", 360, 100, 105],
    ["just before its deadline", 360, 357, 360],
    ["without timers", null, 100, 105],
  ])("[QF-S12] when the last human is done %s, it ends within 10 s, the grace included", (_name, phaseEnd, now, end) => {
    const ends = phaseEndWithoutHumans(phaseEnd === null ? null : at(seconds(phaseEnd)), at(seconds(now)))
    expect(ends).toEqual(at(seconds(end)))
    expect(ends.getTime() + graceMs - at(seconds(now)).getTime()).toBeLessThanOrEqual(seconds(10))
  })
})

describe("whom a phase waits for", () => {
  it("[QF-S11] a seat is done with all it was dealt, be that nothing", () => {
    expect([seat("ann", 0, 0), seat("ann", 1, 2), seat("ann", 2, 2), seat("ann", 3, 2)].map(isDone)).toEqual([true, false, true, true])
  })

  it("[QF-S11] [QF-S12] everybody who is not done, and the humans among them", () => {
    const seats = [seat("ann", 2, 2), seat("bo", 1, 2), seat("robot", 0, 2, false)]
    expect(waitedFor(seats)).toEqual({ playerIds: ["bo", "robot"], humanIds: ["bo"] })
    expect(waitedFor(done)).toEqual({ playerIds: [], humanIds: [] })
  })
})

describe("what is due", () => {
  const late = at(seconds(360) + graceMs)
  const justBefore = at(seconds(360) + graceMs - 1)

  it("[QF-S11] the next phase when everybody is done, whoever is AI", () => {
    expect(dueStep(session(), waiting, at(1))).toBe(null)
    expect(dueStep(session(), done, at(1))).toBe("advance")
    expect(dueStep(session(), [...done, seat("robot", 1, 2, false)], at(1))).toBe(null)
  })

  it("[QF-S4] [QF-S11] the next phase at the deadline, and the grace is part of it", () => {
    expect(dueStep(session(), waiting, justBefore)).toBe(null)
    expect(dueStep(session(), waiting, late)).toBe("advance")
    expect(dueStep(session({ phaseEnd: null }), waiting, late)).toBe(null)
  })

  it("[QF-S16] the end after two hours without progress, before any deadline", () => {
    for (const phaseEnd of [null, at(seconds(360))]) {
      const standing = session({ phaseEnd, progressedAt: at(0) })
      expect(dueStep(standing, waiting, at(hours(2) - 1))).toBe(phaseEnd === null ? null : "advance")
      expect(dueStep(standing, waiting, at(hours(2)))).toBe("abandon")
    }
    expect(dueStep(session({ phaseEnd: null, progressedAt: at(hours(1)) }), waiting, at(hours(2)))).toBe(null)
  })

  it("[QF-S16] the end of a lobby after 24 hours, however lively", () => {
    const lobby = session({ status: "OPEN", phaseEnd: null, progressedAt: at(hours(23)) })
    expect(dueStep(lobby, [], at(hours(24) - 1))).toBe(null)
    expect(dueStep(lobby, [], at(hours(24)))).toBe("close lobby")
  })

  it.each<SessionStatus>(["COMPLETED", "ABANDONED"])("[QF-S3] nothing in a session that is %s", (status) => {
    const over = session({ status })
    expect(dueStep(over, done, at(hours(100)))).toBe(null)
    expect(dueAt(over)).toBe(null)
  })

  it("[QF-S4] [QF-S16] nothing before dueAt, and something from then on", () => {
    const anySession = fc.record({
      status: fc.constantFrom<SessionStatus[]>("OPEN", "IN_PROGRESS", "COMPLETED", "ABANDONED"),
      progressedMs: fc.nat(hours(30)),
      phaseMs: fc.option(fc.nat(hours(30))),
    })
    fc.assert(
      fc.property(anySession, ({ status, progressedMs, phaseMs }) => {
        const phaseEnd = phaseMs === null ? null : at(phaseMs)
        const one = { status, createdAt: at(0), progressedAt: at(progressedMs), phaseEnd }
        const due = dueAt(one)
        const stepAt = (now: Date) => dueStep(one, waiting, now)
        if (due === null) {
          expect(stepAt(at(hours(1000)))).toBe(null)
        } else {
          expect(stepAt(new Date(due.getTime() - 1))).toBe(null)
          expect(stepAt(due)).not.toBe(null)
        }
      }),
    )
  })

  it("[QF-S3] every session left alone ends, in as many steps as there are phases", () => {
    const paces: TimerPace[] = ["X1", "X1_5", "X2", "OFF"]
    for (const pace of paces) {
      let phase: Phase = "PROMPT"
      let one = session({ phaseEnd: phaseEndsAt(phase, { quotas: usualQuotas, pace }, at(0)) })
      let steps = 0
      while (one.status === "IN_PROGRESS") {
        expect(++steps).toBeLessThanOrEqual(3)
        const now = dueAt(one)!
        const step = dueStep(one, waiting, now)
        phase = nextPhase(phase)!
        if (step === "abandon") one = { ...one, status: "ABANDONED" }
        else if (phase === "RESULTS") one = { ...one, status: "COMPLETED" }
        else one = { ...one, progressedAt: now, phaseEnd: phaseEndsAt(phase, { quotas: usualQuotas, pace }, now) }
      }
      expect([pace, one.status, steps]).toEqual(pace === "OFF" ? [pace, "ABANDONED", 1] : [pace, "COMPLETED", 3])
    }
  })
})
