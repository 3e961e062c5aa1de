import { runCli } from "./command-line"

process.exitCode = await runCli(process.argv.slice(2))
// A socket of a library that still waits for its goodbye is no reason to stay.
setTimeout(() => process.exit(), 1_000).unref()
