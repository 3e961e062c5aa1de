// `npm run doctor`: what is wrong with this machine, its network or its configuration, and what to do. Plain JavaScript up to
// the packages, because their absence is the first thing it finds. Ends with 1 when something has to be put right.
import path from "node:path"

const isJson = process.argv.includes("--json")

/** @param {string} check @param {string} says @param {string} todo */
function endWith(check, says, todo) {
  const findings = [{ check, level: "bad", says, todo }]
  console.log(isJson ? JSON.stringify({ ok: false, findings }, null, 2) : `✗ ${check}: ${says}\n  → ${todo}`)
  process.exit(1)
}

const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  endWith("Node.js", `this is ${process.versions.node}, and Party OS needs 20.19 or newer`, "Get a newer one from https://nodejs.org")
}

const root = path.join(import.meta.dirname, "..")
const { arePackagesInstalled } = await import("./packages.mjs")
if (!arePackagesInstalled(root)) {
  endWith("packages", "some are missing, or have another version than package-lock.json says", "Run npm install (npm run party does it by itself), then this again")
}

const { register } = await import("tsx/esm/api")
register({ tsconfig: path.join(root, "tsconfig.json") })
const { runDoctor } = await import("./doctor/run-doctor.ts")
await runDoctor({ root, isJson })
