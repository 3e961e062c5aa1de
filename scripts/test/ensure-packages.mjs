import { statSync } from "node:fs"
import { runProgram } from "./run-program.mjs"

const changedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Whether node_modules holds what package-lock.json says. npm writes its own copy last, so half an installation has none. */
export const hasPackages = () => changedMs("node_modules/.package-lock.json") >= changedMs("package-lock.json")

/** @param {number} limitMs */
export function installPackages(limitMs) {
  // Test tools are development packages, which NODE_ENV=production would leave out.
  return runProgram("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], { limitMs })
}
