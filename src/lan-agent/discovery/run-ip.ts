import { spawn } from "node:child_process"
import { once } from "node:events"
import { wordsOf } from "@/kernel/error-words"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"

export type RunIp = (lines: readonly string[]) => Promise<Result<void, Refusal<"no_routes">>>

/** Hands lines to one `ip -batch`. It stops at the first that fails and says which. */
export const runIp: RunIp = async (lines) => {
  const child = spawn("ip", ["-4", "-batch", "-"], { stdio: ["pipe", "ignore", "pipe"] })
  let said = ""
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk))
  // A program that is not there, or has ended, reads nothing; its end says so.
  child.stdin.on("error", () => undefined)
  child.stdin.end(`${lines.join("\n")}\n`)
  try {
    const [code] = (await once(child, "close")) as [number | null]
    return code === 0 ? ok(undefined) : refuse("no_routes", { reason: said.trim() })
  } catch (error) {
    return refuse("no_routes", { reason: wordsOf(error) })
  }
}
