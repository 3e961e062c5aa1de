import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canTransition, greenFlagPath, hasEnded, nextSteps, RACE_STATUSES, type RaceStatus } from "./race-status"

const anyStatus = fc.constantFrom(...RACE_STATUSES)

/** The table of RAC-2, written a second time by hand. */
const ALLOWED = new Set([
  "PENDING OPEN_FOR_BETS",
  "OPEN_FOR_BETS LIVE",
  "LIVE FINISHED",
  "PENDING VOID",
  "OPEN_FOR_BETS VOID",
  "LIVE VOID",
])

describe("transitions", () => {
  it.each([...ALLOWED])("[RAC-2] %s is allowed", (pair) => {
    const [from, to] = pair.split(" ") as [RaceStatus, RaceStatus]
    expect(canTransition(from, to)).toBe(true)
  })

  it("[RAC-2] no other pair passes", () => {
    fc.assert(
      fc.property(anyStatus, anyStatus, (from, to) => {
        expect(canTransition(from, to)).toBe(ALLOWED.has(`${from} ${to}`))
      }),
      { numRuns: 500 },
    )
  })

  it("[RAC-2] a race has ended where no step leads on", () => {
    expect(RACE_STATUSES.filter((status) => hasEnded({ status }))).toEqual(["FINISHED", "VOID"])
  })

  it("[RAC-2] no walk along allowed steps visits a status twice or leaves a final one", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 10 }), (choices) => {
        const visited: RaceStatus[] = ["PENDING"]
        for (const choice of choices) {
          const steps = nextSteps(visited.at(-1)!)
          if (steps.length === 0) break
          visited.push(steps[choice % steps.length]!.to)
        }
        expect(new Set(visited).size).toBe(visited.length)
        expect(visited.slice(0, -1)).not.toContain("FINISHED")
        expect(visited.slice(0, -1)).not.toContain("VOID")
      }),
    )
  })
})

describe("the host's buttons", () => {
  it.each([
    ["PENDING", ["OPEN_BETTING", "VOID"]],
    ["OPEN_FOR_BETS", ["START", "VOID"]],
    ["LIVE", ["SETTLE", "VOID"]],
    ["FINISHED", []],
    ["VOID", []],
  ] as const)("[RAC-3] %s offers %j", (status, names) => {
    expect(nextSteps(status).map((step) => step.name)).toEqual(names)
  })
})

describe("the green flag", () => {
  it.each([
    ["PENDING", ["OPEN_FOR_BETS", "LIVE"]],
    ["OPEN_FOR_BETS", ["LIVE"]],
    ["LIVE", []],
    ["FINISHED", null],
    ["VOID", null],
  ] as const)("[RAC-4] from %s the way is %j", (status, path) => {
    expect(greenFlagPath(status)).toEqual(path)
  })

  it.each(RACE_STATUSES)("[RAC-4] every step of the way from %s is an allowed transition", (status) => {
    let from = status
    for (const to of greenFlagPath(status) ?? []) {
      expect(canTransition(from, to)).toBe(true)
      from = to
    }
  })
})
