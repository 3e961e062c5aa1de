import path from "node:path"
import { stampOf } from "./build-stamp.mjs"
import { nodeProgram } from "./node-program.mjs"
import { run } from "./run.mjs"

/**
 * Builds the app. Yields the stamp of the sources as they were before, so that an edit meanwhile makes the build stale.
 * @param {string} root
 */
export async function buildScreens(root) {
  const stamp = stampOf(root)
  const began = performance.now()
  console.log("Building the screens (once per version, about a minute) …")
  const output = []
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next")
  const code = await run(process.execPath, [next, "build"], root, { onOutput: (chunk) => output.push(chunk) })
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output))
    console.error("The build failed; the reason is above.")
    process.exit(1)
  }
  console.log(`Built in ${Math.round((performance.now() - began) / 1000)} s.`)
  return stamp
}

/**
 * Bundles serve.ts into one file.
 * @param {string} root
 * @param {string} outfile
 */
export async function bundleServer(root, outfile) {
  const { build } = await import("esbuild")
  await build({ ...nodeProgram(root), entryPoints: [path.join(root, "scripts", "party", "serve.ts")], outfile })
}
