import { existsSync } from "node:fs"
import path from "node:path"
import { diagnose } from "./diagnose"
import { isWell, reportLines } from "./finding"
import { realProbes } from "./real-probes"

/** Looks at this machine as `npm run party` would find it, says what it found, and sets the exit code. */
export async function runDoctor({ root, isJson }: { root: string; isJson: boolean }): Promise<void> {
  // As launch.mjs reads them: the first that names a variable wins, and what is in the environment before both.
  for (const file of [".env.local", ".env"].map((name) => path.join(root, name))) {
    if (existsSync(file)) process.loadEnvFile(file)
  }
  const dataDir = path.resolve(process.env.PARTY_DATA_DIR || path.join(root, ".party"))
  process.chdir(root)
  const findings = await diagnose(realProbes({ root, dataDir, env: process.env }))
  const ok = isWell(findings)
  console.log(isJson ? JSON.stringify({ ok, findings }, null, 2) : reportLines(findings).join("\n"))
  process.exitCode = ok ? 0 : 1
}
