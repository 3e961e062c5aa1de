import { spawn } from "node:child_process"

const isWindows = process.platform === "win32"
/** Between the request to end and the order to. */
const graceMs = 10_000

/**
 * Runs a program to its end and keeps what it says. The program leads a group of its own, so that what it started
 * ends with it: at its time limit, or when somebody interrupts the test run.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<{ code: number, output: string }>} code is 0 only if the program ended by itself and said so.
 */
export function runProgram(program, args, { env = process.env, limitMs }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: !isWindows, shell: isWindows })
    const said = []
    child.stdout.on("data", (chunk) => said.push(chunk))
    child.stderr.on("data", (chunk) => said.push(chunk))

    const signal = (name) => {
      try {
        if (isWindows) child.kill(name)
        else process.kill(-child.pid, name)
      } catch (error) {
        // Nobody left in the group; macOS says the second.
        if (error.code !== "ESRCH" && error.code !== "EPERM") throw error
      }
    }
    let end
    const interrupt = (name) => {
      signal(name)
      end ??= setTimeout(() => signal("SIGKILL"), graceMs)
    }
    const onLimit = () => {
      said.push(Buffer.from(`\nstopped: not done after ${Math.round(limitMs / 1000)} s\n`))
      interrupt("SIGTERM")
    }
    const limit = setTimeout(onLimit, limitMs)
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt)

    const finish = (code, lastWords = "") => {
      clearTimeout(limit)
      clearTimeout(end)
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt)
      // Whatever outlived its parent holds ports and files that the next step wants.
      if (child.pid) signal("SIGKILL")
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code, output: Buffer.concat(said).toString() + lastWords })
    }
    child.once("error", (error) => finish(1, `${error.message}\n`))
    child.once("exit", (code, name) => {
      // The pipes may still hold the last words; a grandchild that keeps them open does not get to hold up the run.
      const done = () => finish(end === undefined ? (code ?? 1) : 1, name ? `\nended by ${name}\n` : "")
      const closed = setTimeout(done, 2_000)
      child.once("close", () => {
        clearTimeout(closed)
        done()
      })
    })
  })
}
