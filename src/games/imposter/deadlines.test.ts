import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dueStep, guessMs, later, revoteMs, voteMs, warningAt } from "./deadlines"

const startedAt = new Date("2030-05-04T20:00:00.000Z")
const after = (ms: number) => later(startedAt, ms)
const minute = 60_000

type Clock = Parameters<typeof dueStep>[0]
const clock = (part: Partial<Clock> = {}): Clock => ({
  status: "ACTIVE",
  createdAt: startedAt,
  discussionEndsAt: after(5 * minute),
  warnedAt: null,
  voteEndsAt: null,
  guessEndsAt: null,
  endedAt: null,
  ...part,
})
/** What is due the millisecond before a deadline, at it, and after. */
const around = (round: Clock, deadline: Date) => [-1, 0, 1, 3_600_000].map((ms) => dueStep(round, later(deadline, ms)))

describe("the warning", () => {
  it.each([
    [1, 30_000],
    [2, 60_000],
    [3, 120_000],
    [5, 240_000],
    [60, 59 * minute],
  ])("[IMP-8] of %d minutes comes %d ms after the start", (minutes, ms) => {
    expect(warningAt(startedAt, after(minutes * minute))).toEqual(after(ms))
  })

  it("[IMP-8] is due once, from its own millisecond on", () => {
    const at = after(4 * minute)
    const lastMoment = after(5 * minute - 1)
    expect([dueStep(clock(), later(at, -1)), dueStep(clock(), at), dueStep(clock(), lastMoment)]).toEqual([null, "warn", "warn"])
    const warned = clock({ warnedAt: at })
    expect([dueStep(warned, at), dueStep(warned, lastMoment)]).toEqual([null, null])
  })

  it("[IMP-8] always comes between the start and the end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (minutes) => {
        const end = after(minutes * minute)
        const beforeMs = end.getTime() - warningAt(startedAt, end).getTime()
        expect(beforeMs).toBeGreaterThan(0)
        expect(beforeMs).toBeLessThan(minutes * minute)
        expect(beforeMs).toBeLessThanOrEqual(minute)
      }),
    )
  })
})

describe("what is due", () => {
  it("[IMP-8] the vote at the end of the discussion, warned of or not", () => {
    const warned = clock({ warnedAt: after(4 * minute) })
    expect(around(warned, after(5 * minute))).toEqual([null, "open vote", "open vote", "open vote"])
    expect(around(clock(), after(5 * minute))).toEqual(["warn", "open vote", "open vote", "open vote"])
  })

  it("[IMP-10] the count at the end of the vote", () => {
    const voting = clock({ status: "VOTING", voteEndsAt: after(6 * minute) })
    expect(around(voting, after(6 * minute))).toEqual([null, "count votes", "count votes", "count votes"])
  })

  it("[IMP-9] no vote again and no warning when the vote was called early", () => {
    const voting = clock({ status: "VOTING", voteEndsAt: after(10 * minute) })
    for (const ms of [4 * minute, 5 * minute, 10 * minute - 1]) expect(dueStep(voting, after(ms))).toBe(null)
  })

  it("[IMP-16] the end of the guess", () => {
    const guessing = clock({ status: "REVEALED", voteEndsAt: after(6 * minute), guessEndsAt: after(7 * minute) })
    expect(around(guessing, after(7 * minute))).toEqual([null, "end guess", "end guess", "end guess"])
  })

  it("[IMP-18] nothing once the round is over, at any time", () => {
    const over = { status: "REVEALED", voteEndsAt: after(1), guessEndsAt: after(2), endedAt: after(3) } as const
    expect(around(clock(over), after(7 * minute))).toEqual([null, null, null, null])
    expect(around(clock({ ...over, guessEndsAt: null }), after(7 * minute))).toEqual([null, null, null, null])
  })

  it("[IMP-18] a house that slept through everything takes one step after the other and comes to an end", () => {
    let round = clock()
    const steps = []
    for (let now = after(24 * 60 * minute); steps.length < 10; now = later(now, voteMs + revoteMs + guessMs)) {
      const step = dueStep(round, now)
      if (step === null) break
      steps.push(step)
      if (step === "warn") round = { ...round, warnedAt: now }
      if (step === "open vote") round = { ...round, status: "VOTING", voteEndsAt: later(now, voteMs) }
      if (step === "count votes") round = { ...round, status: "REVEALED", guessEndsAt: later(now, guessMs) }
      if (step === "end guess") round = { ...round, endedAt: now }
    }
    expect(steps).toEqual(["open vote", "count votes", "end guess"])
  })
})

describe("how long", () => {
  it("[IMP-10] [IMP-11] [IMP-16] a vote, a revote and a guess last", () => {
    expect([voteMs, revoteMs, guessMs]).toEqual([60_000, 30_000, 30_000])
  })

  it("later adds milliseconds and leaves the instant alone", () => {
    expect(later(startedAt, 1).toISOString()).toBe("2030-05-04T20:00:00.001Z")
    expect(startedAt.toISOString()).toBe("2030-05-04T20:00:00.000Z")
  })
})
