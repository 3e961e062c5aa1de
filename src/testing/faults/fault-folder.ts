import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

export type FaultFolder = { readonly path: string; remove(): Promise<void> }

/** A data folder that outlives one run of an app. */
export async function newFaultFolder(): Promise<FaultFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), "party-faults-"))
  // As root the database runs under another account, which has to get through to its own folder.
  await chmod(folder, 0o711)
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
