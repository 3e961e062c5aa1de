import { createHash } from "node:crypto"
import type { Refusal, Result } from "@/kernel/result"
import type { Runtime } from "./runtime"

/** What is counted and logged about one command; names and ids, never what somebody sent [PTY-15]. */
type Facts = { readonly command: string; readonly party: string | undefined; readonly requestId: string | undefined }

/**
 * Runs a command's work, counts how it ended and how long it took, and writes one log line at level info:
 * `request` (a digest of the tap's id: the id itself opens the answer again [PTY-14]), `command`, `party`, `outcome`, `ms`.
 */
export async function recorded<Value, R extends Refusal>(
  { metrics, log }: Pick<Runtime, "metrics" | "log">,
  { command, party, requestId }: Facts,
  work: () => Promise<Result<Value, R>>,
): Promise<Result<Value, R>> {
  const began = performance.now()
  const done = (outcome: string) => {
    const ms = performance.now() - began
    metrics.command(command, outcome, ms / 1000)
    if (!log.isLevelEnabled("info")) return
    log.info({ ...(requestId && { request: digestOf(requestId) }), command, party, outcome, ms: Math.round(ms * 10) / 10 }, "command")
  }
  try {
    const result = await work()
    done(result.ok ? "ok" : result.refusal.code)
    return result
  } catch (error) {
    done("bug")
    throw error
  }
}

function digestOf(requestId: string): string {
  return createHash("sha256").update(requestId).digest("hex").slice(0, 12)
}
