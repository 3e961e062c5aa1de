import { mkdtemp, rm, rmdir, stat, statfs, writeFile } from "node:fs/promises"
import path from "node:path"
import type { FolderFacts } from "./probes"

/** Tries to write where the party would. A folder that is not there yet is asked for at the nearest one above it, and not made. */
export async function lookAtFolder(folder: string): Promise<FolderFacts> {
  const there = await nearest(folder)
  const [trouble, free, mode] = await Promise.all([
    writingTrouble(there),
    statfs(there).then(({ bavail, bsize }) => bavail * bsize, () => undefined),
    stat(path.join(folder, "secrets.json")).then((file) => file.mode, () => undefined),
  ])
  const isOpenToOthers = process.platform !== "win32" && mode !== undefined && (mode & 0o077) !== 0
  return { path: folder, trouble, freeBytes: free, isOpenToOthers }
}

async function nearest(folder: string): Promise<string> {
  for (let place = folder; ; place = path.dirname(place)) {
    if (place === path.dirname(place) || (await stat(place).then(() => true, () => false))) return place
  }
}

async function writingTrouble(folder: string): Promise<string | undefined> {
  try {
    const trial = await mkdtemp(path.join(folder, ".doctor-"))
    const file = path.join(trial, "trial")
    try {
      await writeFile(file, "a few bytes")
    } finally {
      await rm(file, { force: true })
      await rmdir(trial)
    }
    return undefined
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "no reason given"
  }
}
