import { statSync } from "node:fs"
import { runProgram } from "./run-program.mjs"

const changedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Whether node_modules holds what package-lock.json says. npm writes its own copy last, so half an installation has none. */
export const hasPackages = () => changedMs("node_modules/.package-lock.json") >= changedMs("package-lock.json")

// Test tools are development packages, which NODE_ENV=production would leave out. A silent `npm test` would hush this too.
const options = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]

/** @param {number} limitMs */
export async function installPackages(limitMs) {
  const started = Date.now()
  const exact = await runProgram("npm", ["ci", ...options], { limitMs })
  // npm ci refuses a lock file that leaves out another system's binaries. The versions it does name hold either way.
  if (!exact.output.includes("EUSAGE")) return exact
  console.log("  … npm ci refuses package-lock.json as incomplete: npm install --no-save")
  const loose = await runProgram("npm", ["install", "--no-save", ...options], { limitMs: limitMs - (Date.now() - started) })
  return { code: loose.code, output: exact.output + loose.output }
}
