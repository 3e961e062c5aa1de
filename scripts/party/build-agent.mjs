import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs"
import path from "node:path"

/** What an agent on a too old Node says, in words that such a Node understands. */
const nodeCheck = `if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error("This needs Node.js 20 or newer, and this is " + process.versions.node + ": get it from https://nodejs.org")
  process.exit(1)
}`

/**
 * Makes the agent that the party hands to PCs: one file that runs on a Node without anything else, and beside it koffi's native
 * files as far as they are installed here. Their digests stand in the agent. What lies in `public/` is served wherever the app is.
 * @param {string} root
 * @param {string} [folder]
 */
export async function buildAgent(root, folder = path.join(root, "public", "lan")) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = copyNativeFiles(root, folder)
  const { build } = await import("esbuild")
  await build({
    entryPoints: [path.join(root, "src", "lan-agent", "cli.ts")],
    outfile: path.join(folder, "agent.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "inline",
    logLevel: "warning",
    // The packages inside are CommonJS and ask for Node's own modules by require.
    banner: { js: `import { createRequire as requireFrom } from "node:module";\n${nodeCheck}\nconst require = requireFrom(import.meta.url);` },
    // Faster with them, and it does without.
    external: ["bufferutil", "utf-8-validate"],
    alias: { "@": path.join(root, "src") },
    plugins: [withNativeFiles(files)],
  })
}

function withNativeFiles(files) {
  return {
    name: "native-files",
    setup: (build) =>
      build.onLoad({ filter: /[\\/]lan-agent[\\/]native-files\.ts$/ }, () => ({
        loader: "ts",
        contents: `export const nativeFiles = ${JSON.stringify(files)}`,
      })),
  }
}

function copyNativeFiles(root, folder) {
  const packages = path.join(root, "node_modules", "@koromix")
  if (!existsSync(packages)) return []
  return readdirSync(packages)
    .filter((name) => name.startsWith("koffi-"))
    .flatMap((name) => builtsOf(path.join(packages, name), name, folder))
}

/** A package is one system and processor, `koffi-linux-x64`; in it is a folder per C library, `linux_x64` and `musl_x64`. */
function builtsOf(source, packageName, folder) {
  const [, platform, arch] = packageName.split("-")
  return readdirSync(source)
    .filter((triplet) => existsSync(path.join(source, triplet, "koffi.node")))
    .map((triplet) => {
      const name = `koffi-${triplet}.node`
      const from = path.join(source, triplet, "koffi.node")
      cpSync(from, path.join(folder, name))
      const libc = platform !== "linux" ? null : triplet.startsWith("musl") ? "musl" : "glibc"
      return { platform, arch, libc, name, sha256: createHash("sha256").update(readFileSync(from)).digest("hex") }
    })
}
