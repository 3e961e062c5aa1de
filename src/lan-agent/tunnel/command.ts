import { spawn } from "node:child_process"

export type CommandOutcome = {
  /** `null`: the program could not be started, most likely because it is not installed. */
  exitCode: number | null
  stdout: string
  stderr: string
}

/** Runs a program of the operating system to its end. Never throws; `input` goes to its stdin and nowhere else. */
export type RunCommand = (program: string, args: readonly string[], input?: string) => Promise<CommandOutcome>

/** The real one: no shell, and English answers, because some of them are read. */
export const runCommand: RunCommand = (program, args, input) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
      env: { ...process.env, LC_ALL: "C" },
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("error", (error) => resolve({ exitCode: null, stdout, stderr: error.message }))
    // A program killed by a signal has no exit code of its own; it ran, so it is not "not installed".
    child.on("close", (exitCode) => resolve({ exitCode: exitCode ?? 128, stdout, stderr }))
    // A program that ends without reading its input has an exit code that says more than EPIPE.
    child.stdin.on("error", () => undefined)
    child.stdin.end(input ?? "")
  })

/** What a program said when it failed, on one line, for people. */
export function complaintOf(outcome: CommandOutcome): string {
  const text = outcome.stderr.trim() || outcome.stdout.trim() || `exit code ${outcome.exitCode ?? "unknown"}`
  return text.replaceAll(/\s+/g, " ").slice(0, 300)
}
