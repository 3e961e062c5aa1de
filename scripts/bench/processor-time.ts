import { readFile } from "node:fs/promises"

// Linux counts in hundredths of a second, whatever the processor.
const msPerTick = 10

/** Processor time a process has used so far, in ms; undefined where the system does not tell. Other people's load hardly changes it. */
export async function processorMs(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
  // The program's name is in parentheses and may hold spaces; user and system time are fields 14 and 15.
  const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13)
  return user === undefined || system === undefined ? undefined : (Number(user) + Number(system)) * msPerTick
}
