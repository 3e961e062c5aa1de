// Proves everything, from a fresh clone. Node alone must be able to run it: the packages may not be there yet.
// The last line is "N passed, N failed"; the exit code is 1 if anything failed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { countPlaywright, countVitest } from "./test/counts.mjs"
import { canInstallChromium, installChromium, workingChromium } from "./test/ensure-chromium.mjs"
import { canInstallPackages, installPackages, missingPackages } from "./test/ensure-programs.mjs"
import { runProgram } from "./test/run-program.mjs"
import { arePackagesInstalled, installArguments } from "./packages.mjs"

process.chdir(path.join(import.meta.dirname, ".."))

const minute = 60_000
/** The whole run ends before half an hour is over, whatever hangs. */
const endsAt = Date.now() + 28 * minute
const reports = mkdtempSync(path.join(tmpdir(), "party-os-test-"))
const nothing = { passed: 0, failed: [], skipped: [] }
const totals = { passed: 0, failed: [], skipped: [] }

let interrupted = false
process.on("SIGINT", () => (interrupted = true)).on("SIGTERM", () => (interrupted = true))

/** The tests bring their own database, Pusher and model. A developer's real ones are not to be touched. */
function testEnvironment() {
  const foreign = /^(DATABASE_URL|GOOGLE_GENERATIVE_AI_API_KEY|NODE_ENV|(NEXT_PUBLIC_)?PUSHER_.*)$/
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const browserReport = path.join(reports, "browser.json")
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport }
}

const env = testEnvironment()
const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`
const say = (line) => console.log(line)

/**
 * Runs one step, shows how long it took, and its output if it failed.
 * @param {string} name
 * @param {number} limitMs
 * @param {(limitMs: number) => Promise<{ code: number, output: string }>} run
 * @param {() => import("./test/counts.mjs").Outcome} [count] reads what was proved; without it the step is one test.
 */
async function step(name, limitMs, run, count) {
  if (interrupted) return false
  say(`▶ ${name}`)
  const started = Date.now()
  const stillRunning = setInterval(() => say(`  … ${name}, ${seconds(started)}`), minute)
  const { code, output } = await run(Math.max(1_000, Math.min(limitMs, endsAt - Date.now())))
  clearInterval(stillRunning)

  const outcome = read(name, code, count)
  totals.passed += outcome.passed
  totals.failed.push(...outcome.failed.map((test) => `${name}: ${test}`))
  totals.skipped.push(...outcome.skipped.map((test) => `${name}: ${test}`))

  const failed = outcome.failed.length
  if (failed > 0) say(output.trimEnd())
  say(`${failed > 0 ? "✗" : "✓"} ${name}: ${outcome.passed} passed, ${failed} failed, ${seconds(started)}`)
  return failed === 0
}

function read(name, code, count) {
  const ended = { passed: code === 0 ? 1 : 0, failed: code === 0 ? [] : [`ended with code ${code}`], skipped: [] }
  if (!count) return ended
  try {
    const outcome = count()
    // No failed test, and yet not well: an error outside the tests, or no tests at all.
    return outcome.failed.length === 0 && code !== 0 ? { ...outcome, failed: ended.failed } : outcome
  } catch (error) {
    return { passed: 0, failed: [`no report (code ${code}): ${error.message}`], skipped: [] }
  }
}

const report = (file) => JSON.parse(readFileSync(path.join(reports, file), "utf8"))
const tool = (script, ...args) => (limitMs) => runProgram(process.execPath, [`node_modules/${script}`, ...args], { env, limitMs })

// Vitest leaves one core free, of two: half of the time these take.
const allCores = "--maxWorkers=100%"

function vitest(project, ...more) {
  const out = path.join(reports, `${project}.json`)
  return tool("vitest/vitest.mjs", "run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${out}`, ...more)
}

const playwright = (...args) => tool("@playwright/test/cli.js", "test", "--reporter=list,json", ...args)
const browserOutcome = () => countPlaywright(report("browser.json"))

async function types(limitMs) {
  // A fresh clone has no route types yet, and an old one has those of deleted routes.
  const routes = await tool("next/dist/bin/next", "typegen")(limitMs)
  return routes.code === 0 ? tool("typescript/bin/tsc", "--noEmit")(limitMs) : routes
}

/** What `npm run party` would build: the browser tests start that. */
const buildParty = (limitMs) => runProgram(process.execPath, ["scripts/party.mjs", "--build-only"], { env, limitMs })

async function findOrInstallChromium() {
  const found = workingChromium()
  if (found || !canInstallChromium()) return found
  say("▶ Chromium is missing: installing it with apt-get")
  const { code, output } = await installChromium(6 * minute)
  if (code !== 0) say(output.trimEnd())
  return workingChromium()
}

async function browserTests() {
  const chromium = await findOrInstallChromium()
  if (chromium) {
    env.CHROMIUM_PATH = chromium
    return step("browser tests", 14 * minute, playwright(), browserOutcome)
  }
  say("No Chromium, and none can be installed here. Install one or set CHROMIUM_PATH to run the browser tests.")
  return step("browser tests, by name only", minute, playwright("--list"), browserOutcome)
}

/** A pooler, and routers for homes out of namespaces. What cannot run without them is skipped by name, with the reason in its name. */
async function installPrograms() {
  const missing = missingPackages()
  if (missing.length === 0 || !canInstallPackages()) return
  say(`▶ missing for some tests, installing with apt-get: ${missing.join(" ")}`)
  const { output } = await installPackages(missing, 4 * minute)
  if (missingPackages().length > 0) say(output.trimEnd())
}

/** An evening without end, for three minutes: the benchmark ends with code 1 when it misses one of its aims. */
const soak = tool("tsx/dist/cli.mjs", "scripts/bench/bench.ts", "soak", "--minutes", "3")

async function proveEverything() {
  // Packages are no test of ours: only their absence counts.
  const install = (limitMs) => runProgram("npm", installArguments, { limitMs })
  if (!arePackagesInstalled(process.cwd()) && !(await step("packages", 6 * minute, install, () => nothing))) return
  await step("types", 4 * minute, types)
  await step("lint", 4 * minute, tool("eslint/bin/eslint.js", ".", "--max-warnings", "0"))
  await installPrograms()
  await step("unit tests", 5 * minute, vitest("unit"), () => countVitest(report("unit.json")))
  await step("integration tests", 10 * minute, vitest("integration", allCores), () => countVitest(report("integration.json")))
  await step("build", 6 * minute, buildParty)
  await step("network tests", 6 * minute, vitest("network"), () => countVitest(report("network.json")))
  // The built app, killed, stopped and cut off. Two files at a time: faults take their time, and little of the processor's.
  await step("fault tests", 6 * minute, vitest("faults", "--fileParallelism", "--maxWorkers=2"), () => countVitest(report("faults.json")))
  await browserTests()
  await step("three minutes of an evening", 6 * minute, soak)
}

const started = Date.now()
try {
  await proveEverything()
} catch (error) {
  console.error(error)
  totals.failed.push(`scripts/test.mjs: ${error.message}`)
}
if (interrupted) totals.failed.push("scripts/test.mjs: interrupted")
rmSync(reports, { recursive: true, force: true })

say("")
for (const name of totals.skipped) say(`SKIPPED: ${name}`)
for (const name of totals.failed) say(`FAILED: ${name}`)
say(`Done in ${seconds(started)}.`)
say(`${totals.passed} passed, ${totals.failed.length} failed`)
process.exitCode = totals.failed.length > 0 ? 1 : 0
