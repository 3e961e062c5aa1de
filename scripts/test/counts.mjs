/**
 * What a step proved.
 * @typedef {{ passed: number, failed: string[], skipped: string[] }} Outcome failed and skipped by name.
 */

/**
 * @param {any} report of Vitest's JSON reporter.
 * @returns {Outcome}
 */
export function countVitest(report) {
  const outcome = { passed: 0, failed: [], skipped: [] }
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      const name = [...test.ancestorTitles, test.title].join(" › ")
      if (test.status === "passed") outcome.passed += 1
      else if (test.status === "failed") outcome.failed.push(name)
      else outcome.skipped.push(name)
    }
    // A file that does not load, or whose set-up throws, fails without a failed test.
    const hasFailedTest = file.assertionResults.some((test) => test.status === "failed")
    if (file.status === "failed" && !hasFailedTest) outcome.failed.push(file.name)
  }
  return outcome
}

/**
 * @param {any} report of Playwright's JSON reporter.
 * @returns {Outcome}
 */
export function countPlaywright(report) {
  const outcome = { passed: 0, failed: [], skipped: [] }
  for (const { name, status } of report.suites.flatMap((suite) => playwrightTests(suite, []))) {
    if (status === "expected") outcome.passed += 1
    else if (status === "skipped") outcome.skipped.push(name)
    // "flaky" too: it failed.
    else outcome.failed.push(name)
  }
  // What went wrong outside any test, such as a file that does not load.
  outcome.failed.push(...report.errors.map((error) => String(error.message).split("\n")[0]))
  return outcome
}

function playwrightTests(suite, path) {
  const here = [...path, suite.title]
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => ({ name: [...here, spec.title].join(" › "), status: test.status })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => playwrightTests(inner, here))]
}
