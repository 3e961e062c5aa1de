import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import path from "node:path"

const SOURCES = ["src", "public", "scripts/party", "package.json", "package-lock.json", "next.config.ts", "tsconfig.json", "postcss.config.mjs"]
// What no build contains, what people edit most, and what a build makes.
const NOT_BUILT = /(\.test\.tsx?|\.md)$|^src\/testing\/|^public\/lan\//

/**
 * A fingerprint of everything a build is made from: names and contents, because git changes dates at will.
 * @param {string} root
 */
export function stampOf(root) {
  const hash = createHash("sha256")
  for (const file of SOURCES.flatMap((source) => filesIn(root, source)).sort()) {
    if (!NOT_BUILT.test(file) || file === "src/testing/server-only.ts") {
      hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
    }
  }
  return hash.digest("hex")
}

/**
 * Whether `.next` holds a whole build of these sources. A build by other means wipes the stamp.
 * @param {string} root
 */
export function isBuilt(root) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), "utf8") === stampOf(root)
}

/**
 * @param {string} root
 * @param {string} stamp
 */
export function markBuilt(root, stamp) {
  writeFileSync(stampFile(root), stamp)
}

function filesIn(root, source) {
  if (!existsSync(path.join(root, source))) return []
  if (path.extname(source)) return [source]
  return readdirSync(path.join(root, source), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
}

function stampFile(root) {
  return path.join(root, ".next", "party-stamp")
}
