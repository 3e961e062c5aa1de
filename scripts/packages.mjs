import { readFileSync } from "node:fs"
import path from "node:path"

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
 * How npm installs the versions that package-lock.json names and leaves that file alone. Not `npm ci`, which removes
 * everything first, also what a running party uses. NODE_ENV=production would leave out what the build needs.
 */
export const installArguments = ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages
  } catch {
    return undefined
  }
}
