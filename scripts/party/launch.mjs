import { existsSync } from "node:fs"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { buildScreens, bundleServer } from "./build.mjs"
import { buildAgent } from "./build-agent.mjs"
import { isBuilt, markBuilt } from "./build-stamp.mjs"
import { arePackagesInstalled } from "../packages.mjs"
import { installPackages } from "./install-packages.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..")
const server = path.join(root, ".next", "party-serve.mjs")

/**
 * Installs what is missing, builds what is stale, then becomes the party's server: the same process, so that Ctrl-C
 * reaches one process once, and kill -9 leaves no half of a pair behind.
 * @param {{ buildOnly: boolean }} options
 */
export async function launch({ buildOnly }) {
  for (const file of [".env.local", ".env"].map((name) => path.join(root, name))) {
    if (existsSync(file)) process.loadEnvFile(file)
  }
  // Relative to where the command was given; everything else is relative to the project.
  const dataDir = path.resolve(process.env.PARTY_DATA_DIR || path.join(root, ".party"))
  process.chdir(root)
  process.env.NODE_ENV = "production"
  process.env.NEXT_TELEMETRY_DISABLED ??= "1"

  if (!arePackagesInstalled(root)) await installPackages(root)
  if (!isBuilt(root) || !existsSync(server)) await build(dataDir)
  if (buildOnly) return
  const { serve } = await load(server)
  await serve({ root, dataDir })
}

// Building replaces the files a running party serves from. So whether one runs is asked before, by the new server code.
// It waits outside of .next: Node remembers for good that a folder it has looked at had no package.json, and the one
// that the build puts into .next is what makes Next's own files CommonJS.
async function build(dataDir) {
  const waiting = path.join(root, "node_modules", ".cache", "party-os", "serve.mjs")
  await bundleServer(root, waiting)
  const { refuseIfRunning } = await load(waiting)
  await refuseIfRunning(dataDir)
  await buildAgent(root)
  const stamp = await buildScreens(root)
  await bundleServer(root, server)
  markBuilt(root, stamp)
}

function load(file) {
  return import(pathToFileURL(file).href)
}
