// `node scripts/container/bundle.mjs <folder>`: the scripts a container needs beside the app, as plain JavaScript, so that no
// compiler has to be in the image.
import path from "node:path"
import { build } from "esbuild"
import { nodeProgram } from "../party/node-program.mjs"

const root = path.join(import.meta.dirname, "..", "..")
const folder = process.argv[2]
if (!folder) {
  console.error("Say where to: node scripts/container/bundle.mjs <folder>")
  process.exit(1)
}

await build({
  ...nodeProgram(root),
  entryPoints: ["migrate", "create-party", "relay", "container/end-in-time"].map((name) => ({ in: path.join(root, "scripts", `${name}.ts`), out: path.basename(name) })),
  outdir: path.resolve(folder),
  outExtension: { ".js": ".mjs" },
})
