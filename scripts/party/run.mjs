import { spawn } from "node:child_process"

/**
 * Runs a program to its end and yields its exit code. When we are told to stop, it is stopped first.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {{ shell?: boolean, onOutput?: (chunk: Buffer) => void }} [options] with `onOutput` nothing reaches the terminal
 * @returns {Promise<number>}
 */
export function run(command, args, cwd, { shell = false, onOutput } = {}) {
  const child = spawn(command, args, { cwd, shell, stdio: ["inherit", onOutput ? "pipe" : "inherit", onOutput ? "pipe" : "inherit"] })
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    child.kill("SIGTERM")
  }
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt)
  if (onOutput) for (const stream of [child.stdout, child.stderr]) stream.on("data", onOutput)
  return new Promise((resolve) => {
    const end = (code) => {
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt)
      // Interrupted set-up is unfinished: whoever waits for `--build-only` must not take it for done.
      if (interrupted) process.exit(130)
      resolve(code)
    }
    child.once("error", (error) => {
      console.error(error.message)
      end(1)
    })
    child.once("close", (code) => end(code ?? 1))
  })
}
