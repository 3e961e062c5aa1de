import { readFile } from "node:fs/promises"

/** A process that was, or still is: ids are used again, together with the start (in clock ticks since boot) they are not. */
export type ProcessIdentity = { processId: number; startedAtTicks: number }

/** Linux only. `null` when there is no such process, or it has ended and only waits to be reaped. */
export async function identifyProcess(processId: number): Promise<ProcessIdentity | null> {
  const stat = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => null)
  return stat === null ? null : readProcessStat(stat)
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.processId)
  return now?.startedAtTicks === identity.startedAtTicks
}

/** Reads a line of `/proc/PID/stat`. The name in it may hold spaces and brackets itself. */
export function readProcessStat(stat: string): ProcessIdentity | null {
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const processId = Number.parseInt(stat, 10)
  const startedAtTicks = Number(fields[18])
  const isOver = state === "Z" || state === "X"
  return isOver || !Number.isInteger(processId) || !Number.isInteger(startedAtTicks)
    ? null
    : { processId, startedAtTicks }
}
