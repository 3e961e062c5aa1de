// `npm run party`: from a fresh checkout to a party. Plain JavaScript without dependencies, because it is what installs them.
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Party OS needs Node.js 20.19 or newer, and this is ${process.versions.node}: get a newer one from https://nodejs.org`)
  process.exit(1)
}

// Loaded only now, so that an old Node reads the sentence above and not a syntax error.
const { launch } = await import("./party/launch.mjs")
await launch({ buildOnly: process.argv.includes("--build-only") })
