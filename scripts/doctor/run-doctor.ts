import path from "node:path"
import { readEnvFiles } from "../env-files"
import { diagnose } from "./diagnose"
import { isWell, reportLines } from "./finding"
import { realProbes } from "./real-probes"

/** Looks at this machine as `npm run party` would find it, says what it found, and sets the exit code. */
export async function runDoctor({ root, isJson }: { root: string; isJson: boolean }): Promise<void> {
  readEnvFiles(root)
  const dataDir = path.resolve(process.env.PARTY_DATA_DIR || path.join(root, ".party"))
  process.chdir(root)
  const findings = await diagnose(realProbes({ root, dataDir, env: process.env }))
  const ok = isWell(findings)
  console.log(isJson ? JSON.stringify({ ok, findings }, null, 2) : reportLines(findings).join("\n"))
  process.exitCode = ok ? 0 : 1
}
