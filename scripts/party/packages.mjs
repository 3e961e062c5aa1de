import { readFileSync } from "node:fs"
import path from "node:path"
import { run } from "./run.mjs"

/**
 * Whether every package of package-lock.json is installed in its version. Contents are compared, not dates: git gives a
 * file a new date without changing it, and a laptop without internet cannot install anything.
 * @param {string} root
 */
export function arePackagesInstalled(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"))
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"))
  if (!wanted || !installed) return false
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    if (place === "" || link) return true
    // Optional packages are mostly builds for other machines.
    return installed[place] ? installed[place].version === version : optional === true
  })
}

/**
 * Installs the versions that package-lock.json names. Not by `npm ci`, which removes everything first and refuses a lock
 * file that leaves out another system's optional packages.
 * @param {string} root
 */
export async function installPackages(root) {
  console.log("Installing packages (once, a minute or two) …")
  // NODE_ENV=production would leave out what the build needs.
  const options = ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund"]
  // Where npm itself started us, the same npm; other package managers name themselves in this variable too.
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : undefined
  const code = npm ? await run(process.execPath, [npm, ...options], root) : await run("npm", options, root, { shell: true })
  if (code === 0) return
  console.error("The packages could not be installed. npm says why above; without internet, connect once and start again.")
  process.exit(1)
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages
  } catch {
    return undefined
  }
}
