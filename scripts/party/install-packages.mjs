import { installArguments } from "../packages.mjs"
import { run } from "./run.mjs"

/**
 * Installs what is missing, in front of the host's eyes; ends the process when that is not possible.
 * @param {string} root
 */
export async function installPackages(root) {
  console.log("Installing packages (once, a minute or two) …")
  // Where npm itself started us, the same npm; other package managers name themselves in this variable too.
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : undefined
  const code = npm
    ? await run(process.execPath, [npm, ...installArguments], root)
    : await run("npm", installArguments, root, { shell: true })
  if (code === 0) return
  console.error("The packages could not be installed. npm says why above; without internet, connect once and start again.")
  process.exit(1)
}
