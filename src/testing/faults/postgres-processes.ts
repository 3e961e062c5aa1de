import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { findPostmaster } from "@/db/postmaster-file"

const run = promisify(execFile)

/** The embedded server of a folder, as processes. */
export type PostgresProcesses = { readonly postmaster: number; readonly all: readonly number[] }

/** The postmaster and everything it has started. Throws when none runs. */
export async function postgresProcesses(cluster: string): Promise<PostgresProcesses> {
  const found = await findPostmaster(cluster)
  if (found.state !== "alive" || !found.identified) throw new Error(`no PostgreSQL serves ${cluster}`)
  return { postmaster: found.pid, all: [found.pid, ...(await childrenOf(found.pid))] }
}

/** Sends the signal to all of them; one that has ended meanwhile is none. */
export function signalAll({ all }: PostgresProcesses, signal: NodeJS.Signals): void {
  for (const pid of all) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended.
    }
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="])
  const pairs = stdout.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid, of]) => (pid !== undefined && of === parent ? [pid] : []))
}
