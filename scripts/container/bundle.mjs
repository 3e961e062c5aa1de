// `node scripts/container/bundle.mjs <folder>`: the scripts a container needs beside the app, as plain JavaScript, so that no
// compiler has to be in the image. Packages stay outside, as for the party's server.
import path from "node:path"
import { build } from "esbuild"

const root = path.join(import.meta.dirname, "..", "..")
const folder = process.argv[2]
if (!folder) {
  console.error("Say where to: node scripts/container/bundle.mjs <folder>")
  process.exit(1)
}

await build({
  entryPoints: ["migrate", "create-party", "relay"].map((name) => path.join(root, "scripts", `${name}.ts`)),
  outdir: path.resolve(folder),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
  alias: { "@": path.join(root, "src"), "server-only": path.join(root, "src", "testing", "server-only.ts") },
})
