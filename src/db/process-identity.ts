import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"

const run = promisify(execFile)

/** Whether a process has this id. One of another user counts; a zombie does too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** The command line of a process: "" when it has ended (a zombie has none), undefined when the system will not say. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return ""
  if (process.platform === "win32") return undefined
  if (process.platform === "linux") {
    return readFile(`/proc/${pid}/cmdline`, "utf8").then((text) => text.replaceAll("\0", " ").trim(), () => undefined)
  }
  return run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).then(({ stdout }) => stdout.trim(), () => "")
}

/**
 * What tells a process from a later one with the same id: when it began, in whatever form the system says it.
 * "" when there is no such process, undefined when the system will not say.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return ""
  if (process.platform === "win32") return undefined
  if (process.platform === "linux") return linuxBirth(pid)
  return run("ps", ["-o", "lstart=", "-p", String(pid)]).then(({ stdout }) => stdout.trim(), () => "")
}

// Field 22 of /proc/<pid>/stat, counted after the program's name, which may itself contain blanks and brackets.
async function linuxBirth(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined)
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return fields[0] === "Z" ? "" : fields[19]
}
