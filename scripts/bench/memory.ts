import { readFile, readdir } from "node:fs/promises"
import path from "node:path"

/** Bytes. Shared pages of several processes are counted once (PSS). */
export type Footprint = { readonly bytes: number; readonly processes: number }

/** What a process holds in memory; undefined where the system does not tell (no /proc). */
export async function processFootprint(pid: number): Promise<Footprint | undefined> {
  const bytes = await fieldOf(pid, "Rss")
  return bytes === undefined ? undefined : { bytes, processes: 1 }
}

/** The server of a cluster with all its children; undefined where the system does not tell. */
export async function postgresFootprint(clusterParent: string): Promise<Footprint | undefined> {
  const pids = await postgresPids(clusterParent)
  const shares = await Promise.all(pids.map((pid) => fieldOf(pid, "Pss")))
  const known = shares.filter((share) => share !== undefined)
  return known.length === 0 ? undefined : { bytes: known.reduce((sum, share) => sum + share, 0), processes: known.length }
}

/**
 * The same without the buffers that they share: these are set aside once, and fill as the database grows until all of them
 * are used.
 */
export async function postgresFootprintWithoutBuffers(clusterParent: string): Promise<Footprint | undefined> {
  const all = await postgresFootprint(clusterParent)
  const shares = await Promise.all((await postgresPids(clusterParent)).map((pid) => fieldOf(pid, "Pss_Shmem")))
  return all && { ...all, bytes: all.bytes - shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) }
}

/** The server of a cluster and its children; none where the system does not tell. */
export async function postgresPids(clusterParent: string): Promise<number[]> {
  const file = await readFile(path.join(clusterParent, "cluster", "postmaster.pid"), "utf8").catch(() => "")
  const postmaster = Number(file.split("\n")[0])
  return postmaster ? [postmaster, ...(await childrenOf(postmaster))] : []
}

async function fieldOf(pid: number, field: "Rss" | "Pss" | "Pss_Shmem"): Promise<number | undefined> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1]
  return kib === undefined ? undefined : Number(kib) * 1024
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))
  const parents = await Promise.all(pids.map((pid) => parentOf(pid)))
  return pids.flatMap((pid, index) => (parents[index] === parent ? [Number(pid)] : []))
}

// The program's name is in parentheses and may hold spaces; what follows the last one is regular.
async function parentOf(pid: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
  const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]
  return parent === undefined ? undefined : Number(parent)
}
