import { readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { commandLine, isAlive } from "./process-identity"

// Above the largest process id of any system, so never alive.
const NOBODYS_PID = 2_147_483_646

/** What postmaster.pid says. `ready` is the server's own word that it accepts connections. */
export type PostmasterFile = { pid: number; port: number | undefined; ready: boolean }

/** What became of the server a data folder last belonged to. */
export type Postmaster = { state: "absent" } | { state: "alive"; pid: number; identified: boolean } | { state: "stale" }

/** Reads postmaster.pid; undefined when there is none or nothing legible in it. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(fileIn(cluster), "utf8").catch(() => undefined)
  return text === undefined ? undefined : parsePostmasterFile(text)
}

/** Line 1 process id, line 4 port, line 8 status. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split("\n").map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]) || undefined, ready: lines[7] === "ready" }
}

/** Asks the system who the process in postmaster.pid is: the server of this folder, or nobody, or somebody else. */
export async function findPostmaster(cluster: string): Promise<Postmaster> {
  const text = await readFile(fileIn(cluster), "utf8").catch(() => undefined)
  if (text === undefined) return { state: "absent" }
  const file = parsePostmasterFile(text)
  if (!file || !isAlive(file.pid)) return { state: "stale" }
  const command = await commandLine(file.pid)
  if (command !== undefined && !isServerOf(command, cluster)) return { state: "stale" }
  return { state: "alive", pid: file.pid, identified: command !== undefined }
}

/** Whether a command line is a PostgreSQL server of this data folder. */
export function isServerOf(command: string, cluster: string): boolean {
  return /postgres(\.exe)?["']? /.test(command) && command.split(" -D ")[1]?.startsWith(`${cluster} `) === true
}

/**
 * Makes a stale postmaster.pid harmless. The file is kept, with a process id that cannot exist: besides the id it names
 * the shared memory of the dead server, and by that PostgreSQL refuses to start while a backend of it still lives.
 */
export async function defuseStaleFile(cluster: string): Promise<void> {
  const file = fileIn(cluster)
  const text = await readFile(file, "utf8").catch(() => undefined)
  if (text === undefined) return
  if (!parsePostmasterFile(text)) return rm(file, { force: true })
  await writeFile(file, text.replace(/^[^\n]*/, String(NOBODYS_PID)))
}

function fileIn(cluster: string): string {
  return path.join(cluster, "postmaster.pid")
}
