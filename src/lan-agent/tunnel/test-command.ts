import type { CommandOutcome, RunCommand } from "./command"

/** Programs that answer as written down: by the beginning of their command line, and well with nothing where none is. */
export function scriptedRun(answers: Record<string, CommandOutcome | (() => CommandOutcome)>) {
  const calls: string[] = []
  const inputs: string[] = []
  const run: RunCommand = (program, args, input) => {
    const line = [program, ...args].join(" ")
    calls.push(line)
    if (input !== undefined) inputs.push(input)
    const found = Object.keys(answers).find((beginning) => line.startsWith(beginning))
    const answer = found === undefined ? { exitCode: 0, stdout: "", stderr: "" } : answers[found]
    return Promise.resolve(typeof answer === "function" ? answer() : (answer ?? { exitCode: 0, stdout: "", stderr: "" }))
  }
  return { run, calls, inputs }
}

export function said(stdout: string): CommandOutcome {
  return { exitCode: 0, stdout, stderr: "" }
}

export function failed(stderr: string, exitCode: number | null = 1): CommandOutcome {
  return { exitCode, stdout: "", stderr }
}
