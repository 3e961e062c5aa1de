import path from "node:path"

/**
 * How esbuild makes plain JavaScript of our own sources, packages left outside: what runs then needs no compiler.
 * @param {string} root
 * @returns {import("esbuild").BuildOptions & { bundle: true }}
 */
export function nodeProgram(root) {
  return {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    alias: {
      "@": path.join(root, "src"),
      // Outside of Next this marker of server code would refuse to load.
      "server-only": path.join(root, "src", "testing", "server-only.ts"),
    },
  }
}
