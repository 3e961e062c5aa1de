import { describe, expect, it } from "vitest"
import { countPlaywright, countVitest } from "./counts.mjs"

const test = (title: string, status: string) => ({ title, status, ancestorTitles: ["group"] })
const spec = (title: string, status: string) => ({ title, tests: [{ status }] })

describe("what Vitest reports", () => {
  it("is counted by test, with the names of what failed and what was left out", () => {
    const assertionResults = [
      test("holds", "passed"),
      test("also holds", "passed"),
      test("breaks", "failed"),
      test("waits", "skipped"),
      test("is planned", "todo"),
    ]
    expect(countVitest({ testResults: [{ name: "a.test.ts", status: "failed", assertionResults }] })).toEqual({
      passed: 2,
      failed: ["group › breaks"],
      skipped: ["group › waits", "group › is planned"],
    })
  })

  it("counts a file that does not load as one failure, by its name", () => {
    const testResults = [
      { name: "broken.test.ts", status: "failed", assertionResults: [] },
      { name: "fine.test.ts", status: "passed", assertionResults: [test("holds", "passed")] },
    ]
    expect(countVitest({ testResults })).toEqual({ passed: 1, failed: ["broken.test.ts"], skipped: [] })
  })
})

describe("what Playwright reports", () => {
  it("is counted in every nested group; a test that only passes the second time has failed", () => {
    const inner = { title: "bets", specs: [spec("holds", "expected"), spec("wavers", "flaky"), spec("breaks", "unexpected")] }
    const suites = [{ title: "night.browser.ts", specs: [spec("waits", "skipped")], suites: [inner] }]
    expect(countPlaywright({ suites, errors: [] })).toEqual({
      passed: 1,
      failed: ["night.browser.ts › bets › wavers", "night.browser.ts › bets › breaks"],
      skipped: ["night.browser.ts › waits"],
    })
  })

  it("counts an error outside the tests", () => {
    expect(countPlaywright({ suites: [], errors: [{ message: "Error: No tests found\nmore" }] })).toEqual({
      passed: 0,
      failed: ["Error: No tests found"],
      skipped: [],
    })
  })
})
