import { describe } from "vitest"
import { networkTestsCanRun } from "./network-tests-can-run"

/** A `describe` whose tests are skipped by name, and with the reason, where no network can be made. */
export function describeNetwork(name: string, tests: () => void, alsoNeeds: string | null = null): void {
  const missing = networkTestsCanRun() ?? alsoNeeds
  if (missing === null) describe(name, tests)
  else describe.skip(`${name} (needs ${missing})`, tests)
}
